"""ECR in front of a real registry: the repositories are moto's, the images are the registry's."""
import base64
import datetime
import hashlib
import json
import re

from botocore.exceptions import ClientError
from moto.ecr.models import ecr_backends

from ..cloudformation.stacks import ACCOUNT
from ..errors import AwsError
from ..protocol import UTC, now
from .registry import Image, Registry

HOST = re.compile(rb"(https://)?%s\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com" % ACCOUNT.encode())
LIMIT = 1000


class Ecr:
    def __init__(self, emulator) -> None:
        self.emulator = emulator
        self._registry = Registry(emulator.settings.registry) if emulator.settings.registry else None

    def handles(self, operation: str) -> bool:
        return self._registry is not None and hasattr(self, f"do_{operation}")

    def call(self, operation: str, region: str, request: dict) -> dict:
        return getattr(self, f"do_{operation}")(region, request)

    def rewritten(self, body: bytes) -> bytes:
        """moto's answer, its registry's name replaced by the real one's."""
        return HOST.sub(self._registry.address.encode(), body) if self._registry is not None else body

    def do_GetAuthorizationToken(self, region: str, request: dict) -> dict:
        token = base64.b64encode(b"AWS:emulator").decode()
        return {"authorizationData": [{"authorizationToken": token, "expiresAt": now() + datetime.timedelta(hours=12), "proxyEndpoint": f"http://{self._registry.address}"}]}

    # --------------------------------------------------------------------------------------------- images
    def _repository(self, region: str, name: str) -> dict:
        try:
            return self.emulator.client("ecr", region).describe_repositories(repositoryNames=[name])["repositories"][0]
        except ClientError as error:
            raise AwsError("RepositoryNotFoundException", f"The repository with name '{name}' does not exist in the registry with id '{ACCOUNT}'") from error

    def _find(self, images: list[Image], identity: dict) -> Image | None:
        return next((image for image in images if ("imageDigest" not in identity or image.digest == identity["imageDigest"])
                     and ("imageTag" not in identity or identity["imageTag"] in image.tags)), None)

    def _images(self, name: str, identities: list[dict]) -> list[Image]:
        images = self._registry.images(name)
        for identity in identities:
            if "imageDigest" in identity and all(image.digest != identity["imageDigest"] for image in images):
                image = self._registry.get(name, identity["imageDigest"])
                if image is not None:
                    images.append(image)
        return images

    @staticmethod
    def _missing(identity: dict, name: str) -> AwsError:
        shown = f"{{imageDigest:'{identity.get('imageDigest', 'null')}', imageTag:'{identity.get('imageTag', 'null')}'}}"
        return AwsError("ImageNotFoundException", f"The image with imageId {shown} does not exist within the repository with name '{name}' in the registry with id '{ACCOUNT}'")

    def do_DescribeImages(self, region: str, request: dict) -> dict:
        name, wanted = request["repositoryName"], request.get("imageIds")
        self._repository(region, name)
        images = self._images(name, wanted or [])
        if wanted:
            chosen = []
            for identity in wanted:
                image = self._find(images, identity)
                if image is None:
                    raise self._missing(identity, name)
                chosen.append(image)
            images = chosen
        status = request.get("filter", {}).get("tagStatus", "ANY")
        images = [image for image in images if status == "ANY" or (status == "TAGGED") == bool(image.tags)]
        details = [{"registryId": ACCOUNT, "repositoryName": name, "imageDigest": image.digest, "imageSizeInBytes": image.size, "imagePushedAt": image.pushed,
                    "imageManifestMediaType": image.media_type, **({"imageTags": image.tags} if image.tags else {})} for image in images]
        return _page(details, "imageDetails", request)

    def do_ListImages(self, region: str, request: dict) -> dict:
        name = request["repositoryName"]
        self._repository(region, name)
        status = request.get("filter", {}).get("tagStatus", "ANY")
        identities = []
        for image in self._registry.images(name):
            if image.tags and status != "UNTAGGED":
                identities += [{"imageDigest": image.digest, "imageTag": tag} for tag in image.tags]
            elif not image.tags and status != "TAGGED":
                identities.append({"imageDigest": image.digest})
        return _page(identities, "imageIds", request)

    def do_BatchGetImage(self, region: str, request: dict) -> dict:
        name = request["repositoryName"]
        self._repository(region, name)
        found, failures = [], []
        for identity in request["imageIds"]:
            image = self._registry.get(name, identity.get("imageDigest") or identity["imageTag"])
            if image is None:
                failures.append({"imageId": identity, "failureCode": "ImageNotFound", "failureReason": "Requested image not found"})
            else:
                found.append({"registryId": ACCOUNT, "repositoryName": name, "imageId": {**identity, "imageDigest": image.digest},
                              "imageManifest": image.manifest.decode(), "imageManifestMediaType": image.media_type})
        return {"images": found, "failures": failures}

    def do_PutImage(self, region: str, request: dict) -> dict:
        name, manifest, tag = request["repositoryName"], request["imageManifest"].encode(), request.get("imageTag")
        repository = self._repository(region, name)
        media = request.get("imageManifestMediaType") or json.loads(manifest).get("mediaType") or "application/vnd.oci.image.manifest.v1+json"
        digest = "sha256:" + hashlib.sha256(manifest).hexdigest()
        existing = self._registry.get(name, tag) if tag else self._registry.get(name, digest)
        if existing is not None and existing.digest == digest:
            raise AwsError("ImageAlreadyExistsException", f"Image with digest '{digest}' and tag '{tag}' already exists in the repository with name '{name}' in registry with id '{ACCOUNT}'")
        if existing is not None and repository["imageTagMutability"] == "IMMUTABLE":
            raise AwsError("ImageTagAlreadyExistsException", f"The image tag '{tag}' already exists in the '{name}' repository and cannot be overwritten because the tag is immutable.")
        status = self._registry.put(name, tag or digest, manifest, media)
        if status != 201:
            raise AwsError("LayersNotFoundException", f"The registry answered {status}: are the layers of the image there?")
        image = self._registry.get(name, tag or digest)
        return {"image": {"registryId": ACCOUNT, "repositoryName": name, "imageManifest": manifest.decode(), "imageManifestMediaType": media,
                          "imageId": {"imageDigest": image.digest, **({"imageTag": tag} if tag else {})}}}

    def do_BatchDeleteImage(self, region: str, request: dict) -> dict:
        """By digest the image with all its tags; by tag that tag, and the image with its last one."""
        name = request["repositoryName"]
        self._repository(region, name)
        gone, failures = [], []
        for identity in request["imageIds"]:
            image = self._find(self._images(name, [identity]), identity)
            if image is None:
                failures.append({"imageId": identity, "failureCode": "ImageNotFound", "failureReason": "Requested image not found"})
                continue
            kept = [tag for tag in image.tags if tag != identity.get("imageTag")] if "imageTag" in identity else []
            self._registry.delete(name, image.digest)
            for tag in kept:
                self._registry.put(name, tag, image.manifest, image.media_type)
            gone += [{"imageDigest": image.digest, "imageTag": tag} for tag in image.tags if tag not in kept] or [{"imageDigest": image.digest}]
        return {"imageIds": gone, "failures": failures}

    def do_DeleteRepository(self, region: str, request: dict) -> dict:
        name = request["repositoryName"]
        repository = self._repository(region, name)
        images = self._registry.images(name)
        if images and not request.get("force"):
            raise AwsError("RepositoryNotEmptyException", f"The repository with name '{name}' in registry with id '{ACCOUNT}' cannot be deleted because it still contains images")
        for image in images:
            self._registry.delete(name, image.digest)
        ecr_backends[ACCOUNT][region].delete_repository(name, force=True)
        return {"repository": {**repository, "createdAt": repository["createdAt"].astimezone(UTC)}}


def _page(items: list, name: str, request: dict) -> dict:
    start, size = int(request.get("nextToken") or 0), min(request.get("maxResults") or 100, LIMIT)
    return {name: items[start:start + size], **({"nextToken": str(start + size)} if start + size < len(items) else {})}

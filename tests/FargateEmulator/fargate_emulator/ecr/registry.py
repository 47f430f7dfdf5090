"""A real registry by its HTTP API (version 2): which images a repository has, by tag and by digest."""
import datetime
import hashlib
import http.client
import json

from ..protocol import now

TYPES = ("application/vnd.docker.distribution.manifest.v2+json", "application/vnd.oci.image.manifest.v1+json",
         "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.oci.image.index.v1+json")


class Image:
    """One manifest, and the tags that name it."""

    def __init__(self, digest: str, manifest: bytes, media_type: str, pushed: datetime.datetime):
        self.digest, self.manifest, self.media_type, self.pushed = digest, manifest, media_type, pushed
        self.tags: list[str] = []

    @property
    def size(self) -> int:
        content = json.loads(self.manifest)
        return sum(item.get("size", 0) for item in content.get("layers", content.get("manifests", [])))


class Registry:
    def __init__(self, address: str):
        self.address = address
        self._seen: dict[tuple[str, str], datetime.datetime] = {}

    def _send(self, method: str, path: str, body: bytes | None = None, headers: dict | None = None) -> tuple[int, dict, bytes]:
        host, _, port = self.address.partition(":")
        connection = http.client.HTTPConnection(host, int(port or 80), timeout=10)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, {key.lower(): value for key, value in response.getheaders()}, response.read()
        finally:
            connection.close()

    def get(self, repository: str, reference: str) -> Image | None:
        status, headers, body = self._send("GET", f"/v2/{repository}/manifests/{reference}", headers={"Accept": ", ".join(TYPES)})
        if status != 200:
            return None
        digest = headers.get("docker-content-digest") or "sha256:" + hashlib.sha256(body).hexdigest()
        pushed = self._seen.setdefault((repository, digest), now())
        return Image(digest, body, headers.get("content-type", TYPES[0]), pushed)

    def images(self, repository: str) -> list[Image]:
        """All that have a tag, and those without one that were seen before."""
        status, _, body = self._send("GET", f"/v2/{repository}/tags/list")
        found: dict[str, Image] = {}
        for tag in (json.loads(body).get("tags") or []) if status == 200 else []:
            image = self.get(repository, tag)
            if image is not None:
                found.setdefault(image.digest, image).tags.append(tag)
        for name, digest in list(self._seen):
            if name == repository and digest not in found:
                image = self.get(repository, digest)
                if image is not None:
                    found[digest] = image
        return list(found.values())

    def put(self, repository: str, reference: str, manifest: bytes, media_type: str) -> int:
        return self._send("PUT", f"/v2/{repository}/manifests/{reference}", manifest, {"Content-Type": media_type})[0]

    def delete(self, repository: str, digest: str) -> int:
        self._seen.pop((repository, digest), None)
        return self._send("DELETE", f"/v2/{repository}/manifests/{digest}")[0]

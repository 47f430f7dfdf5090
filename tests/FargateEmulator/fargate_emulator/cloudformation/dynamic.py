"""Dynamic references: `{{resolve:secretsmanager:…}}`, read when a resource is made or changed, never shown."""
import json

from botocore.exceptions import ClientError

from ..resources.base import ResourceError
from . import intrinsics


def resolved(emulator, stack, properties: dict) -> dict:
    def read(service: str, text: str) -> str:
        if service != "secretsmanager":
            raise ResourceError(f"The emulator does not resolve {service}.", "InvalidRequest")
        return _secret(emulator, stack.region, text)

    scope = intrinsics.Scope({}, {}, {}, lambda _: None, lambda _, __: None, lambda _: "", read)
    return scope.resolve(properties) if "{{resolve:" in json.dumps(properties) else properties


def _secret(emulator, region: str, text: str) -> str:
    """`secret-id:SecretString:json-key:version-stage:version-id`, where an id may be an ARN with its six colons."""
    parts = text.split(":")
    size = 7 if parts[0] == "arn" else 1
    secret, rest = ":".join(parts[:size]), [*parts[size:], "", "", "", ""]
    _, key, stage, version = rest[:4]
    arguments = {"SecretId": secret, **({"VersionStage": stage} if stage else {}), **({"VersionId": version} if version else {})}
    try:
        value = emulator.client("secretsmanager", region).get_secret_value(**arguments)["SecretString"]
    except ClientError as error:
        said = error.response["Error"]
        raise ResourceError(f"Could not resolve {{{{resolve:secretsmanager:{secret}…}}}}: {said.get('Message')}", "InvalidRequest", plain=True) from error
    if not key:
        return value
    try:
        return str(json.loads(value)[key])
    except (ValueError, KeyError) as error:
        raise ResourceError(f"Could not find a value associated with JSONKey in SecretString of {secret}", "InvalidRequest", plain=True) from error

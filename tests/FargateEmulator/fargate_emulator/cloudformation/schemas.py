"""What CloudFormation knows of a resource type: which properties replace it, what it sets itself. Made by extract_schemas.py."""
import json
import pathlib

_SCHEMAS: dict[str, dict] = json.loads((pathlib.Path(__file__).parent / "schemas.json").read_text())
_REPLACED = pathlib.Path(__file__).parents[4] / "src/Hosting.Fargate/Deploying/Plans/replaced-when-changed.tsv"


def _by_table() -> None:
    """The table that plans are made by is newer than cfn-lint's schemas, and names more."""
    for line in _REPLACED.read_text().splitlines():
        if line.startswith("AWS::"):
            name, always, *perhaps = line.split("\t")
            schema = _SCHEMAS.setdefault(name, {})
            for key, names in (("createOnlyProperties", always), ("conditionalCreateOnlyProperties", "".join(perhaps))):
                schema[key] = sorted({*schema.get(key, []), *names.split()})


_by_table()


def known(resource_type: str) -> bool:
    return "properties" in _SCHEMAS.get(resource_type, {})


def properties(resource_type: str) -> set[str]:
    return set(_SCHEMAS.get(resource_type, {}).get("properties", []))


def required(resource_type: str) -> set[str]:
    return set(_SCHEMAS.get(resource_type, {}).get("required", []))


def identifier(resource_type: str) -> list[str]:
    """The properties that name a resource of a type."""
    return sorted(_SCHEMAS.get(resource_type, {}).get("primaryIdentifier", []))


def recreation(resource_type: str, path: list) -> str:
    """What a change at `path` asks for: Always a new resource, Conditionally, or Never."""
    schema = _SCHEMAS.get(resource_type, {})
    for key, answer in (("createOnlyProperties", "Always"), ("conditionalCreateOnlyProperties", "Conditionally")):
        for pointer in schema.get(key, []):
            parts = pointer.split("/")
            shorter = min(len(parts), len(path))
            if [str(part) for part in path[:shorter]] == parts[:shorter]:
                return answer
    return "Never"

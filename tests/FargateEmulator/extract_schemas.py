#!/usr/bin/env python3
"""Writes fargate_emulator/cloudformation/schemas.json from the resource schemas that cfn-lint carries: of each type that the golden
templates use, which properties replace the resource, which CloudFormation sets itself, and what identifies it.

usage: extract_schemas.py TEMPLATE..."""
import importlib
import json
import pathlib
import re
import sys

import cfnlint.data.schemas as schemas

KEPT = ("createOnlyProperties", "conditionalCreateOnlyProperties", "readOnlyProperties", "primaryIdentifier")
HERE = pathlib.Path(__file__).parent


def names(pointers: list[str]) -> list[str]:
    """`/properties/Cluster` and below as `Cluster` or `A/B`."""
    return sorted(pointer.removeprefix("/properties/") for pointer in pointers)


def main() -> None:
    folder = pathlib.Path(schemas.__file__).parent / "resources"
    types = importlib.import_module("cfnlint.data.schemas.providers.us_east_1").types
    used = sorted({name for path in sys.argv[1:] for name in re.findall(r"AWS::\w+::\w+", pathlib.Path(path).read_text())} & types.keys())
    kept = {}
    for name in used:
        schema = json.loads((folder / f"{types[name]}.json").read_text())
        kept[name] = {key: names(schema[key]) for key in KEPT if schema.get(key)}
        kept[name]["properties"] = sorted(schema["properties"])
        kept[name]["required"] = sorted(schema.get("required", []))
    (HERE / "fargate_emulator/cloudformation/schemas.json").write_text(json.dumps(kept, indent=1) + "\n")


if __name__ == "__main__":
    main()

"""A template's text, parsed and checked as CloudFormation does before it changes anything."""
import json
import re

import yaml

from ..errors import validation
from . import intrinsics

INLINE_LIMIT, S3_LIMIT = 51_200, 1_048_576
NONE, DEFAULT_POLICIES = "None", {"Delete", "Retain", "RetainExceptOnCreate", "Snapshot"}
SECTIONS = {"AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Transform", "Resources", "Outputs"}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML with CloudFormation's short tags; dates stay text. Where libyaml is, it reads them: a seventh of the time."""


def _tag(loader: _Loader, suffix: str, node: yaml.Node):
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _tag)
_Loader.yaml_implicit_resolvers = {key: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
                                   for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()}


def parse(text: str) -> dict:
    try:
        template = json.loads(text) if text.lstrip().startswith("{") else yaml.load(text, Loader=_Loader)
    except (ValueError, yaml.YAMLError) as error:
        raise validation(f"Template format error: {'JSON' if text.lstrip().startswith('{') else 'YAML'} not well-formed. ({error})") from error
    if not isinstance(template, dict):
        raise validation("Template format error: unsupported structure.")
    unknown = template.keys() - SECTIONS
    if unknown:
        raise validation(f"Invalid template property or properties [{', '.join(sorted(unknown))}]")
    if not template.get("Resources"):
        raise validation("Template format error: At least one Resources member must be defined.")
    _check(template)
    return template


def _check(template: dict) -> None:
    resources, parameters = template["Resources"], template.get("Parameters") or {}
    if len(resources) > 500:
        raise validation(f"Template format error: Number of resources, {len(resources)}, is greater than maximum allowed, 500")
    for logical, resource in resources.items():
        if not re.fullmatch(r"[A-Za-z0-9]+", logical):
            raise validation(f"Template format error: Resource name {logical} is non alphanumeric.")
        if "Type" not in resource:
            raise validation(f"Template format error: [/Resources/{logical}] Every Resources object must contain a Type member.")
        for policy in ("DeletionPolicy", "UpdateReplacePolicy"):
            if resource.get(policy, "Delete") not in DEFAULT_POLICIES:
                raise validation(f"Template format error: Unrecognized {policy} {resource[policy]} for resource {logical}")
    known = resources.keys() | parameters.keys() | intrinsics.PSEUDO
    unresolved = sorted({name for name, _ in intrinsics.references([without_policies(item) for item in resources.values()])} - known
                        | {name for item in resources.values() for name in depends_on(item)} - resources.keys())
    if unresolved:
        raise validation(f"Template format error: Unresolved resource dependencies [{', '.join(unresolved)}] in the Resources block of the template")
    unresolved = sorted({name for name, _ in intrinsics.references(template.get("Outputs") or {})} - known)
    if unresolved:
        raise validation(f"Template format error: Unresolved resource dependencies [{', '.join(unresolved)}] in the Outputs block of the template")
    order(resources)


def without_policies(resource: dict) -> dict:
    return {"Properties": resource.get("Properties", {})}


def depends_on(resource: dict) -> list[str]:
    named = resource.get("DependsOn", [])
    return [named] if isinstance(named, str) else list(named)


def dependencies(resources: dict) -> dict[str, set[str]]:
    """For each resource those that come before it."""
    return {logical: ({name for name, _ in intrinsics.references(resource.get("Properties", {}))} | set(depends_on(resource))) & resources.keys() - {logical}
            for logical, resource in resources.items()}


def order(resources: dict) -> list[str]:
    """The resources, each after what it depends on."""
    before, done = dependencies(resources), {}
    while len(done) < len(resources):
        ready = [name for name in resources if name not in done and before[name] <= done.keys()]
        if not ready:
            raise validation(f"Circular dependency between resources: [{', '.join(sorted(resources.keys() - done.keys()))}]")
        done.update(dict.fromkeys(ready))
    return list(done)


def parameter_values(template: dict, given: list[dict], previous: dict | None) -> dict[str, str]:
    """Each parameter's value: given, kept (UsePreviousValue) or the default; checked against its constraints."""
    declared, values = template.get("Parameters") or {}, {}
    by_key = {item["ParameterKey"]: item for item in given}
    unknown = sorted(by_key.keys() - declared.keys())
    if unknown:
        raise validation(f"Parameters: [{', '.join(unknown)}] do not exist in the template")
    for name, item in by_key.items():
        if item.get("UsePreviousValue"):
            if previous is None or name not in previous:
                raise validation(f"Invalid input for parameter key {name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template")
            values[name] = previous[name]
        else:
            values[name] = item.get("ParameterValue", "")
    for name, declaration in declared.items():
        if name not in values and "Default" in declaration:
            values[name] = str(declaration["Default"])
    missing = [name for name in declared if name not in values]
    if missing:
        raise validation(f"Parameters: [{', '.join(missing)}] must have values")
    for name, declaration in declared.items():
        _constrain(name, declaration, values[name])
    return values


def _constrain(name: str, declaration: dict, value: str) -> None:
    said = declaration.get("ConstraintDescription")
    if "AllowedPattern" in declaration and not re.fullmatch(declaration["AllowedPattern"], value):
        raise validation(f"Parameter '{name}' must match pattern {declaration['AllowedPattern']}" if not said else f"Parameter {name} failed to satisfy constraint: {said}")
    if "AllowedValues" in declaration and value not in map(str, declaration["AllowedValues"]):
        allowed = ", ".join(map(str, declaration["AllowedValues"]))
        raise validation(f"Parameter '{name}' must be one of AllowedValues" if not said else f"Parameter {name} failed to satisfy constraint: {said or allowed}")
    if declaration.get("Type") == "Number" and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise validation(f"Parameter '{name}' must be a number.")
    for limit, wrong in (("MinLength", len(value) < int(declaration.get("MinLength", 0))), ("MaxLength", len(value) > int(declaration.get("MaxLength", 1 << 30)))):
        if wrong:
            raise validation(f"Parameter '{name}' must contain at {'least' if limit == 'MinLength' else 'most'} {declaration[limit]} characters")
    if len(value.encode()) > 4096:
        raise validation(f"Parameter '{name}' must be at most 4096 bytes")


def typed(template: dict, values: dict[str, str]) -> dict:
    """The values as Ref gives them: lists where the type is a list."""
    declared = template.get("Parameters") or {}
    return {name: [part.strip() for part in value.split(",")] if declared[name].get("Type", "").startswith(("CommaDelimitedList", "List<")) else value
            for name, value in values.items() if name in declared}

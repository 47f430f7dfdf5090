"""What a change set shows: which resources a template would add, modify, replace or remove, and because of what."""
import json

from ..errors import validation
from . import intrinsics, schemas, template as templates
from .stacks import Stack, StackResource, StackStore, Target

UNKNOWN = "{{changeSet:KNOWN_AFTER_APPLY}}"
NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set."
NESTED = "AWS::CloudFormation::Stack"


class ChangePlan:
    """The changes from a stack as it is to a target. `differs` is false where executing would do nothing."""

    def __init__(self, store: StackStore, stack: Stack, target: Target):
        self.stack, self.target = stack, target
        self.changes: list[dict] = []
        self.states: dict[str, str] = {}      # logical id → Add, True, Conditional, False
        self.scope = stack.scope(store, target, self._ref, self._attribute, None)
        definitions = selected(target.template, self.scope)
        retyped = [name for name, item in definitions.items() if name in stack.resources and stack.resources[name].type != item["Type"]]
        if retyped:
            raise validation(f"Update of resource type is not permitted. The new template modifies resource type of the following resources: [{', '.join(retyped)}]")
        self.changed_parameters = {name for name, value in target.parameters.items() if stack.parameters.get(name) != value}
        for logical in templates.order(definitions):
            old = stack.resources.get(logical)
            if old is None:
                self._add(logical, definitions[logical])
            else:
                self._modify(old, definitions[logical])
        for logical, old in stack.resources.items():
            if logical not in definitions:
                self._remove(old)
        self.changes.sort(key=lambda change: change["ResourceChange"]["LogicalResourceId"])
        self.differs = bool(self.changes) and any(self._static(change) for change in self.changes) or self._outputs_differ() or stack.status == "REVIEW_IN_PROGRESS"

    def _ref(self, logical: str):
        if self.states.get(logical) in ("Add", "True"):
            return UNKNOWN
        resource = self.stack.resources.get(logical)
        return resource.physical if resource else UNKNOWN

    def _attribute(self, logical: str, attribute: str):
        if self.states.get(logical) in ("Add", "True") or logical not in self.stack.resources:
            return UNKNOWN
        return self.stack.resources[logical].attributes.get(attribute, UNKNOWN)

    def _add(self, logical: str, definition: dict) -> None:
        self.states[logical] = "Add"
        properties = self.scope.resolve(definition.get("Properties", {}))
        self._append("Add", logical, "", definition["Type"], None, [], [], None, properties)

    def _remove(self, old: StackResource) -> None:
        policy = "Retain" if old.policy("DeletionPolicy").startswith("Retain") else "Delete"
        self._append("Remove", old.logical, old.physical, old.type, None, [], [], old.properties, None, policy)

    def _modify(self, old: StackResource, definition: dict) -> None:
        new = self.scope.resolve(definition.get("Properties", {}))
        raw = definition.get("Properties", {})
        details = [detail for name in sorted(old.properties.keys() | new.keys()) for detail in self._details(old, name, raw, new)]
        scope = ["Properties"] if details else []
        if old.tags != self.target.tags and "Tags" in schemas.properties(old.type):
            scope.append("Tags")
            details.append({"Target": {"Attribute": "Tags", "RequiresRecreation": "Never"}, "Evaluation": "Static", "ChangeSource": "DirectModification"})
        for attribute in ("Metadata", "DeletionPolicy", "UpdateReplacePolicy"):
            if old.definition.get(attribute) != definition.get(attribute):
                scope.append(attribute)
                details.append({"Target": {"Attribute": attribute, "RequiresRecreation": "Never"}, "Evaluation": "Static", "ChangeSource": "DirectModification"})
        if old.type == NESTED and not details:
            scope.append("Properties")
            details.append({"Target": {"Attribute": "Properties", "RequiresRecreation": "Never"}, "Evaluation": "Dynamic", "ChangeSource": "Automatic"})
        if not details:
            return
        replacement = "False"
        for detail in details:
            wanted = detail["Target"]["RequiresRecreation"]
            if wanted == "Always" and detail["Evaluation"] == "Static":
                replacement = "True"
            elif wanted != "Never" and replacement == "False":
                replacement = "Conditional"
        self.states[old.logical] = replacement
        policy = None
        if replacement == "True":
            policy = "ReplaceAndRetain" if old.policy("UpdateReplacePolicy").startswith("Retain") else "ReplaceAndDelete"
        self._append("Modify", old.logical, old.physical, old.type, replacement, scope, details, old.properties, new, policy)

    def _details(self, old: StackResource, name: str, raw: dict, new: dict):
        """Why a property changes: each leaf that differs; or one that may, for it is taken from what is modified."""
        before, after = old.properties.get(name), new.get(name)
        used = intrinsics.references(raw.get(name))
        sources = []
        for entity, attribute in sorted(used, key=str):
            if entity in self.changed_parameters:
                sources.append(("ParameterReference", entity, "Static"))
            elif attribute is None and self.states.get(entity) in ("Add", "True", "Conditional"):
                sources.append(("ResourceReference", entity, "Dynamic" if self.states[entity] == "Conditional" else "Static"))
            elif attribute is not None and entity in self.states:
                sources.append(("ResourceAttribute", f"{entity}.{attribute}", "Static" if self.states[entity] in ("Add", "True") else "Dynamic"))
        if before == after:
            for source, entity, evaluation in sources:
                if evaluation == "Dynamic":
                    yield _detail(old.type, [name], before, after, evaluation, source, entity)
            return
        direct = raw.get(name) != old.definition.get("Properties", {}).get(name)
        for path, first, second in _leaves([name], before, after):
            if direct or not sources:
                yield _detail(old.type, path, first, second, "Static", "DirectModification", None)
            else:
                for source, entity, evaluation in sources:
                    yield _detail(old.type, path, first, second, evaluation, source, entity)
                if any(source == "ParameterReference" for source, _, _ in sources):
                    yield _detail(old.type, path, first, second, "Dynamic", "DirectModification", None)

    def _append(self, action, logical, physical, resource_type, replacement, scope, details, before, after, policy=None) -> None:
        change = {"Action": action, "LogicalResourceId": logical, "ResourceType": resource_type, "Scope": scope, "Details": details}
        if physical:
            change["PhysicalResourceId"] = physical
        if replacement:
            change["Replacement"] = replacement
        if policy:
            change["PolicyAction"] = policy
        if before is not None:
            change["BeforeContext"] = json.dumps({"Properties": before}, separators=(",", ":"))
        if after is not None:
            change["AfterContext"] = json.dumps({"Properties": after}, separators=(",", ":"))
        self.changes.append({"Type": "Resource", "ResourceChange": change})

    @staticmethod
    def _static(change: dict) -> bool:
        change = change["ResourceChange"]
        return change["Action"] != "Modify" or change["ResourceType"] == NESTED or any(detail["Evaluation"] == "Static" for detail in change["Details"])

    def _outputs_differ(self) -> bool:
        return (self.stack.template.get("Outputs") or {}) != (self.target.template.get("Outputs") or {})


def selected(template: dict, scope: intrinsics.Scope) -> dict:
    """The resources whose condition holds."""
    return {name: item for name, item in template["Resources"].items() if "Condition" not in item or scope.condition(item["Condition"])}


def without_values(change: dict) -> dict:
    """The change as DescribeChangeSet shows it when property values were not asked for."""
    inner = {key: value for key, value in change["ResourceChange"].items() if key not in ("BeforeContext", "AfterContext")}
    inner["Details"] = [{**detail, "Target": {key: value for key, value in detail["Target"].items()
                                              if key not in ("BeforeValue", "AfterValue", "Path", "AttributeChangeType")}} for detail in inner["Details"]]
    unique = {json.dumps(detail, sort_keys=True): detail for detail in inner["Details"]}
    return {**change, "ResourceChange": {**inner, "Details": list(unique.values())}}


def _detail(resource_type, path, before, after, evaluation, source, entity) -> dict:
    target = {"Attribute": "Properties", "Name": path[0], "RequiresRecreation": schemas.recreation(resource_type, path),
              "Path": "/Properties/" + "/".join(map(str, path)),
              "AttributeChangeType": "Add" if before is None else "Remove" if after is None else "Modify"}
    if before is not None:
        target["BeforeValue"] = before if isinstance(before, str) else json.dumps(before, separators=(",", ":"))
    if after is not None:
        target["AfterValue"] = after if isinstance(after, str) else json.dumps(after, separators=(",", ":"))
    detail = {"Target": target, "Evaluation": evaluation, "ChangeSource": source}
    return {**detail, "CausingEntity": entity} if entity else detail


def _leaves(path: list, before, after):
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            if before.get(key) != after.get(key):
                yield from _leaves([*path, key], before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (first, second) in enumerate(zip(before, after)):
            if first != second:
                yield from _leaves([*path, index], first, second)
    else:
        yield path, before, after

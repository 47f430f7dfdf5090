"""Change sets of the type IMPORT: what exists becomes part of a stack, and nothing else changes with it."""
import json

from ..errors import validation
from ..resources import adoption
from . import intrinsics, schemas
from .changes import selected
from .stacks import Stack, StackResource, StackStore, Target


def checked(request: dict, stack: Stack | None, target: Target) -> dict[str, dict]:
    """The resources to import by logical id, where the request is one that CloudFormation takes."""
    named = {item["LogicalResourceId"]: item for item in request.get("ResourcesToImport", [])}
    if not named:
        raise validation("ResourcesToImport must be specified for an IMPORT change set.")
    resources, live = target.template["Resources"], stack.template.get("Resources", {}) if stack else {}
    for logical, item in named.items():
        if logical not in resources:
            raise validation(f"Resources to import [{logical}] are not in the template.")
        if logical in live:
            raise validation(f"Resource {logical} already exists in stack {stack.name}.")
        kind = resources[logical]["Type"]
        if item["ResourceType"] != kind:
            raise validation(f"ResourceType [{item['ResourceType']}] of the resource to import [{logical}] is not that of the template, [{kind}].")
        if not adoption.known(kind):
            raise validation(f"ResourceTypes [{kind}] are not supported for Import")
        identifier = schemas.identifier(kind)
        if sorted(item["ResourceIdentifier"]) != identifier:
            raise validation(f"Resource identifier {sorted(item['ResourceIdentifier'])} of [{logical}] is not valid: {kind} has {identifier}.")
    missing = [name for name in resources if name not in live and name not in named]
    if missing:
        raise validation(f"Resources [{', '.join(missing)}] is missing in ResourceToImport list")
    unguarded = [name for name in named if "DeletionPolicy" not in resources[name]]
    if unguarded:
        raise validation(f"The following resources to import [{', '.join(unguarded)}] must have DeletionPolicy attribute specified in the template.")
    changed = [name for name, item in live.items() if resources.get(name) != item]
    if changed:
        raise validation(f"You have modified resources [{', '.join(changed)}] in your template that are not being imported. Update, create or delete operations cannot be executed during import operations.")
    if (target.template.get("Outputs") or {}) != ((stack.template.get("Outputs") or {}) if stack else {}):
        raise validation("As part of the import operation, you cannot modify or add [Outputs]")
    return named


def changes_of(store: StackStore, stack: Stack, target: Target, named: dict[str, dict]) -> list[dict]:
    """What the change set shows."""
    shown = []
    for logical, resource in sorted(_resolved(store, stack, target, named, {}).items()):
        change = {"Action": "Import", "LogicalResourceId": logical, "ResourceType": resource.type, "Scope": [], "Details": [],
                  "PhysicalResourceId": next(iter(named[logical]["ResourceIdentifier"].values())),
                  "AfterContext": json.dumps({"Properties": resource.properties}, separators=(",", ":"))}
        shown.append({"Type": "Resource", "ResourceChange": change})
    return shown


def run(engine, operation, target: Target, named: dict[str, dict]) -> None:
    """Takes the resources in; where one is not there, none is."""
    stack = operation.stack
    found: dict[str, tuple[str, dict]] = {}
    for logical, item in named.items():
        resource = StackResource(logical, item["ResourceType"], target.template["Resources"][logical])
        stack.event(resource, "IMPORT_IN_PROGRESS", "Resource import started.")
        try:
            engine._meet(operation, logical, "create")
            owner = next((other for other in engine.store.live(stack.region) for held in other.resources.values()
                          if held.type == resource.type and held.physical in item["ResourceIdentifier"].values()), None)
            if owner is not None:
                raise validation(f"{logical} already exists in stack {owner.id}")
            found[logical] = adoption.find(engine.emulator, stack.region, resource.type, item["ResourceIdentifier"])
        except Exception as error:
            stack.event(resource, "IMPORT_FAILED", engine._reason(error, "import"))
            stack.set_status("IMPORT_ROLLBACK_IN_PROGRESS", f"The following resource(s) failed to import: [{logical}].")
            stack.set_status("IMPORT_ROLLBACK_COMPLETE")
            return
        engine.emulator.pause()
    for logical, resource in _resolved(engine.store, stack, target, named, found).items():
        resource.physical, resource.attributes = found[logical]
        resource.effective, resource.tags = resource.properties, stack.tags
        stack.resources[logical] = resource
        stack.event(resource, "IMPORT_COMPLETE", "Resource import completed.")
        stack.event(resource, "UPDATE_IN_PROGRESS", "Apply stack-level tags to imported resource if applicable.")
        stack.event(resource, "UPDATE_COMPLETE")
    stack.body, stack.template, stack.parameters, stack.tags = target.body, target.template, target.parameters, target.tags
    stack.set_status("IMPORT_COMPLETE")


def _resolved(store: StackStore, stack: Stack, target: Target, named: dict[str, dict], found: dict[str, tuple[str, dict]]) -> dict[str, StackResource]:
    def physical(logical: str) -> str:
        return found[logical][0] if logical in found else stack.resources[logical].physical if logical in stack.resources else "unknown"

    def attribute(logical: str, name: str):
        attributes = found[logical][1] if logical in found else stack.resources[logical].attributes if logical in stack.resources else {}
        return attributes.get(name, "unknown")

    scope: intrinsics.Scope = stack.scope(store, target, physical, attribute, None)
    return {logical: StackResource(logical, item["Type"], item, properties=scope.resolve(item.get("Properties", {})))
            for logical, item in selected(target.template, scope).items() if logical in named}

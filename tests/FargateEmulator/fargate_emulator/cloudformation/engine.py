"""Operations on stacks: create, update, roll back, delete. Each runs in a thread of its own, its resources in dependency order."""
import logging
import threading
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

from botocore.exceptions import ClientError

from ..errors import AwsError, validation
from ..protocol import now
from ..resources import handler_of
from ..resources.base import Cancelled, Context, ResourceError
from . import changes, dynamic, imports, intrinsics, schemas, template as templates
from .stacks import Stack, StackResource, StackStore, Target

LOG = logging.getLogger("emulator.cloudformation")
REPLACING = "Requested update requires the creation of a new physical resource; hence creating one."


class Failed(Exception):
    """Resources failed; what the stack says of it."""


class Operation:
    """One run over a stack: which resources it made, changed and replaced, so that they can be put back."""

    def __init__(self, engine: "Engine", stack: Stack, kind: str):
        self.engine, self.stack, self.kind = engine, stack, kind
        self.cancelled = threading.Event()
        self.user_cancelled = False
        self.created: list[StackResource] = []
        self.updated: dict[str, StackResource] = {}      # logical id → as it was
        self.replaced: dict[str, StackResource] = {}
        self.leftover: list[StackResource] = []          # what a cleanup deletes
        self.failed: dict[str, list[str]] = {"create": [], "update": []}


class Engine:
    def __init__(self, emulator) -> None:
        self.emulator = emulator
        self.store = StackStore()

    # ----------------------------------------------------------------------------------------- starting
    def start(self, stack: Stack, kind: str, work, *arguments) -> Operation:
        """Runs `work` in a thread; the stack is busy until it ends."""
        operation = Operation(self, stack, kind)
        stack.operation = operation
        stack.idle.clear()

        def run() -> None:
            try:
                work(operation, *arguments)
            except Exception:
                LOG.exception("%s of %s ended by an error of the emulator's own", kind, stack.name)
                stack.set_status(f"{kind.upper()}_FAILED", "Internal Failure: see the emulator's log.")
            finally:
                stack.idle.set()

        threading.Thread(target=run, name=f"{kind}-{stack.name}", daemon=True).start()
        return operation

    def create(self, stack: Stack, target: Target, on_failure: str = "ROLLBACK", retain_except_on_create: bool = False) -> Operation:
        stack.body, stack.template, stack.parameters, stack.tags = target.body, target.template, target.parameters, target.tags
        stack.set_status("CREATE_IN_PROGRESS", "User Initiated" if stack.parent is None else None)
        return self.start(stack, "create", self._create, target, on_failure)

    def update(self, stack: Stack, target: Target, rollback: bool = True) -> Operation:
        stack.updated = now()
        stack.set_status("UPDATE_IN_PROGRESS", "User Initiated" if stack.parent is None else None)
        return self.start(stack, "update", self._update, target, rollback)

    def take_in(self, stack: Stack, target: Target, named: dict[str, dict]) -> Operation:
        stack.set_status("IMPORT_IN_PROGRESS", "User Initiated")
        return self.start(stack, "import", lambda operation: imports.run(self, operation, target, named))

    def delete(self, stack: Stack, retain: list[str]) -> Operation:
        previous = stack.status
        stack.set_status("DELETE_IN_PROGRESS", "User Initiated" if stack.parent is None else None)
        return self.start(stack, "delete", self._delete, previous, retain)

    # --------------------------------------------------------------------------------------- operations
    def _create(self, operation: Operation, target: Target, on_failure: str) -> None:
        stack = operation.stack
        try:
            self._apply(operation, target)
            self._finish(stack, target)
        except Failed as failure:
            if on_failure == "DO_NOTHING" or stack.disable_rollback and on_failure == "ROLLBACK":
                stack.set_status("CREATE_FAILED", str(failure))
                return
            if on_failure == "DELETE":
                stack.set_status("DELETE_IN_PROGRESS", f"{failure}. Delete requested by user.")
                self._tear_down(operation, "DELETE", on_create=True)
                return
            stack.set_status("ROLLBACK_IN_PROGRESS", f"{failure}. Rollback requested by user.")
            self._tear_down(operation, "ROLLBACK", on_create=True)
            return
        stack.set_status("CREATE_COMPLETE")

    def _update(self, operation: Operation, target: Target, rollback: bool) -> None:
        stack = operation.stack
        before = Target(stack.body, stack.template, stack.parameters, stack.tags)
        operation.before = before
        stack.body, stack.template, stack.parameters, stack.tags = target.body, target.template, target.parameters, target.tags
        try:
            self._apply(operation, target)
            self._finish(stack, target)
        except Failed as failure:
            if not rollback:
                stack.set_status("UPDATE_FAILED", str(failure))
                return
            stack.set_status("UPDATE_ROLLBACK_IN_PROGRESS", str(failure))
            self.roll_back(operation, [])
            return
        stack.set_status("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
        removed = [stack.resources[name] for name in list(stack.resources) if name not in operation.kept]
        left = self._delete_all(operation, [*((item, "DeletionPolicy") for item in removed), *((item, "UpdateReplacePolicy") for item in operation.replaced.values())])
        for item in removed:
            stack.resources.pop(item.logical, None)
        stack.set_status("UPDATE_COMPLETE", "Update successful. One or more resources could not be deleted." if left else None)

    def roll_back(self, operation: Operation, skip: list[str]) -> None:
        """Puts back what an update changed, in the old template's order, then deletes what it made."""
        stack, before = operation.stack, operation.before
        stack.body, stack.template, stack.parameters, stack.tags = before.body, before.template, before.parameters, before.tags
        operation.cancelled.clear()
        failed = []
        for logical in templates.order({name: item.definition for name, item in {**stack.resources, **operation.updated, **operation.replaced}.items()}):
            if logical in operation.replaced:
                old, new = operation.replaced.pop(logical), stack.resources[logical]
                stack.resources[logical] = old
                operation.leftover.append(new)
                stack.event(old, "UPDATE_COMPLETE")
            elif logical in operation.updated:
                if logical not in skip and not self._restore(operation, logical):
                    failed.append(logical)
                    continue
                operation.updated.pop(logical)
        if failed:
            stack.set_status("UPDATE_ROLLBACK_FAILED", f"The following resource(s) failed to update: [{', '.join(failed)}]. ")
            return
        stack.set_status("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
        created = [item for item in operation.created if item.physical] + operation.leftover
        for item in operation.created:
            stack.resources.pop(item.logical, None)
        self._delete_all(operation, [(item, "OnCreate") for item in created])
        stack.set_status("UPDATE_ROLLBACK_COMPLETE")

    def _restore(self, operation: Operation, logical: str) -> bool:
        stack = operation.stack
        old, current = operation.updated[logical], stack.resources[logical]
        stack.event(current, "UPDATE_IN_PROGRESS")
        try:
            self._meet(operation, logical, "rollback")
            old.attributes = handler_of(old.type).update(self._context(operation, old, lambda _: None, rolling=True), old.physical, current.effective, old.effective)
            self.emulator.pause()
        except Exception as error:
            stack.event(current, "UPDATE_FAILED", self._reason(error, "update"))
            return False
        stack.resources[logical] = old
        stack.event(old, "UPDATE_COMPLETE")
        return True

    def continue_rollback(self, operation: Operation, earlier: Operation, skip: list[str]) -> None:
        operation.__dict__.update({key: value for key, value in earlier.__dict__.items() if key not in ("cancelled",)})
        for logical in skip:
            operation.stack.event(operation.stack.resources[logical], "UPDATE_COMPLETE", "Resource update cancelled")
        self.roll_back(operation, skip)

    def _delete(self, operation: Operation, previous: str, retain: list[str]) -> None:
        stack = operation.stack
        for name in stack.exports:
            users = self.store.importers(name, stack.region)
            if users:
                named = " and ".join([", ".join(users[:-1]), users[-1]] if len(users) > 1 else users)
                stack.set_status(previous, f"Delete canceled. Cannot delete export {name} as it is in use by {named}.")
                return
        for logical in retain:
            item = stack.resources.pop(logical)
            stack.event(item, "DELETE_SKIPPED")
        self._tear_down(operation, "DELETE", on_create=False)

    def _tear_down(self, operation: Operation, word: str, on_create: bool) -> None:
        stack = operation.stack
        operation.cancelled.clear()
        left = self._delete_all(operation, [(item, "OnCreate" if on_create else "DeletionPolicy") for item in list(stack.resources.values())])
        stack.outputs, stack.imports = [], set()
        if left:
            stack.set_status(f"{word}_FAILED", f"The following resource(s) failed to delete: [{', '.join(sorted(left))}]. ")
            return
        stack.resources.clear()
        if word == "DELETE":
            stack.deleted = now()
        stack.set_status(f"{word}_COMPLETE")

    # ------------------------------------------------------------------------------------ making changes
    def _apply(self, operation: Operation, target: Target) -> None:
        """Creates and updates what the target has, as parallel as its dependencies allow."""
        stack = operation.stack
        scope = stack.scope(self.store, target, lambda name: self._ref(stack, name), lambda name, attribute: self._attribute(stack, name, attribute), None)
        try:
            definitions = changes.selected(target.template, scope)
            stack.imports |= {scope.resolve(name) for name in intrinsics.imports([*definitions.values(), self._outputs(target, scope)])}
            for name in stack.imports:
                self.store.imported(stack, name)
        except AwsError as error:
            raise Failed(error.message) from error
        operation.kept = definitions
        before, waiting, running = templates.dependencies(definitions), list(definitions), {}
        with ThreadPoolExecutor(max_workers=24, thread_name_prefix=stack.name) as pool:
            done: set[str] = set()
            while waiting or running:
                if not operation.cancelled.is_set():
                    for logical in [name for name in waiting if before[name] <= done]:
                        waiting.remove(logical)
                        running[pool.submit(self._make, operation, scope, logical, definitions[logical])] = logical
                if not running:
                    break
                for future in wait(running, return_when=FIRST_COMPLETED, timeout=0.1).done:
                    done.add(running.pop(future))
                    if future.result() is False:
                        operation.cancelled.set()
        failed = [f"The following resource(s) failed to {kind}: [{', '.join(names)}]" for kind, names in operation.failed.items() if names]
        if operation.user_cancelled:
            raise Failed("User Initiated")
        if failed:
            raise Failed(". ".join(failed) + (". " if operation.kind == "update" else ""))

    def _make(self, operation: Operation, scope: intrinsics.Scope, logical: str, definition: dict) -> bool:
        """One resource. False where it failed."""
        stack = operation.stack
        old = stack.resources.get(logical)
        new = StackResource(logical, definition["Type"], definition, tags=stack.tags)
        try:
            new.properties = scope.resolve(definition.get("Properties", {}))
        except AwsError as error:
            return self._fail(operation, old or new, "update" if old else "create", error)
        if old is None:
            return self._create_resource(operation, new, replacing=False)
        tags_differ = old.tags != new.tags and "Tags" in schemas.properties(old.type)
        nested = old.type == changes.NESTED
        if old.properties == new.properties and not tags_differ and not nested:
            old.definition = definition
            return True
        if any(schemas.recreation(old.type, path) != "Never" for name in old.properties.keys() | new.properties.keys()
               for path, first, second in changes._leaves([name], old.properties.get(name), new.properties.get(name)) if first != second):
            stack.event(old, "UPDATE_IN_PROGRESS", REPLACING)
            return self._create_resource(operation, new, replacing=True)
        return self._update_resource(operation, old, new)

    def _create_resource(self, operation: Operation, new: StackResource, replacing: bool) -> bool:
        stack, word = operation.stack, "UPDATE" if replacing else "CREATE"
        old = stack.resources.get(new.logical)
        begun = []

        def initiated(physical: str) -> None:
            new.physical = physical
            if not begun:
                begun.append(physical)
                stack.event(new, f"{word}_IN_PROGRESS", "Resource creation Initiated")

        if not replacing:
            stack.resources[new.logical] = new
            operation.created.append(new)
            stack.event(new, "CREATE_IN_PROGRESS")
        try:
            self._meet(operation, new.logical, word.lower())
            new.effective = dynamic.resolved(self.emulator, stack, new.properties)
            self._check_properties(new)
            context = self._context(operation, new, initiated)
            physical, new.attributes = handler_of(new.type).create(context, new.effective)
            initiated(physical)
            self.emulator.pause()
        except Exception as error:
            if replacing and new.physical:
                operation.leftover.append(new)
            return self._fail(operation, old if replacing else new, word.lower(), error)
        if replacing:
            operation.replaced[new.logical] = old
            stack.resources[new.logical] = new
        stack.event(new, f"{word}_COMPLETE")
        return True

    def _update_resource(self, operation: Operation, old: StackResource, new: StackResource) -> bool:
        stack = operation.stack
        new.physical, new.attributes = old.physical, old.attributes
        stack.event(old, "UPDATE_IN_PROGRESS")
        operation.updated[old.logical] = old
        try:
            self._meet(operation, old.logical, "update")
            new.effective = dynamic.resolved(self.emulator, stack, new.properties)
            self._check_properties(new)
            stack.resources[old.logical] = new
            new.attributes = handler_of(new.type).update(self._context(operation, new, lambda _: None), old.physical, old.effective, new.effective)
            self.emulator.pause()
        except Exception as error:
            return self._fail(operation, new, "update", error)
        stack.event(new, "UPDATE_COMPLETE")
        return True

    def _fail(self, operation: Operation, resource: StackResource, kind: str, error: Exception) -> bool:
        operation.stack.event(resource, f"{kind.upper()}_FAILED", self._reason(error, "creation" if kind == "create" else "update"))
        if not isinstance(error, Cancelled):
            operation.failed[kind].append(resource.logical)
        return False

    def _delete_all(self, operation: Operation, items: list[tuple[StackResource, str]]) -> list[str]:
        """Deletes in reverse order of dependency what its policy lets go. Answers with what could not be deleted."""
        stack, left = operation.stack, []
        pending = {f"{index}": pair for index, pair in enumerate(items)}
        names = {key: pair[0].logical for key, pair in pending.items()}
        users = {key: {other for other, pair in pending.items() if other != key and names[key] in _needs(pair[0])} for key in pending}
        with ThreadPoolExecutor(max_workers=24, thread_name_prefix=stack.name) as pool:
            running, done = {}, set()
            while pending or running:
                ready = [key for key in pending if users[key] <= done] or ([] if running else list(pending)[:1])
                for key in ready:
                    resource, policy = pending.pop(key)
                    running[pool.submit(self._delete_resource, operation, resource, policy)] = key
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    key = running.pop(future)
                    done.add(key)
                    if not future.result():
                        left.append(names[key])
        return left

    def _delete_resource(self, operation: Operation, resource: StackResource, policy: str) -> bool:
        stack = operation.stack
        said = resource.policy("DeletionPolicy" if policy == "OnCreate" else policy)
        current = stack.resources.get(resource.logical) is resource
        if said == "Retain" or said == "RetainExceptOnCreate" and policy != "OnCreate":
            if resource.physical:
                stack.event(resource, "DELETE_SKIPPED")
            if current:
                stack.gone[resource.logical] = stack.resources.pop(resource.logical)
            return True
        stack.event(resource, "DELETE_IN_PROGRESS")
        try:
            self._meet(operation, resource.logical, "delete" if policy != "OnCreate" else "rollback")
            if resource.physical:
                context = self._context(operation, resource, lambda _: None)
                context.leaves_snapshot = said == "Snapshot" and policy != "OnCreate"
                handler_of(resource.type).delete(context, resource.physical, resource.effective)
            self.emulator.pause()
        except Exception as error:
            stack.event(resource, "DELETE_FAILED", self._reason(error, "deletion"))
            return False
        stack.event(resource, "DELETE_COMPLETE")
        if current:
            stack.gone[resource.logical] = stack.resources.pop(resource.logical)
        return True

    # ------------------------------------------------------------------------------------------- outputs
    def _finish(self, stack: Stack, target: Target) -> None:
        """Outputs and exports of what now is; an export that others use may not change."""
        scope = stack.scope(self.store, target, lambda name: self._ref(stack, name), lambda name, attribute: self._attribute(stack, name, attribute), None)
        outputs = []
        try:
            for key, output in self._outputs(target, scope).items():
                value = scope.resolve(output["Value"])
                shown = {"OutputKey": key, "OutputValue": str(value).lower() if isinstance(value, bool) else str(value)}
                if "Description" in output:
                    shown["Description"] = output["Description"]
                if "Export" in output:
                    shown["ExportName"] = scope.resolve(output["Export"]["Name"])
                outputs.append(shown)
            exports = {item["ExportName"]: item["OutputValue"] for item in outputs if "ExportName" in item}
            imports = {scope.resolve(name) for name in intrinsics.imports([*changes.selected(target.template, scope).values(), self._outputs(target, scope)])}
        except AwsError as error:
            raise Failed(error.message) from error
        for name, value in stack.exports.items():
            users = ", ".join(self.store.importers(name, stack.region))
            if users and exports.get(name) != value:
                raise Failed(f"Export {name} cannot be {'updated' if name in exports else 'deleted'} as it is in use by {users}")
        for name in exports:
            other = self.store.exporter(name, stack.region)
            if other is not None and other is not stack:
                raise Failed(f"Export with name {name} is already exported by stack {other.name}")
        stack.outputs, stack.imports = outputs, imports

    @staticmethod
    def _outputs(target: Target, scope: intrinsics.Scope) -> dict:
        return {key: item for key, item in (target.template.get("Outputs") or {}).items() if "Condition" not in item or scope.condition(item["Condition"])}

    # -------------------------------------------------------------------------------------------- shared
    @staticmethod
    def _ref(stack: Stack, logical: str) -> str:
        return stack.resources[logical].physical

    @staticmethod
    def _attribute(stack: Stack, logical: str, attribute: str):
        resource = stack.resources[logical]
        if attribute not in resource.attributes:
            raise validation(f"Template error: resource {logical} does not support attribute type {attribute} in Fn::GetAtt")
        return resource.attributes[attribute]

    def _context(self, operation: Operation, resource: StackResource, initiated, rolling: bool = False) -> Context:
        stop = (lambda: False) if rolling else operation.cancelled.is_set
        return Context(self.emulator, operation.stack, resource.logical, resource.tags, stop, initiated)

    def _meet(self, operation: Operation, logical: str, word: str) -> None:
        self.emulator.faults.meet(operation.stack.name, logical, word, operation.cancelled.is_set)

    @staticmethod
    def _check_properties(resource: StackResource) -> None:
        """What the schema of the type finds wrong."""
        if not schemas.known(resource.type):
            return
        extra = sorted(resource.properties.keys() - schemas.properties(resource.type))
        if extra:
            raise ResourceError(f"Properties validation failed for resource {resource.logical} with message:\n[#: extraneous key [{extra[0]}] is not permitted]", plain=True)
        missing = sorted(schemas.required(resource.type) - resource.properties.keys())
        if missing:
            raise ResourceError(f"Properties validation failed for resource {resource.logical} with message:\n[#: required key [{missing[0]}] not found]", plain=True)

    @staticmethod
    def _reason(error: Exception, word: str) -> str:
        if isinstance(error, Cancelled):
            return f"Resource {word} cancelled"
        if isinstance(error, ResourceError):
            return error.reason
        if isinstance(error, ClientError):
            said, meta = error.response["Error"], error.response["ResponseMetadata"]
            text = f"{said.get('Message')} (Service: {error.operation_name}, Status Code: {meta.get('HTTPStatusCode')}, Request ID: {meta.get('RequestId')})"
            code = "AlreadyExists" if "AlreadyExists" in said.get("Code", "") or "Duplicate" in said.get("Code", "") else "InvalidRequest"
            return ResourceError(text, code).reason
        if isinstance(error, AwsError):
            return ResourceError(error.message, "InvalidRequest").reason
        LOG.error("An error of the emulator's own", exc_info=error)
        return ResourceError(f"{type(error).__name__}: {error}", "InternalFailure").reason


def _needs(resource: StackResource) -> set[str]:
    definition = resource.definition
    return {name for name, _ in intrinsics.references(definition.get("Properties", {}))} | set(templates.depends_on(definition))

"""AWS::CloudFormation::Stack: a stack in a stack."""
import uuid

from .. import errors
from .base import Cancelled, Context, Handler, ResourceError


class NestedHandler(Handler):
    @staticmethod
    def _target(context: Context, properties: dict, stack):
        request = {"TemplateURL": properties["TemplateURL"], "Capabilities": context.stack.root.capabilities,
                   "Parameters": [{"ParameterKey": key, "ParameterValue": ",".join(value) if isinstance(value, list) else str(value)}
                                  for key, value in properties.get("Parameters", {}).items()],
                   "Tags": [{"Key": key, "Value": value} for key, value in (context.tags | {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])}).items()]}
        try:
            return context.emulator.cloudformation.target(context.region, request, stack)
        except errors.AwsError as error:
            raise ResourceError(error.message, plain=True) from error

    @staticmethod
    def _wait(context: Context, child, word: str, wanted: tuple[str, ...]) -> None:
        while not child.idle.wait(0.05):
            try:
                context.check()
            except Cancelled:
                child.operation.cancelled.set()
        if child.status not in wanted:
            said = next((event.get("ResourceStatusReason") for event in child.events
                         if event["ResourceType"] == "AWS::CloudFormation::Stack" and event["PhysicalResourceId"] == child.id
                         and event["ResourceStatus"] in ("ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "CREATE_FAILED", "UPDATE_FAILED", "DELETE_FAILED")
                         and event.get("ClientRequestToken") == child.token), child.reason) or ""
            raise ResourceError(f"Embedded stack {child.id} was not successfully {word}: {said.strip().removesuffix('. Rollback requested by user.')}", plain=True)

    @staticmethod
    def _attributes(child) -> dict:
        return {f"Outputs.{output['OutputKey']}": output["OutputValue"] for output in child.outputs}

    def create(self, context: Context, properties: dict) -> tuple[str, dict]:
        from ..cloudformation.stacks import Stack
        cloudformation = context.emulator.cloudformation
        target = self._target(context, properties, None)
        child = Stack(f"{context.stack.name}-{context.logical}-{uuid.uuid4().hex[:12].upper()}", context.region, "CREATE_IN_PROGRESS", context.stack)
        child.capabilities, child.token = context.stack.capabilities, context.stack.token
        cloudformation.store.stacks[child.id] = child
        cloudformation.engine.create(child, target)
        context.initiated(child.id)
        self._wait(context, child, "created", ("CREATE_COMPLETE",))
        return child.id, self._attributes(child)

    def update(self, context: Context, physical: str, old: dict, new: dict) -> dict:
        from ..cloudformation.changes import ChangePlan
        cloudformation = context.emulator.cloudformation
        child = cloudformation.store.stacks[physical]
        target = self._target(context, new, child)
        child.token = context.stack.token
        if ChangePlan(cloudformation.store, child, target).differs:
            cloudformation.engine.update(child, target)
            self._wait(context, child, "updated", ("UPDATE_COMPLETE",))
        return self._attributes(child)

    def delete(self, context: Context, physical: str, properties: dict) -> None:
        cloudformation = context.emulator.cloudformation
        child = cloudformation.store.stacks[physical]
        if child.status == "DELETE_COMPLETE":
            return
        child.idle.wait()
        cloudformation.engine.delete(child, [])
        self._wait(context, child, "deleted", ("DELETE_COMPLETE",))


HANDLERS = {"AWS::CloudFormation::Stack": NestedHandler()}

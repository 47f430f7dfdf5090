"""CloudFormation's operations, with the states and errors that a deployer meets."""
import logging
import re
import threading
import time
import urllib.parse
import uuid

from botocore.exceptions import ClientError

from ..errors import AwsError, validation
from ..protocol import now
from . import changes, early, imports, template as templates
from .engine import Engine
from .stacks import ACCOUNT, ChangeSet, Stack, Target

LOG = logging.getLogger("emulator.cloudformation")
UPDATABLE = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_FAILED", "IMPORT_COMPLETE", "IMPORT_ROLLBACK_COMPLETE"}
CAPABILITIES = {"CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"}


class CloudFormation:
    def __init__(self, emulator) -> None:
        self.emulator = emulator
        self.engine = Engine(emulator)
        self.store = self.engine.store

    def operations(self) -> dict:
        return {"".join(part.capitalize() for part in name.split("_")): getattr(self, name) for name in dir(self)
                if not name.startswith("_") and name not in ("operations", "call", "emulator", "engine", "store") and callable(getattr(self, name))}

    def call(self, operation: str, region: str, request: dict) -> dict | None:
        handler = self.operations().get(operation)
        if handler is None:
            raise AwsError("InvalidAction", f"The emulator has no CloudFormation {operation}.")
        return handler(region, request)

    # ----------------------------------------------------------------------------------------- templates
    def _body(self, region: str, request: dict, stack: Stack | None) -> str:
        if request.get("UsePreviousTemplate"):
            if stack is None or not stack.body:
                raise validation("No template found for the stack, so UsePreviousTemplate has nothing to use.")
            return stack.body
        if "TemplateBody" in request:
            size = len(request["TemplateBody"].encode())
            if size > templates.INLINE_LIMIT:
                raise validation(f"1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to {templates.INLINE_LIMIT}")
            return request["TemplateBody"]
        if "TemplateURL" in request:
            return self._download(region, request["TemplateURL"])
        raise validation("Either Template URL or Template Body must be specified.")

    def _download(self, region: str, url: str) -> str:
        parts = urllib.parse.urlparse(url)
        path = urllib.parse.unquote(parts.path.lstrip("/"))
        hosted = re.fullmatch(r"(.+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(?::\d+)?|(.+)\.(?:localhost|127\.0\.0\.1)(?::\d+)?", parts.netloc)
        bucket, key = ((hosted.group(1) or hosted.group(2)), path) if hosted else path.split("/", 1) if "/" in path else ("", "")
        if not bucket or not key:
            raise validation("TemplateURL must be a supported URL.")
        try:
            body = self.emulator.client("s3", region).get_object(Bucket=bucket, Key=key)["Body"].read()
        except ClientError as error:
            raise validation(f"S3 error: {error.response['Error'].get('Message')}") from error
        if len(body) > templates.S3_LIMIT:
            raise validation(f"Template may not exceed {templates.S3_LIMIT} bytes in size.")
        return body.decode()

    def target(self, region: str, request: dict, stack: Stack | None) -> Target:
        """What a request makes of a stack: its template, values and tags."""
        body = self._body(region, request, stack)
        template = templates.parse(body)
        values = templates.parameter_values(template, request.get("Parameters", []), stack.parameters if stack else None)
        self._capable(template, request.get("Capabilities", []))
        tags = {tag["Key"]: tag["Value"] for tag in request["Tags"]} if "Tags" in request else dict(stack.tags) if stack else {}
        return Target(body, template, values, tags)

    @staticmethod
    def _capable(template: dict, given: list[str]) -> None:
        types = {item["Type"] for item in template["Resources"].values()}
        named = any(item["Type"].startswith("AWS::IAM::") and {"RoleName", "InstanceProfileName", "PolicyName"} & item.get("Properties", {}).keys()
                    for item in template["Resources"].values() if item["Type"] in ("AWS::IAM::Role", "AWS::IAM::InstanceProfile", "AWS::IAM::ManagedPolicy"))
        if any(name.startswith("AWS::IAM::") for name in types):
            wanted = {"CAPABILITY_NAMED_IAM"} if named else CAPABILITIES
            if not wanted & set(given):
                raise AwsError("InsufficientCapabilitiesException", f"Requires capabilities : [{'CAPABILITY_NAMED_IAM' if named else 'CAPABILITY_IAM'}]")

    def _stack(self, region: str, name: str | None) -> Stack:
        stack = self.store.find(name or "", region)
        if stack is None:
            raise validation(f"Stack [{name}] does not exist")
        return stack

    @staticmethod
    def _described(region: str, name: str) -> AwsError:
        return validation(f"Stack with id {name} does not exist")

    def _named(self, region: str, name: str | None) -> Stack:
        stack = self.store.find(name or "", region)
        if stack is None:
            raise self._described(region, name or "")
        return stack

    @staticmethod
    def _updatable(stack: Stack) -> None:
        if stack.status not in UPDATABLE:
            raise validation(f"Stack:{stack.id} is in {stack.status} state and can not be updated.")

    @staticmethod
    def _repeated(stack: Stack, token: str | None, what: str) -> bool:
        """Whether this token already started this."""
        if token is None:
            return False
        before = stack.tokens.setdefault(token, what)
        if before != what:
            raise AwsError("TokenAlreadyExistsException", f"A client request token already exists: {token}")
        return stack.token == token

    # -------------------------------------------------------------------------------------------- stacks
    def create_stack(self, region: str, request: dict) -> dict:
        name, token = request["StackName"], request.get("ClientRequestToken")
        with self.store.lock:
            existing = self.store.find(name, region)
            if existing is not None and existing.status != "REVIEW_IN_PROGRESS":
                if token and existing.tokens.get(token) == "create":
                    return {"StackId": existing.id}
                raise AwsError("AlreadyExistsException", f"Stack [{name}] already exists")
            _check_name(name)
            stack = self._new(region, name, "CREATE_IN_PROGRESS", request)
            target = self.target(region, request, None)
            stack.token, stack.tokens = token, {token: "create"} if token else {}
            stack.disable_rollback = request.get("DisableRollback", False)
            self.store.stacks[stack.id] = stack
            self.engine.create(stack, target, request.get("OnFailure", "ROLLBACK"))
        return {"StackId": stack.id}

    def _new(self, region: str, name: str, status: str, request: dict) -> Stack:
        stack = Stack(name, region, status)
        stack.capabilities = request.get("Capabilities", [])
        stack.role, stack.notifications = request.get("RoleARN"), request.get("NotificationARNs", [])
        stack.timeout, stack.protected = request.get("TimeoutInMinutes"), request.get("EnableTerminationProtection", False)
        return stack

    def update_stack(self, region: str, request: dict) -> dict:
        token = request.get("ClientRequestToken")
        with self.store.lock:
            stack = self._stack(region, request["StackName"])
            if self._repeated(stack, token, "update"):
                return {"StackId": stack.id}
            self._updatable(stack)
            target = self.target(region, request, stack)
            if not changes.ChangePlan(self.store, stack, target).differs:
                raise validation("No updates are to be performed.")
            self._begin(stack, token, request)
            self.engine.update(stack, target, not request.get("DisableRollback", False))
        return {"StackId": stack.id}

    @staticmethod
    def _begin(stack: Stack, token: str | None, request: dict) -> None:
        stack.token = token
        if request.get("Capabilities"):
            stack.capabilities = request["Capabilities"]
        for other in stack.change_sets.values():
            if other.execution == "AVAILABLE":
                other.execution = "OBSOLETE"

    def delete_stack(self, region: str, request: dict) -> None:
        token = request.get("ClientRequestToken")
        with self.store.lock:
            stack = self.store.find(request["StackName"], region)
            if stack is None or stack.status in ("DELETE_COMPLETE", "DELETE_IN_PROGRESS"):
                return
            if self._repeated(stack, token, "delete"):
                return
            if stack.protected:
                raise validation(f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
            retain = request.get("RetainResources", [])
            if retain and stack.status != "DELETE_FAILED":
                raise validation(f"Invalid operation on stack [{stack.id}]. RetainResources is only for a stack in DELETE_FAILED state.")
            if stack.status.endswith("_IN_PROGRESS") and stack.status != "REVIEW_IN_PROGRESS":
                if stack.status not in ("CREATE_IN_PROGRESS",):
                    raise validation(f"Stack [{stack.id}] cannot be deleted while in status {stack.status}")
                stack.operation.cancelled.set()
                stack.operation.user_cancelled = True
            stack.token = token
            previous = stack.operation if not stack.idle.is_set() else None
            if previous is not None:
                threading.Thread(target=self._delete_after, args=(stack, retain), daemon=True).start()
                return
            self.engine.delete(stack, retain)

    def _delete_after(self, stack: Stack, retain: list[str]) -> None:
        stack.idle.wait()
        if stack.status != "DELETE_COMPLETE":
            self.engine.delete(stack, retain)

    def describe_stacks(self, region: str, request: dict) -> dict:
        found = [self._named(region, request["StackName"])] if request.get("StackName") else self.store.live(region)
        shown, token = self._page([self._shown(stack) for stack in found], request)
        return {"Stacks": shown, **token}

    @staticmethod
    def _shown(stack: Stack) -> dict:
        declared = stack.template.get("Parameters") or {}
        shown = {
            "StackId": stack.id, "StackName": stack.name, "CreationTime": stack.created, "StackStatus": stack.status,
            "DisableRollback": stack.disable_rollback, "Capabilities": stack.capabilities, "Outputs": stack.outputs,
            "NotificationARNs": stack.notifications, "EnableTerminationProtection": stack.root.protected, "RollbackConfiguration": {},
            "DriftInformation": {"StackDriftStatus": "NOT_CHECKED"}, "Tags": [{"Key": key, "Value": value} for key, value in stack.tags.items()],
            "Parameters": [{"ParameterKey": key, "ParameterValue": "****" if str(declared.get(key, {}).get("NoEcho", "")).lower() == "true" else value}
                           for key, value in stack.parameters.items()]}
        optional = {"StackStatusReason": stack.reason, "LastUpdatedTime": stack.updated, "DeletionTime": stack.deleted, "RoleARN": stack.role,
                    "ChangeSetId": stack.change_set_id, "Description": stack.template.get("Description"), "TimeoutInMinutes": stack.timeout,
                    "ParentId": stack.parent.id if stack.parent else None, "RootId": stack.root.id if stack.parent else None}
        return shown | {key: value for key, value in optional.items() if value is not None}

    def list_stacks(self, region: str, request: dict) -> dict:
        wanted = request.get("StackStatusFilter")
        summaries = []
        for stack in reversed([stack for stack in list(self.store.stacks.values()) if stack.region == region]):
            if not wanted or stack.status in wanted:
                shown = self._shown(stack)
                summary = {key: shown[key] for key in ("StackId", "StackName", "CreationTime", "StackStatus", "StackStatusReason", "LastUpdatedTime",
                                                       "DeletionTime", "ParentId", "RootId", "DriftInformation") if key in shown}
                summaries.append(summary | ({"TemplateDescription": shown["Description"]} if "Description" in shown else {}))
        shown, token = self._page(summaries, request)
        return {"StackSummaries": shown, **token}

    def _page(self, items: list, request: dict) -> tuple[list, dict]:
        start = int(request.get("NextToken") or 0)
        end = start + self.emulator.settings.page
        return items[start:end], {"NextToken": str(end)} if end < len(items) else {}

    # --------------------------------------------------------------------------- events, resources, template
    def describe_stack_events(self, region: str, request: dict) -> dict:
        events = list(self._stack(region, request.get("StackName")).events)
        shown, token = self._page([{key: value for key, value in event.items() if value is not None} for event in reversed(events)], request)
        return {"StackEvents": shown, **token}

    def describe_events(self, region: str, request: dict) -> dict:
        """Of a change set what its checks found; of a stack nothing, for its events are DescribeStackEvents' here."""
        if not request.get("ChangeSetName"):
            raise validation("One of ChangeSetName, OperationId or StackName must be specified; the emulator knows ChangeSetName.")
        shown, token = self._page(self._change_set(region, request).findings, request)
        return {"OperationEvents": shown, **token}

    def describe_stack_resources(self, region: str, request: dict) -> dict:
        stack = self._named(region, request.get("StackName"))
        resources = self._resources(stack)
        if "LogicalResourceId" in request:
            resources = [item for item in resources if item["LogicalResourceId"] == request["LogicalResourceId"]]
        return {"StackResources": [{**item, "StackName": stack.name, "StackId": stack.id} for item in resources[:100]]}

    def describe_stack_resource(self, region: str, request: dict) -> dict:
        stack = self._stack(region, request["StackName"])
        item = next((item for item in self._resources(stack) if item["LogicalResourceId"] == request["LogicalResourceId"]), None)
        if item is None:
            raise validation(f"Resource {request['LogicalResourceId']} does not exist for stack {stack.name}")
        item["LastUpdatedTimestamp"] = item.pop("Timestamp")
        return {"StackResourceDetail": {**item, "StackName": stack.name, "StackId": stack.id}}

    def list_stack_resources(self, region: str, request: dict) -> dict:
        items = self._resources(self._named(region, request["StackName"]))
        for item in items:
            item["LastUpdatedTimestamp"] = item.pop("Timestamp")
        shown, token = self._page(items, request)
        return {"StackResourceSummaries": shown, **token}

    @staticmethod
    def _resources(stack: Stack) -> list[dict]:
        found = dict(stack.gone) | dict(stack.resources) if stack.status.startswith("DELETE") else dict(stack.resources)
        shown = []
        for item in sorted(found.values(), key=lambda item: item.logical):
            entry = {"LogicalResourceId": item.logical, "PhysicalResourceId": item.physical, "ResourceType": item.type, "Timestamp": item.timestamp,
                     "ResourceStatus": item.status, "DriftInformation": {"StackResourceDriftStatus": "NOT_CHECKED"}}
            shown.append(entry | ({"ResourceStatusReason": item.reason} if item.reason else {}))
        return shown

    def get_template(self, region: str, request: dict) -> dict:
        if request.get("ChangeSetName"):
            return {"TemplateBody": self._change_set(region, request).target.body, "StagesAvailable": ["Original", "Processed"]}
        stack = self._named(region, request.get("StackName"))
        return {"TemplateBody": stack.body, "StagesAvailable": ["Original", "Processed"]}

    def get_template_summary(self, region: str, request: dict) -> dict:
        stack = self._stack(region, request["StackName"]) if request.get("StackName") else None
        template = templates.parse(stack.body if stack else self._body(region, request, None))
        return {"ResourceTypes": sorted({item["Type"] for item in template["Resources"].values()}), **_declared(template)}

    def validate_template(self, region: str, request: dict) -> dict:
        return {key: value for key, value in _declared(templates.parse(self._body(region, request, None))).items() if key != "Version"}

    def list_exports(self, region: str, request: dict) -> dict:
        exports = [{"ExportingStackId": stack.id, "Name": name, "Value": value} for stack in self.store.live(region) for name, value in stack.exports.items()]
        shown, token = self._page(sorted(exports, key=lambda item: item["Name"]), request)
        return {"Exports": shown, **token}

    def list_imports(self, region: str, request: dict) -> dict:
        name = request["ExportName"]
        users = self.store.importers(name, region)
        if not users:
            raise validation(f"Export '{name}' is not imported by any stack.")
        shown, token = self._page(users, request)
        return {"Imports": shown, **token}

    def update_termination_protection(self, region: str, request: dict) -> dict:
        stack = self._stack(region, request["StackName"])
        if stack.parent is not None:
            raise validation(f"Termination protection cannot be changed on a nested stack: {stack.id}")
        stack.protected = request["EnableTerminationProtection"]
        return {"StackId": stack.id}

    # --------------------------------------------------------------------------------------- change sets
    def create_change_set(self, region: str, request: dict) -> dict:
        name, kind = request["ChangeSetName"], request.get("ChangeSetType", "UPDATE")
        if not re.fullmatch(r"[a-zA-Z][-a-zA-Z0-9]{0,127}", name):
            raise validation(f"1 validation error detected: Value '{name}' at 'changeSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*")
        with self.store.lock:
            stack = self.store.find(request["StackName"], region)
            if stack is not None and stack.status == "DELETE_COMPLETE":
                stack = None
            if stack is None and kind == "UPDATE":
                raise validation(f"Stack [{request['StackName']}] does not exist")
            if stack is not None and name in stack.change_sets:
                before = stack.change_sets[name]
                if request.get("ClientToken") and before.token == request["ClientToken"]:
                    return {"Id": before.id, "StackId": stack.id}
                raise AwsError("AlreadyExistsException", f"ChangeSet {name} already exists")
            if stack is not None and kind == "CREATE" and stack.status != "REVIEW_IN_PROGRESS":
                raise validation(f"Stack [{stack.name}] already exists and cannot be created again with the changeSet [{name}].")
            if stack is not None and (kind == "UPDATE" or kind == "IMPORT" and stack.status != "REVIEW_IN_PROGRESS"):
                self._updatable(stack)
            target = self.target(region, request, stack)
            imported = imports.checked(request, stack, target) if kind == "IMPORT" else {}
            if stack is None:
                _check_name(request["StackName"])
                stack = self._new(region, request["StackName"], "REVIEW_IN_PROGRESS", request)
                stack.tags = target.tags
                self.store.stacks[stack.id] = stack
                stack.set_status("REVIEW_IN_PROGRESS", "User Initiated")
            change_set = ChangeSet(name, f"arn:aws:cloudformation:{region}:{ACCOUNT}:changeSet/{name}/{uuid.uuid4()}", kind, target,
                                   request.get("Description"), request.get("IncludeNestedStacks", False), request.get("OnStackFailure"),
                                   request.get("ClientToken"), request.get("Capabilities", []), imported=imported)
            stack.change_sets[name] = change_set
        threading.Thread(target=self._compute, args=(stack, change_set), daemon=True).start()
        return {"Id": change_set.id, "StackId": stack.id}

    def _compute(self, stack: Stack, change_set: ChangeSet) -> None:
        pause = self.emulator.settings.change_set
        time.sleep(pause / 2)
        change_set.status = "CREATE_IN_PROGRESS"
        time.sleep(pause / 2)
        with self.store.lock:
            if stack.change_sets.get(change_set.name) is not change_set:
                return
            try:
                if change_set.imported:
                    change_set.changes = imports.changes_of(self.store, stack, change_set.target, change_set.imported)
                    change_set.status, change_set.execution = "CREATE_COMPLETE", "AVAILABLE"
                    return
                self._validate_imports(stack, change_set.target)
                plan = changes.ChangePlan(self.store, stack, change_set.target)
            except AwsError as error:
                change_set.status, change_set.reason = "FAILED", error.message
                return
            except Exception as error:
                LOG.error("A change set ended by an error of the emulator's own", exc_info=error)
                change_set.status, change_set.reason = "FAILED", f"Internal Failure: {error!r}"
                return
            if not plan.differs:
                change_set.status, change_set.reason = "FAILED", changes.NO_CHANGES
                return
            change_set.findings = early.findings(self.emulator, stack, change_set, plan)
            refused = sorted({item["ValidationName"] for item in change_set.findings if item["ValidationFailureMode"] == "FAIL"})
            if refused:
                change_set.status, change_set.reason = "FAILED", early.REFUSED.format(", ".join(refused))
                return
            change_set.changes = plan.changes
            change_set.status, change_set.execution = "CREATE_COMPLETE", "AVAILABLE"
            if stack.status not in UPDATABLE | {"REVIEW_IN_PROGRESS"}:
                change_set.execution = "OBSOLETE"

    def _validate_imports(self, stack: Stack, target: Target) -> None:
        stack.scope(self.store, target, lambda _: changes.UNKNOWN, lambda _, __: changes.UNKNOWN, None).resolve(
            [item.get("Properties", {}) for item in target.template["Resources"].values() if "Condition" not in item])

    def _change_set(self, region: str, request: dict) -> ChangeSet:
        return self._stack_and_change_set(region, request)[1]

    def _stack_and_change_set(self, region: str, request: dict) -> tuple[Stack, ChangeSet]:
        name, stack_name = request["ChangeSetName"], request.get("StackName")
        if not stack_name and not name.startswith("arn:"):
            raise validation("StackName must be specified if ChangeSetName is not specified as an ARN.")
        if stack_name:
            stack = self.store.find(stack_name, region)
            if stack is None:
                raise validation(f"Stack [{stack_name}] does not exist")
            stacks = [stack]
        else:
            stacks = list(self.store.stacks.values())
        for stack in stacks:
            for change_set in stack.change_sets.values():
                if name in (change_set.name, change_set.id):
                    return stack, change_set
        raise AwsError("ChangeSetNotFound", f"ChangeSet [{name}] does not exist", 404)

    def describe_change_set(self, region: str, request: dict) -> dict:
        stack, change_set = self._stack_and_change_set(region, request)
        listed = change_set.changes if request.get("IncludePropertyValues") else [changes.without_values(change) for change in change_set.changes]
        shown, token = self._page(listed, request)
        result = {
            **self._summary(stack, change_set), "Changes": shown, **token, "Capabilities": change_set.capabilities, "NotificationARNs": stack.notifications,
            "RollbackConfiguration": {}, "Tags": [{"Key": key, "Value": value} for key, value in change_set.target.tags.items()],
            "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in change_set.target.parameters.items()]}
        return {key: value for key, value in result.items() if value is not None}

    @staticmethod
    def _summary(stack: Stack, change_set: ChangeSet) -> dict:
        summary = {"ChangeSetName": change_set.name, "ChangeSetId": change_set.id, "StackId": stack.id, "StackName": stack.name,
                   "CreationTime": change_set.created, "ExecutionStatus": change_set.execution, "Status": change_set.status,
                   "StatusReason": change_set.reason, "Description": change_set.description, "IncludeNestedStacks": change_set.nested}
        return {key: value for key, value in summary.items() if value is not None}

    def list_change_sets(self, region: str, request: dict) -> dict:
        stack = self._stack(region, request["StackName"])
        shown, token = self._page([self._summary(stack, item) for item in stack.change_sets.values()], request)
        return {"Summaries": shown, **token}

    def delete_change_set(self, region: str, request: dict) -> dict:
        with self.store.lock:
            try:
                stack, change_set = self._stack_and_change_set(region, request)
            except AwsError as error:
                if error.code == "ChangeSetNotFound":
                    return {}
                raise
            if change_set.execution == "EXECUTE_IN_PROGRESS" or change_set.status == "CREATE_IN_PROGRESS":
                shown = change_set.status if change_set.status == "CREATE_IN_PROGRESS" else change_set.execution
                raise AwsError("InvalidChangeSetStatus", f"ChangeSet [{change_set.id}] cannot be deleted in its current status of [{shown}]")
            del stack.change_sets[change_set.name]
        return {}

    def execute_change_set(self, region: str, request: dict) -> dict:
        token = request.get("ClientRequestToken")
        with self.store.lock:
            stack, change_set = self._stack_and_change_set(region, request)
            if token and change_set.execute_token == token:
                return {}
            if change_set.status != "CREATE_COMPLETE":
                raise AwsError("InvalidChangeSetStatus", f"ChangeSet [{change_set.id}] cannot be executed in its current status of [{change_set.status}]")
            if change_set.execution == "AVAILABLE" and change_set.kind == "UPDATE":
                self._updatable(stack)
            if change_set.execution != "AVAILABLE":
                raise AwsError("InvalidChangeSetStatus", f"ChangeSet [{change_set.id}] cannot be executed in its current execution status of [{change_set.execution}]")
            self._repeated(stack, token, f"execute {change_set.id}")
            change_set.execution, change_set.execute_token = "EXECUTE_IN_PROGRESS", token
            self._begin(stack, token, {"Capabilities": change_set.capabilities})
            stack.change_set_id = change_set.id
            on_failure = change_set.on_failure or ("DO_NOTHING" if request.get("DisableRollback") else "ROLLBACK")
            if change_set.kind == "CREATE":
                self.engine.create(stack, change_set.target, on_failure)
            elif change_set.kind == "IMPORT":
                self.engine.take_in(stack, change_set.target, change_set.imported)
            else:
                self.engine.update(stack, change_set.target, on_failure == "ROLLBACK")
        threading.Thread(target=self._executed, args=(stack, change_set), daemon=True).start()
        return {}

    @staticmethod
    def _executed(stack: Stack, change_set: ChangeSet) -> None:
        stack.idle.wait()
        change_set.execution = "EXECUTE_COMPLETE" if stack.status in ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE") else "EXECUTE_FAILED"

    # ------------------------------------------------------------------------------------------ rollbacks
    def cancel_update_stack(self, region: str, request: dict) -> None:
        with self.store.lock:
            stack = self._stack(region, request["StackName"])
            if stack.status != "UPDATE_IN_PROGRESS":
                raise validation("CancelUpdateStack cannot be called from current stack status")
            stack.operation.user_cancelled = True
            stack.operation.cancelled.set()

    def continue_update_rollback(self, region: str, request: dict) -> dict:
        with self.store.lock:
            stack = self._stack(region, request["StackName"])
            if stack.status != "UPDATE_ROLLBACK_FAILED":
                raise validation(f"Stack:{stack.id} is in {stack.status} state and can not continue rollback.")
            earlier = stack.operation
            unknown = [name for name in request.get("ResourcesToSkip", []) if name not in stack.resources]
            if unknown:
                raise validation(f"Resources to skip [{', '.join(unknown)}] do not exist or are not in a failed state")
            stack.token = request.get("ClientRequestToken")
            stack.set_status("UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated")
            self.engine.start(stack, "update_rollback", self.engine.continue_rollback, earlier, request.get("ResourcesToSkip", []))
        return {}

    def rollback_stack(self, region: str, request: dict) -> dict:
        with self.store.lock:
            stack = self._stack(region, request["StackName"])
            if stack.status not in ("CREATE_FAILED", "UPDATE_FAILED"):
                raise validation(f"Stack:{stack.id} is in {stack.status} state and can not be rolled back.")
            earlier, was = stack.operation, stack.status
            stack.token = request.get("ClientRequestToken")
            if was == "CREATE_FAILED":
                stack.set_status("ROLLBACK_IN_PROGRESS", "User Initiated")
                self.engine.start(stack, "rollback", lambda operation: self.engine._tear_down(operation, "ROLLBACK", on_create=True))
            else:
                stack.set_status("UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated")
                self.engine.start(stack, "update_rollback", self.engine.continue_rollback, earlier, [])
        return {"StackId": stack.id}


def _check_name(name: str) -> None:
    if not re.fullmatch(r"[a-zA-Z][-a-zA-Z0-9]{0,127}", name):
        raise validation(f"1 validation error detected: Value '{name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*")


def _declared(template: dict) -> dict:
    described = [{"ParameterKey": name, **{key: str(item[source]) for key, source in (("DefaultValue", "Default"), ("Description", "Description")) if source in item},
                  "NoEcho": str(item.get("NoEcho", "")).lower() == "true"} for name, item in (template.get("Parameters") or {}).items()]
    iam = any(item["Type"].startswith("AWS::IAM::") for item in template["Resources"].values())
    return {"Parameters": described, **({"Description": template["Description"]} if "Description" in template else {}),
            **({"Capabilities": ["CAPABILITY_IAM"], "CapabilitiesReason": "The following resource(s) require capabilities: [AWS::IAM::Role]"} if iam else {})}

"""Stacks, their resources, events and change sets: what the engine changes and the API shows."""
import dataclasses
import datetime
import json
import threading
import uuid

from ..errors import validation
from ..protocol import now
from . import intrinsics, template as templates

ACCOUNT = "123456789012"


@dataclasses.dataclass
class StackResource:
    logical: str
    type: str
    definition: dict
    physical: str = ""
    properties: dict = dataclasses.field(default_factory=dict)   # resolved, but for dynamic references
    effective: dict = dataclasses.field(default_factory=dict)    # what the handler was given
    attributes: dict = dataclasses.field(default_factory=dict)
    tags: dict = dataclasses.field(default_factory=dict)
    status: str = ""
    reason: str | None = None
    timestamp: datetime.datetime = dataclasses.field(default_factory=now)

    def policy(self, name: str) -> str:
        return self.definition.get(name, "Delete")


@dataclasses.dataclass
class Target:
    """What an operation makes of a stack: a template with its values."""
    body: str
    template: dict
    parameters: dict[str, str]
    tags: dict[str, str]


@dataclasses.dataclass
class ChangeSet:
    name: str
    id: str
    kind: str
    target: Target
    description: str | None = None
    nested: bool = False
    on_failure: str | None = None
    token: str | None = None
    capabilities: list = dataclasses.field(default_factory=list)
    status: str = "CREATE_PENDING"
    reason: str | None = None
    execution: str = "UNAVAILABLE"
    changes: list = dataclasses.field(default_factory=list)
    created: datetime.datetime = dataclasses.field(default_factory=now)
    parent: str | None = None
    root: str | None = None
    execute_token: str | None = None
    findings: list = dataclasses.field(default_factory=list)    # what its checks found wrong
    imported: dict = dataclasses.field(default_factory=dict)    # what an IMPORT takes in, by logical id


class Stack:
    def __init__(self, name: str, region: str, status: str, parent: "Stack | None" = None):
        self.name, self.region = name, region
        self.id = f"arn:aws:cloudformation:{region}:{ACCOUNT}:stack/{name}/{uuid.uuid4()}"
        self.parent = parent
        self.root: Stack = parent.root if parent else self
        self.created, self.updated, self.deleted = now(), None, None
        self.status, self.reason = status, None
        self.body, self.template = "", {}
        self.parameters: dict[str, str] = {}
        self.tags: dict[str, str] = {}
        self.capabilities: list[str] = []
        self.resources: dict[str, StackResource] = {}
        self.gone: dict[str, StackResource] = {}       # deleted ones, which DescribeStackResources still shows
        self.outputs: list[dict] = []
        self.imports: set[str] = set()
        self.events: list[dict] = []
        self.change_sets: dict[str, ChangeSet] = {}
        self.change_set_id: str | None = None
        self.protected = False
        self.disable_rollback = False
        self.role: str | None = None
        self.notifications: list[str] = []
        self.timeout: int | None = None
        self.token: str | None = None                  # of the operation that runs or ran last
        self.tokens: dict[str, str] = {}               # each token, and what it was for
        self.operation = None
        self.idle = threading.Event()
        self.idle.set()

    @property
    def pseudo(self) -> dict:
        return {"AWS::AccountId": ACCOUNT, "AWS::Region": self.region, "AWS::Partition": "aws", "AWS::StackName": self.name,
                "AWS::StackId": self.id, "AWS::URLSuffix": "amazonaws.com", "AWS::NotificationARNs": self.notifications}

    @property
    def exports(self) -> dict[str, str]:
        return {output["ExportName"]: output["OutputValue"] for output in self.outputs if "ExportName" in output}

    def set_status(self, status: str, reason: str | None = None) -> None:
        self.status, self.reason = status, reason
        self._event(self.name, self.id, "AWS::CloudFormation::Stack", status, reason)

    def event(self, resource: StackResource, status: str, reason: str | None = None, physical: str | None = None) -> None:
        resource.status, resource.reason, resource.timestamp = status, reason, now()
        self._event(resource.logical, resource.physical if physical is None else physical, resource.type, status, reason, resource.properties)

    def _event(self, logical, physical, resource_type, status, reason, properties=None) -> None:
        event = {"StackId": self.id, "StackName": self.name, "LogicalResourceId": logical, "PhysicalResourceId": physical,
                 "ResourceType": resource_type, "Timestamp": now(), "ResourceStatus": status, "ClientRequestToken": self.token,
                 "EventId": str(uuid.uuid4()) if resource_type == "AWS::CloudFormation::Stack" else f"{logical}-{status}-{uuid.uuid4()}"}
        if reason:
            event["ResourceStatusReason"] = reason
        if properties is not None:
            event["ResourceProperties"] = json.dumps(properties, separators=(",", ":"))
        self.events.append(event)

    def scope(self, store: "StackStore", target: Target, ref, attribute, dynamic) -> intrinsics.Scope:
        """Names of a template as this stack resolves them."""
        return intrinsics.Scope(target.template, templates.typed(target.template, target.parameters), self.pseudo, ref, attribute,
                                lambda name: store.imported(self, name), dynamic)


class StackStore:
    """All stacks of the account, by id; a deleted one stays to be described by it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.stacks: dict[str, Stack] = {}

    def find(self, name: str, region: str) -> Stack | None:
        """By name the one that is not deleted, by id any."""
        if name in self.stacks:
            return self.stacks[name]
        return next((stack for stack in reversed(list(self.stacks.values()))
                     if stack.name == name and stack.region == region and stack.status != "DELETE_COMPLETE"), None)

    def live(self, region: str) -> list[Stack]:
        return [stack for stack in list(self.stacks.values()) if stack.region == region and stack.status != "DELETE_COMPLETE"]

    def exporter(self, name: str, region: str) -> Stack | None:
        return next((stack for stack in self.live(region) if name in stack.exports), None)

    def importers(self, name: str, region: str) -> list[str]:
        return sorted(stack.name for stack in self.live(region) if name in stack.imports)

    def imported(self, stack: Stack, name: str) -> str:
        exporter = self.exporter(name, stack.region)
        if exporter is None:
            raise validation(f"No export named {name} found.")
        return exporter.exports[name]

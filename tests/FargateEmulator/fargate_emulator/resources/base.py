"""What a resource type's handler is given and gives."""
import uuid
from typing import Callable


class ResourceError(Exception):
    """A resource that could not be made, changed or deleted. `plain`: the reason is shown as it is."""

    def __init__(self, message: str, code: str = "GeneralServiceException", plain: bool = False):
        super().__init__(message)
        self.reason = message if plain else f'Resource handler returned message: "{message}" (RequestToken: {uuid.uuid4()}, HandlerErrorCode: {code})'


class Cancelled(Exception):
    """The operation was given up while the resource was in progress."""


class Context:
    """What a handler works with: where it is, clients for other services, and whether to go on."""

    def __init__(self, emulator, stack, logical: str, tags: dict[str, str], cancelled: Callable[[], bool], initiated: Callable[[str], None]):
        self.emulator, self.stack, self.logical, self.tags = emulator, stack, logical, tags
        self.region = stack.region
        self._cancelled, self.initiated = cancelled, initiated
        self.leaves_snapshot = False    # what is deleted, by its policy

    def client(self, service: str):
        return self.emulator.client(service, self.region)

    def check(self) -> None:
        if self._cancelled():
            raise Cancelled()

    def name(self, limit: int = 255, lower: bool = False) -> str:
        """A name as CloudFormation makes it where a template gives none."""
        random = uuid.uuid4().hex[:12].upper()
        half = (limit - 14) // 2
        name = f"{self.stack.name[:half].strip('-')}-{self.logical[:half]}-{random}"
        return name.lower() if lower else name

    def all_tags(self, properties: dict) -> dict[str, str]:
        """The resource's own tags, the stack's, and CloudFormation's three."""
        own = properties.get("Tags") or {}
        own = own if isinstance(own, dict) else {tag["Key"]: tag["Value"] for tag in own}
        return {"aws:cloudformation:stack-name": self.stack.name, "aws:cloudformation:stack-id": self.stack.id,
                "aws:cloudformation:logical-id": self.logical, **self.tags, **own}


class Handler:
    """A resource type. Each method may raise ResourceError or botocore's ClientError."""

    def create(self, context: Context, properties: dict) -> tuple[str, dict]:
        """Makes it: its physical id, and what Fn::GetAtt gives."""
        raise NotImplementedError

    def update(self, context: Context, physical: str, old: dict, new: dict) -> dict:
        """Changes it in place: its attributes."""
        raise NotImplementedError

    def delete(self, context: Context, physical: str, properties: dict) -> None:
        raise NotImplementedError

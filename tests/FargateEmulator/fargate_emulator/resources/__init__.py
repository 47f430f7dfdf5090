"""Resource types, each made and changed through the service's own API, so that a client of that service sees it."""
from .base import Handler
from . import compute, data, databases, managed, network, observation, routing, simple, stacks

_HANDLERS: dict[str, Handler] = {**network.HANDLERS, **routing.HANDLERS, **compute.HANDLERS, **data.HANDLERS, **databases.HANDLERS, **managed.HANDLERS, **observation.HANDLERS, **stacks.HANDLERS}


def handler_of(resource_type: str) -> Handler:
    """A type's handler; of one that the emulator does not know, one that keeps what it is given."""
    return _HANDLERS.get(resource_type) or simple.KeptHandler(resource_type)

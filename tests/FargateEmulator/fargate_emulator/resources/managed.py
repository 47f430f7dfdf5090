"""Brokers of Amazon MQ, by its own API."""
from .base import Context
from .simple import CallHandler

_KEPT = ("EngineVersion", "HostInstanceType", "AutoMinorVersionUpgrade", "SecurityGroups", "Logs", "MaintenanceWindowStartTime")


def _typed(properties: dict) -> dict:
    """Texts of a template as the booleans that the API takes."""
    texts = {"true": True, "false": False}
    return {name: _typed(value) if isinstance(value, dict) else texts.get(value, value) if isinstance(value, str) else value for name, value in properties.items()}


def _broker(context: Context, properties: dict) -> tuple[str, dict]:
    wanted = _typed({name: value for name, value in properties.items() if name != "Tags"})
    answer = context.client("mq").create_broker(**wanted, Tags={tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])})
    identity = answer["BrokerId"]
    return identity, {"Id": identity, "Arn": answer["BrokerArn"], "AmqpEndpoints": [f"amqps://b-{identity}.mq.{context.region}.on.aws:5671"]}


def _change_broker(context: Context, physical: str, old: dict, new: dict) -> None:
    context.client("mq").update_broker(BrokerId=physical, **_typed({name: new[name] for name in _KEPT if name in new}))


HANDLERS = {
    "AWS::AmazonMQ::Broker": CallHandler(_broker, lambda context, physical, _: context.client("mq").delete_broker(BrokerId=physical), _change_broker),
}

"""Requests to Python values and back, by the service models that botocore carries: the query protocol and JSON."""
import base64
import datetime
import json
import uuid
from functools import lru_cache
from xml.sax.saxutils import escape

import botocore.session
from werkzeug.wrappers import Request, Response

from .errors import AwsError

UTC = datetime.timezone.utc


def now() -> datetime.datetime:
    return datetime.datetime.now(UTC)


@lru_cache
def model(service: str):
    return botocore.session.get_session().get_service_model(service)


# ---------------------------------------------------------------------------------------------------- query
def query_request(request: Request, service: str) -> tuple[str, dict]:
    """The operation's name and its parameters, nested as the model says."""
    form = request.form.to_dict() or request.args.to_dict()
    name = form.get("Action", "")
    if name not in model(service).operation_names:
        raise AwsError("InvalidAction", f"Could not find operation {name} for version {form.get('Version')}")
    shape = model(service).operation_model(name).input_shape
    return name, _parse(form, "", shape) if shape is not None else {}


def refuse_unknown(request: Request, service: str) -> None:
    """What AWS does not know of it leaves out: here it is a mistake of who calls."""
    shape = model(service).operation_model(request.form["Action"]).input_shape
    unknown = {key.split(".")[0] for key in request.form} - {member.serialization.get("name", key) for key, member in shape.members.items()} - {"Action", "Version"}
    if unknown:
        raise AwsError("InvalidParameterValue", f"{request.form['Action']} has no parameter {', '.join(sorted(unknown))}")


def _parse(form: dict, prefix: str, shape):
    if shape.type_name == "structure":
        values = {}
        for name, member in shape.members.items():
            wire = f"{prefix}.{member.serialization.get('name', name)}" if prefix else member.serialization.get("name", name)
            if any(key == wire or key.startswith(wire + ".") for key in form):
                values[name] = _parse(form, wire, member)
        return values
    if shape.type_name == "list":
        named = f"{prefix}.{shape.member.serialization.get('name', 'member')}"
        item = named if any(key.startswith(f"{named}.") for key in form) else prefix
        indexes = sorted({int(key[len(item) + 1:].split(".")[0]) for key in form if key.startswith(item + ".")})
        return [_parse(form, f"{item}.{index}", shape.member) for index in indexes]
    if shape.type_name == "map":
        keys = sorted(key for key in form if key.startswith(f"{prefix}.entry.") and key.endswith(".key"))
        return {form[key]: form.get(key.removesuffix(".key") + ".value", "") for key in keys}
    text = form.get(prefix, "")
    if shape.type_name in ("integer", "long"):
        return int(text)
    return text == "true" if shape.type_name == "boolean" else text


def query_response(service: str, operation: str, result: dict | None) -> Response:
    shape = model(service).operation_model(operation).output_shape
    body = ""
    if shape is not None:
        wrapper = shape.serialization.get("resultWrapper", f"{operation}Result")
        body = f"<{wrapper}>{_members(shape, result or {})}</{wrapper}>"
    text = (f'<{operation}Response xmlns="{model(service).metadata.get("xmlNamespace", "")}">{body}'
            f"<ResponseMetadata><RequestId>{uuid.uuid4()}</RequestId></ResponseMetadata></{operation}Response>")
    return Response(text, content_type="text/xml")


def _members(shape, values: dict) -> str:
    unknown = values.keys() - shape.members.keys()
    if unknown:
        raise KeyError(f"{shape.name} has no {unknown}")
    return "".join(_element(member.serialization.get("name", name), member, values[name])
                   for name, member in shape.members.items() if values.get(name) is not None)


def _element(name: str, shape, value) -> str:
    if shape.type_name == "structure":
        inner = _members(shape, value)
    elif shape.type_name == "list":
        inner = "".join(_element("member", shape.member, item) for item in value)
    elif shape.type_name == "map":
        inner = "".join(f"<entry><key>{escape(key)}</key><value>{escape(str(item))}</value></entry>" for key, item in value.items())
    elif shape.type_name == "timestamp":
        inner = value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"
    elif shape.type_name == "boolean":
        inner = "true" if value else "false"
    else:
        inner = escape(str(value))
    return f"<{name}>{inner}</{name}>"


def query_error(error: AwsError) -> Response:
    text = (f"<ErrorResponse><Error><Type>{'Sender' if error.status < 500 else 'Receiver'}</Type><Code>{escape(error.code)}</Code>"
            f"<Message>{escape(error.message)}</Message></Error><RequestId>{uuid.uuid4()}</RequestId></ErrorResponse>")
    return Response(text, status=error.status, content_type="text/xml")


# ----------------------------------------------------------------------------------------------------- JSON
def json_request(request: Request) -> tuple[str, dict]:
    operation = request.headers.get("X-Amz-Target", "").rpartition(".")[2]
    return operation, json.loads(request.get_data() or b"{}")


def _plain(value):
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(type(value))


def json_response(result: dict | None) -> Response:
    return Response(json.dumps(result or {}, default=_plain), content_type="application/x-amz-json-1.1",
                    headers={"x-amzn-RequestId": str(uuid.uuid4())})


def json_error(error: AwsError) -> Response:
    return Response(json.dumps({"__type": error.code, "message": error.message}), status=error.status,
                    content_type="application/x-amz-json-1.1", headers={"x-amzn-ErrorType": error.code})


# ------------------------------------------------------------------------------- CloudFormation's to an API's
def shaped(value, shape):
    """A property of a template, whose names start with a capital and whose numbers may be text, as an operation takes it."""
    if value is None:
        return None
    if shape.type_name == "structure":
        names = {name.lower(): name for name in shape.members}
        found = {names[key.lower()]: item for key, item in value.items() if key.lower() in names}
        return {name: shaped(item, shape.members[name]) for name, item in found.items()}
    if shape.type_name == "list":
        return [shaped(item, shape.member) for item in value]
    if shape.type_name == "map":
        return {key: shaped(item, shape.value) for key, item in value.items()}
    if shape.type_name in ("integer", "long"):
        return int(value)
    if shape.type_name in ("double", "float"):
        return float(value)
    if shape.type_name == "boolean":
        return value if isinstance(value, bool) else str(value).lower() == "true"
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def request_from(service: str, operation: str, properties: dict) -> dict:
    """What `operation` takes of a resource's properties."""
    return shaped(properties, model(service).operation_model(operation).input_shape)

"""What deploy asks CloudFront for by itself: that it forget files of a distribution that a stack has."""
import re
import xml.etree.ElementTree as ET

from werkzeug.wrappers import Request, Response

from .errors import AwsError

_PATH = re.compile(r"^/2020-05-31/distribution/(?P<id>[A-Z0-9]+)/invalidation$")
_NAMESPACE = "{http://cloudfront.amazonaws.com/doc/2020-05-31/}"


def request_of(request: Request) -> tuple[str, dict]:
    """The operation's name and its parameters."""
    found = _PATH.match(request.path)
    if request.method != "POST" or not found:
        raise AwsError("NoSuchResource", f"{request.method} {request.path}", 404)
    paths = [item.text for item in ET.fromstring(request.get_data()).iter(f"{_NAMESPACE}Path")]
    return "CreateInvalidation", {"DistributionId": found.group("id"), "Paths": paths}


def create_invalidation(emulator, request: dict) -> Response:
    known = {resource.physical for stack in list(emulator.cloudformation.store.stacks.values()) for resource in list(stack.resources.values())
             if resource.type == "AWS::CloudFront::Distribution"}
    if request["DistributionId"] not in known:
        raise AwsError("NoSuchDistribution", "The specified distribution does not exist.", 404)
    return Response("<Invalidation><Id>I1</Id><Status>InProgress</Status></Invalidation>", status=201, content_type="text/xml")


def error(failure: AwsError) -> Response:
    body = f"<ErrorResponse><Error><Type>Sender</Type><Code>{failure.code}</Code><Message>{failure.message}</Message></Error></ErrorResponse>"
    return Response(body, status=failure.status, content_type="text/xml")

"""Signatures of requests as botocore makes them: a line of JSON in for each request, a line with its signature out."""
import base64
import hashlib
import json
import sys

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

for line in sys.stdin:
    given = json.loads(line)
    body = base64.b64decode(given["body"])
    signer = SigV4Auth(Credentials(given["accessKey"], given["secretKey"], given["token"]), given["service"], given["region"])
    request = AWSRequest(given["method"], given["url"], headers=given["headers"], data=body)
    request.context["timestamp"] = given["headers"]["x-amz-date"]
    if given["headers"]["x-amz-content-sha256"] != hashlib.sha256(body).hexdigest():
        print("the hash of the body is wrong", flush=True)
        continue
    print(signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request), flush=True)

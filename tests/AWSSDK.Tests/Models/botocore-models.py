"""Prints what botocore's data say of the services named on the command line: the model of each, without its prose, and where its
endpoint rules lead. botocore's own rule engine finds the endpoints."""
import gzip
import json
import os
import sys

import botocore
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError

DATA = os.path.join(botocore.__path__[0], "data")
REGIONS = ["us-east-1", "eu-west-1", "ap-southeast-2", "cn-north-1", "us-gov-west-1", "us-gov-east-1", "us-iso-east-1", "us-isob-east-1",
           "eu-isoe-west-1", "us-isof-south-1", "eusc-de-east-1", "us-east-99"]


def read(*path):
    with gzip.open(os.path.join(DATA, *path) + ".gz") as file:
        return json.load(file)


def without_prose(node):
    if isinstance(node, dict):
        return {key: without_prose(value) for key, value in node.items() if key != "documentation" or not isinstance(value, str)}
    return node


def endpoints(rules):
    with open(os.path.join(DATA, "partitions.json")) as file:
        provider = EndpointProvider(rules, json.load(file))
    for region in REGIONS:
        for fips in (False, True):
            for dual_stack in (False, True):
                try:
                    url = provider.resolve_endpoint(Region=region, UseFIPS=fips, UseDualStack=dual_stack).url
                except EndpointProviderError as error:
                    url = error.kwargs["msg"]
                yield {"region": region, "fips": fips, "dualStack": dual_stack, "url": url}


def service(name):
    version = sorted(os.listdir(os.path.join(DATA, name)))[-1]
    model = read(name, version, "service-2.json")
    return {
        "metadata": model["metadata"],
        "operations": without_prose(model["operations"]),
        "shapes": without_prose(model["shapes"]),
        "endpoints": list(endpoints(read(name, version, "endpoint-rule-set-1.json"))),
    }


json.dump({name: service(name) for name in sys.argv[1:]}, sys.stdout)

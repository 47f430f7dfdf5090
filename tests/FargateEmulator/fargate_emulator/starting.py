"""
What moto 5.2.1 and botocore read as they start, once and as far as it is wanted; imported before both, for it is their modules that read. Half of a
start was the 4 MB of EC2's model, read three times, and instance types and images of machines, of which a deployment to Fargate asks for none.
"""
import os
from functools import cache, partial

from botocore.loaders import JSONFileLoader
from moto.utilities import utils

# Hundreds of images in each region, with a snapshot and a volume each, again at each reset.
os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")

# What is read is not changed: one reading does for all sessions, of which each has a loader of its own.
_read = cache(partial(JSONFileLoader.load_file, JSONFileLoader()))
JSONFileLoader.load_file = lambda _, path: _read(path)
_load_resource = utils.load_resource


def _load(package: str, resource: str):
    if package == "moto.ec2.models.instance_types":
        return {} if resource.endswith("/instance_types.json") else []
    return _load_resource(package, resource)


utils.load_resource = _load

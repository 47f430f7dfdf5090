"""One emulated AWS: its settings, its services, clients for itself."""
import io
import threading
import time

import boto3
import botocore.config
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from werkzeug.test import EnvironBuilder, run_wsgi_app

from .calls import Calls
from .cloudformation.api import CloudFormation
from .ecr.api import Ecr
from .ecs.api import Ecs
from .faults import Faults
from .settings import Settings

# The key that marks a request as the emulator's own; it is not recorded.
OWN_KEY = "AKIAEMULATOROWNREQUE"


class _Raw(io.BytesIO):
    """A body as botocore reads it from a connection."""

    def stream(self, **_):
        yield self.read()


class Emulator:
    def __init__(self, registry: str | None = None) -> None:
        self.url = ""
        self.application = None
        self.settings = Settings(registry=registry)
        self.faults = Faults()
        self.calls = Calls()
        self.cloudformation = CloudFormation(self)
        self.ecs = Ecs(self)
        self.ecr = Ecr(self)
        self._clients: dict[tuple[str, str], object] = {}
        self._session = boto3.Session(aws_access_key_id=OWN_KEY, aws_secret_access_key="own")
        self._lock = threading.Lock()

    def client(self, service: str, region: str):
        """A client for the emulator itself."""
        with self._lock:
            if (service, region) not in self._clients:
                config = botocore.config.Config(retries={"max_attempts": 0}, max_pool_connections=64, s3={"addressing_style": "path"})
                client = self._session.client(service, region_name=region, endpoint_url=self.url, config=config)
                client.meta.events.register("before-send", self._send)
                self._clients[service, region] = client
            return self._clients[service, region]

    def _send(self, request: AWSPreparedRequest, **_) -> AWSResponse:
        """Has the application answer in the caller's thread: a connection for each request was half of what the emulator did."""
        body = request.body.read() if hasattr(request.body, "read") else request.body
        headers = {name: value.decode() if isinstance(value, bytes) else value for name, value in request.headers.items()}
        environ = EnvironBuilder(base_url=self.url, path=request.url.removeprefix(self.url), method=request.method, headers=headers, data=body).get_environ()
        answer, status, headers = run_wsgi_app(self.application, environ, buffered=True)
        return AWSResponse(request.url, int(status.split(" ", 1)[0]), headers, _Raw(b"".join(answer)))

    def warm(self, region: str) -> None:
        """Makes the clients, and has moto load its services, before they are asked for: the first call of each is the slow one."""
        for service, operation in (("ec2", "describe_vpcs"), ("iam", "list_roles"), ("elbv2", "describe_load_balancers"), ("logs", "describe_log_groups"),
                                   ("cloudwatch", "list_dashboards"), ("secretsmanager", "list_secrets"), ("ecr", "describe_repositories"), ("sqs", "list_queues"),
                                   ("s3", "list_buckets"), ("application-autoscaling", None)):
            client = self.client(service, region)
            if operation:
                getattr(client, operation)()

    def pause(self) -> None:
        time.sleep(self.settings.tick)

    def reset(self) -> None:
        self.faults.reset()
        self.settings.reset()
        self.calls.clear()
        self.cloudformation = CloudFormation(self)
        self.ecs = Ecs(self)
        self.ecr = Ecr(self)

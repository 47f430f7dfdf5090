"""What ECS keeps: clusters, task definitions, services, tasks; each as the API shows it."""
import threading
import uuid

from ..cloudformation.stacks import ACCOUNT
from ..errors import AwsError
from ..protocol import now


class Region:
    """ECS in one region."""

    def __init__(self, name: str):
        self.name = name
        self.clusters: dict[str, dict] = {}
        self.task_definitions: dict[str, dict] = {}            # by ARN
        self.definition_tags: dict[str, list] = {}
        self.services: dict[str, dict] = {}                    # by ARN; inactive ones too
        self.deployments: dict[str, dict] = {}                 # service deployments by ARN
        self.revisions: dict[str, dict] = {}                   # service revisions by ARN
        self.tasks: dict[str, dict] = {}
        self.providers: dict[str, dict] = {}
        self.run_tokens: dict[str, list[str]] = {}
        self.lock = threading.RLock()

    def arn(self, rest: str) -> str:
        return f"arn:aws:ecs:{self.name}:{ACCOUNT}:{rest}"

    # ------------------------------------------------------------------------------------------- finding
    def cluster(self, name: str | None) -> dict:
        short = (name or "default").rpartition("/")[2]
        if short not in self.clusters or self.clusters[short]["status"] != "ACTIVE":
            raise AwsError("ClusterNotFoundException", "Cluster not found.")
        return self.clusters[short]

    def task_definition(self, name: str) -> dict:
        """By ARN, `family:revision` or `family` (its latest active revision)."""
        short = name.rpartition("/")[2]
        if ":" in short:
            found = self.task_definitions.get(self.arn(f"task-definition/{short}"))
        else:
            active = [item for item in self.task_definitions.values() if item["family"] == short and item["status"] == "ACTIVE"]
            found = max(active, key=lambda item: item["revision"], default=None)
        if found is None:
            raise AwsError("ClientException", "Unable to describe task definition.")
        return found

    def service(self, cluster: str | None, name: str, active: bool = True) -> dict:
        short = name.rpartition("/")[2]
        found = self.services.get(self.arn(f"service/{self.cluster(cluster)['clusterName']}/{short}"))
        if found is None:
            raise AwsError("ServiceNotFoundException", "Service not found.")
        if active and found["status"] != "ACTIVE":
            raise AwsError("ServiceNotActiveException", "Service was not ACTIVE.")
        return found

    def tasks_of(self, service: dict, definition: str | None = None) -> list[dict]:
        """The tasks of a service that are not stopped, of one task definition or all."""
        return [task for task in list(self.tasks.values()) if task["group"] == f"service:{service['serviceName']}" and task["clusterArn"] == service["clusterArn"]
                and task["lastStatus"] != "STOPPED" and (definition is None or task["taskDefinitionArn"] == definition)]

    # -------------------------------------------------------------------------------------- task definitions
    def register(self, request: dict) -> dict:
        request = {key: value for key, value in request.items() if value is not None}
        tags = request.pop("tags", [])
        family = request["family"]
        if not request.get("containerDefinitions"):
            raise AwsError("ClientException", "Container list cannot be empty.")
        fargate = "FARGATE" in request.get("requiresCompatibilities", [])
        if fargate and int(request.get("memory", 0)) not in FARGATE.get(int(request.get("cpu", 0)), ()):
            raise AwsError("ClientException", f"No Fargate configuration exists for given values: {request.get('cpu')} CPU, {request.get('memory')} memory. "
                                              "See the Amazon ECS documentation for the valid values.")
        with self.lock:
            revision = 1 + max((item["revision"] for item in self.task_definitions.values() if item["family"] == family), default=0)
            arn = self.arn(f"task-definition/{family}:{revision}")
            containers = [{"cpu": 0, "environment": [], "mountPoints": [], "volumesFrom": [], "essential": True, "portMappings": [], "systemControls": []} | item
                          for item in request.pop("containerDefinitions")]
            for container in containers:
                for port in container["portMappings"]:
                    port.setdefault("hostPort", port["containerPort"] if request.get("networkMode") == "awsvpc" else 0)
                    port.setdefault("protocol", "tcp")
            definition = {"taskDefinitionArn": arn, "revision": revision, "status": "ACTIVE", "containerDefinitions": containers, "volumes": [],
                          "placementConstraints": [], "requiresAttributes": [], "compatibilities": ["EC2", "FARGATE"], "registeredAt": now(),
                          "registeredBy": f"arn:aws:iam::{ACCOUNT}:root", **request}
            self.task_definitions[arn] = definition
            self.definition_tags[arn] = tags
        return definition


FARGATE = {256: (512, 1024, 2048), 512: range(1024, 4097, 1024), 1024: range(2048, 8193, 1024), 2048: range(4096, 16385, 1024),
           4096: range(8192, 30721, 1024), 8192: range(16384, 61441, 4096), 16384: range(32768, 122881, 8192), 32768: (61440, 122880, 249856)}


def number() -> str:
    """An id as ECS gives deployments: nineteen digits."""
    return str(uuid.uuid4().int)[:19]


def event(service: dict, message: str) -> None:
    service["events"].insert(0, {"id": str(uuid.uuid4()), "createdAt": now(), "message": f"(service {service['serviceName']}) {message}"})
    del service["events"][100:]


class Store:
    def __init__(self) -> None:
        self._regions: dict[str, Region] = {}
        self._lock = threading.Lock()

    def region(self, name: str) -> Region:
        with self._lock:
            return self._regions.setdefault(name, Region(name))

"""ECS's operations."""
import threading

from ..errors import AwsError
from ..protocol import now
from .rollouts import Rollouts
from .store import Region, Store, event

_KEPT = ("loadBalancers", "serviceRegistries", "launchType", "capacityProviderStrategy", "platformVersion", "networkConfiguration", "roleArn",
         "healthCheckGracePeriodSeconds", "placementConstraints", "placementStrategy", "enableECSManagedTags", "propagateTags",
         "enableExecuteCommand", "availabilityZoneRebalancing", "volumeConfigurations")


class Ecs:
    def __init__(self, emulator) -> None:
        self.emulator = emulator
        self.store = Store()
        self.rollouts = Rollouts(emulator)

    def call(self, operation: str, region: str, request: dict) -> dict | None:
        method = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in operation).lstrip("_")
        handler = getattr(self, f"do_{method}", None)
        if handler is None:
            raise AwsError("InvalidAction", f"The emulator has no ECS {operation}.")
        return shown(handler(self.store.region(region), request))

    # ------------------------------------------------------------------------------------------ clusters
    def do_create_cluster(self, region: Region, request: dict) -> dict:
        name = request.get("clusterName", "default")
        cluster = {"clusterArn": region.arn(f"cluster/{name}"), "clusterName": name, "status": "ACTIVE", "settings": request.get("settings", [{"name": "containerInsights", "value": "disabled"}]),
                   "tags": request.get("tags", []), "capacityProviders": request.get("capacityProviders", []), "registeredContainerInstancesCount": 0,
                   "defaultCapacityProviderStrategy": request.get("defaultCapacityProviderStrategy", []), "statistics": [], "configuration": request.get("configuration", {})}
        if "serviceConnectDefaults" in request:
            cluster["serviceConnectDefaults"] = request["serviceConnectDefaults"]
        existing = region.clusters.get(name)
        if existing is None or existing["status"] != "ACTIVE":
            region.clusters[name] = cluster
        return {"cluster": self._counted(region, region.clusters[name])}

    @staticmethod
    def _counted(region: Region, cluster: dict) -> dict:
        tasks = [task for task in list(region.tasks.values()) if task["clusterArn"] == cluster["clusterArn"]]
        services = [item for item in list(region.services.values()) if item["clusterArn"] == cluster["clusterArn"] and item["status"] == "ACTIVE"]
        return cluster | {"runningTasksCount": sum(task["lastStatus"] == "RUNNING" for task in tasks), "activeServicesCount": len(services),
                          "pendingTasksCount": sum(task["lastStatus"] in ("PENDING", "PROVISIONING") for task in tasks)}

    def do_describe_clusters(self, region: Region, request: dict) -> dict:
        found, failures = [], []
        for name in request.get("clusters") or ["default"]:
            cluster = region.clusters.get(name.rpartition("/")[2])
            if cluster is None:
                failures.append({"arn": region.arn(f"cluster/{name.rpartition('/')[2]}"), "reason": "MISSING"})
            else:
                found.append(self._counted(region, cluster))
        return {"clusters": found, "failures": failures}

    def do_list_clusters(self, region: Region, request: dict) -> dict:
        return {"clusterArns": [item["clusterArn"] for item in region.clusters.values() if item["status"] == "ACTIVE"]}

    def do_update_cluster(self, region: Region, request: dict) -> dict:
        cluster = region.cluster(request["cluster"])
        cluster.update({key: request[key] for key in ("settings", "configuration", "serviceConnectDefaults") if key in request})
        return {"cluster": self._counted(region, cluster)}

    do_update_cluster_settings = do_update_cluster

    def do_put_cluster_capacity_providers(self, region: Region, request: dict) -> dict:
        cluster = region.cluster(request["cluster"])
        for name in request["capacityProviders"]:
            # A provider of Managed Instances is its cluster's own: https://github.com/aws/aws-cdk/issues/35699.
            if "managedInstancesProvider" in region.providers.get(name.rpartition("/")[2], {}):
                raise AwsError("InvalidParameterException", f"The capacity provider {name} is for Managed Instances, and cannot be associated with a cluster.")
        cluster["capacityProviders"], cluster["defaultCapacityProviderStrategy"] = request["capacityProviders"], request["defaultCapacityProviderStrategy"]
        return {"cluster": self._counted(region, cluster)}

    def do_delete_cluster(self, region: Region, request: dict) -> dict:
        cluster = region.cluster(request["cluster"])
        counted = self._counted(region, cluster)
        if counted["activeServicesCount"]:
            raise AwsError("ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.")
        if counted["runningTasksCount"] or counted["pendingTasksCount"]:
            raise AwsError("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.")
        cluster["status"] = "INACTIVE"
        return {"cluster": counted | {"status": "INACTIVE"}}

    def do_create_capacity_provider(self, region: Region, request: dict) -> dict:
        provider = {"capacityProviderArn": region.arn(f"capacity-provider/{request['name']}"), "status": "ACTIVE", "tags": [], **request}
        region.providers[request["name"]] = provider
        return {"capacityProvider": provider}

    def do_describe_capacity_providers(self, region: Region, request: dict) -> dict:
        fargate = [{"capacityProviderArn": region.arn(f"capacity-provider/{name}"), "name": name, "status": "ACTIVE"} for name in ("FARGATE", "FARGATE_SPOT")]
        wanted = {name.rpartition("/")[2] for name in request.get("capacityProviders", [])}
        return {"capacityProviders": [item for item in [*fargate, *region.providers.values()] if not wanted or item["name"] in wanted], "failures": []}

    def do_delete_capacity_provider(self, region: Region, request: dict) -> dict:
        return {"capacityProvider": region.providers.pop(request["capacityProvider"].rpartition("/")[2], {})}

    # ---------------------------------------------------------------------------------- task definitions
    def do_register_task_definition(self, region: Region, request: dict) -> dict:
        return {"taskDefinition": region.register(dict(request)), "tags": request.get("tags", [])}

    def do_describe_task_definition(self, region: Region, request: dict) -> dict:
        definition = region.task_definition(request["taskDefinition"])
        tags = {"tags": region.definition_tags[definition["taskDefinitionArn"]]} if "TAGS" in request.get("include", []) else {}
        return {"taskDefinition": definition, **tags}

    def do_deregister_task_definition(self, region: Region, request: dict) -> dict:
        definition = region.task_definition(request["taskDefinition"])
        definition["status"], definition["deregisteredAt"] = "INACTIVE", now()
        return {"taskDefinition": definition}

    def do_delete_task_definitions(self, region: Region, request: dict) -> dict:
        gone = [region.task_definition(name) for name in request["taskDefinitions"]]
        for definition in gone:
            region.task_definitions.pop(definition["taskDefinitionArn"])
        return {"taskDefinitions": gone, "failures": []}

    def do_list_task_definitions(self, region: Region, request: dict) -> dict:
        family, status = request.get("familyPrefix"), request.get("status", "ACTIVE")
        found = [item for item in region.task_definitions.values() if (family is None or item["family"] == family) and item["status"] == status]
        found.sort(key=lambda item: (item["family"], item["revision"]), reverse=request.get("sort") == "DESC")
        return page([item["taskDefinitionArn"] for item in found], "taskDefinitionArns", request, 100)

    def do_list_task_definition_families(self, region: Region, request: dict) -> dict:
        prefix = request.get("familyPrefix", "")
        return {"families": sorted({item["family"] for item in region.task_definitions.values() if item["family"].startswith(prefix)})}

    # ------------------------------------------------------------------------------------------- services
    def do_create_service(self, region: Region, request: dict) -> dict:
        cluster = region.cluster(request.get("cluster"))
        name = request["serviceName"]
        arn = region.arn(f"service/{cluster['clusterName']}/{name}")
        with region.lock:
            if arn in region.services and region.services[arn]["status"] != "INACTIVE":
                raise AwsError("InvalidParameterException", "Creation of service was not idempotent.")
            definition = region.task_definition(request["taskDefinition"])
            if definition["status"] != "ACTIVE":
                raise AwsError("ClientException", "TaskDefinition is inactive")
            self._load_balanced(request, definition)
            self._connected(request, definition, cluster)
            service = {"serviceArn": arn, "serviceName": name, "clusterArn": cluster["clusterArn"], "status": "ACTIVE", "taskDefinition": definition["taskDefinitionArn"],
                       "desiredCount": request.get("desiredCount", 1 if request.get("schedulingStrategy", "REPLICA") == "REPLICA" else 0), "runningCount": 0, "pendingCount": 0,
                       "loadBalancers": [], "serviceRegistries": [], "placementConstraints": [], "placementStrategy": [], "schedulingStrategy": request.get("schedulingStrategy", "REPLICA"),
                       "deploymentController": request.get("deploymentController", {"type": "ECS"}), "deployments": [], "events": [], "createdAt": now(),
                       "platformFamily": "Linux", "platformVersion": "LATEST", "enableECSManagedTags": False, "propagateTags": "NONE", "enableExecuteCommand": False,
                       "availabilityZoneRebalancing": "ENABLED", "tags": request.get("tags", []), "deploymentConfiguration": _configuration(request, {})}
            service.update({key: request[key] for key in _KEPT if request.get(key) is not None})
            service["_connect"] = request.get("serviceConnectConfiguration")
            region.services[arn] = service
            self.rollouts.begin(region, service)
        return {"service": service}

    @staticmethod
    def _load_balanced(request: dict, definition: dict) -> None:
        names = {item["name"]: {port["containerPort"] for port in item["portMappings"]} for item in definition["containerDefinitions"]}
        for item in request.get("loadBalancers", []):
            if item.get("containerName") not in names:
                raise AwsError("InvalidParameterException", f"The container {item.get('containerName')} does not exist in the task definition.")
            if item.get("containerPort") not in names[item["containerName"]]:
                raise AwsError("InvalidParameterException", f"The container {item['containerName']} did not have a container port {item.get('containerPort')} defined.")

    @staticmethod
    def _connected(request: dict, definition: dict, cluster: dict) -> None:
        connect = request.get("serviceConnectConfiguration") or {}
        ports = {port.get("name") for item in definition["containerDefinitions"] for port in item["portMappings"]}
        for item in connect.get("services", []):
            if item["portName"] not in ports:
                raise AwsError("InvalidParameterException", f"The portName {item['portName']} does not exist in the task definition.")

    def do_update_service(self, region: Region, request: dict) -> dict:
        with region.lock:
            service = region.service(request.get("cluster"), request["service"])
            service["_failed"] = False
            before = (service["taskDefinition"], *(service.get(key) for key in _KEPT), service["_connect"])
            if "taskDefinition" in request:
                definition = region.task_definition(request["taskDefinition"])
                if definition["status"] != "ACTIVE":
                    raise AwsError("ClientException", "TaskDefinition is inactive")
                self._load_balanced({"loadBalancers": request.get("loadBalancers", service["loadBalancers"])}, definition)
                service["taskDefinition"] = definition["taskDefinitionArn"]
            scaled = request.get("desiredCount", service["desiredCount"]) != service["desiredCount"]
            service["desiredCount"] = request.get("desiredCount", service["desiredCount"])
            service.update({key: request[key] for key in _KEPT if request.get(key) is not None})
            if "serviceConnectConfiguration" in request:
                service["_connect"] = request["serviceConnectConfiguration"]
            service["deploymentConfiguration"] = _configuration(request, service["deploymentConfiguration"])
            if before != (service["taskDefinition"], *(service.get(key) for key in _KEPT), service["_connect"]) or request.get("forceNewDeployment"):
                self.rollouts.begin(region, service)
            elif scaled:
                service["_ended"] = self.rollouts.scale(region, service)
        return {"service": service}

    def do_delete_service(self, region: Region, request: dict) -> dict:
        with region.lock:
            service = region.service(request.get("cluster"), request["service"])
            if service["desiredCount"] and service["schedulingStrategy"] == "REPLICA" and not request.get("force"):
                raise AwsError("InvalidParameterException", "The service cannot be stopped while it is scaled above 0.")
            service["status"] = "DRAINING"
            service["desiredCount"] = 0
            event(service, "has begun draining connections.")
            for task in region.tasks_of(service):
                self.rollouts.tasks.stopped(task, "ServiceSchedulerInitiated", "Scaling activity initiated by deployment")
            service["runningCount"] = service["pendingCount"] = 0
            service["status"], service["deployments"] = "INACTIVE", service["deployments"][:1]
        return {"service": service}

    def do_describe_services(self, region: Region, request: dict) -> dict:
        cluster, found, failures = region.cluster(request.get("cluster")), [], []
        for name in request["services"]:
            arn = region.arn(f"service/{cluster['clusterName']}/{name.rpartition('/')[2]}")
            if arn in region.services:
                service = region.services[arn]
                found.append(service if "TAGS" in request.get("include", []) else {key: value for key, value in service.items() if key != "tags"})
            else:
                failures.append({"arn": arn, "reason": "MISSING"})
        return {"services": found, "failures": failures}

    def do_list_services(self, region: Region, request: dict) -> dict:
        cluster = region.cluster(request.get("cluster"))
        return page([item["serviceArn"] for item in region.services.values() if item["clusterArn"] == cluster["clusterArn"] and item["status"] == "ACTIVE"], "serviceArns", request, 10)

    # ---------------------------------------------------------------------------------------- deployments
    def do_list_service_deployments(self, region: Region, request: dict) -> dict:
        service = region.service(request.get("cluster"), request["service"], active=False)
        wanted = request.get("status")
        found = [item for item in region.deployments.values() if item["serviceArn"] == service["serviceArn"] and (not wanted or item["status"] in wanted)]
        brief = ("serviceDeploymentArn", "serviceArn", "clusterArn", "startedAt", "createdAt", "finishedAt", "status", "statusReason")
        return page([{key: item[key] for key in brief if key in item} | {"targetServiceRevisionArn": item["targetServiceRevision"]["arn"]} for item in reversed(found)], "serviceDeployments", request, 20)

    def do_describe_service_deployments(self, region: Region, request: dict) -> dict:
        names = request["serviceDeploymentArns"]
        return {"serviceDeployments": [region.deployments[name] for name in names if name in region.deployments],
                "failures": [{"arn": name, "reason": "MISSING"} for name in names if name not in region.deployments]}

    def do_describe_service_revisions(self, region: Region, request: dict) -> dict:
        names = request["serviceRevisionArns"]
        return {"serviceRevisions": [region.revisions[name] for name in names if name in region.revisions],
                "failures": [{"arn": name, "reason": "MISSING"} for name in names if name not in region.revisions]}

    # ---------------------------------------------------------------------------------------------- tasks
    def do_run_task(self, region: Region, request: dict) -> dict:
        cluster, definition = region.cluster(request.get("cluster")), region.task_definition(request["taskDefinition"])
        if definition["status"] != "ACTIVE":
            raise AwsError("ClientException", "TaskDefinition is inactive")
        if definition.get("networkMode") == "awsvpc" and not request.get("networkConfiguration"):
            raise AwsError("InvalidParameterException", "Network Configuration must be provided when networkMode 'awsvpc' is specified.")
        self._assumable(region, definition)
        token = request.get("clientToken")
        with region.lock:
            if token and token in region.run_tokens:
                return {"tasks": [region.tasks[arn] for arn in region.run_tokens[token] if arn in region.tasks], "failures": []}
            tasks = [self.rollouts.tasks.new(region, definition, cluster, request.get("group", f"family:{definition['family']}"), request, request.get("startedBy"))
                     for _ in range(request.get("count", 1))]
            if token:
                region.run_tokens[token] = [task["taskArn"] for task in tasks]
        for task in tasks:
            threading.Thread(target=self.rollouts.tasks.run, args=(region, task, definition), daemon=True).start()
        return {"tasks": tasks, "failures": []}

    def _assumable(self, region: Region, definition: dict) -> None:
        """Changes of IAM take a while to arrive: the words are those of https://github.com/pulumi/pulumi-awsx/issues/927."""
        for arn in (definition.get("taskRoleArn"), definition.get("executionRoleArn")):
            if arn and self.emulator.settings.role_age:
                role = self.emulator.client("iam", region.name).get_role(RoleName=arn.rpartition("/")[2])["Role"]
                if (now() - role["CreateDate"]).total_seconds() < self.emulator.settings.role_age:
                    raise AwsError("ClientException", f"ECS was unable to assume the role '{arn}' that was provided for this task. Please verify that the role being passed "
                                   "has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.")

    def do_stop_task(self, region: Region, request: dict) -> dict:
        task = region.tasks.get(region.arn(f"task/{region.cluster(request.get('cluster'))['clusterName']}/{request['task'].rpartition('/')[2]}"))
        if task is None:
            raise AwsError("InvalidParameterException", "The referenced task was not found.")
        self.rollouts.tasks.stopped(task, "UserInitiated", request.get("reason", "Task stopped by user"))
        return {"task": task}

    def do_describe_tasks(self, region: Region, request: dict) -> dict:
        cluster, found, failures = region.cluster(request.get("cluster")), [], []
        for name in request["tasks"]:
            arn = region.arn(f"task/{cluster['clusterName']}/{name.rpartition('/')[2]}")
            if arn in region.tasks:
                found.append(region.tasks[arn])
            else:
                failures.append({"arn": arn, "reason": "MISSING"})
        return {"tasks": found, "failures": failures}

    def do_list_tasks(self, region: Region, request: dict) -> dict:
        cluster, status = region.cluster(request.get("cluster")), request.get("desiredStatus", "RUNNING")
        found = []
        for task in list(region.tasks.values()):
            family = task["taskDefinitionArn"].rpartition("/")[2].rpartition(":")[0]
            if (task["clusterArn"] == cluster["clusterArn"] and task["desiredStatus"] == status
                    and ("serviceName" not in request or task["group"] == f"service:{request['serviceName'].rpartition('/')[2]}")
                    and ("family" not in request or family == request["family"]) and ("startedBy" not in request or task.get("startedBy") == request["startedBy"])):
                found.append(task["taskArn"])
        return page(found[::-1], "taskArns", request, 100)

    # ----------------------------------------------------------------------------------------------- tags
    def _tags(self, region: Region, arn: str) -> list:
        if arn in region.definition_tags:
            return region.definition_tags[arn]
        item = region.services.get(arn) or region.tasks.get(arn) or next((item for item in region.clusters.values() if item["clusterArn"] == arn), None)
        if item is None:
            raise AwsError("InvalidParameterException", "The specified resource was not found.")
        return item.setdefault("tags", [])

    def do_list_tags_for_resource(self, region: Region, request: dict) -> dict:
        return {"tags": self._tags(region, request["resourceArn"])}

    def do_tag_resource(self, region: Region, request: dict) -> dict:
        tags = self._tags(region, request["resourceArn"])
        tags[:] = [tag for tag in tags if tag["key"] not in {item["key"] for item in request["tags"]}] + request["tags"]
        return {}

    def do_untag_resource(self, region: Region, request: dict) -> dict:
        tags = self._tags(region, request["resourceArn"])
        tags[:] = [tag for tag in tags if tag["key"] not in request["tagKeys"]]
        return {}


def _configuration(request: dict, before: dict) -> dict:
    default = {"strategy": "ROLLING", "maximumPercent": 200, "minimumHealthyPercent": 100, "bakeTimeInMinutes": 0,
               "deploymentCircuitBreaker": {"enable": False, "rollback": False}}
    return default | before | (request.get("deploymentConfiguration") or {})


def page(items: list, name: str, request: dict, size: int) -> dict:
    start, size = int(request.get("nextToken") or 0), min(request.get("maxResults") or size, 100)
    token = {"nextToken": str(start + size)} if start + size < len(items) else {}
    return {name: items[start:start + size], **token}


def shown(value):
    """A copy without what the emulator keeps for itself, while other threads may be writing."""
    if isinstance(value, dict):
        return {key: shown(item) for key, item in list(value.items()) if not key.startswith("_")}
    return [shown(item) for item in list(value)] if isinstance(value, list) else value

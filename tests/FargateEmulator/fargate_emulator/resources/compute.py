"""AWS::ECS, in the emulator's own ECS: a service is done when its rollout is."""
from ..errors import AwsError
from ..protocol import request_from
from .base import Cancelled, Context, Handler, ResourceError
from .simple import CallHandler


def _ecs(context: Context, operation: str, request: dict) -> dict:
    return context.emulator.ecs.call(operation, context.region, request)


def _tags(context: Context, properties: dict) -> list[dict]:
    return [{"key": key, "value": value} for key, value in context.all_tags(properties).items()]


def _cluster(context: Context, properties: dict) -> tuple[str, dict]:
    request = _cluster_request(properties)
    name = properties.get("ClusterName") or context.name()
    item = _ecs(context, "CreateCluster", request | {"clusterName": name, "tags": _tags(context, properties)})["cluster"]
    return name, {"Arn": item["clusterArn"]}


def _cluster_request(properties: dict) -> dict:
    plain = {key: value for key, value in properties.items() if key not in ("Tags", "ClusterSettings")}
    settings = {"Settings": properties["ClusterSettings"]} if "ClusterSettings" in properties else {}
    return request_from("ecs", "CreateCluster", plain | settings)


def _change_cluster(context: Context, physical: str, old: dict, new: dict) -> None:
    _ecs(context, "UpdateCluster", _cluster_request(new) | {"cluster": physical})


def _providers(context: Context, properties: dict) -> tuple[str, dict]:
    _ecs(context, "PutClusterCapacityProviders", request_from("ecs", "PutClusterCapacityProviders", properties))
    return properties["Cluster"].rpartition("/")[2], {}


def _no_providers(context: Context, physical: str, properties: dict) -> None:
    _ecs(context, "PutClusterCapacityProviders", {"cluster": physical, "capacityProviders": [], "defaultCapacityProviderStrategy": []})


def _provider(context: Context, properties: dict) -> tuple[str, dict]:
    name = properties.get("Name") or context.name()
    _ecs(context, "CreateCapacityProvider", request_from("ecs", "CreateCapacityProvider", {key: value for key, value in properties.items() if key != "Tags"}) | {"name": name})
    return name, {}


def _task_definition(context: Context, properties: dict) -> tuple[str, dict]:
    plain = {key: value for key, value in properties.items() if key != "Tags"}
    volumes = plain.get("Volumes")
    if volumes:
        # The template says FilesystemId where the API says fileSystemId, and EFSVolumeConfiguration: shapes are matched without case.
        plain["Volumes"] = volumes
    request = request_from("ecs", "RegisterTaskDefinition", plain) | {"tags": _tags(context, properties)}
    request.setdefault("family", context.name())
    arn = _ecs(context, "RegisterTaskDefinition", request)["taskDefinition"]["taskDefinitionArn"]
    return arn, {"TaskDefinitionArn": arn}


class ServiceHandler(Handler):
    """Waits for the rollout, as CloudFormation does, and fails where the circuit breaker trips."""

    @staticmethod
    def _request(operation: str, properties: dict) -> dict:
        return request_from("ecs", operation, {key: value for key, value in properties.items() if key != "Tags"})

    def create(self, context: Context, properties: dict) -> tuple[str, dict]:
        request = self._request("CreateService", properties)
        request.setdefault("serviceName", context.name())
        service = _ecs(context, "CreateService", request | {"tags": _tags(context, properties)})["service"]
        context.initiated(service["serviceArn"])
        self._stable(context, service["serviceArn"])
        return service["serviceArn"], {"Name": service["serviceName"], "ServiceArn": service["serviceArn"]}

    def update(self, context: Context, physical: str, old: dict, new: dict) -> dict:
        request = self._request("UpdateService", {key: value for key, value in new.items() if key not in ("ServiceName", "LaunchType")})
        # What the template does not say stays as it is, as the reference of AWS::ECS::Service has it: off is said, by an empty list or a false.
        _ecs(context, "UpdateService", request | {"service": physical})
        _ecs(context, "TagResource", {"resourceArn": physical, "tags": _tags(context, new)})
        self._stable(context, physical)
        return {"Name": physical.rpartition("/")[2], "ServiceArn": physical}

    @staticmethod
    def _stable(context: Context, arn: str) -> None:
        service = context.emulator.ecs.store.region(context.region).services[arn]
        while True:
            ended = service["_ended"]
            while not ended.wait(0.02):
                context.check()
            if service["_ended"] is ended:
                break
        if service.get("_failed"):
            raise ResourceError("Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.", "GeneralServiceException")

    def delete(self, context: Context, physical: str, properties: dict) -> None:
        try:
            _ecs(context, "DeleteService", {"cluster": physical.split("/")[1], "service": physical, "force": True})
        except AwsError as error:
            if error.code not in ("ServiceNotFoundException", "ServiceNotActiveException", "ClusterNotFoundException"):
                raise


HANDLERS = {
    "AWS::ECS::Cluster": CallHandler(_cluster, lambda context, physical, _: _ecs(context, "DeleteCluster", {"cluster": physical}), _change_cluster),
    "AWS::ECS::ClusterCapacityProviderAssociations": CallHandler(_providers, _no_providers, lambda context, physical, old, new: (_providers(context, new), None)[1]),
    "AWS::ECS::CapacityProvider": CallHandler(_provider, lambda context, physical, _: _ecs(context, "DeleteCapacityProvider", {"capacityProvider": physical})),
    "AWS::ECS::TaskDefinition": CallHandler(_task_definition, lambda context, physical, _: _ecs(context, "DeregisterTaskDefinition", {"taskDefinition": physical})),
    "AWS::ECS::Service": ServiceHandler(),
}

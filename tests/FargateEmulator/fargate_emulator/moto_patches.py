"""Where moto 5.2.1 must be told something: it looks for ECS services in its own ECS, which is not the emulator's."""
from moto.applicationautoscaling.models import ApplicationAutoscalingBackend, AWSValidationException


def apply(emulator) -> None:
    def exists(backend: ApplicationAutoscalingBackend, resource: str) -> bool:
        _, cluster, name = resource.split("/")
        region = emulator.ecs.store.region(backend.region_name)
        service = region.services.get(region.arn(f"service/{cluster}/{name}"))
        if service is None or service["status"] != "ACTIVE":
            raise AWSValidationException(f"ECS service doesn't exist: {resource}")
        return True

    ApplicationAutoscalingBackend._ecs_service_exists_for_target = exists

"""
Where moto 5.2.1 must be told something: it looks for ECS services in its own ECS, which is not the emulator's, and takes a bucket policy's
denial for one that always holds, whatever its condition.
"""
from moto.applicationautoscaling.models import ApplicationAutoscalingBackend, AWSValidationException
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket


def apply(emulator) -> None:
    def exists(backend: ApplicationAutoscalingBackend, resource: str) -> bool:
        _, cluster, name = resource.split("/")
        region = emulator.ecs.store.region(backend.region_name)
        service = region.services.get(region.arn(f"service/{cluster}/{name}"))
        if service is None or service["status"] != "ACTIVE":
            raise AWSValidationException(f"ECS service doesn't exist: {resource}")
        return True

    ApplicationAutoscalingBackend._ecs_service_exists_for_target = exists
    FakeBucket.get_permission = lambda *_: PermissionResult.NEUTRAL

"""
Where moto 5.2.1 must be told something: it looks for ECS services in its own ECS, which is not the emulator's, takes a bucket policy's
denial for one that always holds, whatever its condition, has botocore list its 400 folders of models again for each service, and says the
second of a secret's version alone, where Secrets Manager says the millisecond: a deployment of the same second would look newer.
"""
import moto.secretsmanager.models as secrets
from botocore.loaders import Loader
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
    # Of one loader, which keeps what it has found.
    listed = Loader().list_available_services
    Loader.list_available_services = lambda _, type_name: listed(type_name)
    FakeBucket.get_permission = lambda *_: PermissionResult.NEUTRAL
    # Its `int(time.time())`.
    secrets.int = lambda value: round(value, 3) if isinstance(value, float) else int(value)

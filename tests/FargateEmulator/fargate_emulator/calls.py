"""The requests received, in order, each with the access key that it is signed by and without its body."""
import threading

# Parameters that say what a call is about, and hold no value that may be secret.
_TOLD = ("StackName", "ChangeSetName", "ChangeSetType", "UsePreviousTemplate", "Name", "SecretId", "repositoryName", "cluster", "service", "services",
         "taskDefinition", "desiredCount", "startedBy", "logGroupName", "RoleName", "QueueUrl", "QueueName", "LoadBalancerArns", "TargetGroupArn", "ResourceIds",
         "repositoryNames", "familyPrefix", "family", "task", "tasks", "serviceDeploymentArns", "path", "query", "owner",
         "DBInstanceIdentifier", "DBClusterIdentifier", "ServerlessCacheName", "ReplicationGroupId", "DeletionProtection", "AWSServiceName", "ServiceCode", "QuotaCode", "DistributionId", "Paths")


class Calls:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: list[dict] = []

    def add(self, key: str, service: str, operation: str, request: dict) -> None:
        told = {key: request[key] for key in _TOLD if key in request}
        with self._lock:
            self._calls.append({"key": key, "service": service, "operation": operation, "parameters": told})

    def all(self) -> list[dict]:
        with self._lock:
            return list(self._calls)

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()

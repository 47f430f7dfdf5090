"""A task's life: PROVISIONING, PENDING, RUNNING, STOPPED; as it is, or as a test has scripted it."""
import logging
import re
import time
import uuid

from botocore.exceptions import ClientError

from ..protocol import now
from .store import Region

LOG = logging.getLogger("emulator.ecs")

# What ECS says of the usual failures; a rule's own words go before.
KINDS = {
    "ImageMissing": {"starts": False, "stopCode": "TaskFailedToStart",
                     "stoppedReason": "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {image}: {image}: not found"},
    "NoRouteToRegistry": {"starts": False, "stopCode": "TaskFailedToStart",
                          "stoppedReason": "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: "
                                           "There is a connection issue between the task and Amazon ECR. Check your task network configuration. "
                                           "operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error StatusCode: 0, "
                                           "RequestID: , request send failed, Post \"https://api.ecr.{region}.amazonaws.com/\": dial tcp 52.46.146.144:443: i/o timeout"},
    "SecretWithoutValue": {"starts": False, "stopCode": "TaskFailedToStart",
                           "stoppedReason": "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
                                            "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret {secret} from secrets manager: "
                                            "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT"},
    "OutOfMemory": {"stopCode": "EssentialContainerExited", "exitCode": 137, "reason": "OutOfMemoryError: Container killed due to memory usage",
                    "stoppedReason": "OutOfMemoryError: Container killed due to memory usage"},
    "Exit": {"stopCode": "EssentialContainerExited", "exitCode": 1, "stoppedReason": "Essential container in task exited"},
    "LoadBalancerHealth": {"stopCode": "ServiceSchedulerInitiated", "exitCode": 0, "unhealthy": True,
                           "stoppedReason": "Task failed ELB health checks in (target-group {targetGroup})"},
    "ContainerHealth": {"stopCode": "ServiceSchedulerInitiated", "exitCode": 137, "healthStatus": "UNHEALTHY", "stoppedReason": "Task failed container health checks"},
}


class Tasks:
    def __init__(self, emulator) -> None:
        self.emulator = emulator

    def new(self, region: Region, definition: dict, cluster: dict, group: str, request: dict, started_by: str | None) -> dict:
        identity = uuid.uuid4().hex
        arn = region.arn(f"task/{cluster['clusterName']}/{identity}")
        strategy = request.get("capacityProviderStrategy")
        task = {
            "taskArn": arn, "clusterArn": cluster["clusterArn"], "taskDefinitionArn": definition["taskDefinitionArn"], "group": group,
            "lastStatus": "PROVISIONING", "desiredStatus": "RUNNING", "createdAt": now(), "version": 1, "availabilityZone": f"{region.name}a",
            "launchType": request.get("launchType") or "FARGATE", "platformVersion": "1.4.0", "platformFamily": "Linux", "healthStatus": "UNKNOWN",
            "overrides": request.get("overrides") or {"containerOverrides": [], "inferenceAcceleratorOverrides": []},
            "enableExecuteCommand": request.get("enableExecuteCommand", False), "tags": request.get("tags", []), "attributes": [],
            "attachments": [{"id": str(uuid.uuid4()), "type": "ElasticNetworkInterface", "status": "PRECREATED", "details": [
                {"name": "subnetId", "value": next(iter((request.get("networkConfiguration") or {}).get("awsvpcConfiguration", {}).get("subnets", [])), "subnet-unknown")},
                {"name": "privateIPv4Address", "value": f"10.0.{int(identity[:2], 16)}.{int(identity[2:4], 16)}"}]}],
            "containers": [self._container(region, container, arn) for container in definition["containerDefinitions"]],
        }
        for name in ("cpu", "memory"):
            if name in definition:
                task[name] = definition[name]
        if strategy:
            task["capacityProviderName"] = strategy[0]["capacityProvider"]
        if started_by:
            task["startedBy"] = started_by
        with region.lock:
            region.tasks[arn] = task
            for old in [old for old in region.tasks.values() if old["lastStatus"] == "STOPPED"][:-300]:
                del region.tasks[old["taskArn"]]
        return task

    @staticmethod
    def _container(region: Region, container: dict, task_arn: str) -> dict:
        shown = {"containerArn": region.arn(f"container/{uuid.uuid4()}"), "taskArn": task_arn, "name": container["name"], "image": container["image"],
                 "lastStatus": "PENDING", "networkInterfaces": [], "healthStatus": "UNKNOWN", "cpu": str(container.get("cpu", 0))}
        if "@" in container["image"]:
            shown["imageDigest"] = container["image"].rpartition("@")[2]
        if "memory" in container:
            shown["memory"] = str(container["memory"])
        return shown

    def pause(self) -> None:
        time.sleep(self.emulator.settings.tick)

    def rule(self, region: Region, task: dict, definition: dict) -> dict | None:
        """How this task fails: as scripted, or because a secret has no value."""
        service = task["group"].removeprefix("service:") if task["group"].startswith("service:") else None
        rule = self.emulator.faults.task(service, definition["family"], [container["image"] for container in definition["containerDefinitions"]])
        if rule is None:
            missing = self._missing_secret(region, definition)
            rule = {"kind": "SecretWithoutValue", "secret": missing} if missing else None
        return rule if rule is None else {**KINDS[rule.get("kind", "Exit")], **rule}

    def _missing_secret(self, region: Region, definition: dict) -> str | None:
        client = self.emulator.client("secretsmanager", region.name)
        for container in definition["containerDefinitions"]:
            for secret in container.get("secrets", []):
                if ":secretsmanager:" not in secret["valueFrom"] and secret["valueFrom"].startswith("arn:"):
                    continue
                name = ":".join(secret["valueFrom"].split(":")[:7])
                try:
                    client.get_secret_value(SecretId=name)
                except ClientError:
                    return name
        return None

    def start(self, region: Region, task: dict, definition: dict, target_group: str = "") -> dict | None:
        """Takes a task to RUNNING, or to STOPPED where its rule says that it never starts. Answers with the rule of one that will fail."""
        rule = self.rule(region, task, definition)
        self.pause()
        if task["lastStatus"] == "STOPPED":
            return rule
        task["lastStatus"] = "PENDING"
        task["connectivity"], task["connectivityAt"] = "CONNECTED", now()
        task["attachments"][0]["status"] = "ATTACHED"
        self.pause()
        if rule is not None and not rule.get("starts", True):
            self.fail(region, task, definition, rule, target_group)
            return rule
        if task["desiredStatus"] == "STOPPED":
            return rule
        task["pullStartedAt"] = task["pullStoppedAt"] = task["startedAt"] = now()
        task["lastStatus"] = "RUNNING"
        task["healthStatus"] = "HEALTHY" if any("healthCheck" in container for container in definition["containerDefinitions"]) else "UNKNOWN"
        for container in task["containers"]:
            container["lastStatus"], container["runtimeId"] = "RUNNING", f"{task['taskArn'].rpartition('/')[2]}-{uuid.uuid4().int % 10 ** 10}"
        return rule

    def fail(self, region: Region, task: dict, definition: dict, rule: dict, target_group: str = "") -> None:
        """Stops a task as its rule says."""
        failing = rule.get("container") or next((container["name"] for container in definition["containerDefinitions"] if container.get("essential", True)), "")
        image = next((container["image"] for container in definition["containerDefinitions"] if container["name"] == failing), "")
        words = {"image": image, "region": region.name, "targetGroup": target_group, "secret": rule.get("secret", "")}
        self.write_logs(region, task, definition, failing, rule.get("logs", []))
        for container in task["containers"]:
            if container["name"] == failing:
                if rule.get("exitCode") is not None and rule.get("starts", True):
                    container["exitCode"] = rule["exitCode"]
                if rule.get("reason") or not rule.get("starts", True):
                    container["reason"] = _fill(rule.get("reason") or rule["stoppedReason"], words)
            elif rule.get("starts", True):
                container["exitCode"] = 143
            container["healthStatus"] = rule.get("healthStatus", container["healthStatus"])
        self.stopped(task, rule["stopCode"], _fill(rule["stoppedReason"], words))

    def stopped(self, task: dict, code: str, reason: str) -> None:
        if task["lastStatus"] == "STOPPED":
            return
        task["desiredStatus"] = "STOPPED"
        task["stopCode"], task["stoppedReason"] = code, reason
        task["stoppingAt"] = task["executionStoppedAt"] = task["stoppedAt"] = now()
        for container in task["containers"]:
            container["lastStatus"] = "STOPPED"
            if "startedAt" in task:
                container.setdefault("exitCode", 0)
        task["attachments"][0]["status"] = "DELETED"
        task["lastStatus"] = "STOPPED"

    def write_logs(self, region: Region, task: dict, definition: dict, name: str, lines: list[str]) -> None:
        """Lines of a container, where its log configuration says."""
        container = next((item for item in definition["containerDefinitions"] if item["name"] == name), {})
        configuration = container.get("logConfiguration", {})
        options = configuration.get("options", {})
        if not lines or configuration.get("logDriver") != "awslogs":
            return
        stream = f"{options.get('awslogs-stream-prefix', 'ecs')}/{name}/{task['taskArn'].rpartition('/')[2]}"
        client = self.emulator.client("logs", options.get("awslogs-region", region.name))
        at = int(time.time() * 1000)
        try:
            client.create_log_stream(logGroupName=options["awslogs-group"], logStreamName=stream)
            client.put_log_events(logGroupName=options["awslogs-group"], logStreamName=stream,
                                  logEvents=[{"timestamp": at + index, "message": line} for index, line in enumerate(lines)])
        except ClientError as error:
            LOG.warning("Log lines of %s were not written: %s", stream, error)

    def run(self, region: Region, task: dict, definition: dict) -> None:
        """A task of RunTask from beginning to end."""
        rule = self.start(region, task, definition)
        if task["lastStatus"] == "STOPPED":
            return
        end = time.monotonic() + (rule or {}).get("seconds", self.emulator.settings.run_task)
        while time.monotonic() < end and task["lastStatus"] != "STOPPED":
            time.sleep(0.01)
        if task["lastStatus"] != "STOPPED":
            self.fail(region, task, definition, rule or {**KINDS["Exit"], "exitCode": 0})


def _fill(text: str, words: dict) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: words.get(match.group(1), match.group(0)), text)

"""A service's deployments: tasks of the new revision start, those of the old stop; or the circuit breaker trips."""
import math
import threading
import time

from ..protocol import now
from .store import Region, event, number
from .tasks import Tasks

BREAKER = "ECS deployment circuit breaker: tasks failed to start."


class Rollouts:
    def __init__(self, emulator) -> None:
        self.emulator = emulator
        self.tasks = Tasks(emulator)

    def begin(self, region: Region, service: dict, rolled_back_from: dict | None = None) -> threading.Event:
        """Starts a deployment of the service as it now is. The event is set when it ended, well or badly."""
        with region.lock:
            identity = f"ecs-svc/{number()}"
            moment = now()
            deployment = {
                "id": identity, "status": "PRIMARY", "taskDefinition": service["taskDefinition"], "desiredCount": service["desiredCount"],
                "pendingCount": 0, "runningCount": 0, "failedTasks": 0, "createdAt": moment, "updatedAt": moment, "rolloutState": "IN_PROGRESS",
                "rolloutStateReason": f"ECS deployment {identity} in progress.",
                **{name: service[name] for name in ("capacityProviderStrategy", "launchType", "platformVersion", "platformFamily", "networkConfiguration") if name in service},
                **({"serviceConnectConfiguration": service["_connect"]} if service.get("_connect") else {})}
            previous = service["deployments"]
            for old in previous:
                old["status"] = "ACTIVE"
            source = service.get("_revision")
            revision = self._revision(region, service)
            record = {
                "serviceDeploymentArn": region.arn(f"service-deployment/{_cluster(service)}/{service['serviceName']}/{number()}"),
                "serviceArn": service["serviceArn"], "clusterArn": service["clusterArn"], "createdAt": moment, "startedAt": moment, "updatedAt": moment,
                "status": "IN_PROGRESS", "deploymentConfiguration": service["deploymentConfiguration"],
                "sourceServiceRevisions": [_summary(source, service)] if source else [],
                "targetServiceRevision": {"arn": revision, "requestedTaskCount": service["desiredCount"], "runningTaskCount": 0, "pendingTaskCount": 0},
                "deploymentCircuitBreaker": {"status": "MONITORING" if _breaker(service).get("enable") else "DISABLED", "failureCount": 0, "threshold": _threshold(service)}}
            region.deployments[record["serviceDeploymentArn"]] = record
            service["_record"], service["_source"] = record, source
            service["_revision"] = revision
            service["currentServiceDeployment"] = record["serviceDeploymentArn"]
            service["deployments"] = [deployment, *previous]
            ended = threading.Event()
            service["_ended"] = ended
        threading.Thread(target=self._run, args=(region, service, deployment, record, ended), daemon=True, name=f"rollout-{service['serviceName']}").start()
        return ended

    def _revision(self, region: Region, service: dict) -> str:
        arn = region.arn(f"service-revision/{_cluster(service)}/{service['serviceName']}/{number()}")
        definition = region.task_definition(service["taskDefinition"])
        images = [{"containerName": item["name"], "image": item["image"], **({"imageDigest": item["image"].rpartition("@")[2]} if "@" in item["image"] else {})}
                  for item in definition["containerDefinitions"]]
        region.revisions[arn] = {
            "serviceRevisionArn": arn, "serviceArn": service["serviceArn"], "clusterArn": service["clusterArn"], "taskDefinition": service["taskDefinition"],
            "createdAt": now(), "containerImages": images, "guardDutyEnabled": False,
            **{name: service[name] for name in ("capacityProviderStrategy", "launchType", "platformVersion", "platformFamily", "loadBalancers", "networkConfiguration") if name in service},
            **({"serviceConnectConfiguration": service["_connect"]} if service.get("_connect") else {})}
        return arn

    # ------------------------------------------------------------------------------------------- rolling
    def _run(self, region: Region, service: dict, deployment: dict, record: dict, ended: threading.Event) -> None:
        try:
            self._roll(region, service, deployment, record)
        finally:
            ended.set()

    def _superseded(self, service: dict, deployment: dict) -> bool:
        return service["status"] != "ACTIVE" or deployment is not service["deployments"][0]

    def _roll(self, region: Region, service: dict, deployment: dict, record: dict) -> None:
        definition = region.task_definition(service["taskDefinition"])
        breaker, threshold = _breaker(service), _threshold(service)
        target_group = next((item.get("targetGroupArn", "") for item in service.get("loadBalancers", [])), "")
        while not self._superseded(service, deployment):
            running = [task for task in region.tasks_of(service, definition["taskDefinitionArn"]) if task.get("startedBy") == deployment["id"] and task["lastStatus"] == "RUNNING"]
            wanted = service["desiredCount"]
            deployment["desiredCount"] = wanted
            if len(running) >= wanted:
                self._complete(region, service, deployment, record, running[wanted:])
                return
            fresh = [self._new_task(region, service, definition, deployment) for _ in range(wanted - len(running))]
            names = " ".join(f"(task {task['taskArn'].rpartition('/')[2]})" for task in fresh)
            event(service, f"has started {len(fresh)} tasks: {names}.")
            self._counts(region, service, deployment, record)
            # All tasks of a round go through their states together.
            starters = [threading.Thread(target=self._start_one, args=(region, service, task, definition, deployment, record, target_group), daemon=True) for task in fresh]
            for starter in starters:
                starter.start()
            for starter in starters:
                starter.join()
            self._counts(region, service, deployment, record)
            if breaker.get("enable") and deployment["failedTasks"] >= threshold:
                self._trip(region, service, deployment, record, bool(breaker.get("rollback")))
                return
        if record["status"] == "IN_PROGRESS":
            record["status"], record["statusReason"], record["stoppedAt"] = "STOPPED", "A new deployment started.", now()
        if deployment["rolloutState"] == "IN_PROGRESS":
            self._clear(region, service, deployment, "A newer deployment replaced it.")

    def _new_task(self, region: Region, service: dict, definition: dict, deployment: dict) -> dict:
        return self.tasks.new(region, definition, region.cluster(service["clusterArn"]), f"service:{service['serviceName']}",
                              {**service, "tags": service.get("tags", []) if service.get("propagateTags") == "SERVICE" else []}, deployment["id"])

    def _start_one(self, region, service, task, definition, deployment, record, target_group) -> None:
        rule = self.tasks.start(region, task, definition, target_group)
        self._counts(region, service, deployment, record)
        if rule is not None and task["lastStatus"] != "STOPPED":
            task["_unhealthy"] = rule.get("unhealthy", False)
            time.sleep(rule.get("seconds", self.emulator.settings.tick * 2))
            self.tasks.fail(region, task, definition, rule, target_group)
            if rule.get("unhealthy"):
                name = task["taskArn"].rpartition("/")[2]
                event(service, f"(port 8080) is unhealthy in (target-group {target_group}) due to (reason Health checks failed with these codes: [503]).")
                event(service, f"(deployment {deployment['id']}) (task {name}) has stopped: it failed its load balancer's health checks.")
        if rule is not None:
            deployment["failedTasks"] += 1
            record["deploymentCircuitBreaker"]["failureCount"] = deployment["failedTasks"]
            if not rule.get("starts", True):
                event(service, f"was unable to place a task. Reason: {task['stoppedReason']}")

    def _complete(self, region: Region, service: dict, deployment: dict, record: dict, surplus: list[dict]) -> None:
        with region.lock:
            old = [task for task in region.tasks_of(service) if task.get("startedBy") != deployment["id"]]
        for task in [*old, *surplus]:
            event(service, f"has stopped 1 running tasks: (task {task['taskArn'].rpartition('/')[2]}).")
            self.tasks.stopped(task, "ServiceSchedulerInitiated", f"Scaling activity initiated by (deployment {deployment['id']})")
        self.tasks.pause()
        with region.lock:
            if self._superseded(service, deployment):
                return
            service["deployments"] = [deployment]
            self._counts(region, service, deployment, record)
            deployment["rolloutState"], deployment["rolloutStateReason"], deployment["updatedAt"] = "COMPLETED", f"ECS deployment {deployment['id']} completed.", now()
            record["status"], record["finishedAt"], record["updatedAt"] = "SUCCESSFUL", now(), now()
            if record["deploymentCircuitBreaker"]["status"] == "MONITORING":
                record["deploymentCircuitBreaker"]["status"] = "MONITORING_COMPLETE"
            service["currentServiceRevisions"] = [_summary(service["_revision"], service)]
            event(service, f"(deployment {deployment['id']}) deployment completed.")
            event(service, "has reached a steady state.")

    def _trip(self, region: Region, service: dict, deployment: dict, record: dict, rollback: bool) -> None:
        """Too many tasks failed: the deployment is FAILED; with rollback the last one that was good is deployed again."""
        good = service.get("_source") and next((item for item in service["deployments"][1:] if item["rolloutState"] == "COMPLETED"), None)
        with region.lock:
            deployment["rolloutState"], deployment["rolloutStateReason"], deployment["updatedAt"] = "FAILED", BREAKER, now()
            record["deploymentCircuitBreaker"]["status"] = "TRIGGERED"
            record["statusReason"], record["updatedAt"] = BREAKER, now()
            event(service, f"(deployment {deployment['id']}) deployment failed: tasks failed to start.")
            if not rollback or good is None:
                record["status"] = "ROLLBACK_FAILED" if rollback else "STOPPED"
                record["finishedAt"] = now()
                service["_failed"] = True
                return
            record["status"] = "ROLLBACK_IN_PROGRESS"
            record["rollback"] = {"reason": BREAKER, "startedAt": now(), "serviceRevisionArn": service["_source"]}
            event(service, f"rolling back to (deployment {good['id']}).")
        self.tasks.pause()
        with region.lock:
            if self._superseded(service, deployment):
                return
            good["status"], good["rolloutStateReason"] = "PRIMARY", f"ECS deployment circuit breaker: rolling back to deploymentId {good['id']}."
            service["taskDefinition"], service["_revision"] = good["taskDefinition"], service["_source"]
            service["deployments"] = [good]
            service["_failed"] = True
            record["status"], record["finishedAt"], record["updatedAt"] = "ROLLBACK_SUCCESSFUL", now(), now()
            self._counts(region, service, good, record)
            event(service, "has reached a steady state.")

    def _clear(self, region: Region, service: dict, deployment: dict, reason: str) -> None:
        for task in region.tasks_of(service):
            if task.get("startedBy") == deployment["id"]:
                self.tasks.stopped(task, "ServiceSchedulerInitiated", reason)

    def _counts(self, region: Region, service: dict, deployment: dict, record: dict) -> None:
        with region.lock:
            alive = region.tasks_of(service)
            for item in service["deployments"]:
                own = [task for task in alive if task.get("startedBy") == item["id"]]
                item["runningCount"] = sum(task["lastStatus"] == "RUNNING" for task in own)
                item["pendingCount"] = len(own) - item["runningCount"]
            service["runningCount"] = sum(task["lastStatus"] == "RUNNING" for task in alive)
            service["pendingCount"] = len(alive) - service["runningCount"]
            record["targetServiceRevision"] |= {"runningTaskCount": deployment["runningCount"], "pendingTaskCount": deployment["pendingCount"], "requestedTaskCount": service["desiredCount"]}

    # ------------------------------------------------------------------------------------------- scaling
    def scale(self, region: Region, service: dict) -> threading.Event:
        """Brings the primary deployment to another count, without a new one."""
        deployment, ended = service["deployments"][0], threading.Event()
        if deployment["rolloutState"] == "IN_PROGRESS":
            return service["_ended"]
        record = service["_record"]

        def run() -> None:
            try:
                definition = region.task_definition(service["taskDefinition"])
                alive = [task for task in region.tasks_of(service) if task["lastStatus"] == "RUNNING"]
                deployment["desiredCount"] = service["desiredCount"]
                for task in alive[service["desiredCount"]:]:
                    self.tasks.stopped(task, "ServiceSchedulerInitiated", f"Scaling activity initiated by (deployment {deployment['id']})")
                for _ in range(service["desiredCount"] - len(alive)):
                    task = self._new_task(region, service, definition, deployment)
                    rule = self.tasks.start(region, task, definition)
                    if rule is not None and task["lastStatus"] != "STOPPED":
                        self.tasks.fail(region, task, definition, rule)
                self._counts(region, service, deployment, record)
                event(service, "has reached a steady state.")
            finally:
                ended.set()

        threading.Thread(target=run, daemon=True).start()
        return ended


def _cluster(service: dict) -> str:
    return service["clusterArn"].rpartition("/")[2]


def _breaker(service: dict) -> dict:
    return service["deploymentConfiguration"].get("deploymentCircuitBreaker", {})


def _threshold(service: dict) -> int:
    """Half of the desired tasks, at least 3 and at most 200."""
    return max(3, min(200, math.ceil(service["desiredCount"] / 2)))


def _summary(arn: str, service: dict) -> dict:
    return {"arn": arn, "requestedTaskCount": service["desiredCount"], "runningTaskCount": service["runningCount"], "pendingTaskCount": service["pendingCount"]}

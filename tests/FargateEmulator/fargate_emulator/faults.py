"""What tests script: resources that fail, are late or are held, and tasks that stop."""
import itertools
import threading
import time

from .resources.base import ResourceError

OPERATIONS = ("create", "update", "delete", "rollback")


class Faults:
    def __init__(self) -> None:
        self._lock = threading.Condition()
        self._numbers = itertools.count(1)
        self.resources: list[dict] = []
        self.tasks: list[dict] = []

    def reset(self) -> None:
        with self._lock:
            self.resources, self.tasks = [], []
            self._lock.notify_all()

    # ------------------------------------------------------------------------------------------ resources
    def add_resource(self, kind: str, rule: dict) -> int:
        if rule.get("operation", "create") not in OPERATIONS:
            raise KeyError(f"operation is one of {', '.join(OPERATIONS)}")
        with self._lock:
            rule = {**rule, "kind": kind, "id": next(self._numbers)}
            self.resources.append(rule)
            return rule["id"]

    def validations(self, stack: str, logical) -> list[dict]:
        """What is to be found wrong with these resources in a change set of this stack."""
        return [rule for rule in list(self.resources) if rule["kind"] == "refuse" and rule["logicalId"] in logical and rule.get("stack", stack) == stack]

    def remove(self, number: int | None) -> None:
        """Forgets a rule, or all: what is held goes on."""
        with self._lock:
            self.resources = [rule for rule in self.resources if number is not None and rule["id"] != number]
            self.tasks = [rule for rule in self.tasks if number is not None and rule["id"] != number]
            self._lock.notify_all()

    def release(self, logical: str | None) -> None:
        with self._lock:
            self.resources = [rule for rule in self.resources if rule["kind"] != "hold" or logical is not None and rule["logicalId"] != logical]
            self._lock.notify_all()

    def meet(self, stack: str, logical: str, operation: str, cancelled) -> None:
        """Does to a resource what its rules say: late, then held, then failed, each by the rules of that moment."""
        def rules(kind: str) -> list[dict]:
            return [rule for rule in list(self.resources) if rule["kind"] == kind and rule["logicalId"] == logical
                    and rule.get("stack", stack) == stack and rule.get("operation", operation) == operation]

        for rule in rules("delay"):
            _wait(rule["seconds"], cancelled)
        with self._lock:
            while rules("hold") and not cancelled():
                self._lock.wait(0.05)
        for rule in rules("fail"):
            if self._take(self.resources, rule):
                raise ResourceError(rule.get("reason", "Made to fail."), rule.get("code", "GeneralServiceException"), rule.get("plain", False))

    def _take(self, rules: list[dict], rule: dict) -> bool:
        """One use of a rule; the last of its `times` removes it."""
        with self._lock:
            if rule not in rules:
                return False
            if "times" in rule:
                rule["times"] -= 1
                if rule["times"] <= 0:
                    rules.remove(rule)
            return True

    # ---------------------------------------------------------------------------------------------- tasks
    def add_task(self, rule: dict) -> int:
        with self._lock:
            rule = {**rule, "id": next(self._numbers)}
            self.tasks.append(rule)
            return rule["id"]

    def task(self, service: str | None, family: str, images: list[str]) -> dict | None:
        """The rule for a task of this service, family and images, if there is one."""
        for rule in list(self.tasks):
            if "service" in rule and rule["service"] != service or "family" in rule and rule["family"] != family:
                continue
            if "image" in rule and not any(rule["image"] in image for image in images):
                continue
            if self._take(self.tasks, rule):
                return rule
        return None


def _wait(seconds: float, cancelled) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not cancelled():
        time.sleep(min(0.02, max(0.0, end - time.monotonic())))

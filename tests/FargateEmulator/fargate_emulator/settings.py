"""How fast things go, and what tests may set."""
import dataclasses


@dataclasses.dataclass
class Settings:
    tick: float = 0.02               # one transition of a resource, a task, a rollout
    change_set: float = 0.03         # a change set is CREATE_IN_PROGRESS for so long
    run_task: float = 0.05           # a task of RunTask runs for so long
    role_age: float = 0.0            # a role must be so old before ECS can assume it
    page: int = 100                  # events, resources and changes a page
    load_balancer: str | None = None  # the address that a load balancer says it has, such as 127.0.0.1:5000
    registry: str | None = None      # host:port of a real registry, which ECR's repositories are then in

    def update(self, values: dict) -> None:
        for name, value in values.items():
            if name not in self.__dataclass_fields__:
                raise KeyError(name)
            setattr(self, name, value)

    def reset(self) -> None:
        kept = self.registry
        self.__init__()
        self.registry = kept

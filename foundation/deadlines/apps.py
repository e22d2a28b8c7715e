from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "foundation.deadlines"
    label = "deadlines"

    def ready(self) -> None:
        from foundation.base import readiness
        from foundation.deadlines import screens, status

        screens.register()
        readiness.checks.add("deadlines", readiness.Check("deadlines", status.sweep_readiness))
        readiness.checks.add("notices", readiness.Check("notices", status.readiness))

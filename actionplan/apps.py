from django.apps import AppConfig


class ActionPlanConfig(AppConfig):
    name = "actionplan"

    def ready(self) -> None:
        from actionplan import obligation, screens
        from foundation.deadlines import kinds

        screens.register()
        kinds.register(obligation.PROPOSAL)

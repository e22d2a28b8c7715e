from django.apps import AppConfig


class ActionPlanConfig(AppConfig):
    name = "actionplan"

    def ready(self) -> None:
        from actionplan import screens

        screens.register()

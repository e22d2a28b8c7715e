from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"

    def ready(self) -> None:
        from demo.panel import DemoAccounts
        from foundation.web import registries

        registries.sign_in_panels.add("demo", DemoAccounts())

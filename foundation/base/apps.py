from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "foundation.base"
    label = "base"

    def ready(self) -> None:
        from foundation.base import deploy_checks, essentials  # noqa: F401 - the former registers itself

        essentials.register()

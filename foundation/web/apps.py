from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "foundation.web"
    label = "web"

    def ready(self) -> None:
        from foundation.web import registries

        registries.navigation.add("my work", registries.NavigationItem("My work", "web:my-work", order=10))
        registries.navigation.add("find", registries.NavigationItem("Find", "web:find", order=20))

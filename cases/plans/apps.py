from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "cases.plans"
    label = "plans"

    def ready(self) -> None:
        from cases.plans import owed, panel
        from cases.records.registries import case_panels

        case_panels.add("actions", panel.ACTIONS)
        owed.declare()

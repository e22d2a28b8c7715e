from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    name = "cases.chronology"
    label = "chronology"

    def ready(self) -> None:
        from cases.chronology import panel
        from cases.records.registries import case_panels

        case_panels.add("chronology", panel.CHRONOLOGY)

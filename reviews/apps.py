from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        from cases.records.registries import case_panels
        from reviews import panel, screens

        case_panels.add("reviews", panel.REVIEWS)
        screens.register()

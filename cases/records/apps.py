from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "cases.records"
    label = "records"

    def ready(self) -> None:
        from cases.people import visibility
        from cases.records import models, screens
        from foundation.access import predicate

        predicate.bind(
            predicate.CaseTables(
                case=models.Case,
                user_grants=models.UserGrant,
                team_grants=models.TeamGrant,
                exclusions=models.Exclusion,
            )
        )
        visibility.register(models.people_through_cases)
        screens.register()

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"

    def ready(self) -> None:
        from foundation.deadlines import kinds
        from referrals import screens, work

        screens.register()
        kinds.register(work.KIND)

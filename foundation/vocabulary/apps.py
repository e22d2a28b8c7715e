from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    name = "foundation.vocabulary"
    label = "vocabulary"

    def ready(self) -> None:
        from foundation.vocabulary import lists, screens

        lists.register()
        screens.register()

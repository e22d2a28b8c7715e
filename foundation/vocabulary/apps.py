from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    name = "foundation.vocabulary"
    label = "vocabulary"

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "foundation.base"
    label = "base"

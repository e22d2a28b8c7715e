from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "foundation.audit"
    label = "audit"

    def ready(self) -> None:
        from foundation.audit import services
        from foundation.web import registries

        registries.find_listeners.add("audit", services.record_search)
        registries.act_listeners.add("audit", lambda act, row: services.record(action=act, about=row))

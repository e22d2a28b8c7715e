"""Empty the tables as their owner. Also what Django's TransactionTestCase calls between tests."""

from typing import Any

from django.conf import settings
from django.core.management.commands import flush
from django.db import connections

from foundation.base.pg.roles import as_owner


class Command(flush.Command):
    """In tests: one string of DELETEs that keeps what migrations wrote (settings.FLUSH_KEEPS)."""

    def handle(self, **options: Any) -> None:
        using = options["database"]
        keep: frozenset[str] = getattr(settings, "FLUSH_KEEPS", frozenset())
        if not keep or options["interactive"]:
            with as_owner(using):
                super().handle(**options)
            return
        connection = connections[using]
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        with as_owner(using), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(";".join(f'DELETE FROM "{name}"' for name in names if name not in keep))

"""Querysets that refuse to run without a viewer: a forgotten one is an exception, not an empty page."""

from typing import Any

from django.db import models
from django.db.models import sql

from foundation.base.pg import viewer


class GuardedQuery(sql.Query):
    def get_compiler(self, using: str | None = None, connection: Any = None, elide_empty: bool = True) -> Any:
        viewer.required(using or connection.alias)
        return super().get_compiler(using, connection, elide_empty)


class GuardedQuerySet(models.QuerySet):
    """Raises NoViewer for every read or write made without `acting_as` or outside a transaction."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        super().__init__(model, query or GuardedQuery(model), using, hints)

    def update(self, **values: Any) -> int:  # UPDATE and DELETE leave GuardedQuery behind
        viewer.required(self.db)
        return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        viewer.required(self.db)
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class Guarded(models.Model):
    """Abstract base of every table behind the second wall. Related look-ups go through the guard as well."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

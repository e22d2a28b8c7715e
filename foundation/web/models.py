"""Names that people give to their way of looking at a list."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models.functions import Lower

from foundation.base import clock
from foundation.base.pg.guard import Guarded, GuardedQuerySet

NAME_LENGTH, QUERY_LENGTH = 60, 1000
"""Units: characters."""


class SavedViewQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own: nobody sees another person's."""
        return self.filter(owner=user.pk) if user and user.is_authenticated else self.none()

    def of(self, list_name: str) -> Self:
        return self.filter(list=list_name)


class SavedView(Guarded):
    """Filters and order of a list, under a name. Holds no row: opened, it shows what its owner may see then.

    `owner` is the id of a user: accounts stand above this room. `query` is the address after its “?”.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.BigIntegerField()
    list = models.CharField(max_length=40)
    name = models.CharField(max_length=NAME_LENGTH)
    query = models.CharField(max_length=QUERY_LENGTH)
    made_at = models.DateTimeField(default=clock.now)

    objects = SavedViewQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("owner", "list", Lower("name"), name="one_view_per_name"),
        ]

    def __str__(self) -> str:
        return self.name

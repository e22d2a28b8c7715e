"""What every table of case data carries, and the shape of a grant. Abstract: the tables are in `cases`."""

import uuid
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from foundation.access import predicate
from foundation.access.words import Section
from foundation.accounts.models import Team
from foundation.base.pg.guard import Guarded, GuardedQuerySet


class CaseOwnedQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Rows whose case, section and handling all admit the viewer."""
        return self.filter(predicate.admitted_children(user))


class CaseOwned(Guarded):
    """A row of one case. Subclasses add `case`, a foreign key.

    `section`: the part of the case it belongs to; empty for what comes with any share.
    `originator`: the team that holds it. `restricted_to`: if not empty, only the originator's team and these
    teams may read it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    section = models.CharField(max_length=12, choices=Section, blank=True)
    originator = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    restricted_to = ArrayField(models.IntegerField(), default=list, blank=True)

    objects = CaseOwnedQuerySet.as_manager()

    class Meta(Guarded.Meta):
        abstract = True


class GrantTerms(Guarded):
    """What a grant says beyond guardian's columns: until when, and which sections (empty = all)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    expires_at = models.DateTimeField(null=True)
    sections = ArrayField(models.CharField(max_length=12, choices=Section), default=list, blank=True)

    class Meta(Guarded.Meta):
        abstract = True

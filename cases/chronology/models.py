"""What happened: entries, and the part of each that one case may read."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from cases.records.models import Case
from foundation.access.models import CaseOwned
from foundation.accounts.models import Team
from foundation.base import clock
from foundation.base.pg.guard import Guarded, GuardedQuerySet


class Tone(models.TextChoices):
    WORRY = "worry", "Worry"
    STRENGTH = "strength", "Strength"
    NEITHER = "neither", "Neither"


class EntryQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Entries of which the viewer may read a part."""
        return self.filter(Exists(EntryPart.objects.visible_to(user).filter(entry=OuterRef("pk"))))


class Entry(Guarded):
    """One event or observation, written once. The words are in its parts: one for each case it concerns."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    happened_on = models.DateField()
    tone = models.CharField(max_length=10, choices=Tone)
    is_significant = models.BooleanField(default=False)
    told_by = models.CharField(
        max_length=200, blank=True, help_text="Where it comes from, if not from the writer."
    )
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_for = models.ForeignKey(Team, models.PROTECT, related_name="+")

    objects = EntryQuerySet.as_manager()

    class Meta(Guarded.Meta):
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def id_of(chosen: uuid.UUID, actor_id: int, case_id: uuid.UUID) -> uuid.UUID:
        """The key of what this person adds to this case under an id chosen beforehand."""
        return uuid.uuid5(chosen, f"{actor_id}:{case_id}")


class EntryPart(CaseOwned):
    """What one case may read of an entry."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="entry_parts")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="parts")
    text = models.TextField(max_length=10_000)

    class Meta(CaseOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["case", "entry"], name="one_part_per_case")]

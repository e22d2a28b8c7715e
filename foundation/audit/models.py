"""Who did or saw what, and when. Ids and field names only: never the words of a record."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from foundation.base import clock


class Outcome(models.TextChoices):
    DONE = "done", "Done"
    REFUSED = "refused", "Refused"


class AuditEvent(models.Model):
    """One act. Written once: privileges and triggers refuse change and removal, even to the owner.

    No foreign keys, so that a row outlives what it speaks of. `shown` holds the ids of a result page.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=clock.now)
    actor = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    scope_id = models.UUIDField(null=True)
    shown = ArrayField(models.CharField(max_length=64), default=list)
    fields = ArrayField(models.CharField(max_length=60), default=list)
    purpose = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.DONE)
    request_id = models.CharField(max_length=32, blank=True)
    session = models.CharField(max_length=16, blank=True)
    network = models.CharField(max_length=45, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["scope_id", "-at"], name="audit_by_scope"),
            models.Index(fields=["actor", "-at"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_kind} {self.object_id}".strip()

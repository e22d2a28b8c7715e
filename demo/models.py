"""E-mail that the demo would have sent: kept in the database, shown at /demo/outbox/."""

from django.db import models

from foundation.base import clock


class SentMail(models.Model):
    sent_at = models.DateTimeField(default=clock.now)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    message_id = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.message_id

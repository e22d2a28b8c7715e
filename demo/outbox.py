"""The demo's mail server: a table. No message leaves the machine."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from demo.models import SentMail


class OutboxBackend(BaseEmailBackend):
    """Keeps what is sent, one row for each recipient. (settings.EMAIL_BACKEND of the demo names it.)"""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        kept = [
            SentMail(
                to=to,
                subject=str(message.subject),
                message_id=message.extra_headers.get("Message-ID", ""),
                text=str(message.body),
            )
            for message in email_messages
            for to in message.to
        ]
        with transaction.atomic():
            SentMail.objects.bulk_create(kept)
        return len(email_messages)

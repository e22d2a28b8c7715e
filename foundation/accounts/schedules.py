"""What the clock does for accounts."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def clear_expired_sessions() -> None:
    """Remove sessions past their end. Safe to run twice."""
    call_command("clearsessions")

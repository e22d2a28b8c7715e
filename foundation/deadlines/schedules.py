"""What the clock does for deadlines. Each is safe to run twice, late, or in several processes."""

from celery import shared_task

from foundation.deadlines import delivery
from foundation.deadlines import sweep as sweeping


@shared_task
def sweep() -> None:
    """Write the reminders and rungs whose time has come."""
    sweeping.sweep()


@shared_task
def deliver() -> None:
    """Send what has not gone out yet. Apart from the sweep: a mail server that hangs delays no rung."""
    delivery.deliver()

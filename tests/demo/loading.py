"""Load the demo, at an hour near today."""

from datetime import date, datetime, time, timedelta
from io import StringIO

from django.core.management import call_command
from django.test.utils import override_settings
from django.utils import timezone

from foundation.base import clock

OUTBOX = "demo.outbox.OutboxBackend"


def load(*words: str) -> str:
    """What the command says. Its mail goes into the demo's outbox, as in the demo itself."""
    said = StringIO()
    with override_settings(EMAIL_BACKEND=OUTBOX):
        call_command("demo_load", *words, stdout=said)
    return said.getvalue()


def an_afternoon() -> datetime:
    """Four o'clock on a weekday near today. The database's own clock cannot be set, so it must be near."""
    today = timezone.localdate()
    back = max(0, today.weekday() - 4)
    return clock.at(today - timedelta(days=back), time(16))


def next_weekday(number: int) -> date:
    """Monday is 0."""
    today = timezone.localdate()
    return today + timedelta(days=(number - today.weekday()) % 7 or 7)


LOADED_AT = an_afternoon()

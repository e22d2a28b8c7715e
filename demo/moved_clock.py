"""The demo's clock, moved for every process: a file holds by how many seconds."""

from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from foundation.base import clock
from foundation.deadlines.working_days import Calendar

JUST_AFTER_NINE = time(9, 1)


def next_morning() -> datetime:
    """One minute past nine on the next working day (or today, where that is still to come)."""
    today = clock.today()
    calendar = Calendar.in_use()
    this_morning = clock.at(today, JUST_AFTER_NINE)
    if calendar.is_working_day(today) and this_morning > clock.now():
        return this_morning
    return clock.at(calendar.after(today, 1), JUST_AFTER_NINE)


def move_to(moment: datetime) -> None:
    moved_by = moment - timezone.now()
    Path(settings.CLOCK_MOVED_FILE).write_text(
        str(max(moved_by, timedelta(0)).total_seconds()), encoding="ascii"
    )


def back() -> None:
    Path(settings.CLOCK_MOVED_FILE).unlink(missing_ok=True)


def is_moved() -> bool:
    return Path(settings.CLOCK_MOVED_FILE).is_file()

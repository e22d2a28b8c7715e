"""The one source of the present time. Only the demo and the tests may set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _set_to.get() or timezone.now() + _moved_by()


def today() -> date:
    """The calendar day in the time zone people work in (settings.TIME_ZONE, Europe/London)."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The day of an aware moment where people work."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def _moved_by() -> timedelta:
    """How far the demo or a proof has moved every clock: the seconds in settings.CLOCK_MOVED_FILE."""
    name = getattr(settings, "CLOCK_MOVED_FILE", "")
    if not name or not getattr(settings, "CLOCK_MAY_BE_SET", False):
        return timedelta(0)
    try:
        return timedelta(seconds=float(Path(name).read_text(encoding="ascii")))
    except (OSError, ValueError):
        return timedelta(0)


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let time stand still at `moment` (aware). Raises RuntimeError unless settings.CLOCK_MAY_BE_SET."""
    if not getattr(settings, "CLOCK_MAY_BE_SET", False):
        raise RuntimeError("Only the demo and the tests may set the clock.")
    if timezone.is_naive(moment):
        raise ValueError("The clock is set to an aware datetime.")
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)


def end_of(day: date) -> datetime:
    """The last moment of a day where people work, aware."""
    return datetime.combine(day, time.max, tzinfo=timezone.get_default_timezone())


def at(day: date, hour: time) -> datetime:
    """That hour of a day where people work, aware."""
    return datetime.combine(day, hour, tzinfo=timezone.get_default_timezone())


def spoken(day: date) -> str:
    """Such as "3 December 2026"."""
    return f"{day.day} {day:%B %Y}"


def distance(day: date) -> str:
    """How far a day is from today, in words: "today", "tomorrow", "in 3 days", "2 days late"."""
    days = (day - today()).days
    if days < 0:
        return f"{-days} day{'' if days == -1 else 's'} late"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")

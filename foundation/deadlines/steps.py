"""Which steps a deadline has, and when each is told. Pure: no query, no clock."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from foundation.base import clock
from foundation.deadlines.kinds import DeadlineKind, Step, Told
from foundation.deadlines.models import Deadline
from foundation.deadlines.working_days import Calendar

TOLD_AT = time(9)
"""Units: hour of the day where people work. Source: our own; the start of the office day."""

GIVEN = "given"


@dataclass(frozen=True)
class DueStep:
    code: str
    at: datetime
    to: Told


def steps_of(
    deadline: Deadline, kind: DeadlineKind, lengths: Mapping[str, int], calendar: Calendar
) -> Iterator[DueStep]:
    """Every step of the deadline's present round.

    `lengths`: working days by code of TimeLimit; a step without one is left out. So is a reminder whose hour
    had passed when the date was set. Rungs count from the due day, or from the day the date was set where
    that is later: nobody is escalated the moment a deadline is opened late.
    """
    if kind.tells_owner_at_once:
        yield DueStep(GIVEN, deadline.set_at, Told.OWNER)
    due_day, set_day = clock.day_of(deadline.due_at), clock.day_of(deadline.set_at)
    for step in timed(kind.reminders, lengths):
        at = clock.at(calendar.before(due_day, lengths[step.limit]), TOLD_AT)
        if at > deadline.set_at:
            yield DueStep(f"reminder-{step.code}", at, step.to)
    for step in timed(kind.rungs, lengths):
        day = calendar.after(max(due_day, set_day), lengths[step.limit])
        yield DueStep(f"rung-{step.code}", clock.at(day, TOLD_AT), step.to)


def timed(steps: Iterable[Step], lengths: Mapping[str, int]) -> list[Step]:
    """Those whose length is known."""
    return [step for step in steps if step.limit in lengths]


def without_length(kind: DeadlineKind, lengths: Mapping[str, int]) -> list[str]:
    """Codes of the time limits that are missing: somebody must add them."""
    return sorted({step.limit for step in (*kind.reminders, *kind.rungs)} - lengths.keys())

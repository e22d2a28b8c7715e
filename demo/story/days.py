"""The story's calendar: working days counted back from the last one that has begun, and forward from it."""

from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from foundation.base import clock
from foundation.deadlines.working_days import Calendar

FIRST_BELL = time(9)

Today = Literal["today"]
TODAY: Final[Today] = "today"
Due = int | Today
"""So many working days ago, below zero to come; or the very day on which the story is loaded."""


class Days:
    """Whatever day it is loaded on, one thing comes after the other, and none is still to come."""

    def __init__(self, now: datetime, calendar: Calendar) -> None:
        self.calendar = calendar
        self.today = clock.day_of(now)
        has_begun = now >= clock.at(self.today, FIRST_BELL)
        last = self.today if has_begun else self.today - timedelta(days=1)
        while not self.calendar.is_working_day(last):
            last -= timedelta(days=1)
        self.last = last

    def day(self, ago: Due) -> date:
        if ago == TODAY:
            return self.today
        if ago < 0:
            return self.calendar.after(self.last, -ago)
        return self.calendar.before(self.last, ago)

    def moment(self, ago: int, at: str) -> datetime:
        return clock.at(self.day(ago), time.fromisoformat(at))

    def mornings(self, ago: int) -> list[datetime]:
        """Nine o'clock of each working day from that one to the last."""
        return [clock.at(self.day(each), FIRST_BELL) for each in range(ago, -1, -1)]

    def born(self, years: int, months: int, days: int) -> date:
        """The birthday of somebody who is that old today."""
        count = self.today.year * 12 + self.today.month - 1 - (years * 12 + months)
        return date(count // 12, count % 12 + 1, 1) - timedelta(days=days)

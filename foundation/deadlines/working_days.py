"""Working days of England: Monday to Friday, without the bank holidays that the partnership keeps."""

from dataclasses import dataclass
from datetime import date, timedelta

from foundation.deadlines.models import BankHoliday

WEEKEND = (5, 6)


@dataclass(frozen=True)
class Calendar:
    """The days that count. `holidays`: bank holidays in use."""

    holidays: frozenset[date]

    @classmethod
    def in_use(cls) -> "Calendar":
        """One query."""
        return cls(frozenset(BankHoliday.objects.filter(is_retired=False).values_list("day", flat=True)))

    def is_working_day(self, day: date) -> bool:
        return day.weekday() not in WEEKEND and day not in self.holidays

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`. Units: working days. 0 gives `day` itself."""
        return self._step(day, count, timedelta(days=1))

    def before(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`. Units: working days. 0 gives `day` itself."""
        return self._step(day, count, timedelta(days=-1))

    def _step(self, day: date, count: int, way: timedelta) -> date:
        for _ in range(count):
            day += way
            while not self.is_working_day(day):
                day += way
        return day


def is_working_day(day: date) -> bool:
    return Calendar.in_use().is_working_day(day)


def add_working_days(start: date, count: int) -> date:
    """The `count`-th working day after `start`. Units: working days. `count` of 0 gives `start` itself."""
    return Calendar.in_use().after(start, count)

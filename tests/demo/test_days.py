"""The story's calendar: whatever day and hour the demo is loaded, one thing comes after the other."""

from datetime import date, datetime, time, timedelta

import pytest

from demo.story.children import CHILDREN
from demo.story.days import TODAY, Days
from demo.story.office import OFFICE
from foundation.base import clock
from foundation.deadlines.working_days import Calendar

HOLIDAYS = frozenset(
    {
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 5, 3),
        date(2027, 5, 31),
        date(2027, 8, 30),
    }
)
CALENDAR = Calendar(HOLIDAYS)
EVENTS = [*(event for child in CHILDREN for event in child.events), *OFFICE]


def days_at(moment: datetime) -> Days:
    return Days(moment, CALENDAR)


def a_year_of_moments() -> list[datetime]:
    """Every day from November 2026, in the night, just before nine, at nine and late."""
    hours = (time(0, 30), time(8, 59), time(9), time(23, 30))
    first = date(2026, 11, 1)
    return [clock.at(first + timedelta(days=day), hour) for day in range(366) for hour in hours]


def test_nothing_is_to_come_and_the_order_is_the_same_on_every_day_of_a_year() -> None:
    order = sorted(EVENTS, key=lambda event: (-event.ago, event.at))
    for moment in a_year_of_moments():
        days = days_at(moment)
        moments = [days.moment(event.ago, event.at) for event in order]
        assert moments == sorted(moments)
        assert moments[-1] <= moment


def test_nobody_works_on_a_day_that_is_no_working_day() -> None:
    for moment in a_year_of_moments()[::4]:
        days = days_at(moment)
        assert all(CALENDAR.is_working_day(days.day(event.ago)) for event in EVENTS)


@pytest.mark.parametrize(
    ("moment", "last"),
    [
        (datetime(2026, 11, 20, 9, 0), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 8, 59), date(2026, 11, 19)),
        (datetime(2026, 11, 21, 12, 0), date(2026, 11, 20)),
        (datetime(2026, 11, 23, 0, 30), date(2026, 11, 20)),
        (datetime(2026, 12, 28, 16, 0), date(2026, 12, 24)),
        (datetime(2027, 1, 1, 7, 0), date(2026, 12, 31)),
        (datetime(2027, 1, 4, 7, 0), date(2026, 12, 31)),
    ],
)
def test_days_are_counted_from_the_last_working_day_that_has_begun(moment: datetime, last: date) -> None:
    days = days_at(clock.at(moment.date(), moment.time()))
    assert days.last == last == days.day(0)
    assert days.day(TODAY) == moment.date()
    assert days.day(1) < last < days.day(-1)


def test_somebody_is_as_old_as_it_says_on_every_day() -> None:
    for moment in a_year_of_moments()[::4]:
        born, today = days_at(moment).born(17, 9, 20), clock.day_of(moment)
        months = (today.year - born.year) * 12 + today.month - born.month
        assert months in (17 * 12 + 9, 17 * 12 + 10)


def test_mornings_are_at_nine_on_working_days() -> None:
    mornings = days_at(clock.at(date(2027, 1, 4), time(10))).mornings(3)
    assert [f"{morning:%d %b %H:%M}" for morning in mornings] == [
        "29 Dec 09:00",
        "30 Dec 09:00",
        "31 Dec 09:00",
        "04 Jan 09:00",
    ]

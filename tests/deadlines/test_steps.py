"""When each step is told: working days, bank holidays, both clock changes. No database."""

from datetime import UTC, date, datetime

import pytest

from foundation.base import clock
from foundation.deadlines.models import Deadline
from foundation.deadlines.steps import steps_of
from foundation.deadlines.working_days import Calendar
from tests.deadlines.duties import KIND, at

LENGTHS = {
    "referral_decision_reminder": 0,
    "referral_decision_first_rung": 1,
    "referral_decision_second_rung": 2,
}
CHRISTMAS = Calendar(frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}))
EASTER = Calendar(frozenset({date(2026, 4, 3), date(2026, 4, 6)}))


def steps(due_on: date, set_at: datetime, calendar: Calendar) -> list[tuple[str, datetime]]:
    deadline = Deadline(kind=KIND.code, due_at=clock.end_of(due_on), set_at=set_at)
    return [(step.code, step.at) for step in steps_of(deadline, KIND, LENGTHS, calendar)]


def test_a_reminder_in_the_morning_then_a_rung_each_working_day() -> None:
    monday = date(2026, 11, 23)
    assert steps(monday, at(date(2026, 11, 20), 15), EASTER) == [
        ("given", at(date(2026, 11, 20), 15)),
        ("reminder-day", at(monday)),
        ("rung-first", at(date(2026, 11, 24))),
        ("rung-second", at(date(2026, 11, 25))),
    ]


def test_rungs_wait_for_the_end_of_a_bank_holiday_weekend() -> None:
    found = dict(steps(date(2026, 12, 24), at(date(2026, 12, 23)), CHRISTMAS))
    assert found["rung-first"] == at(date(2026, 12, 29))
    assert found["rung-second"] == at(date(2026, 12, 30))


@pytest.mark.parametrize(
    ("due_on", "rung_on", "utc_hour"),
    [
        (date(2026, 3, 27), date(2026, 3, 30), 8),  # clocks went forward on the Sunday between
        (date(2026, 10, 23), date(2026, 10, 26), 9),  # clocks went back
    ],
)
def test_nine_in_the_morning_stays_nine_across_a_clock_change(
    due_on: date, rung_on: date, utc_hour: int
) -> None:
    found = dict(steps(due_on, at(due_on, 8), EASTER))
    assert found["reminder-day"].astimezone(UTC).hour == (9 if utc_hour == 8 else 8)
    assert found["rung-first"] == datetime(rung_on.year, rung_on.month, rung_on.day, utc_hour, tzinfo=UTC)


def test_a_deadline_set_in_the_past_escalates_no_sooner_than_the_next_working_day() -> None:
    found = steps(date(2026, 11, 2), at(date(2026, 11, 20), 15), EASTER)
    assert found == [
        ("given", at(date(2026, 11, 20), 15)),
        ("rung-first", at(date(2026, 11, 23))),
        ("rung-second", at(date(2026, 11, 24))),
    ]


def test_working_days_backwards_skip_the_weekend_and_the_holiday() -> None:
    assert EASTER.before(date(2026, 4, 7), 1) == date(2026, 4, 2)
    assert EASTER.after(date(2026, 4, 2), 1) == date(2026, 4, 7)

"""What a passed date says in words, and that it says no more than the definitions do."""

from datetime import date, timedelta

import pytest

from actionplan.facts import latest_first
from actionplan.history import ago
from actionplan.lateness import a_month_after, late_by, suggestion
from actionplan.models import Rating
from foundation.base import clock
from tests.actionplan.plans import proposal

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 10, 20), date(2026, 11, 20)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_month_is_a_month_of_the_calendar(day: date, later: date) -> None:
    assert a_month_after(day) == later


@pytest.mark.parametrize(
    ("by_when", "rating", "told"),
    [
        (None, Rating.NOT_RATED, ""),
        (date(2026, 11, 20), Rating.NOT_RATED, ""),
        (date(2026, 11, 19), Rating.NOT_RATED, "It is 1 day past its date: by the definitions that is At risk or Off track."),
        (date(2026, 10, 20), Rating.ON_TRACK, "It is 31 days past its date: by the definitions that is At risk or Off track."),
        (date(2026, 10, 20), Rating.AT_RISK, ""),
        (date(2026, 10, 20), Rating.OFF_TRACK, ""),
        (date(2026, 10, 19), Rating.AT_RISK, "It is 32 days past its date: by the definitions that is Off track."),
        (date(2026, 10, 19), Rating.OFF_TRACK, ""),
        (date(2026, 10, 19), Rating.COMPLETE, ""),
    ],
)  # fmt: skip
def test_the_date_suggests_only_where_people_said_something_else(
    by_when: date | None, rating: Rating, told: str
) -> None:
    each = proposal(lead="Harbour office", by_when=by_when, rating=rating)

    assert suggestion(each, TODAY) == told
    assert each.rating == rating


def test_the_longest_late_stands_first() -> None:
    days = [date(2026, 11, 18), date(2027, 1, 1), date(2026, 9, 1), date(2026, 11, 19)]
    each = [proposal(number=n, by_when=day) for n, day in enumerate(days, start=1)]

    assert [(row.proposal.number, row.late_by) for row in latest_first(each, TODAY)] == [
        (3, "80 days late"),
        (1, "2 days late"),
        (4, "1 day late"),
    ]
    assert late_by(each[1], TODAY) == ""


@pytest.mark.parametrize(("days", "told"), [(0, "today"), (1, "yesterday"), (3, "3 days ago")])
def test_how_long_ago_is_said_in_days(days: int, told: str) -> None:
    assert ago(clock.now() - timedelta(days=days)) == told

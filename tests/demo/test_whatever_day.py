"""The same story whatever day the demo is loaded on, told in the order of time."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from cases.chronology.models import Entry
from demo.models import SentMail
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.deadlines.models import BankHoliday, Notice
from referrals.models import Move, Progress
from tests.demo.loading import load, next_weekday
from tests.demo.shape import SHAPE, shape

pytestmark = pytest.mark.django_db


def on_a_saturday() -> datetime:
    return clock.at(next_weekday(5), time(12))


def before_nine_on_a_bank_holiday() -> datetime:
    """Two holidays in a row, as on 25 and 28 December or around 1 January."""
    day = next_weekday(2)
    with as_owner():
        for holiday in (day, day - timedelta(days=1)):
            BankHoliday.objects.get_or_create(day=holiday, defaults={"name": "A holiday of this test"})
    return clock.at(day, time(7, 30))


@pytest.mark.parametrize(
    "moment_of", [before_nine_on_a_bank_holiday, pytest.param(on_a_saturday, marks=pytest.mark.long)]
)
def test_it_is_the_same_story_in_the_order_of_time(moment_of: Callable[[], datetime]) -> None:
    """Both near today: the database's own clock, by which shares and memberships count, cannot be set."""
    moment = moment_of()
    with clock.set_to(moment):
        load()
        assert shape() == SHAPE
    with as_owner():
        for progress in Progress.objects.all():
            steps = list(Move.objects.filter(referral_id=progress.pk).values_list("at", flat=True))
            assert steps == sorted(steps)
            assert steps[-1] <= moment
            assert progress.decide_by > clock.day_of(progress.sent_at)
        assert Entry.objects.latest("recorded_at").recorded_at <= moment
        assert Notice.objects.latest("told_at").told_at <= moment
        assert SentMail.objects.latest("sent_at").sent_at <= moment

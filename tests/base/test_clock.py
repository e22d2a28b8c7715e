"""The present time comes from one place and people's days are London's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from foundation.base import clock


def test_a_set_clock_stands_still() -> None:
    noon = datetime(2026, 3, 4, 12, tzinfo=UTC)
    with clock.set_to(noon):
        assert clock.now() == clock.now() == noon


def test_after_the_block_time_goes_on() -> None:
    long_ago = datetime(2001, 1, 1, tzinfo=UTC)
    with clock.set_to(long_ago):
        with clock.set_to(long_ago + timedelta(days=1)):
            assert clock.today() == date(2001, 1, 2)
        assert clock.today() == date(2001, 1, 1)
    assert clock.now() > long_ago + timedelta(days=2)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 1, 1, 23, 59, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),
    ],
)
def test_today_is_the_day_in_london(moment: datetime, day: date) -> None:
    with clock.set_to(moment):
        assert clock.today() == day
        with timezone.override("Pacific/Auckland"):
            assert clock.today() == day


def test_only_an_aware_moment_is_taken() -> None:
    with pytest.raises(ValueError, match="aware"), clock.set_to(datetime(2026, 1, 1)):
        pass


def test_where_the_clock_may_not_be_set_it_is_not(settings: object) -> None:
    settings.CLOCK_MAY_BE_SET = False  # type: ignore[attr-defined]
    with pytest.raises(RuntimeError), clock.set_to(datetime(2026, 1, 1, tzinfo=UTC)):
        pass

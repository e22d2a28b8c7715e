"""Working days of England: Monday to Friday, without the bank holidays of England and Wales."""

from datetime import date, timedelta
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays


@cache
def _calendar() -> BankHolidays:
    return BankHolidays(use_cached_holidays=True)  # the copy inside the package: no network


def is_working_day(day: date) -> bool:
    return bool(_calendar().is_work_day(day, division=BankHolidays.ENGLAND_AND_WALES))


def add_working_days(start: date, count: int) -> date:
    """The `count`-th working day after `start`. Units: working days. `count` of 0 gives `start` itself."""
    day = start
    for _ in range(count):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day

"""Bank holidays are added and retired by administrators, never deleted. A date that is set stays as it is."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from foundation.audit import services as audit
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.deadlines.models import BankHoliday
from foundation.deadlines.working_days import WEEKEND
from foundation.vocabulary.models import What
from foundation.vocabulary.policies import check_can_change_words
from foundation.vocabulary.services import note_change

BANK_HOLIDAYS = "bank_holiday"
"""What `Change.list` holds; its `code` is the day, such as 2026-12-25."""


def check_day_counts(day: date) -> None:
    """Raises RuleBroken for a weekend, or a day that is there already."""
    if day.weekday() in WEEKEND:
        raise RuleBroken(f"{day:%A} is no working day anyway. If there is a substitute day, add that.")
    there = BankHoliday.objects.filter(day=day).first()
    if there is not None and there.is_retired:
        raise RuleBroken(f"{there} is retired. Bring it back instead.")
    if there is not None:
        raise RuleBroken(f"{there} is there already.")


@transaction.atomic
def add_holiday(*, day: date, name: str, actor: Any) -> BankHoliday:
    """From now on the day is no working day. Raises PermissionDenied, RuleBroken."""
    check_can_change_words(actor)
    check_day_counts(day)
    try:
        with transaction.atomic():
            holiday = BankHoliday.objects.create(day=day, name=" ".join(name.split()))
    except IntegrityError as error:
        raise RuleBroken(f"{clock.spoken(day)} is there already.") from error
    _record(holiday, What.ADDED, actor, after=str(holiday))
    return holiday


@transaction.atomic
def retire_holiday(*, day: date, actor: Any) -> BankHoliday:
    """From now on the day is a working day again. Raises PermissionDenied, BankHoliday.DoesNotExist."""
    return _set_retired(day, actor, is_retired=True)


@transaction.atomic
def bring_back_holiday(*, day: date, actor: Any) -> BankHoliday:
    """From now on the day is no working day again. Raises PermissionDenied, BankHoliday.DoesNotExist."""
    return _set_retired(day, actor, is_retired=False)


def _set_retired(day: date, actor: Any, *, is_retired: bool) -> BankHoliday:
    check_can_change_words(actor)
    holiday = BankHoliday.objects.select_for_update().get(day=day)
    if holiday.is_retired != is_retired:
        holiday.is_retired = is_retired
        holiday.save(update_fields=["is_retired"])
        _record(holiday, What.RETIRED if is_retired else What.BROUGHT_BACK, actor)
    return holiday


def _record(holiday: BankHoliday, what: What, actor: Any, after: str = "") -> None:
    note_change(list_name=BANK_HOLIDAYS, code=holiday.day.isoformat(), what=what, after=after, actor=actor)
    audit.record(action=f"bank holiday {what.value}", about=holiday)

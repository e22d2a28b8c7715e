"""Bank holidays: an administrator adds and retires days, and what counts as a working day follows."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from foundation.accounts.models import User
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner, as_sweep
from foundation.base.pg.viewer import acting_as
from foundation.deadlines.holidays import add_holiday, bring_back_holiday, retire_holiday
from foundation.deadlines.models import BankHoliday
from foundation.deadlines.working_days import add_working_days, is_working_day
from foundation.vocabulary.models import Change, TimeLimit
from tests.base.sql import refused, rows
from tests.factories import World

SignIn = Callable[[User], Client]
PAGE = "/people-and-teams/bank-holidays/"
EXTRA, MONDAY = date(2027, 6, 14), date(2027, 6, 13)
INSERT = "INSERT INTO deadlines_bankholiday (day, name, is_retired) VALUES ('2027-06-14', 'x', false)"


def text(answer: object) -> str:
    html = getattr(answer, "content", b"").decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_a_day_that_is_added_is_no_working_day_until_it_is_retired(world: World) -> None:
    admin = world.administrator
    assert is_working_day(EXTRA)
    with acting_as(admin):
        added = add_holiday(day=EXTRA, name="A  day of joy", actor=admin)
    assert str(added) == "A day of joy, 14 June 2027"
    assert add_working_days(date(2027, 6, 11), 1) == date(2027, 6, 15)
    with acting_as(admin):
        retire_holiday(day=EXTRA, actor=admin)
        retire_holiday(day=EXTRA, actor=admin)
    assert is_working_day(EXTRA)
    with acting_as(admin):
        bring_back_holiday(day=EXTRA, actor=admin)
    assert not is_working_day(EXTRA)
    with as_owner():
        kept = [(each.what, each.code) for each in Change.objects.about("bank_holiday")]
    assert kept == [(what, "2027-06-14") for what in ("brought_back", "retired", "added")]


def test_a_weekend_and_a_day_that_is_there_are_refused(world: World) -> None:
    admin = world.administrator
    christmas = date(2026, 12, 25)
    with acting_as(admin):
        with pytest.raises(RuleBroken, match="Sunday is no working day anyway"):
            add_holiday(day=MONDAY, name="x", actor=admin)
        with pytest.raises(RuleBroken, match="25 December 2026 is there already"):
            add_holiday(day=christmas, name="x", actor=admin)
        retire_holiday(day=christmas, actor=admin)
        with pytest.raises(RuleBroken, match=r"is retired\. Bring it back"):
            add_holiday(day=christmas, name="x", actor=admin)
        with pytest.raises(BankHoliday.DoesNotExist):
            retire_holiday(day=EXTRA, actor=admin)


def test_nobody_else_changes_days_by_either_way(world: World) -> None:
    for user in (world.coordinator, world.executive, world.social_worker):
        with acting_as(user):
            for act in (
                lambda u=user: add_holiday(day=EXTRA, name="x", actor=u),
                lambda u=user: retire_holiday(day=date(2026, 12, 25), actor=u),
                lambda u=user: bring_back_holiday(day=date(2026, 12, 25), actor=u),
            ):
                with pytest.raises(PermissionDenied):
                    act()
            with refused("row-level security"):
                rows(INSERT)
            assert rows("UPDATE deadlines_bankholiday SET is_retired = true RETURNING id") == []
    with acting_as(world.administrator):
        for statement in (
            "DELETE FROM deadlines_bankholiday",
            "UPDATE deadlines_bankholiday SET day = now()",
        ):
            with refused("permission denied"):
                rows(statement)


def test_the_sweep_reads_days_and_time_limits_and_writes_neither(db: None) -> None:
    with as_sweep():
        assert BankHoliday.objects.values_list("day", flat=True).exists()
        assert TimeLimit.objects.values_list("code", "length").exists()
        for statement in (
            "UPDATE deadlines_bankholiday SET is_retired = true",
            "DELETE FROM vocabulary_timelimit",
        ):
            with refused("permission denied"):
                rows(statement)


def test_the_page_lists_days_by_year_with_earlier_and_retired_ones_apart(
    world: World, signed_in: SignIn
) -> None:
    client = signed_in(world.administrator)
    with clock.set_to(datetime(2027, 2, 1, 12, tzinfo=UTC)):
        page = text(client.get(PAGE))
        assert re.search(r"\b2027 Day .* Friday 26 March Good Friday", page)
        assert page.index("Earlier years") < page.index("Friday 25 December")
        said = text(client.post(PAGE, {"retire": "2027-03-26"}, follow=True))
        assert "Good Friday, 26 March 2027 is retired: it is a working day again." in said
        assert "Retired These count as working days. Good Friday, 26 March 2027" in said
        assert f"Good Friday, 26 March 2027: Retired {world.administrator.name}" in said
        said = text(client.post(PAGE, {"bring_back": "2027-03-26"}, follow=True))
        assert "is a bank holiday again" in said
    with clock.set_to(datetime(2100, 7, 1, 12, tzinfo=UTC)):
        assert "No bank holiday is known for this year or later" in text(client.get(PAGE))


def test_a_day_is_added_on_its_own_page(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.administrator)
    typed = {"day_day": "14", "day_month": "6", "day_year": "2027", "name": "A day of joy"}
    assert "A day of joy, 14 June 2027 is added." in text(client.post(f"{PAGE}add/", typed, follow=True))
    again = client.post(f"{PAGE}add/", typed)
    assert again.status_code == 422
    assert "is there already" in text(again)
    assert client.post(f"{PAGE}add/", {}).status_code == 422


@pytest.mark.parametrize("typed", [{"retire": "2026-12-26x"}, {"retire": "2031-01-02"}, {"bring_back": "x"}])
def test_a_day_that_is_not_there_is_not_found(world: World, signed_in: SignIn, typed: dict[str, str]) -> None:
    assert signed_in(world.administrator).post(PAGE, typed).status_code == 404


def test_others_may_not_open_the_pages(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.coordinator)
    for address in (PAGE, f"{PAGE}add/"):
        assert client.get(address).status_code == 403
        assert client.post(address, {"retire": "2026-12-25"}).status_code == 403
    assert not is_working_day(date(2026, 12, 25))

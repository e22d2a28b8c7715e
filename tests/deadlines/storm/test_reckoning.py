"""The reckoning finds what it is there to find: each fault is planted once, and nothing is found without one."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.deadlines.storm.reckoning import Verdict, reckon, reckon_mail
from tests.deadlines.storm.timetable import LONDON

TEAMS = {
    "Hub": {"members": ["cora@x"], "manager": "hana@x", "inbox": "hub@x"},
    "East": {"members": ["sol@x", "refused.rob@x"], "manager": "mara@x", "inbox": "east@x"},
}


def at(day: str, hour: int = 9, minute: int = 0) -> float:
    return datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}").replace(tzinfo=LONDON).timestamp()


def opened(owner: str = "sol@x", outcome: str = "done") -> dict[str, Any]:
    """An agreed action, asked for on the 21st for the last working day before Christmas."""
    facts = {"due_on": "2026-12-24", "owner": owner, "team": "East", "at": at("2026-12-21", 10)}
    return {
        "act": "open",
        "kind": "agreed_action",
        "scope": "s",
        "after": at("2026-12-21", 10, 1),
        "outcome": outcome,
        **facts,
    }


def settled(day: str, outcome: str = "done") -> dict[str, Any]:
    return {
        "act": "settle",
        "kind": "agreed_action",
        "scope": "s",
        "at": at(day),
        "after": at(day, 9, 1),
        "outcome": outcome,
    }


def moved(outcome: str = "done") -> dict[str, Any]:
    facts = {"due_on": "2027-03-25", "owner": "sol@x", "team": "East", "at": at("2026-12-22", 12)}
    return {
        "act": "move",
        "kind": "agreed_action",
        "scope": "s",
        "after": at("2026-12-22", 12, 1),
        "outcome": outcome,
        **facts,
    }


def row(
    state: str = "open", number: int = 1, due_on: str = "2026-12-24", owner: str = "sol@x"
) -> dict[str, Any]:
    return {"s": {"state": state, "round": number, "due_on": due_on, "owner": owner}}


def notice(step: str, told_at: float, address: str = "sol@x", number: int = 1) -> dict[str, Any]:
    return {"scope": "s", "round": number, "step": step, "address": address, "told_at": told_at}


GIVEN = notice("given", at("2026-12-21", 10, 1))
REMINDER = notice("reminder-first", at("2026-12-22", 9, 1))
RUNG = notice("rung-first", at("2026-12-29", 9, 1), "mara@x")
ALL = [GIVEN, REMINDER, RUNG]


def found(acts: list[Any], stands: Any, notices: list[Any], now: float = at("2027-01-04")) -> list[str]:
    return sorted(reckon(acts, stands, notices, TEAMS, now)[0].faults)


def test_what_was_told_in_time_is_in_order() -> None:
    verdict, _ = reckon([opened()], row(), ALL, TEAMS, at("2027-01-04"))
    assert verdict.faults == {}
    assert verdict.due == 3


@pytest.mark.parametrize(
    ("notices", "fault"),
    [
        ([GIVEN, REMINDER], "lost"),
        ([*ALL, RUNG], "doubled"),
        ([GIVEN, REMINDER, {**RUNG, "told_at": at("2026-12-28", 9, 1)}], "too_early"),
        ([GIVEN, REMINDER, {**RUNG, "told_at": at("2026-12-29", 8, 59)}], "too_early"),
        ([*ALL, notice("rung-second", at("2026-12-30"))], "unknown"),
        ([*ALL, {**RUNG, "address": "hana@x"}], "unknown"),
    ],
)
def test_a_planted_fault_is_found(notices: list[Any], fault: str) -> None:
    assert found([opened()], row(), notices) == [fault]


def test_what_was_settled_is_not_told_any_more() -> None:
    acts, stands = [opened(), settled("2026-12-23")], row("met")
    assert found(acts, stands, [GIVEN, REMINDER]) == []
    assert found(acts, stands, ALL) == ["too_late"]


def test_a_move_begins_a_new_round() -> None:
    acts, stands = [opened(), moved()], row("open", 2, "2027-03-25")
    told = [GIVEN, REMINDER, notice("given", at("2026-12-22", 12, 1), number=2)]
    assert found(acts, stands, told) == []
    assert found(acts, stands, told[:2]) == ["lost"]
    assert found(acts, stands, [*told, RUNG]) == ["too_late"]
    after_easter = [
        notice("reminder-first", at("2027-03-23"), number=2),
        notice("rung-first", at("2027-03-30"), "mara@x", 2),
    ]
    assert found(acts, stands, told + after_easter, at("2027-04-01")) == []
    assert found(acts, stands, told, at("2027-04-01")) == ["lost"]


def test_an_acknowledged_act_that_does_not_stand_is_lost() -> None:
    assert found([opened(), settled("2026-12-23")], row(), [GIVEN, REMINDER]) == ["acts_lost"]
    assert found([opened()], {}, []) == ["acts_lost"]


def test_an_act_whose_answer_was_lost_may_stand_or_not() -> None:
    assert found([opened(outcome="unknown")], {}, []) == []
    assert found([opened(outcome="unknown")], row(), ALL) == []
    assert found([opened(), settled("2026-12-23", "unknown")], row(), ALL) == []
    assert found([opened(), settled("2026-12-23", "unknown")], row("met"), [GIVEN, REMINDER]) == []
    assert found([opened(), moved("unknown")], row(), ALL) == []
    assert found([opened(), moved("unknown")], row("open", 2, "2027-03-25"), ALL[:2]) == ["lost"]


def letter(address: str = "sol@x", **more: Any) -> dict[str, Any]:
    about = {"id": "n", "team": "East", "sent": True, "withdrawn": False, "parked": False}
    return {**notice("given", at("2026-12-21", 10, 1), address), **about, **more}


def mail(notices: list[Any], taken: dict[str, Any], copies: Any = (), ends: Any = None) -> list[str]:
    verdict = Verdict()
    reckon_mail(notices, copies, taken, ends or {}, TEAMS, verdict)
    return sorted(verdict.faults)


def test_every_notice_goes_out_as_mail() -> None:
    assert mail([letter()], {"n": [(0, "sol@x"), (1, "sol@x")]}) == []
    assert mail([letter()], {}) == ["mail_lost"]
    assert mail([letter(sent=False)], {"n": [(0, "sol@x")]}) == ["mail_lost"]
    assert mail([letter(withdrawn=True)], {}) == ["mail_lost"]
    assert mail([letter(withdrawn=True)], {}, ends={"s": 5.0}) == []
    newer = letter(id="m", round=2)
    assert mail([letter(withdrawn=True), newer], {"m": [(0, "sol@x")]}) == []
    assert mail([letter(), {**newer, "withdrawn": True}], {"n": [(0, "sol@x")]}) == ["mail_lost"]


def test_strange_mail_is_found() -> None:
    assert mail([letter()], {"n": [(0, "mara@x")]}) == ["mail_strange"]
    assert mail([letter()], {"n": [(0, "sol@x")], "other": [(0, "sol@x")]}) == ["mail_strange"]
    late = timedelta(minutes=5).total_seconds()
    assert mail([letter()], {"n": [(late, "sol@x")]}, ends={"s": 1.0}) == ["mail_strange"]


def test_an_inbox_steps_in_for_an_address_that_does_not_exist() -> None:
    refused = letter("refused.rob@x", sent=False, parked=True)
    inbox = letter("east@x", id="c")
    assert mail([refused], {}) == ["mail_lost"]
    assert mail([refused], {"c": [(0, "east@x")]}, [inbox]) == []
    assert mail([refused], {}, [inbox]) == ["mail_lost"]

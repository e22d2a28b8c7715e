"""What must have been told, reckoned from the ledger of acts in plain Python: nothing here asks the engine."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from tests.deadlines.storm.timetable import LONDON

BANK_HOLIDAYS = {
    date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29),
    date(2027, 5, 3), date(2027, 5, 31), date(2027, 8, 30), date(2027, 12, 27), date(2027, 12, 28),
}  # fmt: skip
AT_ONCE, BEFORE, AFTER = "at once", "before", "after"
STEPS = {
    "agreed_action": [
        ("given", AT_ONCE, 0, "owner"),
        ("reminder-first", BEFORE, 2, "owner"),
        ("rung-first", AFTER, 1, "manager"),
    ],
    "referral_decision": [
        ("reminder-day", BEFORE, 0, "owner"),
        ("rung-first", AFTER, 1, "manager"),
        ("rung-second", AFTER, 2, "hub manager"),
    ],
}
"""Units: working days before and after the due day; told at nine. As the house ships them."""

LATEST_AFTER_SETTLED = 30
"""Units: real seconds. A message that was on its way when its deadline was met may still arrive."""

Key = tuple[str, int, str, str]
"""What is owed, which round, which step, whose address."""


@dataclass(frozen=True)
class Round:
    """A day and an owner that stood for a while. `until`: when something else stood for certain."""

    number: int
    due_on: date
    owner: str
    team: str
    set_at: float
    until: float = float("inf")


@dataclass(frozen=True)
class Due:
    """One notice. `must`: nothing had overtaken it, so it has to be there."""

    not_before: float
    not_after: float
    must: bool


@dataclass
class Verdict:
    due: int = 0
    lost: list[Any] = field(default_factory=list)
    doubled: list[Any] = field(default_factory=list)
    too_early: list[Any] = field(default_factory=list)
    too_late: list[Any] = field(default_factory=list)  # after it was met, cancelled or moved
    unknown: list[Any] = field(default_factory=list)  # told, and nobody was to be told
    acts_lost: list[Any] = field(default_factory=list)
    mail_lost: list[Any] = field(default_factory=list)
    mail_strange: list[Any] = field(default_factory=list)

    @property
    def faults(self) -> dict[str, list[Any]]:
        return {name: found[:5] for name, found in vars(self).items() if isinstance(found, list) and found}


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def working_days_from(day: date, count: int, way: int) -> date:
    while count:
        day += timedelta(days=way)
        count -= is_working(day)
    return day


def nine_on(day: date) -> float:
    return datetime.combine(day, time(9), tzinfo=LONDON).timestamp()


def day_of(moment: float) -> date:
    return datetime.fromtimestamp(moment, LONDON).date()


def rounds_of(acts: Sequence[Mapping[str, Any]], stands: Mapping[str, Any]) -> list[Round]:
    """From the ledger; where the answer to the last act was lost, from what stands in the table."""
    rounds: list[Round] = []
    for act in acts:
        if act["outcome"] == "unknown" and stands["round"] == len(rounds) and stands["state"] == "open":
            continue  # it never happened
        if rounds:
            rounds[-1] = Round(**{**vars(rounds[-1]), "until": act["after"]})
        if act["act"] == "settle":
            break
        day = act["due_on"] or working_days_from(day_of(act["at"]), 1, 1).isoformat()
        rounds.append(Round(len(rounds) + 1, date.fromisoformat(day), act["owner"], act["team"], act["at"]))
    return rounds


def dues_of(
    scope: str, kind: str, rounds: Sequence[Round], teams: Mapping[str, Any], now: float
) -> Iterator[tuple[Key, Due]]:
    for each in rounds:
        for step, when, count, whom in STEPS[kind]:
            at = told_at(each, when, count)
            if at is None:
                continue
            overtaken = each.until < float("inf")
            for address in addresses(each, whom, teams):
                yield (scope, each.number, step, address), Due(at, each.until, not overtaken and at <= now)


def told_at(each: Round, when: str, count: int) -> float | None:
    if when == AT_ONCE:
        return each.set_at
    if when == BEFORE:
        at = nine_on(working_days_from(each.due_on, count, -1))
        return at if at > each.set_at else None
    return nine_on(working_days_from(max(each.due_on, day_of(each.set_at)), count, 1))


def addresses(each: Round, whom: str, teams: Mapping[str, Any]) -> list[str]:
    if whom == "owner":
        return [each.owner] if each.owner else teams[each.team]["members"]
    if whom == "manager":
        return [teams[each.team]["manager"]]
    hub = teams["Hub"]
    return [hub["manager"], hub["inbox"]] if each.team == "Hub" else [hub["manager"]]


def reckon(
    acts: Sequence[Mapping[str, Any]],
    stands: Mapping[str, Mapping[str, Any]],
    notices: Sequence[Mapping[str, Any]],
    teams: Mapping[str, Any],
    now: float,
) -> tuple[Verdict, dict[Key, Due]]:
    """`stands`: each deadline's row by scope. `notices`: every row, inboxes that step in for somebody apart."""
    verdict = Verdict()
    by_scope: dict[str, list[Mapping[str, Any]]] = {}
    for act in acts:
        by_scope.setdefault(act["scope"], []).append(act)
    wanted: dict[Key, Due] = {}
    for scope, told in by_scope.items():
        if scope not in stands:
            if any(act["outcome"] == "done" for act in told):
                verdict.acts_lost.append(told[0])
            continue
        rounds = rounds_of(told, stands[scope])
        check_acts(scope, told, rounds, stands[scope], verdict)
        wanted |= dict(dues_of(scope, told[0]["kind"], rounds, teams, now))
    verdict.due = sum(due.must for due in wanted.values())
    compare(wanted, notices, verdict)
    return verdict, wanted


def check_acts(
    scope: str,
    acts: Sequence[Mapping[str, Any]],
    rounds: Sequence[Round],
    stands: Mapping[str, Any],
    verdict: Verdict,
) -> None:
    """What was acknowledged stands."""
    settled = any(act["act"] == "settle" and act["outcome"] == "done" for act in acts)
    last = rounds[-1]
    if settled and stands["state"] == "open":
        verdict.acts_lost.append((scope, "settled"))
    if (stands["round"], stands["due_on"], stands["owner"]) != (
        last.number,
        last.due_on.isoformat(),
        last.owner,
    ):
        verdict.acts_lost.append((scope, stands, last))


def compare(wanted: Mapping[Key, Due], notices: Sequence[Mapping[str, Any]], verdict: Verdict) -> None:
    found: Counter[Key] = Counter()
    for notice in notices:
        key = (notice["scope"], notice["round"], notice["step"], notice["address"])
        found[key] += 1
        due = wanted.get(key)
        if due is None:
            verdict.unknown.append(key)
        elif notice["told_at"] < due.not_before:
            verdict.too_early.append((key, due.not_before - notice["told_at"]))
        elif notice["told_at"] > due.not_after:
            verdict.too_late.append((key, notice["told_at"] - due.not_after))
    verdict.lost += [key for key, due in wanted.items() if due.must and not found[key]]
    verdict.doubled += [key for key, count in found.items() if count > 1]


def reckon_mail(
    notices: Sequence[Mapping[str, Any]],
    copies: Sequence[Mapping[str, Any]],
    taken: Mapping[str, Sequence[tuple[float, str]]],
    settled: Mapping[str, float],
    teams: Mapping[str, Any],
    verdict: Verdict,
) -> None:
    """`taken`: by Message-ID, what the post office took: (real second, address). `copies`: to inboxes that step in.

    Only mail of what was settled, or moved into a newer round, may be withdrawn.
    """
    instead = {(copy["scope"], copy["round"], copy["step"], copy["address"]) for copy in copies}
    newest: dict[str, int] = {}
    for notice in [*notices, *copies]:
        newest[notice["scope"]] = max(notice["round"], newest.get(notice["scope"], 0))
    for notice in [*notices, *copies]:
        ends = settled.get(notice["scope"], float("inf"))
        sent = taken.get(notice["id"], [])
        key = (notice["scope"], notice["round"], notice["step"])
        if any(address != notice["address"] or at > ends + LATEST_AFTER_SETTLED for at, address in sent):
            verdict.mail_strange.append((key, sent, ends))
        if notice["withdrawn"]:
            if ends == float("inf") and notice["round"] == newest[notice["scope"]]:
                verdict.mail_lost.append((key, "withdrawn"))
        elif notice["address"].startswith("refused."):
            if (*key, teams[notice["team"]]["inbox"]) not in instead:
                verdict.mail_lost.append((key, "no inbox stepped in"))
        elif not sent or not notice["sent"] or notice["parked"]:
            verdict.mail_lost.append((key, notice))
    verdict.mail_strange += list(taken.keys() - {notice["id"] for notice in [*notices, *copies]})

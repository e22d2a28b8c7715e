"""What the action plan shows on My work and in the navigation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from actionplan.facts import Row, latest_first, row_of
from actionplan.models import Proposal
from actionplan.policies import may_read_plans, partnerships_of
from actionplan.summary import Summary, counted
from foundation.accounts.roles import PLAN_READERS, Role
from foundation.audit import services as audit
from foundation.base import clock
from foundation.vocabulary.models import TimeLimit
from foundation.web import registries
from foundation.web.registries import NavigationItem, WorkPanel

WATCHERS = frozenset({Role.PLAN_LEAD, Role.EXECUTIVE})
SHOWN_AT_MOST = 3
OWN_AT_MOST = 25


def register() -> None:
    registries.navigation.add(
        "action plan", NavigationItem("Action plan", "actionplan:list", shown_to=may_read_plans, order=60)
    )
    registries.my_work.add(
        "your proposals", WorkPanel("Your proposals", "actionplan/yours.html", led_by, order=50)
    )
    registries.my_work.add(
        "proposals to update",
        WorkPanel("Proposals to update", "actionplan/to_update.html", to_update, order=55),
    )
    registries.my_work.add(
        "action plan", WorkPanel("Action plan", "actionplan/my_work.html", how_plans_stand, order=60)
    )


def how_plans_stand(user: Any) -> dict[str, Any] | None:
    """The sentences of each plan, for those who answer for it. One query, none for everyone else."""
    if not user.roles & WATCHERS:
        return None
    proposals = Proposal.objects.visible_to(user).select_related("plan", "lead_user")
    today = clock.today()
    plans = []
    for plan, of_plan in groupby(
        proposals.order_by("plan__name", "plan_id", "number"), key=lambda proposal: proposal.plan
    ):
        each = list(of_plan)
        late = [] if Role.PLAN_LEAD in user.roles else latest_first(each, today)
        plans.append({"plan": plan, "summary": Summary.of(each, today), "late": late[:SHOWN_AT_MOST]})
    return {"plans": plans} if plans else None


@dataclass(frozen=True)
class ToUpdate:
    """Proposals that want something of the plan lead: how many, in words, and the first few."""

    told: str
    rows: Sequence[Row]


def to_update(user: Any) -> dict[str, Any] | None:
    """For plan leads: what is late, has not been updated for long, or lacks a lead or a date."""
    led = partnerships_of(user, frozenset({Role.PLAN_LEAD}))
    if not led:
        return None
    found = Proposal.objects.visible_to(user).filter(plan__partnership__in=led)
    open_ones = [each for each in found.select_related("lead_user", "plan") if not each.is_over]
    limit = TimeLimit.objects.filter(code="proposal_update").first()
    groups = list(groups_of(open_ones, limit.length if limit else None, clock.today()))
    shown = [row.proposal.pk for group in groups for row in group.rows]
    audit.record(action="proposals to update", object_kind="list", shown=shown)
    return {"groups": groups} if groups else None


def groups_of(proposals: Sequence[Proposal], days: int | None, today: date) -> list[ToUpdate]:
    """What lacks lead or date is not said to lack an update as well. Units: calendar days."""
    late = [row.proposal for row in latest_first(proposals, today)]
    bare = [each for each in proposals if not (each.has_lead and each.by_when)]
    quiet = []
    if days is not None:
        since = today - timedelta(days=days)
        quiet = [each for each in proposals if each not in bare and clock.day_of(each.updated_at) < since]
        quiet.sort(key=lambda each: each.updated_at)
    told = (
        (late, counted(len(late), "proposal is", "proposals are") + " late"),
        (quiet, f"{counted(len(quiet), 'proposal has', 'proposals have')} had no update for {days} days"),
        (bare, counted(len(bare), "proposal lacks", "proposals lack") + " a lead or a date"),
    )
    return [
        ToUpdate(words, [row_of(each, today) for each in some[:SHOWN_AT_MOST]])
        for some, words in told
        if some
    ]


def led_by(user: Any) -> dict[str, Any] | None:
    """What this person leads and is not over, the nearest date first."""
    if not user.roles & PLAN_READERS:
        return None
    mine = Proposal.objects.visible_to(user).filter(lead_user=user).select_related("plan", "lead_user")
    open_ones = [each for each in mine if not each.is_over]
    if not open_ones:
        return None
    open_ones.sort(key=lambda each: (each.by_when or date.max, each.number))
    shown = open_ones[:OWN_AT_MOST]
    audit.record(action="your proposals", object_kind="list", shown=[each.pk for each in shown])
    today = clock.today()
    return {"rows": [row_of(each, today) for each in shown], "more": len(open_ones) - len(shown)}

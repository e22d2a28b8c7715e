"""What deadlines show on My work: what is due, what was told, and what is late in a manager's team."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from foundation.accounts.models import Team
from foundation.audit import services as audit
from foundation.base import clock
from foundation.deadlines.kinds import WorkRow, kinds
from foundation.deadlines.models import Deadline, Notice
from foundation.deadlines.telling import sentence
from foundation.web import registries
from foundation.web.registries import AdministrationPage, WorkPanel

DUE_AT_MOST = 15
ALL_DUE_AT_MOST = 300
UNREAD_AT_MOST = 5
LATE_AT_MOST = 25


@dataclass(frozen=True)
class Owed:
    """A deadline beside what the viewer may know of it."""

    deadline: Deadline
    row: WorkRow


@dataclass(frozen=True)
class Told:
    """A notice beside its sentence."""

    notice: Notice
    sentence: str


def register() -> None:
    registries.my_work.add("notices", WorkPanel("New for you", "deadlines/unread.html", unread, order=5))
    registries.my_work.add("due", WorkPanel("Due and late", "deadlines/due.html", due_and_late, order=10))
    registries.my_work.add(
        "late", WorkPanel("Late in your team", "deadlines/late.html", late_in_team, order=15)
    )
    registries.administration.add(
        "bank holidays",
        AdministrationPage(
            "Bank holidays", "deadlines:holidays", "Which days are no working days.", order=30
        ),
    )


def due_and_late(user: Any, at_most: int = DUE_AT_MOST) -> dict[str, Any] | None:
    """What this person owes, alone or as one of those in the team who do: warnings first, then by day."""
    if not user.teams:
        return None
    found = list(owed_by(user).select_related("team__agency")[: ALL_DUE_AT_MOST + 1])
    rows = with_rows(user, found[:ALL_DUE_AT_MOST])
    rows.sort(
        key=lambda each: (not each.row.flag, each.deadline.due_at)
    )  # before the cut: a warning is never cut
    shown = rows[:at_most]
    audit.record(action="due and late", object_kind="list", shown=[each.deadline.pk for each in shown])
    return {"owed": shown, "there_are_more": len(found) > at_most, "shown_at_most": at_most}


def owed_by(user: Any) -> Any:
    """Open deadlines of this person, and those without an owner that their role in the team answers for."""
    mine = Q(owner=user)
    for kind in kinds:
        teams = [m.team_id for m in user.current_memberships if m.role in kind.owed_by]
        if teams:
            mine |= Q(kind=kind.code, owner=None, team__in=teams)
    return Deadline.objects.visible_to(user).open().filter(mine).order_by("due_at", "pk")


def late_in_team(user: Any) -> dict[str, Any] | None:
    """For managers: what their teams owe, or have asked of others, and is late, whoever owns it."""
    managed = list(Team.objects.filter(manager=user).values_list("pk", flat=True))
    if not managed:
        return None
    late = Deadline.objects.visible_to(user).open().filter(due_at__lt=clock.now())
    late = late.filter(Q(team__in=managed) | Q(asked_by__in=managed))
    found = list(late.select_related("owner", "team__agency").order_by("due_at", "pk")[: LATE_AT_MOST + 1])
    shown = with_rows(user, found[:LATE_AT_MOST])
    audit.record(action="late in the team", object_kind="list", shown=[each.deadline.pk for each in shown])
    return {"owed": shown, "there_are_more": len(found) > LATE_AT_MOST}


def unread(user: Any) -> dict[str, Any] | None:
    """What was told and not read yet; nothing where there is nothing."""
    mine = Notice.objects.visible_to(user).to(user).unread().select_related("deadline")
    found = list(mine[: UNREAD_AT_MOST + 1])
    if not found:
        return None
    shown = found[:UNREAD_AT_MOST]
    audit.record(action="unread notices", object_kind="list", shown=[notice.pk for notice in shown])
    return {"told": as_told(shown), "there_are_more": len(found) > UNREAD_AT_MOST}


def as_told(notices: Iterable[Notice]) -> list[Told]:
    """Reads the deadline of each."""
    return [Told(each, sentence(each, each.deadline)) for each in notices]


def with_rows(user: Any, deadlines: list[Deadline]) -> list[Owed]:
    """One call a kind. What the viewer may not know more of is named by what is owed and its reference."""
    scopes: dict[str, list[uuid.UUID]] = {}
    for deadline in deadlines:
        scopes.setdefault(deadline.kind, []).append(deadline.scope_id)
    known = {
        (code, scope): row
        for code, ids in scopes.items()
        if code in kinds
        for scope, row in kinds[code].rows(user, ids).items()
    }
    return [Owed(each, known.get((each.kind, each.scope_id)) or nameless(each)) for each in deadlines]


def nameless(deadline: Deadline) -> WorkRow:
    owed = kinds[deadline.kind].owed if deadline.kind in kinds else "Something"
    return WorkRow(words=f"{owed} ({deadline.reference})", url="")

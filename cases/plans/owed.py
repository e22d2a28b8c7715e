"""An agreed action as a deadline: opened, met, cancelled and moved with it, and what My work says."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.urls import reverse

from cases.plans.models import AgreedAction, Outcome
from cases.records.models import CasePerson, Standing
from foundation.accounts.models import User
from foundation.base.errors import RuleBroken
from foundation.deadlines import services as deadlines
from foundation.deadlines.kinds import Act, DeadlineKind, Step, Told, WorkRow, register

KIND = "agreed_action"
SHOWN_OF_TEXT = 120
"""Units: characters of an action's words on My work."""
PROMISED = "We told the child or family we would do this"
"""Said of an action; once it is late it is a warning, which My work puts first."""


def declare() -> None:
    """Once, when the room is ready."""
    register(
        DeadlineKind(
            code=KIND,
            owed="An agreed action",
            rows=rows,
            reminders=(Step("first", limit="agreed_action_reminder"),),
            rungs=(Step("first", limit="agreed_action_first_rung", to=Told.TEAM_MANAGER),),
            tells_owner_at_once=True,
        )
    )


def opened(action: AgreedAction, actor: User) -> None:
    """Asked in the name of the hub team of the case's area."""
    deadlines.open_deadline(
        kind=KIND,
        scope_id=action.pk,
        reference=action.case.reference,
        due_on=action.due_on,
        owner=action.owner,
        team=action.team,
        asked_by=action.case.area.teams.get(is_hub=True),
        case_id=action.case_id,
        actor=actor,
    )


def closed(action: AgreedAction, actor: User) -> None:
    """Met where it was done; no longer owed where it was not."""
    settle = deadlines.meet_deadline if action.outcome == Outcome.DONE else deadlines.cancel_deadline
    with in_reach(action):
        settle(kind=KIND, scope_id=action.pk, actor=actor)


def moved(action: AgreedAction, actor: User) -> None:
    """To another owner or another day."""
    with in_reach(action):
        deadlines.move_deadline(
            kind=KIND,
            scope_id=action.pk,
            due_on=action.due_on,
            owner=action.owner,
            team=action.team,
            actor=actor,
        )


@contextmanager
def in_reach(action: AgreedAction) -> Iterator[None]:
    """Raises RuleBroken where the deadline was asked in the name of a team that the actor is not in."""
    try:
        yield
    except deadlines.OutOfReach:
        raise RuleBroken(
            "Another hub team asked for this action, so it cannot be closed or handed over in your name. "
            "Its owner can still close it."
        ) from None


def rows(user: Any, scope_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, WorkRow]:
    """What the viewer may know of these actions: two queries."""
    actions = list(AgreedAction.objects.visible_to(user).filter(pk__in=scope_ids).select_related("case"))
    subjects = CasePerson.objects.visible_to(user).filter(
        case__in={action.case_id for action in actions}, standing=Standing.SUBJECT
    )
    names = {standing.case_id: str(standing.person) for standing in subjects.select_related("person")}
    return {action.pk: _row(user, action, names.get(action.case_id, "")) for action in actions}


def _row(user: Any, action: AgreedAction, name: str) -> WorkRow:
    address = reverse("plans:action", args=[action.case_id, action.pk])
    text = action.text if len(action.text) <= SHOWN_OF_TEXT else f"{action.text[:SHOWN_OF_TEXT].rstrip()}…"
    about = f"For {name}, case {action.case.reference}" if name else f"Case {action.case.reference}"
    is_promised_and_late = bool(action.told_child) and action.is_late
    if action.told_child and not is_promised_and_late:
        about = f"{about}. {PROMISED}"
    is_mine = action.is_open and action.owner_id == user.pk
    return WorkRow(
        words=text,
        url=address,
        detail=about,
        flag=PROMISED if is_promised_and_late else "",
        acts=[Act("Done", f"{address}?outcome=done&from=my-work")] if is_mine else (),
    )

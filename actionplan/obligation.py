"""What is owed of a proposal: a deadline, once a person leads it and it has a date, until it is over."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from actionplan import policies
from actionplan.history import last_updated
from actionplan.models import Proposal, Rating
from foundation.accounts.models import Membership, Team, User
from foundation.accounts.roles import PLAN_READERS, Role
from foundation.base.errors import RuleBroken
from foundation.base.policy import allows
from foundation.deadlines import services as deadlines
from foundation.deadlines.kinds import Act, DeadlineKind, Step, Told, WorkRow

KIND = "proposal"


class HeldElsewhere(RuleBroken):
    """Another team asked for what is owed, so the actor can neither move nor end it."""


@dataclass(frozen=True)
class Owed:
    """By whom and by when."""

    owner: User
    due_on: date


def owed_of(proposal: Proposal) -> Owed | None:
    if proposal.lead_user is None or proposal.by_when is None or proposal.is_over:
        return None
    return Owed(proposal.lead_user, proposal.by_when)


def keep_in_step(proposal: Proposal, before: Owed | None, actor: User) -> None:
    """Open, move, meet or cancel the deadline, where what is owed is no longer what it was.

    Raises HeldElsewhere where a team that the actor does not belong to has asked for it.
    """
    now = owed_of(proposal)
    if now == before:
        return
    try:
        if before is None and now is not None:
            _open(proposal, now, actor)
        elif now is not None:
            _move(proposal, now, actor)
        elif proposal.status == Rating.COMPLETE:
            deadlines.meet_deadline(kind=KIND, scope_id=proposal.pk, actor=actor)
        else:
            deadlines.cancel_deadline(kind=KIND, scope_id=proposal.pk, actor=actor)
    except deadlines.OutOfReach:
        raise HeldElsewhere(
            f"Another team gave proposal {proposal.number} to the person who leads it. "
            "Only that team can change its lead or its date, or end it."
        ) from None


def _move(proposal: Proposal, owed: Owed, actor: User) -> None:
    moved = deadlines.move_deadline(
        kind=KIND,
        scope_id=proposal.pk,
        due_on=owed.due_on,
        owner=owed.owner,
        team=owing_team(owed.owner, proposal) or actor.teams[0],
        actor=actor,
    )
    if moved is None:
        _open(proposal, owed, actor)


def _open(proposal: Proposal, owed: Owed, actor: User) -> None:
    deadlines.open_deadline(
        kind=KIND,
        scope_id=proposal.pk,
        reference=f"No. {proposal.number}",
        due_on=owed.due_on,
        owner=owed.owner,
        team=owing_team(owed.owner, proposal) or actor.teams[0],
        asked_by=asking_team(actor, proposal),
        actor=actor,
    )


def owing_team(owner: User, proposal: Proposal) -> Team | None:
    """The owner's team through which they read the plan. None where they no longer do."""
    here = _memberships(proposal).filter(user=owner, role__in=PLAN_READERS).first()
    return here.team if here else None


def asking_team(actor: User, proposal: Proposal) -> Team | None:
    """The plan lead's: the actor's own where they are one, else that of whoever has been it the longest."""
    leads = list(_memberships(proposal).filter(role=Role.PLAN_LEAD))
    leads.sort(key=lambda membership: membership.user_id != actor.pk)
    return leads[0].team if leads else None


def _memberships(proposal: Proposal) -> QuerySet[Membership]:
    """Of today, in the proposal's partnership, the oldest first."""
    current = Membership.objects.current().filter(team__agency__partnership=proposal.plan.partnership_id)
    return current.select_related("team").order_by("pk")


def rows(user: Any, scope_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, WorkRow]:
    """What My work and a notice say, for those who may read the plan. One query."""
    found = Proposal.objects.visible_to(user).filter(pk__in=scope_ids).select_related("plan")
    return {proposal.pk: row_of(user, proposal) for proposal in found}


def row_of(user: Any, proposal: Proposal) -> WorkRow:
    may_update = allows(policies.check_can_update, user, proposal)
    page = "actionplan:update" if may_update else "actionplan:proposal"
    url = reverse(page, args=[proposal.plan_id, proposal.pk])
    return WorkRow(
        words=f"Proposal {proposal.number}: {proposal.title}",
        url=url,
        acts=[Act("Update", url)] if may_update else (),
        detail=f"{proposal.status.label}. {last_updated(proposal)}.",
    )


PROPOSAL = DeadlineKind(
    code=KIND,
    owed="A proposal of the action plan",
    rows=rows,
    reminders=(Step("first", limit="proposal_reminder"),),
    rungs=(Step("first", limit="proposal_first_rung", to=Told.TEAM_MANAGER),),
    tells_owner_at_once=True,
)

"""Agree an action, close it, hand it over. Each locks the case, asks, changes, records: one transaction."""

import uuid
from datetime import date
from typing import Any

from django.db import transaction

from cases.chronology.models import Tone
from cases.chronology.services import add_entry
from cases.plans import owed, policies
from cases.plans.models import ActionStep, AgreedAction, What
from cases.records.models import Case
from foundation.access.words import Section
from foundation.accounts.models import Team, User
from foundation.audit import services as audit
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.base.repeats import check_says_the_same


@transaction.atomic
def agree_action(
    *,
    case_id: uuid.UUID,
    text: str,
    owner: User,
    team: Team,
    due_on: date,
    actor: User,
    told_child: bool | None = None,
    source_id: uuid.UUID | None = None,
    action_id: uuid.UUID | None = None,
) -> AgreedAction:
    """`owner` of `team` will do this by `due_on`. It stands in the chronology and is owed from now on.

    `action_id` is chosen by the page that asked: the same one twice, by the same person, agrees once.
    Raises Case.DoesNotExist where the actor does not see the case, PermissionDenied without `coordinate`,
    RuleBroken without words, for a day that has passed, for an owner whose share does not cover the plan
    until that day, or for the same `action_id` with other words.
    """
    case = Case.objects.visible_to(actor).select_for_update().get(pk=case_id)
    policies.check_can_agree(actor, case)
    own_id = uuid.uuid5(action_id or uuid.uuid4(), f"{actor.pk}:{case.pk}")
    text = text.strip()
    if already := AgreedAction.objects.visible_to(actor).filter(pk=own_id).first():
        check_says_the_same(already, text=text, owner=owner, team=team, due_on=due_on, told_child=told_child)
        return already
    if not text:
        raise RuleBroken("Say what will be done.")
    policies.check_day(due_on)
    policies.check_can_own(actor, case, owner, team, due_on)
    action = AgreedAction.objects.create(
        id=own_id,
        case=case,
        text=text,
        owner=owner,
        team=team,
        due_on=due_on,
        told_child=told_child,
        agreed_by=actor,
        source_id=source_id,
        **_of_the_plan(actor, case),
    )
    _write_step(action, What.AGREED, "", actor)
    owed.opened(action, actor)
    audit.record(action="agree an action", about=action, scope_id=case.pk, fields=["text", "owner", "due_on"])
    return action


@transaction.atomic
def close_action(*, action_id: uuid.UUID, outcome: str, actor: User, said: str = "") -> AgreedAction:
    """Say what became of an action. The same answer by the same person twice is taken once.

    Raises AgreedAction.DoesNotExist where the actor does not see it, PermissionDenied for anyone but its
    owner and the hub team, RuleBroken where it is closed or an outcome that needs a sentence has none.
    """
    action = _locked(action_id, actor)
    said = said.strip()
    policies.check_can_close(actor, action)
    if (action.outcome, action.outcome_said, action.closed_by_id) == (outcome, said, actor.pk):
        return action
    policies.check_is_open(action)
    policies.check_outcome_is_explained(outcome, said)
    action.outcome, action.outcome_said = outcome, said
    action.closed_at, action.closed_by = clock.now(), actor
    action.save(update_fields=["outcome", "outcome_said", "closed_at", "closed_by"])
    _write_step(action, What.CLOSED, said, actor)
    owed.closed(action, actor)
    audit.record(action="close an action", about=action, scope_id=action.case_id, fields=["outcome"])
    return action


@transaction.atomic
def hand_over_action(
    *,
    action_id: uuid.UUID,
    owner: User,
    team: Team,
    actor: User,
    due_on: date | None = None,
    reason: str = "",
    seen_steps: int | None = None,
) -> AgreedAction:
    """Give an open action to `owner` of `team`, by another day if `due_on` names one.

    `seen_steps` is how many steps the page that asked has shown. Nothing new changes nothing. Raises
    AgreedAction.DoesNotExist where the actor does not see it, PermissionDenied for anyone but the hub team,
    RuleBroken where it is closed or has moved on since, the day moves without a reason or into the past, or
    the owner's share does not cover the plan until that day.
    """
    action = _locked(action_id, actor)
    policies.check_can_hand_over(actor, action)
    policies.check_is_open(action)
    day, reason = due_on or action.due_on, reason.strip()
    if (owner, team, day) == (action.owner, action.team, action.due_on):
        return action
    if seen_steps is not None:
        policies.check_is_current(action, seen_steps, action.steps.visible_to(actor).count())
    if day != action.due_on:
        policies.check_day(day)
        if not reason:
            raise RuleBroken("Say why the day moves.")
    policies.check_can_own(actor, action.case, owner, team, day)
    action.owner, action.team, action.due_on = owner, team, day
    action.save(update_fields=["owner", "team", "due_on"])
    _write_step(action, What.HANDED_OVER, reason, actor)
    owed.moved(action, actor)
    fields = ["owner", "team", "due_on"]
    audit.record(action="hand over an action", about=action, scope_id=action.case_id, fields=fields)
    return action


def _locked(action_id: uuid.UUID, actor: User) -> AgreedAction:
    """Read again under the lock of its case: nobody may lock an action that is closed."""
    seen = AgreedAction.objects.visible_to(actor)
    Case.objects.visible_to(actor).select_for_update().get(pk=seen.get(pk=action_id).case_id)
    return seen.select_related("case__area", "owner", "team__agency", "closed_by").get(pk=action_id)


def _write_step(action: AgreedAction, what: What, said: str, actor: User) -> None:
    """The action's own history, and an entry in the chronology for everyone who may read the plan."""
    step = ActionStep.objects.create(
        action=action,
        case=action.case,
        what=what,
        owner=action.owner,
        due_on=action.due_on,
        said=said,
        by=actor,
        **_of_the_plan(actor, action.case),
    )
    add_entry(
        case_id=action.case_id,
        title=_title(action, what),
        text=_words(action, what, said),
        happened_on=clock.today(),
        tone=Tone.NEITHER,
        team=_writing_team(actor, action.case),
        section=Section.PLAN,
        entry_id=step.pk,
        actor=actor,
    )


def _title(action: AgreedAction, what: What) -> str:
    if what == What.CLOSED:
        return f"Action closed: {action.get_outcome_display().lower()}"
    return "Action agreed" if what == What.AGREED else "Action handed over"


def _words(action: AgreedAction, what: What, said: str) -> str:
    who = f"{action.owner}, {action.team}, by {clock.spoken(action.due_on)}."
    lines = [action.text, said if what == What.CLOSED else who]
    if what == What.AGREED and action.told_child:
        lines.append("The child or family was told that we would do this.")
    if what == What.HANDED_OVER and said:
        lines.append(f"Why: {said}")
    return "\n\n".join(line for line in lines if line)


def _of_the_plan(actor: User, case: Case) -> dict[str, Any]:
    return {"section": Section.PLAN, "originator": _writing_team(actor, case)}


def _writing_team(actor: User, case: Case) -> Team:
    """In whose name the actor writes: the hub of the area, if they work in it, else their own team."""
    hubs = [team for team in actor.teams if team.is_hub and team.area_id == case.area_id]
    return [*hubs, *actor.case_workplaces, *actor.teams][0]

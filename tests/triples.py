"""For every address that takes an id: who gets 404, who gets 403, and who is let in.

A page with an id that stands in the URLconf and not here turns tests/architecture/test_triples.py red.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from actionplan.models import ActionPlan
from cases.records.lists import CASES
from foundation.access.words import Verb
from foundation.accounts import services as accounts
from foundation.accounts.models import User
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.deadlines.models import Notice
from foundation.deadlines.sweep import sweep
from foundation.web.services import save_view
from referrals import services as referrals
from referrals.models import Progress, Referral
from tests.actionplan.plans import make_elsewhere, make_plan, stored
from tests.deadlines.duties import make_duty
from tests.factories import World, make_case
from tests.plans.scenes import SCENES as OF_PLANS
from tests.reviews.scenes import SCENES as OF_REVIEWS


@dataclass(frozen=True)
class Scene:
    """What stands ready: the ids of the address, and the people who try.

    `outsider` may not know that it is there (404). `insider` sees it and may not do this (403); where there is
    nobody of that kind, `nobody_because` says why. `allowed` is let in, and asks with `method`.
    """

    ids: dict[str, Any]
    outsider: User
    allowed: User
    insider: User | None = None
    nobody_because: str = ""
    method: str = "get"
    typed: dict[str, Any] = field(default_factory=dict)
    answers: frozenset[int] = frozenset({200})


def case_page(world: World) -> Scene:
    case = make_case(world)
    return Scene(
        ids={"case_id": case.pk},
        outsider=world.nurse,
        allowed=world.social_worker,
        nobody_because="whoever sees a case may open its page: reading is the least there is",
    )


def case_for_programs(world: World) -> Scene:
    page = case_page(world)
    return replace(page, ids={"pk": page.ids["case_id"]})


def new_entry(world: World) -> Scene:
    case = make_case(world, shared_with=(world.school,), verb=Verb.VIEW)
    return Scene(
        ids={"case_id": case.pk}, outsider=world.nurse, insider=world.school_lead, allowed=world.coordinator
    )


def draft(world: World) -> Referral:
    with acting_as(world.school_lead):
        return referrals.save_draft(
            draft_id=uuid.uuid4(),
            team=world.school,
            area=world.area,
            words={"child_name": "Robin Fable", "concern": "A new phone, and frightened"},
            actor=world.school_lead,
        )


def sent(world: World) -> Referral:
    referral = draft(world)
    with acting_as(world.school_lead):
        progress: Progress = referrals.send_referral(referral_id=referral.pk, actor=world.school_lead)
    return progress.referral


def asked(world: World) -> Referral:
    referral = sent(world)
    with acting_as(world.coordinator):
        referrals.ask_for_more(
            referral_id=referral.pk, question="Where is the child now?", actor=world.coordinator
        )
    return referral


def of_the_author(make: Callable[[World], Referral], *, answers: frozenset[int] = frozenset({200})) -> Any:
    """A page of a referral that has been sent, for its author: the hub reads it, and may not do this."""

    def arrange(world: World) -> Scene:
        return Scene(
            ids={"referral_id": make(world).pk},
            outsider=world.school_colleague,
            insider=world.coordinator,
            allowed=world.school_lead,
            answers=answers,
        )

    return arrange


def of_the_hub(world: World) -> Scene:
    """A decision: the author reads the referral, and may not decide."""
    return Scene(
        ids={"referral_id": sent(world).pk},
        outsider=world.nurse,
        insider=world.school_lead,
        allowed=world.coordinator,
    )


def words_of_a_referral(world: World) -> Scene:
    return Scene(
        ids={"referral_id": sent(world).pk},
        outsider=world.school_colleague,
        allowed=world.coordinator,
        nobody_because="whoever may read the words may open the page; there is nothing else to do on it",
    )


def plan_page(world: World) -> Scene:
    plan: ActionPlan = make_plan(world)
    return Scene(
        ids={"plan_id": plan.pk},
        outsider=world.social_worker,
        allowed=world.executive,
        nobody_because="whoever may read plans may open the page; changes have a page of their own",
    )


def proposal_page(world: World) -> Scene:
    plan: ActionPlan = make_plan(world)
    return Scene(
        ids={"plan_id": plan.pk, "proposal_id": stored().pk},
        outsider=make_elsewhere().plan_lead,
        allowed=world.executive,
        nobody_because="whoever may read plans may open the page; changes have a page of their own",
    )


def update_of_a_proposal(world: World) -> Scene:
    plan: ActionPlan = make_plan(world)
    return Scene(
        ids={"plan_id": plan.pk, "proposal_id": stored().pk},
        outsider=make_elsewhere().plan_lead,
        insider=world.executive,
        allowed=world.plan_lead,
    )


def of_the_administrator(**ids: str) -> Callable[[World], Scene]:
    """A page of words or time limits: nobody else may know what stands there."""

    def arrange(world: World) -> Scene:
        return Scene(
            ids=ids,
            outsider=world.coordinator,
            allowed=world.administrator,
            nobody_because="whoever sees words on these pages may change them",
        )

    return arrange


def notice(world: World) -> Scene:
    duty = make_duty(world, due_on=clock.today(), owner=world.social_worker)
    sweep()
    with as_owner():
        told = Notice.objects.get(deadline=duty.pk)
    return Scene(
        ids={"notice_id": told.pk},
        outsider=world.coordinator,
        allowed=world.social_worker,
        nobody_because="whoever was told may open what they were told",
        answers=frozenset({302}),
    )


def absence(world: World) -> Scene:
    with acting_as(world.school_lead):
        away = accounts.be_away(
            begins_on=clock.today(), ends_on=clock.today(), deputy=None, actor=world.school_lead
        )
    return Scene(
        ids={"absence_id": away.pk},
        outsider=world.school_colleague,
        allowed=world.school_lead,
        nobody_because="an absence is for the person alone",
        method="post",
        answers=frozenset({302}),
    )


def saved_view(world: World) -> Scene:
    with acting_as(world.social_worker):
        view = save_view(of=CASES, name="Mine", query="lead=mine", actor=world.social_worker)
    return Scene(
        ids={"view_id": view.pk},
        outsider=world.nurse,
        allowed=world.social_worker,
        nobody_because="a saved view is seen by its owner alone, who may throw it away",
    )


def made_by(arrange: Callable[[World], dict[str, Any]]) -> Callable[[World], Scene]:
    """A scene whose people and ids are arranged beside its own tests."""
    return lambda world: Scene(**arrange(world))


TRIPLES: dict[str, Callable[[World], Scene]] = {
    **{name: made_by(arrange) for name, arrange in {**OF_PLANS, **OF_REVIEWS}.items()},
    "accounts:cancel-away": absence,
    "deadlines:notice": notice,
    "vocabulary:list": of_the_administrator(list_name="harm_type"),
    "vocabulary:add": of_the_administrator(list_name="harm_type"),
    "vocabulary:term": of_the_administrator(list_name="harm_type", code="missing"),
    "vocabulary:limit": of_the_administrator(code="referral_decision"),
    "cases:detail": case_page,
    "api:case-detail": case_for_programs,
    "web:delete-view": saved_view,
    "chronology:add-entry": new_entry,
    "referrals:detail": words_of_a_referral,
    "referrals:edit": of_the_author(sent, answers=frozenset({302})),
    "referrals:check": of_the_author(sent, answers=frozenset({302})),
    "referrals:sent": of_the_author(sent),
    "referrals:answer": of_the_author(asked),
    "referrals:accept": of_the_hub,
    "referrals:decline": of_the_hub,
    "referrals:ask": of_the_hub,
    "actionplan:plan": plan_page,
    "actionplan:proposal": proposal_page,
    "actionplan:update": update_of_a_proposal,
    "api:plan-detail": plan_page,
    "api:proposal-list": plan_page,
    "api:proposal-detail": proposal_page,
}

"""Both walls agree on reviews, and the database refuses by itself what the services refuse."""

import uuid
from collections.abc import Callable
from dataclasses import fields
from datetime import time
from typing import Any

import pytest

from cases.records.models import Case
from cases.records.services import exclude
from foundation.access.words import Section, Verb, Visibility
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from reviews.models import AgendaItem, Decision, Meeting, Move
from tests.access.raw import POLICY
from tests.access.situations import SITUATIONS, Situation, make, share
from tests.base.sql import refused
from tests.factories import World, make_case, make_user
from tests.reviews.acts import act, decide, finish, item_of, open_review

SCOPED: list[Any] = [Meeting, Move, AgendaItem, Decision]
PEOPLE = [each.name for each in fields(World) if each.type is User]
Answers = dict[str, set[uuid.UUID]]


def of_python(user: User) -> Answers:
    with acting_as(user), as_owner():
        return {m.__name__: set(m.objects.visible_to(user).values_list("pk", flat=True)) for m in SCOPED}


def of_the_database(user: User) -> Answers:
    with acting_as(user):
        return {m.__name__: set(m.objects.values_list("pk", flat=True)) for m in SCOPED}


def counts(user: User) -> dict[str, int]:
    python, database = of_python(user), of_the_database(user)
    assert python == database
    return {name: len(found) for name, found in database.items()}


NOTHING = {"Meeting": 0, "Move": 0, "AgendaItem": 0, "Decision": 0}
EVERYTHING = {"Meeting": 1, "Move": 2, "AgendaItem": 1, "Decision": 1}


@pytest.fixture
def held(chair: User, case: Case) -> Meeting:
    meeting = open_review(chair, case)
    decide(chair, meeting)
    return finish(chair, meeting)


@pytest.mark.parametrize("who", PEOPLE)
def test_both_walls_agree_for(world: World, held: Meeting, who: str) -> None:
    sees = {"coordinator", "hub_minutes", "social_worker"}
    assert counts(getattr(world, who)) == (EVERYTHING if who in sees else NOTHING)


@pytest.mark.parametrize("situation", SITUATIONS, ids=str)
def test_both_walls_agree_however_somebody_stands_to_the_case(
    world: World, chair: User, held: Meeting, case: Case, situation: Situation
) -> None:
    situation.arrange(world, case)
    viewer = User.objects.get(pk=situation.viewer(world).pk)
    seen = counts(viewer)
    sees_case = situation.verb is not None
    assert seen["AgendaItem"] == int(sees_case)
    assert seen["Decision"] == int(sees_case and Section.PLAN.value in situation.sections)
    of_the_hub = any(team.pk == world.hub.pk for team in viewer.teams)
    assert seen["Meeting"] == int(sees_case or of_the_hub)
    assert seen["Move"] == 2 * seen["Meeting"]


def test_who_is_kept_out_of_the_case_sees_neither_item_nor_decision(
    world: World, held: Meeting, case: Case
) -> None:
    for user, left in (
        (world.social_worker, NOTHING),
        (world.hub_minutes, {**NOTHING, "Meeting": 1, "Move": 2}),
    ):
        with acting_as(world.coordinator):
            exclude(case_id=case.pk, user=user, reason="Family", actor=world.coordinator)
        assert counts(user) == left


def test_a_share_of_another_section_shows_the_item_and_no_decision(
    world: World, held: Meeting, case: Case
) -> None:
    share(world, case, team=world.health, sections=(Section.HEALTH,))
    assert counts(world.nurse) == {**EVERYTHING, "Decision": 0}
    share(world, case, team=world.health, sections=(Section.PLAN,))
    assert counts(world.nurse) == EVERYTHING


def test_a_sealed_case_leaves_the_hub_only_the_meeting(world: World, held: Meeting, case: Case) -> None:
    make(case, Visibility.SEALED)
    assert counts(world.coordinator) == {**NOTHING, "Meeting": 1, "Move": 2}
    assert counts(world.social_worker) == NOTHING


def test_an_account_that_is_no_longer_active_sees_nothing(world: World, chair: User, held: Meeting) -> None:
    for user in (world.social_worker, chair):
        with as_owner():
            User.objects.filter(pk=user.pk).update(is_active=False)
        user.refresh_from_db()
        assert counts(user) == NOTHING


def raw_meeting(world: World, by: User, **changed: Any) -> None:
    terms: dict[str, Any] = {"area": world.area, "chair": by, "opened_by": by}
    Meeting.objects.create(held_on=clock.today(), starts_at=time(10), **{**terms, **changed})


def test_only_a_chair_of_the_hub_puts_a_meeting_there(world: World, chair: User) -> None:
    elsewhere = make_user("Nash Quay", world.other_hub, Role.CHAIR)
    outside_the_hub = make_user("Una Birch", world.social_work, Role.CHAIR)
    for user in (world.coordinator, world.hub_minutes, world.social_worker, elsewhere, outside_the_hub):
        with acting_as(user), refused(POLICY):
            raw_meeting(world, user)
    with acting_as(chair), refused(POLICY):
        raw_meeting(world, chair, opened_by=world.coordinator)
    with acting_as(chair), refused(POLICY):
        raw_meeting(world, chair, status="held", closed_at=clock.now(), closed_by=chair)


def test_a_chair_whose_membership_has_ended_is_none(world: World, chair: User, case: Case) -> None:
    with as_owner():
        chair.memberships.update(ends_on=clock.today())
    with acting_as(chair), refused(POLICY):
        raw_meeting(world, chair)


def item(meeting: Meeting, case: Case, originator: Any) -> AgendaItem:
    return AgendaItem(meeting=meeting, case=case, position=2, question="x", originator=originator)


def test_no_case_is_put_on_a_meeting_by_others_or_from_elsewhere(
    world: World, chair: User, case: Case
) -> None:
    meeting, second = open_review(chair, case), make_case(world, name="Wren Harbour")
    for user, team in (
        (world.coordinator, world.hub),
        (world.social_worker, world.social_work),
        (world.nurse, world.health),
    ):
        with acting_as(user), refused(POLICY):
            item(meeting, second, team).save(force_insert=True)
    with as_owner():
        Case.objects.filter(pk=second.pk).update(area=world.other_area)
    with acting_as(chair), refused(POLICY):
        item(meeting, second, world.hub).save(force_insert=True)
    hidden = make_case(world, name="Lou Penny")
    make(hidden, Visibility.SEALED)
    with acting_as(chair), refused(POLICY):
        item(meeting, hidden, world.hub).save(force_insert=True)


def raw_decision(meeting: Meeting, about: Case, by: User, originator: Any, **changed: Any) -> None:
    terms: dict[str, Any] = {"text": "x", "decided_on": clock.today(), "section": Section.PLAN}
    terms |= {"recorded_by": by, "originator": originator, "case": about, **changed}
    Decision.objects.create(item=item_of(meeting), **terms)


def test_only_a_chair_decides_and_only_about_the_case_of_the_item(
    world: World, chair: User, case: Case
) -> None:
    meeting, other = open_review(chair, case), make_case(world, name="Wren Harbour")
    for user, team in ((world.coordinator, world.hub), (world.social_worker, world.social_work)):
        with acting_as(user), refused(POLICY):
            raw_decision(meeting, case, user, team)
    with acting_as(chair):
        for changed in ({"case": other}, {"recorded_by": world.coordinator}):
            with refused(POLICY):
                raw_decision(meeting, case, chair, world.hub, **changed)
        raw_decision(meeting, case, chair, world.hub)


def test_nothing_is_added_to_a_review_that_has_ended(
    world: World, chair: User, held: Meeting, case: Case
) -> None:
    with acting_as(chair):
        with refused(POLICY):
            raw_decision(held, case, chair, world.hub)
        with refused(POLICY):
            item(held, make_case(world, name="Wren Harbour"), world.hub).save(force_insert=True)
        with refused(POLICY):
            Move.objects.create(meeting=held, before="held", after="planned", actor=chair)
        assert (
            Meeting.objects.filter(pk=held.pk).update(status="planned", closed_at=None, closed_by=None) == 0
        )


WRONG: list[Callable[[Meeting, User], object]] = [
    lambda meeting, _: Meeting.objects.filter(pk=meeting.pk).update(held_on=clock.today()),
    lambda meeting, _: Meeting.objects.filter(pk=meeting.pk).update(area=meeting.area_id),
    lambda meeting, _: AgendaItem.objects.filter(meeting=meeting).update(question="x"),
    lambda meeting, _: Decision.objects.filter(item__meeting=meeting).update(text="x"),
    lambda meeting, _: Move.objects.filter(meeting=meeting).update(after="planned"),
    lambda meeting, _: Move.objects.filter(meeting=meeting).delete(),
]


@pytest.mark.parametrize("write", WRONG)
def test_what_was_written_stays_as_it_was_written(
    chair: User, held: Meeting, write: Callable[[Meeting, User], object]
) -> None:
    with acting_as(chair), refused("permission denied"):
        write(held, chair)


def test_nobody_ends_a_meeting_in_the_name_of_another(world: World, chair: User, case: Case) -> None:
    meeting = open_review(chair, case)
    ended = {"status": "held", "closed_at": clock.now()}
    with acting_as(chair), refused(POLICY):
        Meeting.objects.filter(pk=meeting.pk).update(**ended, closed_by=world.coordinator)
    with acting_as(world.coordinator):
        assert Meeting.objects.filter(pk=meeting.pk).update(**ended, closed_by=world.coordinator) == 0


def test_a_team_that_coordinates_sees_the_review_and_does_not_run_it(
    world: World, chair: User, case: Case
) -> None:
    share(world, case, team=world.school, verb=Verb.COORDINATE)
    meeting = open_review(chair, case)
    act(chair, decide(chair, meeting), world)
    assert counts(world.school_lead) == {**EVERYTHING, "Move": 1}

"""Agreeing, closing and handing over an action: what each leaves behind, and what each refuses."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cases.chronology.models import EntryPart
from cases.plans.models import AgreedAction
from cases.plans.owners import possible_owners
from cases.records.models import Case
from cases.records.services import exclude
from foundation.access.words import Section, Verb, Visibility
from foundation.accounts.models import Membership
from foundation.accounts.roles import Role
from foundation.audit.models import AuditEvent
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.access.situations import make, share
from tests.factories import World, make_case, make_user, reread
from tests.plans.acts import TEXT, agree, hand_over, in_days


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world)


def entries(case: Case) -> list[tuple[str, str, str]]:
    """Title, words and section of each entry, in the order in which they were written."""
    with as_owner():
        parts = EntryPart.objects.filter(case=case).order_by("entry__recorded_at")
        return list(parts.values_list("entry__title", "text", "section"))


def test_an_action_says_who_does_what_by_when_and_who_agreed_it(world: World, case: Case) -> None:
    source = uuid.uuid4()
    action = agree(world, case, told_child=True, source_id=source)
    assert (action.text, action.owner, action.team) == (TEXT, world.social_worker, world.social_work)
    assert (action.due_on, action.told_child, action.source_id) == (in_days(7), True, source)
    assert (action.agreed_on, action.agreed_by, action.section) == (
        clock.today(),
        world.coordinator,
        Section.PLAN,
    )
    assert action.is_open
    assert action.originator == world.hub


def test_agreeing_stands_in_the_chronology_for_those_who_read_the_plan(world: World, case: Case) -> None:
    agree(world, case, told_child=True)
    ((title, words, section),) = entries(case)
    assert (title, section) == ("Action agreed", Section.PLAN)
    for said in (TEXT, "Sol Vane, East team", clock.spoken(in_days(7)), "was told that we would do this"):
        assert said in words
    share(world, case, team=world.school, sections=(Section.CHRONOLOGY,))
    share(world, case, team=world.health, sections=(Section.PLAN,))
    for viewer, seen in ((world.school_lead, 0), (world.nurse, 1)):
        with acting_as(viewer):
            assert EntryPart.objects.visible_to(viewer).filter(case=case).count() == seen
            assert AgreedAction.objects.visible_to(viewer).count() == seen


def test_the_same_page_sent_twice_agrees_once(world: World, case: Case) -> None:
    chosen = uuid.uuid4()
    first = agree(world, case, action_id=chosen)
    again = agree(world, case, action_id=chosen, text=f" {TEXT} ")
    assert first == again
    assert len(entries(case)) == 1
    with as_owner():
        assert AuditEvent.objects.filter(action="agree an action").count() == 1


@pytest.mark.parametrize("changed", [{"text": "Ask the police tonight"}, {"told_child": True}, {"due_on": 8}])
def test_the_same_page_with_other_words_is_refused_and_not_taken_for_saved(
    world: World, case: Case, changed: dict[str, Any]
) -> None:
    chosen = uuid.uuid4()
    agree(world, case, action_id=chosen)
    if "due_on" in changed:
        changed = {"due_on": in_days(changed["due_on"])}
    with pytest.raises(RuleBroken, match="saved already, and what stands differs"):
        agree(world, case, action_id=chosen, **changed)
    assert len(entries(case)) == 1


def test_without_a_chosen_id_two_actions_are_two(world: World, case: Case) -> None:
    assert agree(world, case) != agree(world, case)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"text": "  "}, "Say what will be done"),
        ({"due_on": -1}, "has passed"),
        ({"due_on": 2000}, "Check the year"),
    ],
)
def test_an_action_without_words_or_with_a_wrong_day_is_refused(
    world: World, case: Case, changed: dict[str, object], sentence: str
) -> None:
    day = changed.pop("due_on", None)
    with pytest.raises(RuleBroken, match=sentence):
        agree(world, case, due_on=None if day is None else in_days(day), **changed)  # type: ignore[arg-type]
    assert entries(case) == []


def test_today_is_a_day_by_which_something_may_be_done(world: World, case: Case) -> None:
    assert agree(world, case, due_on=clock.today()).due_in_words == "today"


def test_only_who_coordinates_the_case_agrees_actions(world: World, case: Case) -> None:
    with pytest.raises(PermissionDenied, match="coordinate"):
        agree(world, case, actor=world.social_worker)
    with pytest.raises(Case.DoesNotExist):
        agree(world, case, actor=world.nurse)


def test_a_team_that_coordinates_agrees_in_its_own_name(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.COORDINATE)
    assert agree(world, case, actor=world.school_lead).originator == world.school


def test_an_owner_without_a_share_that_lets_them_add_to_the_plan_is_refused(world: World, case: Case) -> None:
    with pytest.raises(RuleBroken, match="Nora Pell cannot own this action"):
        agree(world, case, owner=world.nurse, team=world.health)
    share(world, case, team=world.health, verb=Verb.VIEW)
    share(world, case, team=world.health, verb=Verb.CONTRIBUTE, sections=(Section.HEALTH,))
    with pytest.raises(RuleBroken, match="Share the case with them first"):
        agree(world, case, owner=world.nurse, team=world.health)
    share(world, case, team=world.health, verb=Verb.CONTRIBUTE, sections=(Section.PLAN,))
    agree(world, case, owner=world.nurse, team=world.health)


def test_a_person_is_not_owner_in_a_team_that_is_not_theirs(world: World, case: Case) -> None:
    with pytest.raises(RuleBroken, match="cannot own"):
        agree(world, case, owner=world.social_worker, team=world.hub)


def test_an_owner_whose_share_ends_before_the_day_is_refused_and_offered_for_an_earlier_one(
    world: World,
) -> None:
    case = make_case(world, shared_with=())
    share(world, case, team=world.social_work, verb=Verb.CONTRIBUTE, days=8)
    with pytest.raises(
        RuleBroken, match="the share of this case with Sol Vane of East team, City Council ends before"
    ):
        agree(world, case, due_on=in_days(9))
    action = agree(world, case, due_on=in_days(7))
    with pytest.raises(RuleBroken, match=f"Sol Vane cannot own this action until {clock.spoken(in_days(9))}"):
        hand_over(
            world.coordinator, action, world.social_worker, world.social_work, due_on=in_days(9), reason="Ill"
        )
    share(world, case, user=world.social_worker, verb=Verb.CONTRIBUTE)
    hand_over(
        world.coordinator, action, world.social_worker, world.social_work, due_on=in_days(9), reason="Ill"
    )


def test_a_share_until_the_day_lasts_to_its_end(world: World) -> None:
    case = make_case(world, shared_with=())
    made = share(world, case, team=world.social_work, verb=Verb.CONTRIBUTE, days=7)
    with as_owner():
        type(made).objects.filter(pk=made.pk).update(expires_at=clock.end_of(in_days(7)))
    assert agree(world, case, due_on=in_days(7)).is_open


def owners(world: World, case: Case) -> set[str]:
    with acting_as(world.coordinator):
        return {str(owner) for owner in possible_owners(world.coordinator, case)}


def test_owners_are_those_at_work_in_the_teams_and_the_people_named(world: World, case: Case) -> None:
    hub = {"Cora Lind, Hub, City Council", "Milo Trent, Hub, City Council"}
    assert owners(world, case) == hub | {"Sol Vane, East team, City Council"}
    share(world, case, user=world.nurse, verb=Verb.CONTRIBUTE)
    assert "Nora Pell, School nursing, Community Health" in owners(world, case)
    make_user("Ivo Brand", world.social_work, Role.ANALYST)
    with as_owner():
        Membership.objects.filter(user=world.social_worker).update(ends_on=clock.today())
    assert owners(world, case) == hub | {"Nora Pell, School nursing, Community Health"}


def test_nobody_who_is_kept_out_or_has_left_is_offered(world: World, case: Case) -> None:
    with acting_as(world.coordinator):
        exclude(case_id=case.pk, user=world.social_worker, reason="Family", actor=world.coordinator)
    assert "Sol Vane, East team, City Council" not in owners(world, case)
    with as_owner():
        type(world.hub_minutes).objects.filter(pk=world.hub_minutes.pk).update(is_active=False)
    assert owners(world, case) == {"Cora Lind, Hub, City Council"}


def test_a_sealed_case_offers_the_people_named_and_no_team(world: World, case: Case) -> None:
    share(world, case, user=world.coordinator, verb=Verb.COORDINATE)
    make(case, Visibility.SEALED)
    assert owners(world, reread(case)) == {"Cora Lind, Hub, City Council"}  # type: ignore[arg-type]

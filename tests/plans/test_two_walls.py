"""Both walls agree on agreed actions, and the database refuses by itself what the services refuse."""

import uuid
from dataclasses import fields
from typing import Any

import pytest

from cases.plans.models import ActionStep, AgreedAction
from cases.records.models import Case
from cases.records.services import exclude
from foundation.access.words import Section, Verb, Visibility
from foundation.accounts.models import User
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.access.raw import POLICY
from tests.access.situations import SITUATIONS, Situation, make, share
from tests.base.sql import refused
from tests.factories import World, make_case
from tests.plans.acts import agree, close, in_days

SCOPED: list[Any] = [AgreedAction, ActionStep]
PEOPLE = [each.name for each in fields(World) if each.type is User]
Answers = dict[str, set[uuid.UUID]]


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world)


def of_python(user: User) -> Answers:
    with acting_as(user), as_owner():
        return {m.__name__: set(m.objects.visible_to(user).values_list("pk", flat=True)) for m in SCOPED}


def of_the_database(user: User) -> Answers:
    with acting_as(user):
        return {m.__name__: set(m.objects.values_list("pk", flat=True)) for m in SCOPED}


@pytest.mark.parametrize("who", PEOPLE)
def test_both_walls_agree_for(world: World, case: Case, who: str) -> None:
    action = agree(world, case)
    make_case(world, name="Wren Harbour", shared_with=())
    viewer = getattr(world, who)
    assert of_python(viewer) == of_the_database(viewer)
    seen = {"coordinator", "hub_minutes", "social_worker"}
    assert of_the_database(viewer)["AgreedAction"] == ({action.pk} if who in seen else set())


@pytest.mark.parametrize("situation", SITUATIONS, ids=str)
def test_both_walls_agree_however_somebody_stands_to_the_case(world: World, situation: Situation) -> None:
    case = make_case(world)
    agree(world, case)
    situation.arrange(world, case)
    viewer = situation.viewer(world)
    viewer = User.objects.get(pk=viewer.pk)
    python, database = of_python(viewer), of_the_database(viewer)
    assert python == database
    sees = situation.verb is not None and Section.PLAN.value in situation.sections
    assert [len(found) for found in database.values()] == [int(sees), int(sees)]


def test_who_is_kept_out_sees_no_action_even_as_its_owner(world: World, case: Case) -> None:
    agree(world, case)
    with acting_as(world.coordinator):
        exclude(case_id=case.pk, user=world.social_worker, reason="Family", actor=world.coordinator)
    assert not any(of_the_database(world.social_worker).values())
    assert not any(of_python(world.social_worker).values())


def test_an_account_that_is_no_longer_active_sees_none(world: World, case: Case) -> None:
    agree(world, case)
    with as_owner():
        User.objects.filter(pk=world.social_worker.pk).update(is_active=False)
    world.social_worker.refresh_from_db()
    assert not any(of_the_database(world.social_worker).values())
    assert not any(of_python(world.social_worker).values())


def raw(case: Case, by: User, **changed: Any) -> AgreedAction:
    """An action as the service writes it, without asking."""
    terms: dict[str, Any] = {"text": "x", "owner": by, "due_on": in_days(3), "section": Section.PLAN}
    team = by.teams[0]
    return AgreedAction(case=case, team=team, originator=team, agreed_by=by, **{**terms, **changed})


def test_who_does_not_coordinate_puts_no_action_on_a_case(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.VIEW)
    for user in (world.social_worker, world.school_lead, world.nurse, world.administrator):
        with acting_as(user), refused(POLICY):
            raw(case, user).save(force_insert=True)


def test_nobody_agrees_in_the_name_of_another_or_closes_while_agreeing(world: World, case: Case) -> None:
    closed = {"outcome": "done", "closed_at": clock.now(), "closed_by": world.coordinator}
    for changed in ({"agreed_by": world.social_worker}, {"originator": world.school}, closed):
        with acting_as(world.coordinator), refused(POLICY):
            action = raw(case, world.coordinator)
            for name, value in changed.items():
                setattr(action, name, value)
            action.save(force_insert=True)


def changed_by(user: User, action: AgreedAction, **values: Any) -> int:
    with acting_as(user):
        return AgreedAction.objects.filter(pk=action.pk).update(**values)


def test_the_owner_may_close_and_nothing_else(world: World, case: Case) -> None:
    action = agree(world, case)
    for values in ({"due_on": in_days(90)}, {"owner": world.coordinator, "team": world.hub}):
        with refused(POLICY):
            changed_by(world.social_worker, action, **values)
    signed_by_another = {"outcome": "done", "closed_at": clock.now(), "closed_by": world.coordinator}
    with refused(POLICY):
        changed_by(world.social_worker, action, **signed_by_another)
    own = {**signed_by_another, "closed_by": world.social_worker}
    assert changed_by(world.social_worker, action, **own) == 1


def test_who_owns_it_not_and_is_not_of_the_hub_changes_nothing(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.COORDINATE)
    action = agree(world, case)
    values = {"outcome": "done", "closed_at": clock.now(), "closed_by": world.school_lead}
    for user in (world.school_lead, world.nurse, world.other_coordinator):
        assert changed_by(user, action, **values) == 0


def test_a_closed_action_is_never_changed_again(world: World, case: Case) -> None:
    action = close(world.social_worker, agree(world, case))
    for user in (world.social_worker, world.coordinator):
        assert changed_by(user, action, outcome_said="Something else") == 0


@pytest.mark.parametrize("column", ["text", "case", "agreed_by", "section", "source_id", "told_child"])
def test_the_words_of_an_action_cannot_be_changed_at_all(world: World, case: Case, column: str) -> None:
    action = agree(world, case)
    value = getattr(action, f"{column}_id", None) or getattr(action, column)
    with refused("permission denied"):
        changed_by(world.coordinator, action, **{column: value})


def test_steps_are_added_only_beside_an_action_one_sees_and_never_changed(world: World, case: Case) -> None:
    action, other = agree(world, case), make_case(world, name="Wren Harbour")
    words = {"what": "closed", "owner": world.social_worker, "due_on": in_days(1), "section": Section.PLAN}
    team = world.social_work
    with acting_as(world.social_worker):
        for wrong in (
            {"case": other, "by": world.social_worker},
            {"case": case, "by": world.coordinator},
        ):
            with refused(POLICY):
                ActionStep.objects.create(action=action, originator=team, **words, **wrong)
        with refused("permission denied"):
            ActionStep.objects.filter(action=action).update(said="x")


def test_a_sealed_case_hides_its_actions_from_the_teams(world: World, case: Case) -> None:
    agree(world, case)
    make(case, Visibility.SEALED)
    for user in (world.social_worker, world.coordinator):
        assert not any(of_the_database(user).values())
        assert of_python(user) == of_the_database(user)

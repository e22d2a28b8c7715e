"""Both walls give the same answer, and it is the right one, for every relation to a case."""

import pytest
from django.contrib.auth.models import AnonymousUser

from cases.people.models import Person
from cases.records.models import Case
from foundation.access.words import Section, Verb, Visibility
from foundation.accounts.models import User
from foundation.base.pg.roles import as_owner
from tests.access.situations import SITUATIONS, Situation, make, share
from tests.access.two_walls import (
    SCOPED,
    add_part,
    asked_of_python,
    asked_of_the_database,
    part_of_each_section,
)
from tests.factories import World, make_case, subject_of


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world, shared_with=())


@pytest.fixture
def other_case(world: World) -> Case:
    """It stands beside every situation, and nobody in one should ever meet it."""
    found = make_case(world, name="Wren Harbour", shared_with=())
    make(found, Visibility.SEALED)
    return found


def allowed(verb: Verb | None) -> set[str]:
    return {each.value for each in verb.includes} if verb else set()


@pytest.mark.parametrize("situation", SITUATIONS, ids=str)
def test_both_walls_agree_on(world: World, case: Case, other_case: Case, situation: Situation) -> None:
    parts = part_of_each_section(case, world.coordinator, world.hub)
    part_of_each_section(other_case, world.coordinator, world.hub)
    situation.arrange(world, case)
    viewer = situation.viewer(world)

    python, database = (
        asked_of_python(viewer, case, other_case),
        asked_of_the_database(viewer, case, other_case),
    )

    assert python == database
    assert database[f"may {case.pk}"] == allowed(situation.verb)
    assert database[f"may {other_case.pk}"] == set()
    if situation.verb is None:
        assert {name: found for name, found in database.items() if found} == {}
    else:
        assert database["Case"] == {case.pk}
        assert database["Person"] == {subject_of(case).pk}
        assert database["EntryPart"] == {parts[section] for section in {"", *situation.sections}}
        assert len(database["Entry"]) == len(database["EntryPart"])
        assert len(database["CasePerson"]) == 1


@pytest.mark.parametrize(
    ("restricted_to", "readers"),
    [
        ((), ("originator", "named", "other")),
        (("named",), ("originator", "named")),
        (("named", "other"), ("originator", "named", "other")),
        (("elsewhere",), ("originator",)),
    ],
    ids=["nobody in particular", "one team", "two teams", "a team without a share"],
)
def test_both_walls_agree_on_a_row_kept_to_some_teams(
    world: World, case: Case, restricted_to: tuple[str, ...], readers: tuple[str, ...]
) -> None:
    teams = {
        "originator": world.health,
        "named": world.school,
        "other": world.social_work,
        "elsewhere": world.other_hub,
    }
    people = {"originator": world.nurse, "named": world.school_lead, "other": world.social_worker}
    for name in people:
        share(world, case, team=teams[name])
    part = add_part(
        case, world.nurse, world.health, restricted_to=tuple(teams[name].pk for name in restricted_to)
    )
    for name, viewer in people.items():
        python, database = asked_of_python(viewer, case), asked_of_the_database(viewer, case)
        assert python == database
        assert (part.pk in database["EntryPart"]) is (name in readers)
        assert (part.entry_id in database["Entry"]) is (name in readers)


def test_handling_gives_nothing_to_a_team_without_a_share(world: World, case: Case) -> None:
    add_part(case, world.nurse, world.health, restricted_to=(world.school.pk,))
    for viewer in (world.nurse, world.school_lead):
        python, database = asked_of_python(viewer, case), asked_of_the_database(viewer, case)
        assert python == database
        assert not database["EntryPart"]


def test_handling_and_section_must_both_admit_the_viewer(world: World, case: Case) -> None:
    share(world, case, team=world.school, sections=(Section.EDUCATION,))
    add_part(case, world.nurse, world.health, section=Section.HEALTH, restricted_to=(world.school.pk,))
    readable = add_part(
        case, world.nurse, world.health, section=Section.EDUCATION, restricted_to=(world.school.pk,)
    )
    python, database = (
        asked_of_python(world.school_lead, case),
        asked_of_the_database(world.school_lead, case),
    )
    assert python == database
    assert database["EntryPart"] == {readable.pk}


@pytest.mark.parametrize("viewer", ["coordinator", "nurse"])
def test_a_person_in_no_case_is_seen_by_who_made_the_record(world: World, viewer: str) -> None:
    with as_owner():
        person = Person.objects.create(name="Robin Fable", made_by=world.coordinator)
    user: User = getattr(world, viewer)
    python, database = asked_of_python(user), asked_of_the_database(user)
    assert python == database
    assert database["Person"] == ({person.pk} if user == world.coordinator else set())


def test_who_made_the_record_loses_it_with_the_case(world: World, case: Case) -> None:
    make(case, Visibility.SEALED)
    python, database = (
        asked_of_python(world.coordinator, case),
        asked_of_the_database(world.coordinator, case),
    )
    assert python == database
    assert database["Person"] == set()


def test_a_person_linked_to_a_hidden_row_of_a_visible_case_stays_hidden(world: World, case: Case) -> None:
    share(world, case, team=world.school, sections=(Section.EDUCATION,))
    child = subject_of(case)
    with as_owner():
        brother = Person.objects.create(name="Ash Fable", made_by=world.coordinator)
        brother.standings.create(case=case, standing="linked", section=Section.FAMILY)
    python, database = (
        asked_of_python(world.school_lead, case),
        asked_of_the_database(world.school_lead, case),
    )
    assert python == database
    assert database["Person"] == {child.pk}


def test_both_walls_agree_on_an_account_that_is_no_longer_active(world: World, case: Case) -> None:
    share(world, case, user=world.school_lead, verb=Verb.COORDINATE)
    with as_owner():
        User.objects.filter(pk=world.school_lead.pk).update(is_active=False)
    world.school_lead.refresh_from_db()
    python, database = (
        asked_of_python(world.school_lead, case),
        asked_of_the_database(world.school_lead, case),
    )
    assert not any(python.values())
    assert python == database


def test_nobody_sees_nothing(world: World, case: Case) -> None:
    with as_owner():
        for user in (AnonymousUser(), None):
            assert {model.__name__: model._default_manager.visible_to(user).count() for model in SCOPED} == {
                model.__name__: 0 for model in SCOPED
            }

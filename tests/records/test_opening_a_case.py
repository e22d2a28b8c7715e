"""Opening a case: for the hub, for the teams chosen, and for nobody else."""

import pytest
from django.core.exceptions import PermissionDenied

from cases.people.models import Person
from cases.people.services import add_person
from cases.records.models import Case, CaseKind, CasePerson, Involvement, Share, Standing, TeamGrant
from cases.records.services import ShareTerms, name_lead, open_case
from foundation.access.words import Verb
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.factories import World, make_case, reread


@pytest.fixture
def child(world: World) -> Person:
    with acting_as(world.coordinator):
        return add_person(
            name="Robin Fable", known_as="Rob", born_on=None, school="", actor=world.coordinator
        )


def opened(world: World, child: Person, *shares: ShareTerms) -> Case:
    with acting_as(world.coordinator):
        return open_case(
            area=world.area,
            kind=CaseKind.CHILD,
            subject=child,
            shares=shares,
            actor=world.coordinator,
            purpose="To decide and coordinate",
        )


def to(team: object, **more: object) -> ShareTerms:
    return ShareTerms(team=team, purpose="To keep the child safe", lawful_basis="public_task", **more)  # type: ignore[arg-type]


def test_a_case_is_shared_with_its_hub_and_the_teams_chosen(world: World, child: Person) -> None:
    case = opened(world, child, to(world.social_work), to(world.school, verb=Verb.VIEW))
    with acting_as(world.coordinator):
        shares = {share.team_id: share.verb for share in Share.objects.filter(case=case)}
        assert shares == {
            world.hub.pk: Verb.COORDINATE,
            world.social_work.pk: Verb.CONTRIBUTE,
            world.school.pk: Verb.VIEW,
        }
        assert set(Involvement.objects.filter(case=case).values_list("team_id", flat=True)) == set(shares)
        standing = CasePerson.objects.get(case=case)
        assert (standing.person, standing.standing, standing.originator) == (
            child,
            Standing.SUBJECT,
            world.hub,
        )
    assert case.opened_by == world.coordinator
    assert case.reference.startswith("C-")


def test_the_grants_are_the_sum_of_the_shares(world: World, child: Person) -> None:
    case = opened(world, child, to(world.social_work))
    with acting_as(world.coordinator):
        held = set(
            TeamGrant.objects.filter(content_object=case).values_list("group_id", "permission__codename")
        )
    assert held == {
        (world.hub.pk, "view_case"),
        (world.hub.pk, "contribute_case"),
        (world.hub.pk, "coordinate_case"),
        (world.social_work.pk, "view_case"),
        (world.social_work.pk, "contribute_case"),
    }


def test_a_share_with_the_hub_itself_is_not_made_twice(world: World, child: Person) -> None:
    case = opened(world, child, to(world.hub, verb=Verb.VIEW))
    with acting_as(world.coordinator):
        assert Share.objects.filter(case=case).count() == 1


def test_a_person_can_be_named_from_the_beginning(world: World, child: Person) -> None:
    terms = ShareTerms(
        user=world.nurse, purpose="To keep the child safe", lawful_basis="public_task", verb=Verb.VIEW
    )
    case = opened(world, child, terms)
    with acting_as(world.nurse):
        assert Case.objects.visible_to(world.nurse).get() == case


def test_an_incomplete_share_opens_nothing(world: World, child: Person) -> None:
    with pytest.raises(RuleBroken, match="what the share is for"):
        opened(world, child, ShareTerms(team=world.school, purpose=" ", lawful_basis="public_task"))
    with as_owner():
        assert (Case.objects.count(), Share.objects.count(), TeamGrant.objects.count()) == (0, 0, 0)


def test_only_the_areas_coordinator_opens_a_case(world: World, child: Person) -> None:
    for actor in (world.hub_minutes, world.other_coordinator, world.executive):
        with pytest.raises(PermissionDenied, match="hub team for Bristol"), acting_as(actor):
            open_case(
                area=world.area, kind=CaseKind.CHILD, subject=child, shares=[], actor=actor, purpose="x"
            )


def test_the_lead_is_named_by_a_coordinator(world: World) -> None:
    case = make_case(world)
    with acting_as(world.coordinator):
        name_lead(
            case_id=case.pk, professional=world.social_worker, agency=world.council, actor=world.coordinator
        )
    now = reread(case)
    assert (now.lead_professional_id, now.lead_agency_id) == (world.social_worker.pk, world.council.pk)  # type: ignore[attr-defined]
    assert now.updated_at > case.updated_at  # type: ignore[attr-defined]


def test_the_lead_of_a_hidden_case_cannot_be_named(world: World) -> None:
    case = make_case(world)
    with pytest.raises(Case.DoesNotExist), acting_as(world.nurse):
        name_lead(case_id=case.pk, professional=world.nurse, agency=world.council, actor=world.nurse)


def test_the_list_names_the_child_and_find_knows_name_and_reference(world: World) -> None:
    case = make_case(world, name="Robin Fable")
    make_case(world, name="Wren Harbour", shared_with=())
    with acting_as(world.social_worker):
        mine = Case.objects.visible_to(world.social_worker)
        assert str(vars(mine.with_subjects(world.social_worker).get())["subjects"][0].person) == "Robin Fable"
        for words in ("robin", "FABLE rob", case.reference.lower(), f" {case.reference} "):
            assert list(mine.about(words, world.social_worker)) == [case], words
        for words in ("wren", "robin harbour", case.reference[:6]):
            assert list(mine.about(words, world.social_worker)) == [], words

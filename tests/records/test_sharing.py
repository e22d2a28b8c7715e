"""Sharing a case, ending a share and keeping somebody out: what each changes, and whom it refuses."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cases.records.models import Case, Exclusion, ExclusionReason, Involvement, Share, TeamGrant, UserGrant
from cases.records.services import ShareTerms, end_share, exclude, share_case
from foundation.access.words import Section, Verb
from foundation.accounts.models import User
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.access.situations import end, share
from tests.factories import World, make_case


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world, shared_with=())


def sees(user: User, case: Case) -> bool:
    with acting_as(user):
        return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def share_by(actor: User, case_id: uuid.UUID, **terms: Any) -> Share:
    complete = ShareTerms(**{"purpose": "To keep the child safe", "lawful_basis": "public_task", **terms})
    with acting_as(actor):
        return share_case(case_id=case_id, terms=complete, actor=actor)


def test_a_share_opens_the_case_to_a_team_at_once(world: World, case: Case) -> None:
    assert not sees(world.nurse, case)
    made = share_by(world.coordinator, case.pk, team=world.health, necessity="Injuries", family_told=True)
    assert sees(world.nurse, case)
    assert (made.made_by, made.necessity, made.family_told) == (world.coordinator, "Injuries", True)
    with acting_as(world.nurse):
        assert Involvement.objects.filter(case=case, team=world.health, ended_on=None).exists()


def test_a_share_with_a_person_is_theirs_alone(world: World, case: Case) -> None:
    share_by(world.coordinator, case.pk, user=world.school_lead)
    assert sees(world.school_lead, case)
    assert not sees(world.school_colleague, case)


def test_a_second_share_makes_no_second_involvement(world: World, case: Case) -> None:
    for verb in (Verb.VIEW, Verb.CONTRIBUTE):
        share_by(world.coordinator, case.pk, team=world.health, verb=verb)
    with acting_as(world.coordinator):
        assert Involvement.objects.filter(case=case, team=world.health).count() == 1
        assert Share.objects.filter(case=case, team=world.health).count() == 2
        assert TeamGrant.objects.filter(content_object=case, group_id=world.health.pk).count() == 2


def test_of_two_shares_of_the_same_the_longer_counts(world: World, case: Case) -> None:
    share(world, case, team=world.health, days=3)
    share(world, case, team=world.health, days=30)
    with acting_as(world.coordinator):
        (until,) = TeamGrant.objects.filter(content_object=case, group_id=world.health.pk).values_list(
            "expires_at", flat=True
        )
        assert until is not None
        assert until > clock.now() + timedelta(days=29)
    share(world, case, team=world.health)
    with acting_as(world.coordinator):
        assert TeamGrant.objects.get(content_object=case, group_id=world.health.pk).expires_at is None


def test_a_short_share_of_all_does_not_lengthen_a_long_share_of_a_part(world: World, case: Case) -> None:
    share(world, case, team=world.health, days=3)
    share(world, case, team=world.health, sections=(Section.HEALTH,), days=300)
    with acting_as(world.coordinator):
        held = TeamGrant.objects.filter(content_object=case, group_id=world.health.pk)
        spans = {tuple(g.sections): g.expires_at - clock.now() for g in held if g.expires_at}
    assert spans[()] < timedelta(days=4)
    assert spans[("health",)] > timedelta(days=299)


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"purpose": "  "}, "Say what the share is for."),
        ({"family_told": False}, "Say why the child or family was not told."),
        ({"family_told": False, "not_told_because": " "}, "Say why the child or family was not told."),
        ({"expires_at": "yesterday"}, "A share cannot end in the past."),
    ],
)
def test_a_share_that_is_not_complete_is_refused_with_a_sentence(
    world: World, case: Case, terms: dict[str, Any], sentence: str
) -> None:
    if "expires_at" in terms:
        terms = {"expires_at": clock.now() - timedelta(days=1)}
    with pytest.raises(RuleBroken) as broken:
        share_by(world.coordinator, case.pk, team=world.health, **terms)
    assert str(broken.value) == sentence
    assert not sees(world.nurse, case)


@pytest.mark.parametrize("basis", ["", "because"])
def test_a_share_needs_a_lawful_basis_from_the_list(world: World, case: Case, basis: str) -> None:
    with pytest.raises(RuleBroken):
        share_by(world.coordinator, case.pk, team=world.health, lawful_basis=basis)


def test_not_telling_the_family_is_allowed_with_a_reason(world: World, case: Case) -> None:
    made = share_by(
        world.coordinator,
        case.pk,
        team=world.health,
        family_told=False,
        not_told_because="It would not be safe",
    )
    assert made.not_told_because == "It would not be safe"


def test_ending_a_share_is_effective_at_once(world: World, case: Case) -> None:
    made = share(world, case, team=world.health)
    end(world, made)
    assert not sees(world.nurse, case)
    with as_owner():
        made.refresh_from_db()
        assert (made.ended_by, made.ended_at is not None) == (world.coordinator, True)
        assert Involvement.objects.get(case=case, team=world.health).ended_on == clock.today()
        assert not TeamGrant.objects.filter(group_id=world.health.pk).exists()


def test_ending_one_of_two_shares_leaves_the_team_involved(world: World, case: Case) -> None:
    first, second = (
        share(world, case, team=world.health, verb=Verb.CONTRIBUTE),
        share(world, case, team=world.health),
    )
    end(world, first)
    assert sees(world.nurse, case)
    with acting_as(world.nurse):
        assert Involvement.objects.get(case=case, team=world.health).ended_on is None
    end(world, second)
    assert not sees(world.nurse, case)


def test_a_share_ends_once(world: World, case: Case) -> None:
    made = share(world, case, user=world.nurse)
    end(world, made)
    with pytest.raises(Share.DoesNotExist):
        end(world, made)
    with as_owner():
        assert not UserGrant.objects.exists()


def test_a_team_may_be_involved_again_after_its_share_ended(world: World, case: Case) -> None:
    end(world, share(world, case, team=world.health))
    share(world, case, team=world.health)
    assert sees(world.nurse, case)
    with as_owner():
        assert Involvement.objects.filter(case=case, team=world.health).count() == 2


def test_to_those_who_do_not_see_it_a_hidden_case_is_like_none(world: World, case: Case) -> None:
    made = share(world, case, team=world.school)
    for pk in (case.pk, uuid.uuid4()):
        with pytest.raises(Case.DoesNotExist):
            share_by(world.nurse, pk, team=world.health)
        with pytest.raises(Case.DoesNotExist), acting_as(world.nurse):
            exclude(case_id=pk, user=world.coordinator, reason="x", actor=world.nurse)
    for pk in (made.pk, uuid.uuid4()):
        with pytest.raises(Share.DoesNotExist), acting_as(world.nurse):
            end_share(share_id=pk, actor=world.nurse)


def test_who_only_adds_to_a_case_ends_no_share_of_it(world: World, case: Case) -> None:
    made = share(world, case, team=world.school, verb=Verb.CONTRIBUTE)
    with pytest.raises(PermissionDenied, match="coordinate"), acting_as(world.school_lead):
        end_share(share_id=made.pk, actor=world.school_lead)


def test_an_exclusion_beats_every_share_and_says_why(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.COORDINATE)
    with acting_as(world.coordinator):
        made = exclude(case_id=case.pk, user=world.school_lead, reason="Related", actor=world.coordinator)
    with acting_as(world.coordinator):
        assert (made.reason.text, made.made_by) == ("Related", world.coordinator)
    assert not sees(world.school_lead, case)
    assert sees(world.school_colleague, case)
    share(world, case, user=world.school_lead, verb=Verb.COORDINATE)
    assert not sees(world.school_lead, case)


def test_the_excluded_person_does_not_stand_on_anyone_elses_list(world: World, case: Case) -> None:
    with acting_as(world.coordinator):
        exclude(case_id=case.pk, user=world.school_lead, reason="Related", actor=world.coordinator)
    share(world, case, team=world.health, verb=Verb.CONTRIBUTE)
    with acting_as(world.nurse):
        assert Exclusion.objects.count() == 0


def test_the_excluded_person_cannot_read_why(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.COORDINATE)
    with acting_as(world.coordinator):
        exclude(case_id=case.pk, user=world.school_lead, reason="Named as a worry", actor=world.coordinator)
        assert ExclusionReason.objects.count() == 1
    for viewer in (world.school_lead, world.nurse):
        with acting_as(viewer):
            assert ExclusionReason.objects.count() == 0


def test_an_exclusion_needs_a_reason(world: World, case: Case) -> None:
    with pytest.raises(RuleBroken, match="conflict of interest"), acting_as(world.coordinator):
        exclude(case_id=case.pk, user=world.school_lead, reason=" ", actor=world.coordinator)


def test_whoever_coordinates_a_case_coordinates_all_of_it(world: World, case: Case) -> None:
    with pytest.raises(RuleBroken, match="sees all of it"):
        share_by(
            world.coordinator, case.pk, team=world.health, verb=Verb.COORDINATE, sections=[Section.HEALTH]
        )


def test_a_share_with_nobody_or_with_two_is_refused_with_a_sentence(world: World, case: Case) -> None:
    for holders in ({"team": world.health, "user": world.nurse}, {}):
        with pytest.raises(RuleBroken, match="one team or one person"):
            share_by(world.coordinator, case.pk, **holders)

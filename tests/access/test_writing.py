"""What may be written: asked by the services, and once more by the database when somebody goes around them."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cases.chronology.models import Entry, EntryPart, Tone
from cases.chronology.services import add_entry
from cases.records.models import (
    Case,
    Exclusion,
    Involvement,
    TeamGrant,
)
from cases.records.services import ShareTerms, exclude, name_lead, share_case
from foundation.access.words import Section, Verb
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.access.raw import POLICY, entry_by, raw_grant, raw_part, raw_share
from tests.access.situations import share
from tests.base.sql import refused, rows
from tests.factories import World, make_case


@pytest.fixture
def case(world: World) -> Case:
    """Open to the hub alone; each test shares it as it needs."""
    return make_case(world, shared_with=())


def test_who_may_add_adds(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.CONTRIBUTE)
    part = entry_by(world.school_lead, case, world.school)
    with acting_as(world.coordinator):
        assert EntryPart.objects.get() == part


def test_who_may_only_read_adds_nothing_by_either_way(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.VIEW)
    with pytest.raises(PermissionDenied, match="not add to it"):
        entry_by(world.school_lead, case, world.school)
    with acting_as(world.school_lead), refused(POLICY):
        raw_part(case, world.school_lead, world.school)


def test_who_has_no_share_cannot_tell_the_case_from_none(world: World, case: Case) -> None:
    for pk in (case.pk, uuid.uuid4()):
        with pytest.raises(Case.DoesNotExist), acting_as(world.nurse):
            add_entry(
                case_id=pk,
                title="x",
                text="x",
                happened_on=clock.today(),
                tone=Tone.WORRY,
                team=world.health,
                actor=world.nurse,
            )
    with acting_as(world.nurse), refused(POLICY):
        raw_part(case, world.nurse, world.health)


@pytest.mark.parametrize("verb", [Verb.VIEW, Verb.CONTRIBUTE])
def test_who_does_not_coordinate_shares_excludes_and_names_nothing(
    world: World, case: Case, verb: Verb
) -> None:
    share(world, case, team=world.school, verb=verb)
    actor = world.school_lead
    terms = ShareTerms(team=world.health, purpose="x", lawful_basis="public_task")
    for act in (
        lambda: share_case(case_id=case.pk, terms=terms, actor=actor),
        lambda: exclude(case_id=case.pk, user=world.nurse, reason="x", actor=actor),
        lambda: name_lead(case_id=case.pk, professional=actor, agency=world.council, actor=actor),
    ):
        with pytest.raises(PermissionDenied, match="coordinate"), acting_as(actor):
            act()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("verb", [None, Verb.VIEW, Verb.CONTRIBUTE])
@pytest.mark.parametrize(
    "write",
    [
        lambda w, c, me: raw_grant(c, Verb.VIEW, user=me),
        lambda w, c, me: raw_grant(c, Verb.COORDINATE, user=me),
        lambda w, c, me: raw_grant(c, Verb.COORDINATE, team=w.school),
        lambda w, c, me: raw_grant(c, Verb.VIEW, user=w.nurse),
        lambda w, c, me: raw_share(c, me, w.school),
        lambda w, c, me: Exclusion.objects.create(case=c, user=w.coordinator, made_by=me),
        lambda w, c, me: Involvement.objects.create(case=c, team=w.health),
    ],
    ids=[
        "own view",
        "own coordinate",
        "team's coordinate",
        "another's view",
        "share",
        "exclusion",
        "involvement",
    ],
)
def test_nobody_below_a_coordinator_lets_themselves_or_others_in(
    world: World, case: Case, verb: Verb | None, write: Callable[..., Any]
) -> None:
    if verb:
        share(world, case, team=world.school, verb=verb)
    with acting_as(world.school_lead), refused(POLICY):
        write(world, case, world.school_lead)


def test_grants_cannot_be_stretched_or_taken_from_others(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.CONTRIBUTE, sections=(Section.HEALTH,), days=3)
    share(world, case, team=world.health, verb=Verb.VIEW)
    with acting_as(world.school_lead):
        assert TeamGrant.objects.update(expires_at=None) == 0
        with refused("permission denied"):
            TeamGrant.objects.update(sections=[])
        assert TeamGrant.objects.all().delete() == (0, {})
    with as_owner():
        assert TeamGrant.objects.filter(group_id=world.health.pk, content_object=case).count() == 1


def test_an_excluded_coordinator_writes_nothing(world: World, case: Case) -> None:
    with as_owner():
        Exclusion.objects.create(case=case, user=world.coordinator, made_by=world.hub_minutes)
    with pytest.raises(Case.DoesNotExist):
        entry_by(world.coordinator, case, world.hub)
    with acting_as(world.coordinator):
        for write in (
            lambda: raw_part(case, world.coordinator, world.hub),
            lambda: raw_grant(case, Verb.VIEW, user=world.coordinator),
        ):
            with refused(POLICY):
                write()
        with as_owner():
            assert Exclusion.objects.count() == 1
        with refused("permission denied"):
            rows("DELETE FROM records_exclusion")


def test_a_section_takes_words_only_from_those_who_share_it(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.CONTRIBUTE, sections=(Section.EDUCATION,))
    with acting_as(world.school_lead):
        raw_part(case, world.school_lead, world.school, section=Section.EDUCATION)
        with refused(POLICY):
            raw_part(case, world.school_lead, world.school, section=Section.HEALTH)


def test_reading_one_section_and_adding_to_another_do_not_add_up(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.CONTRIBUTE, sections=(Section.EDUCATION,))
    share(world, case, team=world.school, verb=Verb.VIEW, sections=(Section.HEALTH,))
    with acting_as(world.school_lead), refused(POLICY):
        raw_part(case, world.school_lead, world.school, section=Section.HEALTH)


def test_the_service_refuses_another_section_with_a_sentence(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.CONTRIBUTE, sections=(Section.EDUCATION,))
    with pytest.raises(PermissionDenied):
        entry_by(world.school_lead, case, world.school, section=Section.HEALTH)


def test_nobody_writes_for_a_team_they_are_not_in(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.CONTRIBUTE)
    with acting_as(world.school_lead), refused(POLICY):
        raw_part(case, world.school_lead, world.health)
    with acting_as(world.school_lead):
        entry = Entry.objects.create(
            title="x",
            happened_on=clock.today(),
            tone=Tone.NEITHER,
            recorded_by=world.school_lead,
            recorded_for=world.school,
        )
        with refused(POLICY):
            EntryPart.objects.create(case=case, entry=entry, text="x", section="", originator=world.health)


def test_nobody_writes_as_somebody_else(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.COORDINATE)
    with acting_as(world.school_lead):
        with refused(POLICY):
            raw_part(case, world.school_lead, world.school, by=world.school_colleague)
        with refused(POLICY):
            raw_share(case, world.coordinator, world.health)

"""What of a case and its people may be changed, and by whom: the database asks even where no service does."""

import pytest
from django.core.exceptions import PermissionDenied

from cases.chronology.models import Entry, EntryPart
from cases.people.models import Person
from cases.records.models import (
    Case,
    CaseKind,
    CasePerson,
)
from cases.records.services import open_case
from foundation.access.decisions import may
from foundation.access.words import Section, Verb, Visibility
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.access.raw import POLICY, entry_by, raw_grant
from tests.access.situations import make, share
from tests.base.sql import refused, rows
from tests.factories import World, make_case, subject_of


@pytest.fixture
def case(world: World) -> Case:
    """Open to the hub alone; each test shares it as it needs."""
    return make_case(world, shared_with=())


def test_an_entry_is_never_changed_or_removed(world: World, case: Case) -> None:
    entry_by(world.coordinator, case, world.hub)
    with acting_as(world.coordinator):
        for write in (
            lambda: EntryPart.objects.update(text="x"),
            lambda: Entry.objects.update(title="x"),
            lambda: rows("DELETE FROM chronology_entrypart"),
        ):
            with refused("permission denied"):
                write()


def test_a_case_opens_only_in_the_area_of_ones_hub(world: World, case: Case) -> None:
    with as_owner():
        person = Person.objects.create(name="Robin Fable", made_by=world.other_coordinator)
    for actor in (world.other_coordinator, world.hub_minutes, world.social_worker, world.administrator):
        with pytest.raises(PermissionDenied, match="Only a coordinator of the hub"), acting_as(actor):
            open_case(
                area=world.area, kind=CaseKind.CHILD, subject=person, shares=[], actor=actor, purpose="x"
            )
    for actor in (world.other_coordinator, world.social_worker, world.administrator):
        with acting_as(actor), refused(POLICY):
            Case.objects.create(area=world.area, kind=CaseKind.CHILD, opened_by=actor)


def test_a_case_opens_only_in_ones_own_name(world: World) -> None:
    with acting_as(world.coordinator), refused(POLICY):
        Case.objects.create(area=world.area, kind=CaseKind.CHILD, opened_by=world.hub_minutes)


def test_who_opened_a_case_lets_nobody_in_once_somebody_holds_it(world: World, case: Case) -> None:
    make(case, Visibility.SEALED)
    with acting_as(world.coordinator), refused(POLICY):
        raw_grant(case, Verb.VIEW, user=world.coordinator)


def test_a_record_of_a_person_is_made_by_a_hub_and_in_ones_own_name(world: World) -> None:
    for viewer, made_by in ((world.nurse, world.nurse), (world.coordinator, world.other_coordinator)):
        with acting_as(viewer), refused(POLICY):
            Person.objects.create(name="Robin Fable", made_by=made_by)


def test_a_case_that_is_read_is_not_changed(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.VIEW)
    with acting_as(world.school_lead):
        assert Case.objects.select_for_update().get(pk=case.pk) == case
        with refused(POLICY):
            Case.objects.filter(pk=case.pk).update(updated_at=clock.now())
    with acting_as(world.nurse):
        assert Case.objects.filter(pk=case.pk).update(updated_at=clock.now()) == 0


def test_a_hidden_person_is_not_brought_into_view_by_linking_them(world: World, case: Case) -> None:
    hidden = make_case(world, name="Wren Harbour", shared_with=())
    child = subject_of(hidden)
    share(world, case, team=world.school, verb=Verb.CONTRIBUTE)
    with acting_as(world.school_lead), refused(POLICY):
        CasePerson.objects.create(case=case, person_id=child.pk, standing="linked", originator=world.school)


def test_a_hidden_entry_is_not_brought_into_view_by_adding_a_part(world: World, case: Case) -> None:
    hidden = make_case(world, name="Wren Harbour", shared_with=())
    entry = entry_by(world.coordinator, hidden, world.hub).entry_id
    share(world, case, team=world.school, verb=Verb.CONTRIBUTE)
    with acting_as(world.school_lead), refused(POLICY):
        EntryPart.objects.create(case=case, entry_id=entry, text="x", section="", originator=world.school)


def test_only_a_coordinator_changes_how_far_a_case_shows_itself(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.CONTRIBUTE)
    with acting_as(world.school_lead), refused("permission denied"):
        Case.objects.filter(pk=case.pk).update(visibility=Visibility.SIGNPOSTED)


def test_nobody_rewrites_how_a_case_began(world: World, case: Case) -> None:
    with acting_as(world.coordinator), refused("permission denied"):
        Case.objects.filter(pk=case.pk).update(opened_by=world.hub_minutes, reference="C-0000-0000")


def test_a_grant_of_some_sections_never_coordinates(world: World, case: Case) -> None:
    """The service refuses such a share; should the row be there all the same, it opens nothing more."""
    share(world, case, team=world.school, verb=Verb.CONTRIBUTE, sections=(Section.EDUCATION,))
    with as_owner():
        raw_grant(case, Verb.COORDINATE, team=world.school, sections=[Section.EDUCATION])
    with acting_as(world.school_lead):
        assert not may(world.school_lead, Verb.COORDINATE, case)
        with refused(POLICY):
            raw_grant(case, Verb.VIEW, user=world.school_lead)

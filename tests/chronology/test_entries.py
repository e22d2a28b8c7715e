"""Adding to a chronology: in whose name, about which day, and once."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cases.chronology.models import Entry, EntryPart, Tone
from cases.chronology.services import add_entry
from cases.records.models import Case
from foundation.access.words import Section, Verb
from foundation.accounts.models import User
from foundation.audit.models import AuditEvent
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.access.situations import share
from tests.factories import World, make_case, reread

NOON = datetime(2099, 3, 4, 12, tzinfo=UTC)  # when everybody has long been a member of their team


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world)


def add(actor: User, case: Case, **changed: Any) -> EntryPart:
    words: dict[str, Any] = {
        "title": "Seen at the bus station",
        "text": "With two older people, late.",
        "happened_on": date(2026, 3, 3),
        "tone": Tone.WORRY,
        "team": actor.teams[0],
        **changed,
    }
    with acting_as(actor):
        return add_entry(case_id=case.pk, actor=actor, **words)


def test_an_entry_says_what_happened_when_who_wrote_it_and_for_whom(world: World, case: Case) -> None:
    with clock.set_to(NOON):
        part = add(world.social_worker, case, told_by="The school", is_significant=True)
    entry = part.entry
    assert (entry.title, entry.happened_on, entry.tone) == (
        "Seen at the bus station",
        date(2026, 3, 3),
        Tone.WORRY,
    )
    assert (entry.recorded_at, entry.recorded_by, entry.recorded_for) == (
        NOON,
        world.social_worker,
        world.social_work,
    )
    assert (entry.told_by, entry.is_significant) == ("The school", True)
    assert (part.text, part.section, part.originator) == (
        "With two older people, late.",
        Section.CHRONOLOGY,
        world.social_work,
    )


def test_an_entry_moves_the_case_to_the_top(world: World, case: Case) -> None:
    with clock.set_to(NOON):
        add(world.social_worker, case)
    assert reread(case).updated_at == NOON  # type: ignore[attr-defined]


def test_everyone_who_shares_the_case_reads_it_and_nobody_else(world: World, case: Case) -> None:
    part = add(world.social_worker, case)
    for viewer, seen in (
        (world.coordinator, 1),
        (world.social_worker, 1),
        (world.nurse, 0),
        (world.executive, 0),
    ):
        with acting_as(viewer):
            assert EntryPart.objects.visible_to(viewer).filter(pk=part.pk).count() == seen
            assert Entry.objects.visible_to(viewer).count() == seen


def test_a_day_to_come_is_refused_and_today_is_not(world: World, case: Case) -> None:
    with clock.set_to(NOON):
        with pytest.raises(RuleBroken, match="in the future"):
            add(world.social_worker, case, happened_on=date(2099, 3, 5))
        add(world.social_worker, case, happened_on=date(2099, 3, 4))


def test_nobody_writes_in_the_name_of_another_team(world: World, case: Case) -> None:
    with pytest.raises(RuleBroken, match="a team you work in"):
        add(world.social_worker, case, team=world.school)


def test_reading_is_not_adding(world: World, case: Case) -> None:
    share(world, case, team=world.health, verb=Verb.VIEW)
    with pytest.raises(PermissionDenied, match="not add to it"):
        add(world.nurse, case)


def test_a_hidden_case_is_like_none(world: World, case: Case) -> None:
    with pytest.raises(Case.DoesNotExist):
        add(world.nurse, case)


def test_the_same_entry_sent_twice_is_recorded_once(world: World, case: Case) -> None:
    chosen = uuid.uuid4()
    first = add(world.social_worker, case, entry_id=chosen)
    again = add(world.social_worker, case, entry_id=chosen)
    assert first == again
    with as_owner():
        assert Entry.objects.get(pk=first.entry_id).title == "Seen at the bus station"
        assert AuditEvent.objects.filter(action="add an entry").count() == 1


@pytest.mark.parametrize(
    "changed",
    [{"title": "Typed again"}, {"text": "Alone."}, {"tone": Tone.STRENGTH}, {"told_by": "His aunt"}],
)
def test_the_same_page_with_other_words_is_refused(world: World, case: Case, changed: dict[str, Any]) -> None:
    chosen = uuid.uuid4()
    add(world.social_worker, case, entry_id=chosen)
    with pytest.raises(RuleBroken, match="saved already, and what stands differs"):
        add(world.social_worker, case, entry_id=chosen, **changed)


def test_without_a_chosen_id_two_entries_are_two(world: World, case: Case) -> None:
    assert add(world.social_worker, case) != add(world.social_worker, case)


def test_what_is_refused_leaves_nothing_behind(world: World, case: Case) -> None:
    for wrong in ({"team": world.school}, {"happened_on": date(2999, 1, 1)}):
        with pytest.raises(RuleBroken):
            add(world.social_worker, case, **wrong)
    with as_owner():
        assert (Entry.objects.count(), EntryPart.objects.count()) == (0, 0)
        assert not AuditEvent.objects.filter(action="add an entry").exists()


def test_an_entry_says_nothing_of_itself_in_a_log_line(world: World, case: Case) -> None:
    part = add(world.social_worker, case)
    assert str(part.entry) == str(part.entry_id)

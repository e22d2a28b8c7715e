"""Two people act on one case at the same moment: the lock lets one through, then the other asks again."""

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from cases.chronology.models import Entry, EntryPart, Tone
from cases.chronology.services import add_entry
from cases.records.models import Case, Share, TeamGrant
from cases.records.services import ShareTerms, end_share, share_case
from foundation.access.words import Verb
from foundation.accounts.models import Team, User
from foundation.audit.models import AuditEvent
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.base.sql import scalar
from tests.factories import World, make_case, make_world

SOMEBODY_WAITS = """SELECT count(*) FROM pg_locks w JOIN pg_stat_activity a USING (pid)
    WHERE NOT w.granted AND a.datname = current_database()"""
pytestmark = pytest.mark.django_db(transaction=True)


def both_at_once(world: World, *acts: Callable[[], Any]) -> list[Any]:
    """What each answered or raised; all begin together, each on a connection of its own."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            with acting_as(world.coordinator):
                gate.wait(timeout=10)
                return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def write(actor: User, case: Case, team: Team, entry_id: uuid.UUID | None = None) -> EntryPart:
    return add_entry(
        case_id=case.pk,
        title="Seen",
        text="x",
        happened_on=clock.today(),
        tone=Tone.WORRY,
        team=team,
        actor=actor,
        entry_id=entry_id,
    )


def test_two_shares_with_one_team_leave_one_grant_for_each_verb() -> None:
    world = make_world()
    case = make_case(world, shared_with=())
    terms = ShareTerms(team=world.health, purpose="x", lawful_basis="public_task", verb=Verb.VIEW)

    def act() -> Share:
        return share_case(case_id=case.pk, terms=terms, actor=world.coordinator)

    answers = both_at_once(world, act, act)
    assert all(isinstance(each, Share) for each in answers)
    with as_owner():
        assert TeamGrant.objects.filter(content_object=case, group_id=world.health.pk).count() == 1
        assert case.involvements.filter(team=world.health).count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_the_same_entry_sent_twice_at_once_is_recorded_once(attempt: int) -> None:
    world = make_world()
    case = make_case(world)
    entry_id = Entry().pk

    def act() -> EntryPart:
        return write(world.coordinator, case, world.hub, entry_id=entry_id)

    first, second = both_at_once(world, act, act)
    assert first == second
    with as_owner():
        assert (Entry.objects.count(), EntryPart.objects.count()) == (1, 1)
        assert AuditEvent.objects.filter(action="add an entry").count() == 1


def behind_the_lock(
    world: World, case: Case, first: Callable[[], Any], second: Callable[[], Any]
) -> list[Any]:
    """`first` acts while it holds the case; `second` began meanwhile and has its turn afterwards."""
    held = threading.Event()

    def hold_and_act() -> Any:
        with transaction.atomic():
            Case.objects.select_for_update().get(pk=case.pk)
            held.set()
            while not scalar(SOMEBODY_WAITS):
                pass
            return first()

    def wait_and_act() -> Any:
        held.wait(timeout=10)
        return second()

    return both_at_once(world, hold_and_act, wait_and_act)


def test_two_who_end_one_share_end_it_once() -> None:
    world = make_world()
    case = make_case(world)
    with as_owner():
        made = Share.objects.get(case=case, team=world.social_work)

    def act() -> Share:
        return end_share(share_id=made.pk, actor=world.coordinator)

    first, second = behind_the_lock(world, case, act, act)
    assert isinstance(first, Share)
    assert isinstance(second, Share.DoesNotExist)
    with as_owner():
        assert AuditEvent.objects.filter(action="end a share").count() == 1


def test_a_right_that_ends_while_one_waits_for_the_lock_is_gone_when_ones_turn_comes() -> None:
    world = make_world()
    case = make_case(world)

    def end_it() -> Share:
        return end_share(
            share_id=Share.objects.get(case=case, team=world.social_work).pk, actor=world.coordinator
        )

    def write_too_late() -> EntryPart:
        with acting_as(world.social_worker):
            return write(world.social_worker, case, world.social_work)

    first, second = behind_the_lock(world, case, end_it, write_too_late)
    assert isinstance(first, Share)
    assert isinstance(second, PermissionDenied | Case.DoesNotExist)
    with as_owner():
        assert EntryPart.objects.count() == 0

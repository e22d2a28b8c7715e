"""The deadline of a proposal: opened, moved, met and cancelled with what is said of it."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from actionplan import obligation
from actionplan.models import Lifecycle, Rating
from actionplan.services import PlanRow
from foundation.accounts.models import Membership, User
from foundation.accounts.roles import Role
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.deadlines.models import Deadline, Notice, State
from foundation.deadlines.sweep import sweep
from tests.actionplan.plans import import_as, make_plan, stored, update
from tests.deadlines.duties import name_manager
from tests.factories import World, make_user

SOON = date(2030, 3, 31)
LATER = date(2030, 6, 30)


@pytest.fixture
def chair(world: World) -> User:
    make_plan(world)
    return make_user("Cass Ember", world.hub, Role.CHAIR)


def owed() -> Deadline | None:
    """What is open; None where nothing is."""
    with as_owner():
        found = Deadline.objects.filter(kind="proposal", state=State.OPEN)
        return found.select_related("owner", "team", "asked_by").first()


def states() -> list[str]:
    with as_owner():
        return list(
            Deadline.objects.filter(kind="proposal").order_by("opened_at").values_list("state", flat=True)
        )


def test_it_begins_once_there_is_a_person_and_a_date(world: World, chair: User) -> None:
    update(world.plan_lead, lead="Harbour office", by_when=SOON)
    assert owed() is None

    update(world.plan_lead, lead_user=chair)

    deadline = owed()
    assert deadline
    assert (deadline.owner, deadline.team, deadline.asked_by) == (chair, world.hub, world.office)
    assert clock.day_of(deadline.due_at) == SOON
    assert deadline.reference == "No. 1"
    assert deadline.scope_id == stored().pk


def test_it_moves_with_the_date_and_with_the_person(world: World, chair: User) -> None:
    update(world.plan_lead, lead_user=chair, by_when=SOON)
    update(world.plan_lead, by_when=LATER, reason="The boats come late.")
    update(world.plan_lead, lead_user=world.executive)

    deadline = owed()
    assert deadline
    assert (clock.day_of(deadline.due_at), deadline.owner, deadline.round) == (LATER, world.executive, 3)
    assert (deadline.team, deadline.asked_by) == (world.office, world.office)
    assert states() == [State.OPEN]


def test_an_update_that_changes_neither_leaves_it_alone(world: World, chair: User) -> None:
    update(world.plan_lead, lead_user=chair, by_when=SOON)
    update(chair, rating=Rating.ON_TRACK, reason="Begun.")

    deadline = owed()
    assert deadline
    assert deadline.round == 1


def test_it_is_met_when_the_work_is_complete_and_begins_again_if_it_is_not(world: World, chair: User) -> None:
    update(world.plan_lead, lead_user=chair, by_when=SOON)
    update(chair, rating=Rating.COMPLETE, lifecycle=Lifecycle.COMPLETE, reason="All are painted.")
    assert states() == [State.MET]

    update(world.plan_lead, rating=Rating.AT_RISK, lifecycle=Lifecycle.IN_PROGRESS, reason="One is not.")
    assert states() == [State.MET, State.OPEN]


@pytest.mark.parametrize(
    "said",
    [
        {"lead_user": None},
        {"by_when": None, "reason": "Nobody knows when."},
        {"lifecycle": Lifecycle.SUPERSEDED, "reason": "The quay plan has it."},
    ],
)
def test_it_is_cancelled_when_person_or_date_go_or_the_proposal_is_closed(
    world: World, chair: User, said: dict[str, Any]
) -> None:
    update(world.plan_lead, lead_user=chair, by_when=SOON)

    update(world.plan_lead, **said)

    assert states() == [State.CANCELLED]


def test_an_import_moves_it_too(world: World, chair: User) -> None:
    update(world.plan_lead, lead_user=chair, by_when=SOON)

    import_as(world.plan_lead, PlanRow(1, "Paint.", by_when=LATER))

    deadline = owed()
    assert deadline
    assert clock.day_of(deadline.due_at) == LATER


def test_an_import_leaves_what_it_cannot_reach_and_says_so(world: World, chair: User) -> None:
    update(world.plan_lead, lead_user=chair, by_when=SOON)
    elsewhere = make_user("Rory Quill", world.school, Role.ADMINISTRATOR)

    moved = import_as(elsewhere, PlanRow(1, "Paint.", by_when=LATER), PlanRow(2, "Mend.", by_when=LATER))
    assert (moved.held, moved.changed) == ({1: ["by_when"]}, {1: ["text"], 2: ["text", "by_when"]})
    ended = import_as(elsewhere, PlanRow(1, "Paint.", rating=Rating.COMPLETE))
    assert (ended.held, ended.changed, ended.unchanged) == ({1: ["rating"]}, {}, [1])
    proposal = stored()
    assert (proposal.text, proposal.by_when, proposal.rating) == ("Paint.", SOON, Rating.NOT_RATED)
    assert states() == [State.OPEN]


def test_a_page_that_cannot_reach_it_says_so(world: World, chair: User) -> None:
    update(world.plan_lead, lead_user=chair, by_when=SOON)
    elsewhere = make_user("Rory Quill", world.school, Role.PLAN_LEAD)

    with pytest.raises(RuleBroken, match="Another team gave proposal 1 to the person who leads it"):
        update(elsewhere, by_when=LATER, reason="The boats come late.")
    assert stored().by_when == SOON


def test_a_date_that_has_passed_is_taken(world: World, chair: User) -> None:
    update(world.plan_lead, lead_user=chair, by_when=clock.today() - timedelta(days=3))

    deadline = owed()
    assert deadline
    assert deadline.is_late


def test_my_work_names_it_to_those_who_may_read_the_plan(world: World, chair: User) -> None:
    update(world.plan_lead, lead_user=chair, by_when=SOON)
    proposal = stored()

    def rows(user: User) -> dict[uuid.UUID, obligation.WorkRow]:
        with acting_as(user):
            return dict(obligation.rows(user, [proposal.pk, uuid.uuid4()]))

    page = f"/action-plan/{proposal.plan_id}/proposals/{proposal.pk}/"
    for user, url, acts in ((chair, f"{page}update/", 1), (world.executive, page, 0)):
        row = rows(user)[proposal.pk]
        assert (row.words, row.url, len(row.acts)) == ("Proposal 1: Paint the boats", url, acts)
    assert rows(world.nurse) == {}


def test_whoever_leads_it_is_told_and_opened_again_by_them_the_plan_lead_still_asks(
    world: World, chair: User
) -> None:
    update(world.plan_lead, lead_user=chair, by_when=SOON)
    update(chair, rating=Rating.COMPLETE, lifecycle=Lifecycle.COMPLETE, reason="All are painted.")
    update(chair, rating=Rating.AT_RISK, lifecycle=Lifecycle.IN_PROGRESS, reason="One is not.")
    sweep()

    deadline = owed()
    assert deadline
    assert (deadline.team, deadline.asked_by) == (world.hub, world.office)
    with as_owner():
        told = Notice.objects.get(deadline=deadline)
    assert (told.recipient, told.instead_of) == (chair, "")
    update(world.plan_lead, by_when=LATER, reason="The boats come late.")


def test_the_date_of_a_lead_who_has_left_can_still_be_moved(world: World, chair: User) -> None:
    update(world.plan_lead, lead_user=chair, by_when=SOON)
    with as_owner():
        Membership.objects.filter(user=chair).update(ends_on=date(2020, 1, 1))

    update(world.plan_lead, by_when=LATER, reason="The boats come late.")

    deadline = owed()
    assert deadline
    assert (deadline.owner, deadline.team) == (chair, world.office)


def test_the_manager_of_the_leads_team_hears_when_it_is_late(world: World, chair: User) -> None:
    manager = name_manager(world.hub, "Mara Quist")
    past = clock.today() - timedelta(days=1)
    update(world.plan_lead, lead_user=chair, by_when=past)
    with clock.set_to(clock.now() + timedelta(days=14)):
        sweep()

    with as_owner():
        told = set(Notice.objects.values_list("slot", "recipient"))
    assert told == {("owner", chair.pk), ("team manager", manager.pk)}


def test_a_reference_fits_for_the_highest_number(world: World, chair: User) -> None:
    import_as(world.plan_lead, PlanRow(9999, "Dredge."))

    update(world.plan_lead, 9999, lead_user=chair, by_when=SOON)

    deadline = owed()
    assert deadline
    assert deadline.reference == "No. 9999"

"""What may be said of a proposal, by whom, and what is kept of it."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from actionplan.models import Lifecycle, Proposal, ProposalChange, Rating, Update
from actionplan.policies import ChangedMeanwhile
from actionplan.services import PlanRow
from foundation.accounts.models import Membership, User
from foundation.accounts.roles import PLAN_READERS, Role
from foundation.audit.models import AuditEvent
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from tests.actionplan.plans import import_as, make_elsewhere, make_plan, stored, update
from tests.factories import World, make_user

SOON = date(2030, 3, 31)
LATER = date(2030, 6, 30)
LED: dict[str, Any] = {"lead": "Harbour office", "by_when": SOON}


@pytest.fixture
def led(world: World) -> User:
    """The person who leads proposal 1: a chair, who may read the plan and keeps none."""
    make_plan(world)
    chair = make_user("Cass Ember", world.hub, Role.CHAIR)
    update(world.plan_lead, lead_user=chair, by_when=SOON)
    return chair


def changes() -> list[tuple[Any, ...]]:
    with as_owner():
        rows = ProposalChange.objects.order_by("version", "field")
        return list(rows.values_list("version", "field", "before", "after", "by__name"))


def test_a_plan_lead_names_a_lead_and_a_date_and_each_change_is_a_row_of_history(world: World) -> None:
    make_plan(world)

    update(world.plan_lead, lead_user=world.executive, lead="Harbour office", by_when=SOON)

    proposal = stored()
    assert (proposal.lead_user, proposal.lead, proposal.by_when) == (world.executive, "Harbour office", SOON)
    assert proposal.lead_name == "Edie Marsh, Harbour office"
    assert changes() == [
        (1, "by_when", "", "2030-03-31", "Paz Lorne"),
        (1, "lead", "", "Harbour office", "Paz Lorne"),
        (1, "lead_user", "", "Edie Marsh", "Paz Lorne"),
    ]


def test_the_first_date_is_kept_when_another_is_set(world: World) -> None:
    make_plan(world)
    update(world.plan_lead, by_when=SOON)
    update(world.plan_lead, by_when=LATER, reason="The boats come late.")
    update(world.plan_lead, by_when=None, reason="Nobody knows when.")

    assert (stored().by_when_first, stored().by_when) == (SOON, None)


def test_an_import_keeps_the_first_date_too(world: World) -> None:
    make_plan(world)
    for day in (SOON, LATER):
        import_as(world.plan_lead, PlanRow(1, "Paint.", by_when=day), PlanRow(7, "Dredge.", by_when=day))

    assert [(stored(n).by_when_first, stored(n).by_when) for n in (1, 7)] == [(SOON, LATER)] * 2


def test_a_status_is_kept_with_its_reason_and_counts(world: World) -> None:
    make_plan(world)

    update(world.plan_lead, **LED, rating=Rating.ON_TRACK, reason="Half are painted.")

    with as_owner():
        said = Update.objects.get()
    assert (said.rating, said.reason, said.version, said.by) == (
        Rating.ON_TRACK,
        "Half are painted.",
        1,
        world.plan_lead,
    )
    assert stored().status == Rating.ON_TRACK


def test_a_status_can_be_confirmed_with_another_reason(world: World) -> None:
    make_plan(world)
    update(world.plan_lead, rating=Rating.AT_RISK, reason="Rain.")
    update(world.plan_lead, reason="More rain.")

    with as_owner():
        assert list(Update.objects.values_list("version", "reason")) == [(2, "More rain."), (1, "Rain.")]
    assert len(changes()) == 1


def test_whoever_leads_a_proposal_says_how_it_goes(world: World, led: User) -> None:
    update(led, rating=Rating.ON_TRACK, reason="Half are painted.", progress="Six of twelve.")

    assert (stored().status, stored().progress) == (Rating.ON_TRACK, "Six of twelve.")
    assert [row[-1] for row in changes() if row[0] == 2] == ["Cass Ember"] * 2


@pytest.mark.parametrize("terms", [{"lead": "Quay office"}, {"by_when": LATER}, {"lead_user": None}])
def test_whoever_leads_a_proposal_changes_neither_lead_nor_date(
    world: World, led: User, terms: dict[str, Any]
) -> None:
    with pytest.raises(PermissionDenied, match="Only the plan lead may change who leads"):
        update(led, **terms, reason="I would rather not.")


def test_whoever_leads_one_proposal_updates_no_other(world: World, led: User) -> None:
    with pytest.raises(PermissionDenied, match="Only the plan lead, or the person who leads this proposal"):
        update(led, 2, rating=Rating.AT_RISK, reason="Holes.")


def test_a_lead_who_can_no_longer_read_does_not_update(world: World, led: User) -> None:
    with as_owner():
        Membership.objects.filter(user=led).update(ends_on=date(2020, 1, 1))
    led = User.objects.get(pk=led.pk)

    with pytest.raises(Proposal.DoesNotExist):
        update(led, rating=Rating.AT_RISK, reason="Rain.")


@pytest.mark.parametrize("role", sorted(PLAN_READERS - {Role.PLAN_LEAD}))
def test_readers_update_nothing(world: World, role: Role) -> None:
    make_plan(world)

    with pytest.raises(PermissionDenied):
        update(make_user("Rory Quill", world.office, role), rating=Rating.AT_RISK, reason="Rain.")


def test_an_administrator_who_also_reads_updates_nothing(world: World) -> None:
    make_plan(world)
    both = make_user("Rory Quill", world.office, Role.ADMINISTRATOR)
    with as_owner():
        Membership.objects.create(user=both, team=world.office, role=Role.EXECUTIVE)

    with pytest.raises(PermissionDenied):
        update(both, rating=Rating.AT_RISK, reason="Rain.")


def test_for_everyone_else_the_proposal_does_not_exist(world: World) -> None:
    make_plan(world)

    for actor in (world.social_worker, world.administrator, make_elsewhere().plan_lead):
        with pytest.raises(Proposal.DoesNotExist):
            update(actor, rating=Rating.AT_RISK, reason="Rain.")


def test_the_same_page_twice_is_one_update(world: World) -> None:
    make_plan(world)
    page: dict[str, Any] = {"update_id": uuid.uuid4(), "seen_version": 0}
    for _ in range(2):
        update(world.plan_lead, **page, rating=Rating.AT_RISK, reason="Rain.")

    assert stored().version == 1
    with as_owner():
        assert Update.objects.count() == ProposalChange.objects.count() == 1


@pytest.mark.parametrize("changed", [{"reason": "Ice."}, {"progress": "Six."}, {"rating": Rating.OFF_TRACK}])
def test_the_same_page_with_other_words_is_refused(world: World, changed: dict[str, Any]) -> None:
    make_plan(world)
    page: dict[str, Any] = {"update_id": uuid.uuid4(), "seen_version": 0}
    said: dict[str, Any] = {"rating": Rating.AT_RISK, "reason": "Rain.", "corrective_step": "Tents."}
    update(world.plan_lead, **page, **said)
    with pytest.raises(RuleBroken, match="saved already, and what stands differs"):
        update(world.plan_lead, **page, **{**said, **changed})
    assert stored().version == 1


def test_an_update_made_by_another_meanwhile_is_not_overwritten(world: World, led: User) -> None:
    update(led, rating=Rating.AT_RISK, reason="Rain.")

    with pytest.raises(ChangedMeanwhile, match="Somebody else has updated this proposal"):
        update(world.plan_lead, seen_version=1, rating=Rating.ON_TRACK, reason="Fine weather.")
    assert stored().status == Rating.AT_RISK


def test_an_import_counts_as_a_change(world: World) -> None:
    make_plan(world)
    import_as(world.plan_lead, PlanRow(1, "Paint."))

    with pytest.raises(ChangedMeanwhile):
        update(world.plan_lead, seen_version=0, progress="Begun.")


def test_an_update_is_one_row_of_audit_with_names_of_fields_and_no_words(world: World) -> None:
    plan = make_plan(world)

    update(world.plan_lead, rating=Rating.AT_RISK, reason="Rain.", progress="Begun.")

    with as_owner():
        row = AuditEvent.objects.get(action="update a proposal")
    assert (row.actor, row.scope_id, row.fields) == (world.plan_lead.pk, plan.pk, ["progress", "rating"])


def test_a_late_proposal_that_is_complete_is_late_no_more(world: World) -> None:
    make_plan(world)
    past = clock.today() - timedelta(days=41)
    update(world.plan_lead, lead="Harbour office", by_when=past)
    assert stored().days_late(clock.today()) == 41

    update(world.plan_lead, rating=Rating.COMPLETE, lifecycle=Lifecycle.COMPLETE, reason="Done on Monday.")

    assert stored().days_late(clock.today()) == 0

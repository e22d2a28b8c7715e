"""Both walls around plans, each alone: who sees, and what somebody who goes around the services may write."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction

from actionplan.models import ActionPlan, ChangeSource, Proposal, ProposalChange, Rating, Theme, Update
from foundation.accounts.models import Membership, User
from foundation.accounts.roles import Role
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import NoViewer, acting_as
from tests.access.raw import POLICY
from tests.actionplan.plans import make_elsewhere, make_plan, stored, update
from tests.base.sql import refused, rows, scalar
from tests.factories import World, make_user

MODELS: tuple[Any, ...] = (ActionPlan, Theme, Proposal, Update, ProposalChange)
SOON = date(2030, 3, 31)


@pytest.fixture
def chair(world: World) -> User:
    """Leads proposal 1 of a plan with one update, and keeps no plan."""
    make_plan(world)
    chair = make_user("Cass Ember", world.hub, Role.CHAIR)
    update(world.plan_lead, lead_user=chair, by_when=SOON)
    return chair


def asked_of_python(user: Any) -> list[int]:
    with acting_as(user), as_owner():
        return [model.objects.visible_to(user).count() for model in MODELS]


def asked_of_the_database(user: Any) -> list[int]:
    with acting_as(user):
        return [scalar(f"SELECT count(*) FROM {model._meta.db_table}") for model in MODELS]


@pytest.mark.parametrize("role", Role)
def test_both_walls_say_the_same_for_every_role(world: World, chair: User, role: Role) -> None:
    user = make_user("Rory Quill", world.school, role)

    if role == Role.ADMINISTRATOR:  # imports, and so must find what is there; no page shows it to them
        assert asked_of_python(user) == [0] * 5
        assert asked_of_the_database(user) == [1, 2, 3, 1, 2]
    else:
        assert asked_of_python(user) == asked_of_the_database(user)


def test_neither_wall_shows_anything_to_nobody_to_leavers_and_elsewhere(world: World, chair: User) -> None:
    left = make_user("Lou Fenn", world.office, Role.EXECUTIVE)
    with as_owner():
        Membership.objects.filter(user=left).update(ends_on=date(2020, 1, 1))
    closed = make_user("Cal Drew", world.office, Role.EXECUTIVE)
    with as_owner():
        User.objects.filter(pk=closed.pk).update(is_active=False)
    closed.refresh_from_db()

    for user in (AnonymousUser(), left, closed, make_elsewhere().plan_lead):
        assert asked_of_python(user) == [0] * 5
        assert asked_of_the_database(user) == [0] * 5


def test_without_a_viewer_a_look_is_an_exception(world: World) -> None:
    make_plan(world)

    with pytest.raises(NoViewer):
        Proposal.objects.count()


def test_readers_and_practitioners_write_nothing(world: World, chair: User) -> None:
    proposal = stored(2)
    for user in (world.executive, chair, world.social_worker):
        with acting_as(user):
            assert rows("UPDATE actionplan_proposal SET progress = 'x' WHERE number = 2 RETURNING 1") == []
            assert rows("UPDATE actionplan_theme SET title = 'x' RETURNING 1") == []
            assert rows("UPDATE actionplan_actionplan SET name = 'x' RETURNING 1") == []
            for write in (
                lambda user=user: ActionPlan.objects.create(
                    partnership=world.partnership, name="x", made_by=user
                ),
                lambda: Theme.objects.create(plan=proposal.plan, position=9, title="x"),
                lambda: Proposal.objects.create(plan=proposal.plan, number=9, title="x", text="x"),
                lambda user=user: raw_update(proposal, user),
                lambda user=user: raw_change(proposal, user),
            ):
                with refused(POLICY):
                    write()


def raw_update(proposal: Proposal, by: User) -> None:
    Update.objects.create(proposal=proposal, version=9, rating=Rating.ON_TRACK, by=by)


def raw_change(proposal: Proposal, by: User) -> None:
    ProposalChange.objects.create(proposal=proposal, version=9, field="lead", by=by, source=ChangeSource.PAGE)


def test_a_plan_lead_elsewhere_writes_nothing(world: World) -> None:
    make_plan(world)
    proposal = stored()
    elsewhere = make_elsewhere().plan_lead
    with acting_as(elsewhere):
        assert rows("UPDATE actionplan_proposal SET progress = 'x' RETURNING 1") == []
        with refused(POLICY):
            raw_update(proposal, elsewhere)
        with refused(POLICY):
            ActionPlan.objects.create(partnership=world.partnership, name="x", made_by=elsewhere)


def test_whoever_leads_a_proposal_writes_how_it_goes_and_not_its_terms(world: World, chair: User) -> None:
    with acting_as(chair):
        assert rows("UPDATE actionplan_proposal SET progress = 'x', rating = 'at_risk' RETURNING number") == [
            (1,)
        ]
        raw_update(stored(), chair)
        raw_change(stored(), chair)
        for terms in ("lead = 'x'", "by_when = '2031-01-01'", "title = 'x'", "text = 'x'", "theme_id = NULL"):
            with refused("only a plan lead"):
                rows(f"UPDATE actionplan_proposal SET {terms} WHERE number = 1")
        with pytest.raises(DatabaseError), transaction.atomic():
            rows("UPDATE actionplan_proposal SET lead_user_id = NULL WHERE number = 1")


def test_nobody_speaks_in_anothers_name(world: World, chair: User) -> None:
    for actor, name in ((chair, world.plan_lead), (world.plan_lead, chair)):
        with acting_as(actor):
            for write in (raw_update, raw_change):
                with refused(POLICY):
                    write(stored(), name)


def test_an_administrator_imports_and_says_no_status(world: World, chair: User) -> None:
    with acting_as(world.administrator):
        raw_change(stored(), world.administrator)
        with refused(POLICY):
            raw_update(stored(), world.administrator)


def test_a_proposal_stays_in_its_plan_under_its_number_and_history_as_it_is(
    world: World, chair: User
) -> None:
    with acting_as(world.plan_lead):
        for statement in (
            "UPDATE actionplan_proposal SET plan_id = plan_id",
            "UPDATE actionplan_proposal SET number = 9",
            "UPDATE actionplan_actionplan SET partnership_id = partnership_id",
            "UPDATE actionplan_theme SET plan_id = plan_id",
            "UPDATE actionplan_update SET reason = 'x'",
            "UPDATE actionplan_proposalchange SET after = 'x'",
            "DELETE FROM actionplan_update",
            "DELETE FROM actionplan_proposal",
        ):
            with refused("permission denied"):
                rows(statement)

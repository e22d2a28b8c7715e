"""The strategy in plain words, and plans made from words."""

import pytest
from django.core.exceptions import PermissionDenied

from actionplan import services, strategy
from actionplan.models import ActionPlan, Proposal, Rating
from foundation.audit.models import AuditEvent
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.actionplan.plans import NAME, THEMES, make_elsewhere, make_plan
from tests.factories import World


def test_the_strategy_has_6_themes_and_23_proposals_in_short_words() -> None:
    assert [len(theme.proposals) for theme in strategy.THEMES] == [4, 5, 2, 3, 6, 3]
    every = [proposal for theme in strategy.THEMES for proposal in theme.proposals]
    assert [proposal.number for proposal in every] == list(range(1, 24))
    assert all(len(proposal.title.split()) <= 8 and len(proposal.title) <= 80 for proposal in every)
    assert all(1 <= proposal.text.count(". ") + 1 <= 2 and proposal.text.endswith(".") for proposal in every)


def test_the_loaded_strategy_has_no_lead_no_date_no_progress_and_no_rating(world: World) -> None:
    make_plan(world, name=strategy.NAME, themes=strategy.THEMES)

    with as_owner():
        facts = set(Proposal.objects.values_list("lead", "by_when", "progress", "rating"))
    assert facts == {("", None, "", Rating.NOT_RATED)}
    with as_owner():
        assert Proposal.objects.count() == 23


def test_loading_leaves_one_row_of_audit(world: World) -> None:
    plan = make_plan(world)

    with as_owner():
        row = AuditEvent.objects.get(object_kind="actionplan.ActionPlan")
    assert (row.actor, row.action, row.object_id) == (world.plan_lead.pk, "add a plan", str(plan.pk))


def test_a_name_is_taken_once_in_a_partnership_whatever_its_capitals(world: World) -> None:
    make_plan(world)

    with pytest.raises(RuleBroken, match="already a plan called “Tidy harbour plan”"):
        make_plan(world, name=NAME.upper())


def test_two_partnerships_may_use_the_same_name(world: World) -> None:
    make_plan(world)
    elsewhere = make_elsewhere()
    with acting_as(elsewhere.plan_lead):
        services.load_plan(
            partnership=elsewhere.partnership, name=NAME, themes=THEMES, actor=elsewhere.plan_lead
        )

    with as_owner():
        assert ActionPlan.objects.count() == 2


def test_nobody_loads_a_plan_into_another_partnership(world: World) -> None:
    elsewhere = make_elsewhere()

    with acting_as(world.plan_lead), pytest.raises(PermissionDenied):
        services.load_plan(partnership=elsewhere.partnership, name=NAME, themes=THEMES, actor=world.plan_lead)
    with as_owner():
        assert not ActionPlan.objects.exists()

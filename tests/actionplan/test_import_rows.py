"""Bringing a plan in line with a file: what is added, what changes, what stays, and who may."""

import threading
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from actionplan.models import ActionPlan, Proposal, ProposalChange, Rating, Theme
from actionplan.services import PlanRow
from actionplan.titles import first_words
from foundation.accounts import services as accounts
from foundation.accounts.roles import Role
from foundation.audit.models import AuditEvent
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from tests.actionplan.plans import NAME, import_as, make_elsewhere, make_plan
from tests.factories import World

ADOPTED = [
    PlanRow(1, "All vessels shall be painted.", theme="On vessels"),
    PlanRow(2, "All nets shall be inspected.", theme="On vessels"),
    PlanRow(3, "The quay shall be swept.", theme="On the quay"),
]


def test_a_second_import_of_the_same_rows_changes_nothing(world: World) -> None:
    make_plan(world)

    assert str(import_as(world.plan_lead, *ADOPTED)) == "0 added, 3 changed, 0 unchanged"
    assert str(import_as(world.plan_lead, *ADOPTED)) == "0 added, 0 changed, 3 unchanged"
    with as_owner():
        assert ProposalChange.objects.count() == 3


def test_adopted_wording_replaces_the_text_keeps_our_titles_and_leaves_history(world: World) -> None:
    make_plan(world)

    import_as(world.administrator, *ADOPTED)

    with as_owner():
        nets = Proposal.objects.get(number=2)
    assert (nets.title, nets.text) == ("Mend the nets", "All nets shall be inspected.")
    with as_owner():
        change = nets.changes.get()
    assert (change.field, change.before, change.after) == (
        "text",
        "Look over every net.",
        "All nets shall be inspected.",
    )
    assert (change.by, change.source) == (world.administrator, "import")


def test_the_adopted_heading_is_kept_beside_ours(world: World) -> None:
    make_plan(world)

    assert import_as(world.plan_lead, *ADOPTED).themes_written == 2

    with as_owner():
        assert list(Theme.objects.values_list("title", "wording")) == [
            ("Boats first", "On vessels"),
            ("Then the quay", "On the quay"),
        ]


def test_a_heading_is_known_by_our_title_and_by_its_wording_whatever_the_capitals(world: World) -> None:
    make_plan(world)
    import_as(world.plan_lead, PlanRow(3, "Sweep.", theme="BOATS FIRST"))
    import_as(world.plan_lead, *ADOPTED[:2])

    result = import_as(world.plan_lead, PlanRow(3, "Sweep.", theme="ON VESSELS"))

    assert result.unchanged == [3]
    with as_owner():
        assert Theme.objects.get(title="Boats first").wording == "On vessels"


def test_a_heading_reworded_for_all_its_proposals_stays_one_theme(world: World) -> None:
    make_plan(world)
    import_as(world.plan_lead, *ADOPTED)

    result = import_as(
        world.plan_lead,
        PlanRow(1, "All vessels shall be painted.", theme="On ships"),
        PlanRow(2, "All nets shall be inspected.", theme="On ships"),
    )

    assert str(result) == "0 added, 0 changed, 2 unchanged"
    with as_owner():
        assert list(Theme.objects.values_list("wording", flat=True)) == ["On ships", "On the quay"]


def test_one_proposal_named_under_a_new_heading_moves_there_alone(world: World) -> None:
    make_plan(world)
    import_as(world.plan_lead, *ADOPTED)

    import_as(world.plan_lead, PlanRow(2, "All nets shall be inspected.", theme="On nets"))

    with as_owner():
        assert Proposal.objects.values_list("theme__title", "theme__position").get(number=2) == ("On nets", 3)
        change = ProposalChange.objects.get(field="theme")
    assert (change.before, change.after) == ("Boats first", "On nets")
    with as_owner():
        assert Proposal.objects.values_list("theme__wording").get(number=1) == ("On vessels",)


def test_empty_values_erase_nothing(world: World) -> None:
    full = PlanRow(3, "Sweep.", "On the quay", "Harbour office", date(2027, 3, 31), "Begun", Rating.AT_RISK)
    make_plan(world)
    import_as(world.plan_lead, full)

    assert import_as(world.plan_lead, PlanRow(3, "Sweep.")).unchanged == [3]

    with as_owner():
        kept = Proposal.objects.select_related("theme").get(number=3)
    assert (kept.lead, kept.by_when, kept.progress, kept.rating) == (
        "Harbour office",
        date(2027, 3, 31),
        "Begun",
        "at_risk",
    )
    assert kept.theme
    assert kept.theme.wording == "On the quay"


def test_each_changed_field_leaves_a_row(world: World) -> None:
    make_plan(world)

    result = import_as(
        world.plan_lead,
        PlanRow(3, "Sweep.", lead="Harbour office", by_when=date(2027, 3, 31), rating=Rating.ON_TRACK),
    )

    assert result.changed == {3: ["text", "lead", "by_when", "rating"]}
    with as_owner():
        assert dict(ProposalChange.objects.values_list("field", "after")) == {
            "text": "Sweep.",
            "lead": "Harbour office",
            "by_when": "2027-03-31",
            "rating": "on_track",
        }


def test_an_unknown_plan_is_made_in_the_users_partnership_with_titles_from_the_text(world: World) -> None:
    result = import_as(world.plan_lead, PlanRow(7, "Dredge the channel."), name="Channel review")

    assert result.added == [7]
    with as_owner():
        plan = ActionPlan.objects.get()
    assert (plan.name, plan.partnership) == ("Channel review", world.partnership)
    with as_owner():
        only = plan.proposals.get()
    assert (only.title, only.theme, only.rating) == ("Dredge the channel", None, Rating.NOT_RATED)


def test_titles_that_were_never_ours_follow_the_file(world: World) -> None:
    import_as(world.plan_lead, PlanRow(7, "Dredge the channel.", theme="Depth"))

    import_as(world.plan_lead, PlanRow(7, "Deepen the channel.", theme="Deep water"))

    with as_owner():
        assert Proposal.objects.values_list("title", "theme__title").get() == (
            "Deepen the channel",
            "Deep water",
        )


def test_rows_of_one_new_theme_share_it(world: World) -> None:
    import_as(world.plan_lead, PlanRow(1, "One.", theme="Tides"), PlanRow(2, "Two.", theme="tides"))

    with as_owner():
        assert Theme.objects.get().proposals.count() == 2


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Short words.", "Short words"),
        ("Two\nlines:", "Two lines"),
        ("word " * 30, "word " * 15 + "word…"),
        ("x" * 200, "x" * 79 + "…"),
        ("y" * 80, "y" * 80),
    ],
)
def test_a_title_is_made_of_whole_words_that_fit(text: str, title: str) -> None:
    assert first_words(text) == title
    assert len(first_words(text)) <= 80


def test_a_number_that_comes_twice_is_refused(world: World) -> None:
    with pytest.raises(RuleBroken, match="Proposal 4 is there 2 times"):
        import_as(world.plan_lead, PlanRow(4, "One."), PlanRow(4, "Two."))


@pytest.mark.parametrize("who", ["executive", "social_worker", "coordinator"])
def test_others_import_nothing(world: World, who: str) -> None:
    make_plan(world)

    with pytest.raises(PermissionDenied, match="Only a plan lead"):
        import_as(getattr(world, who), *ADOPTED)
    with as_owner():
        assert not ProposalChange.objects.exists()


def test_a_plan_of_the_same_name_elsewhere_is_not_touched(world: World) -> None:
    plan = make_plan(world)
    elsewhere = make_elsewhere()

    result = import_as(elsewhere.plan_lead, *ADOPTED)

    assert result.added == [1, 2, 3]
    with as_owner():
        assert not ProposalChange.objects.filter(proposal__plan=plan).exists()
        assert ActionPlan.objects.exclude(pk=plan.pk).get().partnership == elsewhere.partnership


def test_someone_who_writes_for_two_partnerships_must_name_a_plan_of_one(world: World) -> None:
    make_plan(world)
    elsewhere = make_elsewhere()
    team = elsewhere.plan_lead.teams[0]
    with as_owner():
        accounts.join_team(user=world.plan_lead, team=team, role=Role.PLAN_LEAD)
    del world.plan_lead.current_memberships

    assert import_as(world.plan_lead, *ADOPTED).changed.keys() == {1, 2, 3}
    with pytest.raises(RuleBroken, match="more than one partnership"):
        import_as(world.plan_lead, *ADOPTED, name="A plan nobody has")


def test_an_import_is_one_row_of_audit_with_names_of_fields_and_no_words(world: World) -> None:
    plan = make_plan(world)

    import_as(world.plan_lead, *ADOPTED)

    with as_owner():
        row = AuditEvent.objects.get(action="import a plan")
    assert (row.actor, row.object_id, row.fields) == (world.plan_lead.pk, str(plan.pk), ["text"])


def test_the_application_may_not_rewrite_history(world: World) -> None:
    make_plan(world)
    import_as(world.plan_lead, *ADOPTED)

    for statement in (
        "UPDATE actionplan_proposalchange SET after = 'x'",
        "DELETE FROM actionplan_proposalchange",
        "DELETE FROM actionplan_proposal",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_add_each_proposal_once(world: World) -> None:
    together = threading.Barrier(2)
    results: list[str] = []

    def run() -> None:
        try:
            together.wait(timeout=10)
            results.append(str(import_as(world.plan_lead, *ADOPTED, name=NAME)))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(results) == ["0 added, 0 changed, 3 unchanged", "3 added, 0 changed, 0 unchanged"]
    with as_owner():
        assert (ActionPlan.objects.count(), Proposal.objects.count(), Theme.objects.count()) == (1, 3, 2)

"""manage.py import_action_plan: what an operator types and reads."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from actionplan.models import ActionPlan, Proposal, ProposalChange
from foundation.accounts.roles import Role
from foundation.audit.models import AuditEvent, Outcome
from foundation.base.pg.roles import as_owner
from tests.actionplan.plans import NAME, make_elsewhere, make_plan, update, write_csv
from tests.factories import World, make_user

ROWS = ("On vessels,1,Paint.,,,,", "On vessels,2,Mend.,,,,", ",3,Sweep.,,,,")


def run(capsys: pytest.CaptureFixture[str], file: Path, email: str, *options: str, plan: str = NAME) -> str:
    call_command("import_action_plan", str(file), "--plan", plan, "--as", email, *options)
    return capsys.readouterr().out


def test_it_says_what_it_did_and_a_second_run_adds_nothing(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_plan(world)
    file = write_csv(tmp_path, *ROWS)

    assert run(capsys, file, "Paz.Lorne@test.example") == "0 added, 3 changed, 0 unchanged\n"
    assert run(capsys, file, "paz.lorne@test.example") == "0 added, 0 changed, 3 unchanged\n"
    with as_owner():
        assert Proposal.objects.get(number=1).title == "Paint the boats"


def test_a_trial_says_what_would_change_and_writes_nothing(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_plan(world)
    file = write_csv(tmp_path, *ROWS, "Tides,4,Watch the tides,,,,")

    told = run(capsys, file, world.plan_lead.email, "--dry-run")

    assert told.splitlines() == [
        "Nothing was written. It would be: 1 added, 3 changed, 0 unchanged",
        "Proposal 4 would be added",
        "Proposal 1 would change: text",
        "Proposal 2 would change: text",
        "Proposal 3 would change: text",
    ]
    with as_owner():
        assert not ProposalChange.objects.exists()
        assert Proposal.objects.count() == 3
    with as_owner():
        assert not AuditEvent.objects.filter(action="import a plan").exists()


def test_one_bad_row_keeps_every_row_out(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_csv(tmp_path, *ROWS, ",5,,,,,")

    with pytest.raises(CommandError) as refused:
        run(capsys, file, world.plan_lead.email)

    assert str(refused.value) == "Nothing was imported.\nLine 5: Text is empty."
    with as_owner():
        assert not ActionPlan.objects.exists()


def test_columns_that_are_not_ours_are_named(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(
        "Theme,Proposal,Text,Lead officer/agency,By when,Progress,RAG Status,Cost\n,1,Paint,,,,,9\n"
    )

    assert run(capsys, file, world.plan_lead.email).splitlines() == [
        "1 added, 0 changed, 0 unchanged",
        "Not read: Cost",
    ]


def test_a_date_that_another_team_holds_is_left_and_named(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_plan(world)
    update(world.plan_lead, lead_user=world.plan_lead, by_when=date(2030, 3, 31))
    administrator = make_user("Rory Quill", world.school, Role.ADMINISTRATOR)
    file = write_csv(tmp_path, "On vessels,1,Paint.,,31/01/2031,,")

    assert run(capsys, file, administrator.email).splitlines() == [
        "0 added, 1 changed, 0 unchanged",
        "Proposal 1 keeps its date: another team gave it to the person who leads it. Ask the plan lead.",
    ]


@pytest.mark.parametrize("email", ["nobody@test.example", "", "a\0b"])
def test_an_unknown_person_imports_nothing(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], email: str
) -> None:
    with pytest.raises(CommandError, match="Nobody has an account"):
        run(capsys, write_csv(tmp_path, *ROWS), email)


def test_a_person_without_the_role_imports_nothing_and_the_refusal_is_kept(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match=r"Nothing was imported\. Only a plan lead or an administrator"):
        run(capsys, write_csv(tmp_path, *ROWS), world.executive.email)

    with as_owner():
        row = AuditEvent.objects.get(action="import a plan")
    assert (row.actor, row.outcome) == (world.executive.pk, Outcome.REFUSED)
    with as_owner():
        assert not ActionPlan.objects.exists()


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [("  ", "needs a name"), ("x" * 151, "too long: the most is 150"), ("Pl\x07an", "hidden character")],
)
def test_a_name_that_cannot_be_kept(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], plan: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(capsys, write_csv(tmp_path, *ROWS), world.plan_lead.email, plan=plan)


def test_a_broken_rule_is_told_in_its_own_sentence(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from actionplan import policies

    elsewhere = make_elsewhere()
    both = frozenset({world.partnership.pk, elsewhere.partnership.pk})
    monkeypatch.setattr(policies, "partnerships_written_by", lambda user: both)

    with pytest.raises(CommandError, match="more than one partnership"):
        run(capsys, write_csv(tmp_path, *ROWS), world.plan_lead.email)

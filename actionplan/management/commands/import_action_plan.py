"""manage.py import_action_plan FILE.csv --plan "..." --as EMAIL: a plan, from the file people have."""

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from actionplan import services
from actionplan.models import ActionPlan
from actionplan.plan_file import COLUMNS, PlanFile, PlanFileRefused, read_plan_file
from actionplan.services import ImportResult
from foundation.accounts.models import User
from foundation.audit import services as audit
from foundation.audit.models import Outcome
from foundation.base.errors import RuleBroken
from foundation.base.pg.viewer import acting_as
from foundation.web.words import cleaned_line

NAMES = {"by_when": "date", "rating": "status"}
NAME_LENGTH = ActionPlan._meta.get_field("name").max_length


class Command(BaseCommand):
    help = f"Import an action plan from a CSV file with the columns {', '.join(COLUMNS)}. All rows or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--plan", required=True, help="the plan's name; a new name makes a new plan")
        parser.add_argument("--as", required=True, dest="email", help="e-mail of the person who imports")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        plan_name, user = name_of_plan(options["plan"]), person(options["email"])
        try:
            found = read_plan_file(options["file"])
        except PlanFileRefused as refused:
            raise CommandError("\n".join(["Nothing was imported.", *refused.sentences])) from None
        result = imported(found, plan_name, user, is_trial=options["dry_run"])
        for line in told(found, result, is_trial=options["dry_run"]):
            self.stdout.write(line)


def imported(found: PlanFile, plan_name: str, user: User, *, is_trial: bool) -> ImportResult:
    """One transaction in the name of `user`, rolled back where it is a trial. A refusal is audited."""
    try:
        with transaction.atomic(), acting_as(user):
            result = services.import_rows(plan_name=plan_name, rows=found.rows, actor=user)
            if is_trial:
                transaction.set_rollback(True)
    except PermissionDenied as refused:
        with acting_as(user):
            audit.record(action="import a plan", object_kind="command", outcome=Outcome.REFUSED)
        raise CommandError(f"Nothing was imported. {refused}") from None
    except RuleBroken as broken:
        raise CommandError(f"Nothing was imported. {broken}") from None
    return result


def told(found: PlanFile, result: ImportResult, *, is_trial: bool) -> list[str]:
    lines = [str(result)]
    if is_trial:
        lines = [f"Nothing was written. It would be: {result}"]
        lines += [f"Proposal {number} would be added" for number in result.added]
        lines += [
            f"Proposal {number} would change: {', '.join(names)}" for number, names in result.changed.items()
        ]
    lines += [
        f"Proposal {number} keeps its {' and '.join(NAMES[name] for name in names)}: "
        "another team gave it to the person who leads it. Ask the plan lead."
        for number, names in result.held.items()
    ]
    if found.columns_not_read:
        lines.append(f"Not read: {', '.join(found.columns_not_read)}")
    return lines


def name_of_plan(typed: str) -> str:
    try:
        name = cleaned_line(typed, what="--plan")
    except ValidationError:
        raise CommandError("The plan's name has a hidden character that cannot be kept.") from None
    if not name:
        raise CommandError("The plan needs a name.")
    if NAME_LENGTH and len(name) > NAME_LENGTH:
        raise CommandError(f"The plan's name is too long: the most is {NAME_LENGTH} characters.")
    return name


def person(email: str) -> User:
    known = (
        None if "\0" in email else User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    )
    if known is None:
        raise CommandError(f"Nobody has an account with the e-mail address “{email}”.")
    return known

"""Give a person an account and a place to work in."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from foundation.accounts import arrivals
from foundation.accounts.roles import Role
from foundation.base.errors import RuleBroken


class Command(BaseCommand):
    help = (
        "Make an account and a membership, and the team, agency, area and partnership where they are new. "
        "Asks for the password, or reads one line of standard input where that is no terminal. "
        "Needs DATABASE_OWNER_URL."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--role", choices=Role.values, required=True)
        for place in ("partnership", "area", "agency", "team"):
            parser.add_argument(f"--{place}", required=True)
        parser.add_argument("--agency-kind", default="", help="For a new agency, such as social_care")
        parser.add_argument("--inbox", default="", help="The team's inbox, told where no person can be")
        parser.add_argument("--hub", action="store_true", help="A new team is the area's hub")

    def handle(self, *, email: str, role: str, hub: bool, **words: Any) -> None:
        told = ("name", "partnership", "area", "agency", "agency_kind", "team", "inbox")
        places = {name: words[name].strip() for name in told}
        arrival = arrivals.Arrival(email=email.strip(), role=Role(role), is_hub=hub, **places)
        try:
            password = "" if arrivals.is_known(arrival.email) else chosen_password()
            made = arrivals.welcome(arrival, password)
        except RuleBroken as broken:
            raise CommandError(f"{broken} Nothing was made.") from None
        self.stdout.write("\n".join(made) or "Everything was there already.")


def chosen_password() -> str:
    if sys.stdin.isatty():
        password = getpass("Password for them to sign in with: ")
        if getpass("Once more: ") != password:
            raise CommandError("The two are not the same.")
    else:
        password = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as refused:
        raise CommandError(" ".join(refused.messages)) from None
    return password

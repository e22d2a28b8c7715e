"""Load the demo's fictional data, once, and say who can sign in."""

import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from demo import story, world
from demo.accounts import ACCOUNTS, PASSWORD
from foundation.base import clock

BEFORE_THE_STORY = timedelta(days=120)


class Command(BaseCommand):
    help = "Loads fictional people, agencies, cases and the action plan. Data that is there is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--short", action="store_true", help="Three children, no reminders: for tests.")

    def handle(self, *args: Any, short: bool = False, **options: Any) -> None:
        if world.exists():
            self.stdout.write("Demo data: kept, already loaded")
        else:
            began = time.monotonic()
            load(is_short=short)
            self.stdout.write(f"Demo data: loaded in {time.monotonic() - began:.1f} s")
        self.stdout.write(f"Demo password: {PASSWORD}")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email:<30} {account.name}, {account.job_title.lower()}")


@transaction.atomic
def load(*, is_short: bool) -> None:
    """All of it or none. Time stands still meanwhile, so that nothing falls between two days."""
    now = clock.now()
    with clock.set_to(now - BEFORE_THE_STORY):
        people = world.build()
    with clock.set_to(now):
        story.tell(people, is_short=is_short)

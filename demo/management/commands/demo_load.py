"""Load the demo's fictional data, once, and say who can sign in."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from demo import story, world
from demo.accounts import ACCOUNTS, PASSWORD
from foundation.base import clock

BEFORE_THE_STORY = timedelta(days=90)


class Command(BaseCommand):
    help = "Loads fictional people, agencies, cases and the action plan. Data that is there is kept."

    def handle(self, *args: Any, **options: Any) -> None:
        if world.exists():
            self.stdout.write("Demo data: kept, already loaded")
        else:
            with transaction.atomic():  # all of it or none
                with clock.set_to(clock.now() - BEFORE_THE_STORY):
                    people = world.build()
                story.tell(people)
            self.stdout.write("Demo data: loaded")
        self.stdout.write(f"Demo password: {PASSWORD}")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email:<30} {account.name}, {account.job_title.lower()}")

"""`manage.py deadlines_status`: what is owed, late, stuck and undelivered, for the operator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from foundation.deadlines.status import Status, status


class Command(BaseCommand):
    help = "Says what is owed, late, stuck and undelivered. Run it with DB_ROLE=worker. Names nobody."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = status()
        except DatabaseError as refused:
            raise CommandError(
                f"This login may not look at everybody's deadlines: run it with DB_ROLE=worker. ({refused})"
            ) from None
        self.stdout.write("\n".join(told(found)))


def told(found: Status) -> list[str]:
    """Lines for people: counts first, then what needs a hand."""
    return [
        f"Deadlines open: {found.open}, late: {found.late}",
        f"Sweep: {'late since ' + moment(found.unswept_since) if found.unswept_since else 'up to date'}",
        f"Notices undelivered: {found.undelivered}"
        + (f", the oldest since {moment(found.oldest_undelivered)}" if found.oldest_undelivered else ""),
        f"Bank holidays known until: {found.holidays_known_until or 'none is known'}",
        f"Stuck deadlines: {len(found.stuck)}",
        *(f"  {each.pk} {each.kind} {each.reference}: {each.stuck_because}" for each in found.stuck),
        f"Parked notices: {len(found.parked)}",
        *(f"  {each.pk} {each.kind} {each.reference}: {each.failure}" for each in found.parked),
    ]


def moment(at: Any) -> str:
    return timezone.localtime(at).strftime("%d %B %Y, %H:%M")

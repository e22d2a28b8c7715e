"""What the operator must know: what is owed, late, stuck and undelivered. Ids and counts, no name."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from foundation.base import clock
from foundation.base.pg.roles import as_sweep
from foundation.base.readiness import Finding
from foundation.deadlines.models import BankHoliday, Deadline, Notice

UNDELIVERED_FOR = timedelta(minutes=15)
"""Units: minutes. A notice that waits longer means that mail or the worker is down. Source: our own."""
LISTED_AT_MOST = 50


@dataclass(frozen=True)
class Status:
    """Counts of the whole installation, and the rows that need the operator's hand."""

    open: int
    late: int
    unswept_since: datetime | None
    undelivered: int
    oldest_undelivered: datetime | None
    stuck: list[Deadline] = field(default_factory=list)
    parked: list[Notice] = field(default_factory=list)
    holidays_known_until: int | None = None


def status() -> Status:
    """As the sweep's role: raises DatabaseError for a login that may not take it up."""
    now = clock.now()
    with as_sweep():
        owed, waiting = Deadline.objects.open(), Notice.objects.undelivered()
        late_look = owed.filter(look_at__lt=now - timedelta(minutes=5)).order_by("look_at").first()
        oldest = waiting.order_by("told_at").first()
        parked = Notice.objects.filter(~Q(parked_at=None)).order_by("-parked_at")
        last = (
            BankHoliday.objects.filter(is_retired=False)
            .order_by("-day")
            .values_list("day", flat=True)
            .first()
        )
        return Status(
            open=owed.count(),
            late=owed.filter(due_at__lt=now).count(),
            unswept_since=late_look.look_at if late_look else None,
            undelivered=waiting.count(),
            oldest_undelivered=oldest.told_at if oldest else None,
            stuck=list(owed.exclude(stuck_because="").order_by("due_at")[:LISTED_AT_MOST]),
            parked=list(parked[:LISTED_AT_MOST]),
            holidays_known_until=last.year if last else None,
        )


def readiness() -> Finding:
    """Units of the figure: seconds that the oldest notice has waited for delivery."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT wall.oldest_undelivered()")
        oldest = cursor.fetchone()[0]
    waited = (clock.now() - oldest).total_seconds() if oldest else 0.0
    if waited > UNDELIVERED_FOR.total_seconds():
        return Finding(
            False, "A notice waits for delivery: look at mail and worker. Seconds it has waited.", waited
        )
    return Finding(True, "Notices go out. Seconds that the oldest has waited.", waited)

"""What the operator must know: what is owed, late, stuck and undelivered. Ids and counts, no name."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from foundation.base import clock
from foundation.base.essentials import ask_database
from foundation.base.pg.roles import as_sweep
from foundation.base.readiness import Finding
from foundation.deadlines.models import BankHoliday, Deadline, Notice

UNDELIVERED_FOR = timedelta(minutes=15)
"""Units: minutes. A notice that waits longer means that mail or the worker is down. Source: our own."""
UNSWEPT_FOR = timedelta(minutes=5)
"""Units: minutes. Beat asks for a sweep several times a minute. Source: our own."""
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
        late_look = owed.filter(look_at__lt=now - UNSWEPT_FOR).order_by("look_at").first()
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
    """Whether notices go out. Raises psycopg.Error, in time, where the database does not answer."""
    return judged(ask_database("SELECT wall.oldest_undelivered()")[0][0])


def sweep_readiness() -> Finding:
    """Whether everything due for a look has been looked at. Raises psycopg.Error in time, as `readiness`."""
    since, stuck = ask_database("SELECT wall.unswept_since(), wall.stuck_deadlines()")[0]
    return judged_sweep(since, int(stuck))


def judged_sweep(since: datetime | None, stuck: int) -> Finding:
    """Units of the figure: deadlines that are stuck."""
    if since and clock.now() - since > UNSWEPT_FOR:
        said = "Deadlines are not looked at: look at beat and worker. Deadlines that are stuck:"
        return Finding(ok=False, sentence=said, figure=float(stuck))
    if stuck:
        said = "manage.py deadlines_status says why these deadlines reach nobody. Deadlines that are stuck:"
        return Finding(ok=False, sentence=said, figure=float(stuck))
    return Finding(
        ok=True, sentence="Every deadline is looked at in time. Deadlines that are stuck:", figure=0.0
    )


def judged(oldest: datetime | None) -> Finding:
    """Units of the figure: seconds that the oldest notice has waited for delivery."""
    waited = (clock.now() - oldest).total_seconds() if oldest else 0.0
    if waited > UNDELIVERED_FOR.total_seconds():
        said = "A notice waits for delivery: look at mail and worker. Seconds it has waited:"
        return Finding(ok=False, sentence=said, figure=waited)
    return Finding(ok=True, sentence="Notices go out. Seconds that the oldest has waited:", figure=waited)

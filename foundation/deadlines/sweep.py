"""One look at every deadline whose time has come: write what is to be told, once. Runs as the sweep's role.

Two sweeps at once share the rows between them; one that was missed is caught up by the next.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import DatabaseError, models, transaction

from foundation.base import clock
from foundation.base.pg.roles import as_sweep
from foundation.deadlines import telling
from foundation.deadlines.kinds import kinds
from foundation.deadlines.models import Deadline, Notice
from foundation.deadlines.recipients import NobodyToTell, People
from foundation.deadlines.steps import DueStep, steps_of, without_length
from foundation.deadlines.working_days import Calendar
from foundation.vocabulary.models import TimeLimit

log = logging.getLogger(__name__)

BATCH = 100
LOOK_AGAIN = timedelta(hours=1)
"""Units: hours. A changed time limit or bank holiday takes effect within this."""


@dataclass
class Surroundings:
    """What every deadline of a batch is held against."""

    now: datetime
    people: People
    calendar: Calendar
    lengths: dict[str, int]

    @classmethod
    def at(cls, now: datetime) -> "Surroundings":
        return cls(
            now=now,
            people=People.on(clock.day_of(now)),
            calendar=Calendar.in_use(),
            lengths=dict(TimeLimit.objects.order_by().values_list("code", "length")),
        )


@dataclass
class Swept:
    """Counts of one sweep."""

    looked_at: int = 0
    told: int = 0
    stuck: list[str] = field(default_factory=list)


def sweep() -> Swept:
    """Look at everything that is due for a look now. Safe at any time, in any number of processes."""
    swept = Swept()
    while looked_at := _sweep_batch(swept):
        swept.looked_at += looked_at
    return swept


def _sweep_batch(swept: Swept) -> int:
    """One transaction. If the database refuses the batch, each deadline is tried by itself."""
    try:
        with as_sweep():
            deadlines = list(_waiting()[:BATCH])
            if deadlines:
                around = Surroundings.at(clock.now())
                _write(swept, deadlines, around)
    except DatabaseError as failed:
        if not _is_about_a_row(failed):
            raise
        log.exception("a batch of deadlines was refused; each is tried by itself")
        return _one_by_one(swept)
    return len(deadlines)


def _is_about_a_row(failed: DatabaseError) -> bool:
    """A refused value or key, not a server that is gone."""
    state = getattr(failed.__cause__, "sqlstate", None) or ""
    return state[:2] in {"22", "23", "42"}


def _waiting() -> models.QuerySet[Deadline]:
    waiting = Deadline.objects.open().filter(look_at__lte=clock.now()).order_by("look_at")
    return waiting.select_for_update(skip_locked=True)


def _one_by_one(swept: Swept) -> int:
    with as_sweep():
        ids = list(_waiting().values_list("pk", flat=True)[:BATCH])
    for pk in ids:
        with as_sweep():
            found = list(_waiting().filter(pk=pk))
            try:
                with transaction.atomic():
                    _write(Swept(), found, Surroundings.at(clock.now()))
            except DatabaseError as failed:
                _set_aside(swept, found, type(failed).__name__)
    return len(ids)


def _set_aside(swept: Swept, deadlines: Iterable[Deadline], because: str) -> None:
    for deadline in deadlines:
        log.error("deadline %s (%s) is stuck: %s", deadline.pk, deadline.kind, because)
        swept.stuck.append(str(deadline.pk))
        Deadline.objects.filter(pk=deadline.pk).update(
            stuck_because=because[:120], look_at=clock.now() + LOOK_AGAIN
        )


def _write(swept: Swept, deadlines: list[Deadline], around: Surroundings) -> None:
    told_before: dict[object, set[str]] = {}
    for notice in Notice.objects.filter(deadline__in=deadlines).only("deadline_id", "round", "step"):
        told_before.setdefault((notice.deadline_id, notice.round), set()).add(notice.step)
    notices: list[Notice] = []
    looked: list[Deadline] = []
    for deadline in deadlines:
        try:
            notices += _look_at(deadline, told_before.get((deadline.pk, deadline.round), set()), around)
        except (LookupError, ValueError, ArithmeticError) as failed:
            _set_aside(swept, [deadline], f"{type(failed).__name__}: {failed}")
            continue
        if deadline.stuck_because:
            swept.stuck.append(str(deadline.pk))
            log.error("deadline %s (%s) is stuck: %s", deadline.pk, deadline.kind, deadline.stuck_because)
        looked.append(deadline)
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    Deadline.objects.bulk_update(looked, ["look_at", "stuck_because"])
    swept.told += len(notices)


def _look_at(deadline: Deadline, told_before: set[str], around: Surroundings) -> list[Notice]:
    """What is to be told by now. Notes on the deadline when to look again, and what cannot be told.

    One step that nobody can be told, or whose length is missing, holds back no other.
    """
    kind = kinds[deadline.kind]
    steps = sorted(steps_of(deadline, kind, around.lengths, around.calendar), key=lambda step: step.at)
    fresh: list[Notice] = []
    wrong = [f"there is no time limit {code}" for code in without_length(kind, around.lengths)]
    for step in steps:
        if step.at <= around.now and step.code not in told_before:
            try:
                fresh += _notices(deadline, step, around)
            except NobodyToTell as nobody:
                wrong.append(str(nobody))
    coming = [step.at for step in steps if step.at > around.now]
    again = around.now + LOOK_AGAIN
    deadline.look_at = min([*coming, again]) if coming or wrong else None
    deadline.stuck_because = "; ".join(wrong)[:120]
    return fresh


def _notices(deadline: Deadline, step: DueStep, around: Surroundings) -> list[Notice]:
    told = around.people.told(deadline, kinds[deadline.kind], step.to)
    return [
        Notice(
            deadline=deadline,
            round=deadline.round,
            step=step.code,
            slot=to.slot,
            kind=deadline.kind,
            reference=telling.reference_for(deadline, to.inbox),
            case_id=deadline.case_id,
            due_at=deadline.due_at,
            team_id=to.team_id,
            recipient_id=to.user_id,
            inbox=to.inbox,
            instead_of=to.instead_of,
            told_at=around.now,
            try_at=around.now,
        )
        for to in told
    ]

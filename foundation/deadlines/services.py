"""Open, meet, cancel and move deadlines inside the transaction of the act they belong to; read notices."""

import logging
import uuid
from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction

from foundation.accounts.models import Team, User
from foundation.audit import services as audit
from foundation.base import clock
from foundation.deadlines.kinds import kinds
from foundation.deadlines.models import Deadline, Notice, State

log = logging.getLogger(__name__)


class OutOfReach(RuntimeError):
    """A deadline is open that the act should settle and that the actor cannot reach: a mistake of ours."""


@transaction.atomic
def open_deadline(
    *,
    kind: str,
    scope_id: uuid.UUID,
    reference: str,
    due_on: date,
    team: Team,
    actor: User,
    owner: User | None = None,
    asked_by: Team | None = None,
    case_id: uuid.UUID | None = None,
) -> Deadline:
    """Something is owed by the end of `due_on`, by `owner` or, without one, by `team`.

    `asked_by` is the team in whose name it is asked: it may settle and move it. A deadline that belongs to a
    case (`case_id`) is seen only by those who see the case. Raises KeyError for a kind
    that nobody declared, IntegrityError where the same is already owed. A day in the past is taken, and named
    to the operator: its rungs count from now.
    """
    kinds[kind]
    due_at = clock.end_of(due_on)
    deadline = Deadline.objects.create(
        kind=kind,
        scope_id=scope_id,
        reference=reference,
        due_at=due_at,
        owner=owner,
        team=team,
        asked_by=asked_by,
        case_id=case_id,
        opened_by=actor,
    )
    _warn_if_past(deadline)
    audit.record(action="open a deadline", about=deadline, scope_id=scope_id)
    return deadline


@transaction.atomic
def meet_deadline(*, kind: str, scope_id: uuid.UUID, actor: User) -> Deadline | None:
    """What was owed is done. None where nothing was open. Raises OutOfReach as `_settle`."""
    return _settle(kind, scope_id, State.MET, actor)


@transaction.atomic
def cancel_deadline(*, kind: str, scope_id: uuid.UUID, actor: User) -> Deadline | None:
    """It is no longer owed. None where nothing was open. Raises OutOfReach as `_settle`."""
    return _settle(kind, scope_id, State.CANCELLED, actor)


@transaction.atomic
def move_deadline(
    *,
    kind: str,
    scope_id: uuid.UUID,
    actor: User,
    due_on: date | None = None,
    owner: User | None = None,
    team: Team | None = None,
) -> Deadline | None:
    """A new day, or a new owner with their team: a new round of reminders and rungs begins.

    None where nothing was open. Raises OutOfReach where it is out of the actor's reach.
    """
    deadline = _locked(kind, scope_id, actor)
    if deadline is None:
        return None
    if due_on is not None:
        deadline.due_at = clock.end_of(due_on)
    if team is not None:
        deadline.owner, deadline.team = owner, team
    deadline.set_at = deadline.look_at = clock.now()
    deadline.round += 1
    deadline.save(update_fields=["due_at", "owner", "team", "set_at", "look_at", "round"])
    _warn_if_past(deadline)
    audit.record(action="move a deadline", about=deadline, scope_id=scope_id, fields=["due_at", "owner"])
    return deadline


@transaction.atomic
def read_notices(*, notice_ids: Iterable[uuid.UUID] | None = None, actor: User) -> int:
    """Mark the actor's own unread notices as read, all or those named. Gives how many changed."""
    unread = Notice.objects.to(actor).unread()
    if notice_ids is not None:
        unread = unread.filter(pk__in=list(notice_ids))
    read = list(unread.select_for_update().values_list("pk", flat=True))
    Notice.objects.filter(pk__in=read).update(read_at=clock.now())
    audit.record(action="read notices", object_kind="deadlines.Notice", shown=read)
    return len(read)


def _settle(kind: str, scope_id: uuid.UUID, state: State, actor: User) -> Deadline | None:
    """Raises OutOfReach where a deadline is open that the actor can neither see nor change."""
    deadline = _locked(kind, scope_id, actor)
    if deadline is None:
        return None
    deadline.state, deadline.settled_at, deadline.settled_by = state, clock.now(), actor
    deadline.save(update_fields=["state", "settled_at", "settled_by"])
    audit.record(action=f"deadline {state.value}", about=deadline, scope_id=scope_id, fields=["state"])
    return deadline


def _locked(kind: str, scope_id: uuid.UUID, actor: User) -> Deadline | None:
    found = Deadline.objects.visible_to(actor).open().about(kind, scope_id)
    deadline = found.select_for_update(of=("self",)).first()
    if deadline is None and _is_owed(kind, scope_id):
        raise OutOfReach(f"{kind} {scope_id}")
    return deadline


def _is_owed(kind: str, scope_id: uuid.UUID) -> bool:
    """Past the wall: is it owed at all? Otherwise an act could leave behind what escalates for ever."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.is_owed(%s, %s)", [kind, scope_id])
        return bool(cursor.fetchone()[0])


def _warn_if_past(deadline: Deadline) -> None:
    if deadline.due_at < clock.now():
        log.warning("deadline %s (%s) was set to a day that has passed", deadline.pk, deadline.kind)

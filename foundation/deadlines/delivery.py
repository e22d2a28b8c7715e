"""Send what was told, by e-mail, at least once. Runs as the sweep's role.

A notice is taken for a while (`try_at` moves on), sent, and marked. A worker that dies in between leaves it
to the next, which sends the same Message-ID again.
"""

import logging
import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection

from foundation.accounts.models import Membership, User
from foundation.base import clock
from foundation.base.pg.roles import as_sweep
from foundation.deadlines.models import Notice, State
from foundation.deadlines.recipients import NobodyToTell, People, Recipient, sees
from foundation.deadlines.telling import message, reference_for

log = logging.getLogger(__name__)

TAKEN_FOR = timedelta(minutes=2)
"""Units: minutes. Longer than one message takes when the server hangs: settings.EMAIL_TIMEOUT a step."""
TRIES_AT_MOST = 8
WAIT_AT_MOST = timedelta(minutes=30)
BREAKS_AFTER = 3
"""Units: failures of the mail server in a row. Then this run gives up, and the next one tries again."""


class MailServerFailed(Exception):
    """The server is away, hangs or turns everybody down: nothing is wrong with the notice itself."""


def deliver() -> int:
    """Send what waits until the next tick goes on with it. Gives how many went. Safe in many processes.

    Longer runs would pile up behind a slow mail server until no child of the worker is left for the sweep.
    """
    sent = failures = 0
    until = time.monotonic() + settings.SWEEP_EVERY_SECONDS
    with _mail() as mail:
        while time.monotonic() < until and (notice := _take()):
            try:
                sent += _deliver_one(notice, mail)
                failures = 0
            except MailServerFailed as failed:
                failures += 1
                _try_later(notice, str(failed), counts=False)
                _close(mail)
                if failures >= BREAKS_AFTER:
                    log.error("the mail server takes no messages (%s); the next run tries again", failed)
                    break
    return sent


@contextmanager
def _mail() -> Iterator[Any]:
    """One connection for the run, opened with the first message."""
    mail = get_connection()
    try:
        yield mail
    finally:
        _close(mail)


def _close(mail: Any) -> None:
    try:
        mail.close()
    except (OSError, smtplib.SMTPException):
        log.info("the mail server had closed the connection")
        mail.connection = None


def _take() -> Notice | None:
    """The next one, put out of the others' reach for a while."""
    now = clock.now()
    with as_sweep():
        waiting = Notice.objects.undelivered().filter(try_at__lte=now).order_by("try_at")
        free = waiting.select_related("deadline").select_for_update(skip_locked=True, of=("self",))
        notice = free.first()
        if notice is not None:
            notice.tries += 1
            Notice.objects.filter(pk=notice.pk).update(try_at=now + TAKEN_FOR, tries=notice.tries)
    return notice


def _deliver_one(notice: Notice, mail: Any) -> int:
    """1 where it was sent, 0 where it was withdrawn, parked or put off. Raises MailServerFailed."""
    try:
        if notice.deadline.state != State.OPEN or notice.deadline.round != notice.round:
            _mark(notice, withdrawn_at=clock.now())
            return 0
        address = notice.inbox or _address_of(notice)
        if not address:
            _park(notice, "the person has left or may no longer see it")
            return 0
        letter = message(notice, address)
        mail.open()  # stays open: what the backend opens by itself it closes after each message
        mail.send_messages([letter])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as refused:
        _refused(notice, refused)
        return 0
    except (smtplib.SMTPException, OSError) as failed:  # also where it refuses us as the sender
        raise MailServerFailed(type(failed).__name__) from failed
    except Exception as failed:
        log.exception("notice %s (%s) cannot be told", notice.pk, notice.kind)
        _try_later(notice, type(failed).__name__)
        return 0
    _mark(notice, sent_at=clock.now(), failure="")
    return 1


def _address_of(notice: Notice) -> str:
    """Where the recipient reads mail; empty where they no longer work in a team, or see the case no more."""
    assert notice.recipient_id is not None, "a notice is to a person or to an inbox"
    with as_sweep():
        working = Membership.objects.current().filter(user=notice.recipient_id)
        found = User.objects.filter(pk=notice.recipient_id, is_active=True, pk__in=working.values("user"))
        address = found.order_by().values_list("email", flat=True).first() or ""
        return address if address and sees(notice.case_id, notice.recipient_id) else ""


def _refused(notice: Notice, refused: smtplib.SMTPException) -> None:
    """For good (5xx): the address does not exist. For now (4xx): later."""
    answers = getattr(refused, "recipients", {})
    code = next((answer[0] for answer in answers.values()), getattr(refused, "smtp_code", 550))
    if code >= 500 or notice.tries >= TRIES_AT_MOST:
        _park(notice, f"the mail server refuses the address ({code})")
    else:
        _try_later(notice, f"the mail server says later ({code})")


def _try_later(notice: Notice, because: str, *, counts: bool = True) -> None:
    """Each try waits longer; after the last the notice is parked and named to the operator."""
    if counts and notice.tries >= TRIES_AT_MOST:
        _park(notice, because)
        return
    wait = (
        min(timedelta(minutes=2 ** min(notice.tries - 1, 5)), WAIT_AT_MOST)
        if counts
        else timedelta(minutes=1)
    )
    tries = notice.tries if counts else notice.tries - 1
    _mark(notice, try_at=clock.now() + wait, tries=tries, failure=because[:120])


def _park(notice: Notice, because: str) -> None:
    """No further try. A person's notice goes to their team's inbox instead; the operator hears of both.

    In one transaction: a worker that dies in between must not leave it parked with nobody told.
    """
    log.error("notice %s (%s) is parked: %s", notice.pk, notice.kind, because)
    with as_sweep():
        _mark(notice, parked_at=clock.now(), failure=because[:120])
        if notice.inbox:
            return
        try:
            to = People.on(clock.today()).inbox_instead(notice.team_id, f"{notice.slot} inbox"[:40], because)
        except NobodyToTell as nobody:
            log.error("notice %s reaches nobody: %s", notice.pk, nobody)
            return
        _copy_to_inbox(notice, to)


def _copy_to_inbox(notice: Notice, to: Recipient) -> None:
    now = clock.now()
    copied = {
        name: getattr(notice, name) for name in ("deadline_id", "round", "step", "kind", "due_at", "case_id")
    }
    copy = Notice(
        **copied,
        reference=reference_for(notice.deadline, to.inbox),
        team_id=to.team_id,
        slot=to.slot,
        inbox=to.inbox,
        instead_of=to.instead_of[:80],
        told_at=now,
        try_at=now,
    )
    Notice.objects.bulk_create([copy], ignore_conflicts=True)


def _mark(notice: Notice, **values: Any) -> None:
    with as_sweep():
        Notice.objects.filter(pk=notice.pk, sent_at=None).update(**values)

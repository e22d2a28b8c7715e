"""What a notice says: in the service, and in an e-mail that names no person and tells nothing of a case."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from foundation.base import clock
from foundation.deadlines.kinds import kinds
from foundation.deadlines.models import Deadline, Notice, State
from foundation.deadlines.steps import GIVEN

SUBJECT = "Something waits for you"
"""The same for every message. Source: security requirement N1."""

ROLES_TOLD = {
    "team manager": "You are told because you manage the team.",
    "hub manager": "You are told because you manage the area's hub team.",
    "hub inbox": "You are told because it has been late for some time.",
}


SINCE = {State.MET: "It has been done since.", State.CANCELLED: "It is no longer owed."}


def owed(notice: Notice) -> str:
    """Raises KeyError for a kind that nobody declares any more."""
    return kinds[notice.kind].owed


def reference_for(deadline: Deadline, inbox: str) -> str:
    """What a notice may call it. Many people read an inbox: it is told of no case by name."""
    return "" if inbox and deadline.case_id else deadline.reference


def sentence(notice: Notice, deadline: Deadline | None) -> str:
    """One sentence or two, true on the day it is read. `deadline`: as far as the reader sees it."""
    day = clock.day_of(notice.due_at)
    what = kinds[notice.kind].owed if notice.kind in kinds else "Something"
    if notice.reference:
        what = f"{what} ({notice.reference})"
    if deadline is not None and deadline.state != State.OPEN:
        return f"{what} was due on {clock.spoken(day)}. {SINCE[State(deadline.state)]}"
    if deadline is not None and deadline.round != notice.round:
        return f"{what} was due on {clock.spoken(day)}. It has been moved or given to somebody else since."
    if notice.step == GIVEN and day >= clock.today():
        said = f"{what} is yours. It is due on {clock.spoken(day)}."
    elif day >= clock.today():
        said = f"{what} is due on {clock.spoken(day)}, {clock.distance(day)}."
    else:
        said = f"{what} was due on {clock.spoken(day)}: {clock.distance(day)}."
    return " ".join(filter(None, [said, why_you(notice)]))


def why_you(notice: Notice) -> str:
    """Empty for whoever owes it."""
    if notice.instead_of:
        return f"It comes to you because {notice.instead_of}."
    return ROLES_TOLD.get(notice.slot, "")


def message(notice: Notice, address: str) -> EmailMessage:
    """The e-mail of a notice. Its Message-ID is the notice's own: sent twice, it is known as the same."""
    link = settings.PUBLIC_URL.rstrip("/") + reverse("deadlines:notice", args=[notice.pk])
    day = clock.day_of(notice.due_at)
    lines = [
        f"{owed(notice)}",
        *([f"Reference: {notice.reference}"] if notice.reference else []),
        f"Due: {clock.spoken(day)}, {clock.distance(day)}",
        *filter(None, [why_you(notice)]),
        "",
        "Sign in to read more:",
        link,
        "",
        "This message holds no names on purpose. Please do not answer it with any.",
    ]
    headers = {"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"}
    return EmailMessage(SUBJECT, "\n".join(lines), settings.DEFAULT_FROM_EMAIL, [address], headers=headers)


def message_id(notice: Notice) -> str:
    """Such as <3f0c...@safeguarding.example>: the same at every try."""
    return f"<{notice.pk}@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}>"

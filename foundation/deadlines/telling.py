"""What a notice says: in the service, and in an e-mail that names no person and tells nothing of a case."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from foundation.base import clock
from foundation.deadlines.kinds import kinds
from foundation.deadlines.models import Notice, State
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


def sentence(notice: Notice) -> str:
    """One sentence or two, true on the day it is read. Reads `notice.deadline`."""
    day = clock.day_of(notice.due_at)
    what = f"{owed(notice)} ({notice.reference})"
    if notice.deadline.state != State.OPEN:
        return f"{what} was due on {clock.spoken(day)}. {SINCE[State(notice.deadline.state)]}"
    if notice.step == GIVEN and day >= clock.today():
        said = f"{what} is yours. It is due on {clock.spoken(day)}."
    elif day >= clock.today():
        said = f"{what} is due on {clock.spoken(day)}, {clock.distance(day)}."
    else:
        said = f"{what} was due on {clock.spoken(day)}: {clock.distance(day)}."
    return " ".join(filter(None, [said, ROLES_TOLD.get(notice.slot, ""), why_you(notice)]))


def why_you(notice: Notice) -> str:
    return f"It comes to you because {notice.instead_of}." if notice.instead_of else ""


def message(notice: Notice, address: str) -> EmailMessage:
    """The e-mail of a notice. Its Message-ID is the notice's own: sent twice, it is known as the same."""
    link = settings.PUBLIC_URL.rstrip("/") + reverse("deadlines:notice", args=[notice.pk])
    day = clock.day_of(notice.due_at)
    lines = [
        f"{owed(notice)}",
        f"Reference: {notice.reference}",
        f"Due: {clock.spoken(day)}, {clock.distance(day)}",
        *filter(None, [ROLES_TOLD.get(notice.slot, ""), why_you(notice)]),
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

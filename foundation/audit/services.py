"""Write the audit row beside the act, in the same transaction: no row, no act."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypedDict

from django.db import models, transaction
from django.http import HttpRequest

from foundation.audit.models import AuditEvent, Outcome
from foundation.base.pg import viewer


class Circumstances(TypedDict):
    """What is known of the request an act belongs to; empty strings outside a request."""

    request_id: str
    session: str
    network: str


_circumstances: ContextVar[Circumstances | None] = ContextVar("circumstances", default=None)


@contextmanager
def under(circumstances: Circumstances) -> Iterator[None]:
    """Every row written inside the block carries these circumstances."""
    token = _circumstances.set(circumstances)
    try:
        yield
    finally:
        _circumstances.reset(token)


@transaction.atomic
def record(
    *,
    action: str,
    about: models.Model | None = None,
    object_kind: str = "",
    object_id: str = "",
    scope_id: uuid.UUID | None = None,
    shown: Iterable[object] = (),
    fields: Iterable[str] = (),
    purpose: str = "",
    outcome: Outcome = Outcome.DONE,
) -> None:
    """One row in the name of the present viewer (nobody's where nobody is signed in).

    `about` fills kind and id from a row. Raises DatabaseError where the row cannot be written.
    """
    if about is not None:
        object_kind, object_id = about._meta.label, str(about.pk)
    AuditEvent.objects.create(
        actor=viewer.current(),
        action=action,
        object_kind=object_kind,
        object_id=object_id[:64],
        scope_id=scope_id,
        shown=[str(each) for each in shown],
        fields=list(fields),
        purpose=purpose[:60],
        outcome=outcome,
        **(_circumstances.get() or Circumstances(request_id="", session="", network="")),
    )


def record_search(request: HttpRequest, shown: Mapping[str, list[str]]) -> None:
    """One row for a page of Find: the ids it showed, source by source."""
    ids = [f"{source}:{each}" for source, found in shown.items() for each in found]
    record(action="find", object_kind="find", shown=ids)

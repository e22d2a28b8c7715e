"""Keep and throw away saved views."""

import uuid
from typing import Any

from django.db import IntegrityError, models, transaction

from foundation.base.errors import RuleBroken
from foundation.web import registries
from foundation.web.lists import ListOf
from foundation.web.models import QUERY_LENGTH, SavedView

VIEWS_AT_MOST = 20
"""Units: saved views of one list and person: more than that is a list of its own."""


@transaction.atomic
def save_view(*, of: ListOf, name: str, query: str, actor: Any) -> SavedView:
    """Keep filters and order of a list. Raises RuleBroken for a name in use, and where there are too many."""
    if SavedView.objects.visible_to(actor).of(of.name).count() >= VIEWS_AT_MOST:
        raise RuleBroken(f"You have {VIEWS_AT_MOST} saved views of this list. Delete one first.")
    if len(query) > QUERY_LENGTH:
        raise RuleBroken("This view has too many filters to be saved.")
    try:
        with transaction.atomic():
            view = SavedView.objects.create(owner=actor.pk, list=of.name, name=name, query=query)
    except IntegrityError as taken:
        raise RuleBroken(f"You have a view called “{name}” already. Choose another name.") from taken
    _tell("save a view", view)
    return view


@transaction.atomic
def delete_view(*, view_id: uuid.UUID, actor: Any) -> None:
    """Throw one's own view away. Raises SavedView.DoesNotExist."""
    view = SavedView.objects.visible_to(actor).get(pk=view_id)
    _tell("delete a view", view)
    view.delete()


def _tell(act: str, row: models.Model) -> None:
    for listener in registries.act_listeners:
        listener(act, row)

"""May this user do this with this case? The question that services and pages ask."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models

from foundation.access.predicate import admitted_cases, tables
from foundation.access.words import Verb
from foundation.base.pg import viewer

SENTENCES = {
    Verb.VIEW: "You may not see this case.",
    Verb.CONTRIBUTE: "You may read this case, but not add to it. Ask the hub team if you need to.",
    Verb.COORDINATE: "Only people who coordinate this case may do this. Ask the hub team.",
}


def may(user: Any, verb: Verb, case: models.Model, section: str = "") -> bool:
    """One query; about `section` if one is named.

    Raises RuntimeError unless `user` is the present viewer: grants of others cannot be seen.
    """
    if viewer.current() != user.pk:
        raise RuntimeError("Ask only what the present viewer may do.")
    return tables().case._default_manager.filter(admitted_cases(user, verb, section), pk=case.pk).exists()


def check_may(user: Any, verb: Verb, case: models.Model, section: str = "") -> None:
    """Raises PermissionDenied with a sentence."""
    if not may(user, verb, case):
        raise PermissionDenied(SENTENCES[verb])
    if section and not may(user, verb, case, section):
        raise PermissionDenied("Your share of this case does not cover this part of it.")

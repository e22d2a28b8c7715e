"""The one predicate: which cases and which of their rows a user may see. Its SQL twin is `access.wall`.

a case     (a live grant of one's own, or a live grant of one's team unless the case is sealed)
           and no exclusion
a child    its case, and its section in a live grant, and its handling
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from foundation.access.words import Verb, Visibility
from foundation.accounts.models import Membership
from foundation.base import clock

NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class CaseTables:
    """The tables the predicate reads; `cases.records` binds them when it is ready."""

    case: type[models.Model]
    user_grants: type[models.Model]
    team_grants: type[models.Model]
    exclusions: type[models.Model]


_tables: list[CaseTables] = []


def bind(tables: CaseTables) -> None:
    _tables[:] = [tables]


def tables() -> CaseTables:
    return _tables[0]


def admitted_cases(user: Any, verb: Verb = Verb.VIEW, section: str = "") -> Q:
    """A condition on Case: `verb` is allowed there, in `section` if one is named."""
    if not is_someone(user):
        return NOTHING
    in_section = Q(sections=[]) | Q(sections__contains=[section]) if section else Q()
    mine, ours = (grants.filter(in_section) for grants in _live_grants(user, verb, case="pk"))
    barred = tables().exclusions._default_manager.filter(case=OuterRef("pk"), user=user)
    return (Q(Exists(mine)) | Q(Exists(ours))) & ~Q(Exists(barred))


def admitted_children(user: Any) -> Q:
    """A condition on any CaseOwned row, whose case is `case`."""
    if not is_someone(user):
        return NOTHING
    bound = tables()
    its_case = bound.case._default_manager.filter(admitted_cases(user), pk=OuterRef("case_id"))
    admits = Q(sections=[]) | Q(sections__contains=[OuterRef("section")])
    mine, ours = (grants.filter(admits) for grants in _live_grants(user, Verb.VIEW, case="case_id"))
    section = Q(section="") | Q(Exists(mine)) | Q(Exists(ours))
    teams = Membership.objects.teams_of(user)
    handling = Q(restricted_to=[]) | Q(originator__in=teams) | Q(restricted_to__overlap=teams)
    return Q(Exists(its_case)) & section & handling


def is_someone(user: Any) -> bool:
    """Signed in, with an account that is still active."""
    return bool(user and user.is_authenticated and user.is_active)


def _live_grants(user: Any, verb: Verb, case: str) -> tuple[models.QuerySet[Any], models.QuerySet[Any]]:
    """Own grants and team grants, live now, that allow `verb`; a sealed case knows no team grant."""
    bound = tables()
    live = Q(expires_at=None) | Q(expires_at__gt=clock.now())
    if verb == Verb.COORDINATE:
        live &= Q(sections=[])  # who coordinates a case has all of it
    which = {
        "content_object": OuterRef(case),
        "permission__codename": verb.codename,
        "permission__content_type__app_label": bound.case._meta.app_label,
    }
    mine = bound.user_grants._default_manager.filter(live, user=user, **which)
    ours = bound.team_grants._default_manager.filter(
        live, group__in=Membership.objects.teams_of(user), **which
    )
    return mine, ours.exclude(content_object__visibility=Visibility.SEALED)

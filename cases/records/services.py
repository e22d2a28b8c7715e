"""Open a case and share it. Each service locks, asks, changes and records in one transaction."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction

from cases.people.models import Person
from cases.records import policies
from cases.records.models import (
    Case,
    CaseKind,
    CasePerson,
    Exclusion,
    ExclusionReason,
    Involvement,
    Share,
    Standing,
    TeamGrant,
    UserGrant,
)
from foundation.access.words import Verb
from foundation.accounts.models import Agency, Area, Team, User
from foundation.audit import services as audit
from foundation.base import clock
from foundation.base.errors import RuleBroken


@dataclass(frozen=True)
class ShareTerms:
    """With whom and why. `sections` empty means the whole case; `expires_at` None means until it is ended."""

    purpose: str
    lawful_basis: str
    team: Team | None = None
    user: User | None = None
    verb: Verb = Verb.CONTRIBUTE
    sections: Sequence[str] = field(default_factory=tuple)
    necessity: str = ""
    family_told: bool | None = None
    not_told_because: str = ""
    expires_at: datetime | None = None


@transaction.atomic
def open_case(
    *, area: Area, kind: CaseKind, subject: Person, shares: Sequence[ShareTerms], actor: User, purpose: str
) -> Case:
    """Open a case about `subject`, share it with the area's hub team and with everyone in `shares`.

    `purpose` is why the hub team holds the case. Raises PermissionDenied for anyone but the hub's
    coordinator, RuleBroken where a share is not complete.
    """
    policies.check_can_open_case(actor, area)
    hub = area.teams.get(is_hub=True)
    case = Case.objects.create(area=area, kind=kind, opened_by=actor)
    terms = ShareTerms(team=hub, verb=Verb.COORDINATE, purpose=purpose, lawful_basis="public_task")
    _add_share(case, terms, actor)
    CasePerson.objects.create(case=case, person=subject, standing=Standing.SUBJECT, originator=hub)
    for each in shares:
        if each.team != hub:
            _add_share(case, each, actor)
    audit.record(action="open a case", about=case, scope_id=case.pk)
    return case


@transaction.atomic
def share_case(*, case_id: uuid.UUID, terms: ShareTerms, actor: User) -> Share:
    """Let a team or a person see a case, and say why.

    Raises Case.DoesNotExist where the actor does not see the case, PermissionDenied without `coordinate`,
    RuleBroken where the share is not complete.
    """
    case = Case.objects.visible_to(actor).select_for_update().get(pk=case_id)
    policies.check_can_share(actor, case)
    return _add_share(case, terms, actor)


@transaction.atomic
def end_share(*, share_id: uuid.UUID, actor: User) -> Share:
    """Withdraw one share. What remains of the team's or person's other shares stays; effective at once.

    Raises Share.DoesNotExist for a share the actor does not see or that has ended, PermissionDenied without
    `coordinate`.
    """
    live = Share.objects.visible_to(actor).filter(ended_at=None)
    case = Case.objects.select_for_update().get(pk=live.get(pk=share_id).case_id)
    policies.check_can_share(actor, case)
    share = live.select_related("team", "user").get(pk=share_id)  # again, now that nobody else can end it
    policies.check_somebody_still_coordinates(case, without=share)
    share.ended_at, share.ended_by = clock.now(), actor
    share.save(update_fields=["ended_at", "ended_by"])
    if share.team_id and not case.shares.live().filter(team_id=share.team_id).exists():
        Involvement.objects.filter(case=case, team_id=share.team_id, ended_on=None).update(
            ended_on=clock.today()
        )
    audit.record(action="end a share", about=share, scope_id=case.pk, fields=["ended_at"])
    _write_grants(case, team=share.team, user=share.user)
    return share


@transaction.atomic
def exclude(*, case_id: uuid.UUID, user: User, reason: str, actor: User) -> Exclusion:
    """Keep a person with a conflict of interest out of a case, whatever is shared with them.

    Raises Case.DoesNotExist where the actor does not see the case, PermissionDenied without `coordinate`,
    RuleBroken without a reason or for a person who is already kept out.
    """
    case = Case.objects.visible_to(actor).select_for_update().get(pk=case_id)
    policies.check_can_share(actor, case)
    if user == actor:
        raise RuleBroken("Somebody else must record that you have a conflict of interest.")
    if not reason.strip():
        raise RuleBroken("Say what the conflict of interest is.")
    if Exclusion.objects.filter(case=case, user=user).exists():
        raise RuleBroken("This person is already kept out of the case.")
    exclusion = Exclusion.objects.create(case=case, user=user, made_by=actor)
    ExclusionReason.objects.create(exclusion=exclusion, case=case, text=reason)
    audit.record(action="exclude a person", about=exclusion, scope_id=case.pk)
    return exclusion


@transaction.atomic
def name_lead(*, case_id: uuid.UUID, professional: User, agency: Agency, actor: User) -> Case:
    """Name the lead professional and the lead agency.

    Raises Case.DoesNotExist where the actor does not see the case, PermissionDenied without `coordinate`.
    """
    case = Case.objects.visible_to(actor).select_for_update().get(pk=case_id)
    policies.check_can_share(actor, case)
    policies.check_can_lead(professional, agency, case)
    case.lead_professional, case.lead_agency, case.updated_at = professional, agency, clock.now()
    case.save(update_fields=["lead_professional", "lead_agency", "updated_at"])
    audit.record(
        action="name the lead", about=case, scope_id=case.pk, fields=["lead_professional", "lead_agency"]
    )
    return case


def _add_share(case: Case, terms: ShareTerms, actor: User) -> Share:
    share = Share(
        case=case,
        team=terms.team,
        user=terms.user,
        verb=terms.verb,
        sections=list(terms.sections),
        purpose=terms.purpose,
        lawful_basis=terms.lawful_basis,
        necessity=terms.necessity,
        family_told=terms.family_told,
        not_told_because=terms.not_told_because,
        expires_at=terms.expires_at,
        made_by=actor,
    )
    policies.check_share_is_complete(share)
    share.save(force_insert=True)
    _write_grants(case, team=terms.team, user=terms.user, just_made=share)
    if terms.team and not Involvement.objects.filter(case=case, team=terms.team, ended_on=None).exists():
        Involvement.objects.create(case=case, team=terms.team)
    audit.record(action="share a case", about=share, scope_id=case.pk, purpose=terms.lawful_basis)
    return share


def _write_grants(
    case: Case, *, team: Team | None, user: User | None, just_made: Share | None = None
) -> None:
    """Make the grants of one team or person the sum of their live shares.

    `just_made` is named because whoever opens a case cannot read its first share until the grants are there.
    One row per verb and set of sections, so that a short share of all never lengthens a long share of a part.
    """
    grants: Any = TeamGrant.objects if team else UserGrant.objects
    holder = {"group_id": team.pk} if team else {"user": user}
    held = {
        (row.permission_id, tuple(row.sections)): row for row in grants.filter(content_object=case, **holder)
    }
    shares = {share.pk: share for share in Share.objects.live().filter(case=case, team=team, user=user)}
    if just_made:
        shares[just_made.pk] = just_made
    wanted = _sum_of(list(shares.values()))
    missing = [
        grants.model(
            content_object=case, permission_id=key[0], sections=list(key[1]), expires_at=expires_at, **holder
        )
        for key, expires_at in wanted.items()
        if key not in held
    ]
    grants.bulk_create(
        missing
    )  # one statement: whoever opens a case has no right yet that a second could use
    for key, row in held.items():
        if key in wanted and row.expires_at != wanted[key]:
            grants.filter(pk=row.pk).update(expires_at=wanted[key])
    grants.filter(pk__in=[row.pk for key, row in held.items() if key not in wanted]).delete()


def _sum_of(shares: list[Share]) -> dict[tuple[int, tuple[str, ...]], datetime | None]:
    """Permission id and sections to the latest expiry; None is later than any."""
    permissions = dict(
        Permission.objects.filter(content_type__app_label="records", content_type__model="case").values_list(
            "codename", "pk"
        )
    )
    wanted: dict[tuple[int, tuple[str, ...]], datetime | None] = {}
    for share in shares:
        for verb in Verb(share.verb).includes:
            key = (permissions[verb.codename], tuple(sorted(share.sections)))
            before = wanted.get(key, share.expires_at)
            wanted[key] = (
                None if before is None or share.expires_at is None else max(before, share.expires_at)
            )
    return wanted

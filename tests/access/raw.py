"""Writes as they would be made by somebody who goes around the services."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Permission

from cases.chronology.models import Entry, EntryPart, Tone
from cases.chronology.services import add_entry
from cases.records.models import Case, Share, TeamGrant, UserGrant
from foundation.access.words import Section, Verb
from foundation.accounts.models import Team, User
from foundation.base import clock
from foundation.base.pg.viewer import acting_as

POLICY = "row-level security"


def entry_by(actor: User, case: Case, team: Team, **more: Any) -> EntryPart:
    with acting_as(actor):
        return add_entry(
            case_id=case.pk,
            title="Seen at the bus station",
            text="With two older people",
            happened_on=clock.today(),
            tone=Tone.WORRY,
            team=team,
            actor=actor,
            **more,
        )


def raw_part(
    case: Case, author: User, team: Team, *, section: str = Section.CHRONOLOGY, by: User | None = None
) -> None:
    """What the service does, without asking."""
    entry = Entry.objects.create(
        title="x", happened_on=clock.today(), tone=Tone.NEITHER, recorded_by=by or author, recorded_for=team
    )
    EntryPart.objects.create(case=case, entry=entry, text="x", section=section, originator=team)


def raw_grant(
    case: Case,
    verb: Verb,
    *,
    user: User | None = None,
    team: Team | None = None,
    sections: Sequence[str] = (),
) -> None:
    permission = Permission.objects.get(codename=verb.codename, content_type__app_label="records")
    terms: dict[str, Any] = {"content_object": case, "permission": permission, "sections": list(sections)}
    if team:
        TeamGrant.objects.create(group_id=team.pk, **terms)
    if user:
        UserGrant.objects.create(user=user, **terms)


def raw_share(case: Case, made_by: User, team: Team) -> Share:
    return Share.objects.create(
        case=case, team=team, verb=Verb.VIEW, purpose="x", lawful_basis="public_task", made_by=made_by
    )

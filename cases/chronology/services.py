"""Add to a case's chronology."""

import uuid
from datetime import date
from typing import Any

from django.db import transaction

from cases.chronology.models import Entry, EntryPart, Tone
from cases.records import policies
from cases.records.models import Case
from foundation.access.words import Section
from foundation.accounts.models import Team, User
from foundation.audit import services as audit
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.base.repeats import check_says_the_same


@transaction.atomic
def add_entry(
    *,
    case_id: uuid.UUID,
    title: str,
    text: str,
    happened_on: date,
    tone: Tone,
    team: Team,
    actor: User,
    section: Section = Section.CHRONOLOGY,
    is_significant: bool = False,
    told_by: str = "",
    entry_id: uuid.UUID | None = None,
) -> EntryPart:
    """Record what happened, in the name of one of the actor's teams.

    `entry_id` is chosen by the page that asked: the same one twice, by the same person, records once.
    Raises Case.DoesNotExist where the actor does not see the case, PermissionDenied without `contribute`,
    RuleBroken for a day to come, for a team the actor is not in or for the same `entry_id` with other words.
    """
    case = Case.objects.visible_to(actor).select_for_update().get(pk=case_id)
    policies.check_can_contribute(actor, case, section)
    if happened_on > clock.today():
        raise RuleBroken("The day it happened is in the future.")
    if team not in actor.teams:
        raise RuleBroken("You can write only in the name of a team you work in.")
    said: dict[str, Any] = {
        "title": title,
        "happened_on": happened_on,
        "tone": tone,
        "is_significant": is_significant,
        "told_by": told_by,
        "recorded_for": team,
    }
    own_id = Entry.id_of(entry_id or uuid.uuid4(), actor.pk, case.pk)
    sent_before = EntryPart.objects.filter(case=case, entry_id=own_id).select_related("entry__recorded_for")
    if already := sent_before.first():
        check_says_the_same(already, text=text, section=section)
        check_says_the_same(already.entry, **said)
        return already
    entry = Entry.objects.create(id=own_id, recorded_by=actor, **said)
    part = EntryPart.objects.create(case=case, entry=entry, text=text, section=section, originator=team)
    case.updated_at = clock.now()
    case.save(update_fields=["updated_at"])
    audit.record(action="add an entry", about=part, scope_id=case.pk, fields=["title", "text"])
    return part

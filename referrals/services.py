"""Write, send, answer and decide a referral. Each service locks, asks, changes, records: one transaction."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from cases.chronology.models import Tone
from cases.chronology.services import add_entry
from cases.people.services import add_person
from cases.records.models import Case, CaseKind
from cases.records.services import ShareTerms, open_case
from foundation.accounts.models import Area, Team, User
from foundation.audit import services as audit
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.deadlines import services as deadlines
from foundation.deadlines.limits import due_on
from referrals import policies
from referrals.models import OPEN, Keeper, Move, OpenedCase, Progress, Referral, Status
from referrals.work import DECISION

WORDS = frozenset(
    {
        "child_name",
        "child_known_as",
        "child_born_on",
        "child_school",
        "concern",
        "happened_on",
        "harm_types",
        "is_safe_now",
        "others_at_risk",
        "child_says",
        "family_told",
        "told_what",
    }
)


@dataclass(frozen=True)
class FirstEntry:
    """What concerns the case, copied from the referral's words into the case's first entry."""

    text: str
    happened_on: date


@transaction.atomic
def save_draft(
    *, draft_id: uuid.UUID, team: Team, area: Area, words: dict[str, Any], actor: User
) -> Referral:
    """Keep a draft. `draft_id` is chosen by the page, so that the same page twice makes one draft.

    `words` maps names of WORDS to values. Raises PermissionDenied where the actor may not refer or did not
    write the draft, RuleBroken once it is sent.
    """
    policies.check_can_refer(actor)
    if team not in policies.referring_teams(actor):
        raise RuleBroken("You can refer only in the name of a team you work in.")
    if area.partnership_id != team.agency.partnership_id:
        raise RuleBroken("Choose an area of the partnership your team belongs to.")
    if unknown := words.keys() - WORDS:
        raise ValueError(f"not words of a referral: {sorted(unknown)}")
    values = {**words, "team": team, "area": area, "changed_at": clock.now()}
    referral = _own_draft(draft_id, actor) or _new_draft(draft_id, values, actor)
    policies.check_can_change_draft(actor, referral)
    for name, value in values.items():
        setattr(referral, name, value)
    referral.save(update_fields=values.keys())
    audit.record(action="save a draft", about=referral, scope_id=referral.pk, fields=sorted(words))
    return referral


def _own_draft(draft_id: uuid.UUID, actor: User) -> Referral | None:
    """The draft, locked; if it is sent, the referral without a lock; None where the actor may see neither."""
    found = Referral.objects.visible_to(actor).filter(pk=draft_id)
    return found.select_for_update(of=("self",)).first() or found.first()


def _new_draft(chosen_id: uuid.UUID, values: dict[str, Any], actor: User) -> Referral:
    """The draft of this page and this person. Its key is made of both: nobody can ask after another's.

    Sent twice at once it is made once, without an error: a database may log what failed.
    """
    own_id = uuid.uuid5(chosen_id, str(actor.pk))
    Referral.objects.bulk_create([Referral(id=own_id, author=actor, **values)], ignore_conflicts=True)
    draft = _own_draft(own_id, actor)
    assert draft is not None, "a draft is always visible to its author"
    return draft


@transaction.atomic
def send_referral(*, referral_id: uuid.UUID, actor: User) -> Progress:
    """Send a draft to the area's hub team. Sending it again changes nothing and answers the same.

    Raises Referral.DoesNotExist where the actor does not see it, PermissionDenied for anyone but the author.
    """
    referral = Referral.objects.visible_to(actor).get(pk=referral_id)
    policies.check_is_author(actor, referral)
    locked = Referral.objects.filter(pk=referral_id, sent_at=None).select_for_update().first()
    if locked is None:
        return Progress.objects.get(referral=referral)
    now = clock.now()
    progress = Progress.objects.create(
        referral=locked,
        reference=locked.reference,
        team=locked.team,
        area=locked.area,
        status=Status.SENT,
        sent_at=now,
        decide_by=due_on("referral_decision", clock.today()),
    )
    Move.objects.create(referral=locked, after=Status.SENT, actor=actor)
    deadlines.open_deadline(
        kind=DECISION,
        scope_id=locked.pk,
        reference=locked.reference,
        due_on=progress.decide_by,
        team=locked.area.teams.get(is_hub=True),
        actor=actor,
    )
    locked.sent_at = now
    locked.save(update_fields=["sent_at"])
    audit.record(action="send a referral", about=locked, scope_id=locked.pk)
    return progress


@transaction.atomic
def ask_for_more(*, referral_id: uuid.UUID, question: str, actor: User) -> Progress:
    """Ask the referrer something before deciding. Raises as `_locked`, and RuleBroken without a question."""
    progress = _locked(referral_id, actor)
    policies.check_can_decide(actor, progress)
    return _move(progress, Status.ASKED, question, actor)


@transaction.atomic
def answer(*, referral_id: uuid.UUID, text: str, actor: User) -> Progress:
    """Answer what was asked: the referral waits for a decision again. Raises as `_locked`."""
    progress = _locked(referral_id, actor)
    policies.check_is_author(actor, progress.referral)
    return _move(progress, Status.SENT, text, actor)


@transaction.atomic
def decline(*, referral_id: uuid.UUID, reason: str, actor: User) -> Progress:
    """Decide against opening a case. Raises as `_locked`, and RuleBroken without a reason."""
    progress = _locked(referral_id, actor)
    policies.check_can_decide(actor, progress)
    return _move(progress, Status.DECLINED, reason, actor)


@transaction.atomic
def accept(
    *, referral_id: uuid.UUID, reason: str, shares: Sequence[ShareTerms], first_entry: FirstEntry, actor: User
) -> Case:
    """Open a case about the child: make the person's record, share the case, copy what concerns it.

    `reason` is for the referrer. Raises as `_locked`, and RuleBroken without a reason or where a share is not
    complete.
    """
    progress = _locked(referral_id, actor)
    policies.check_can_decide(actor, progress)
    referral = progress.referral
    _move(progress, Status.ACCEPTED, reason, actor)
    person = add_person(
        name=referral.child_name,
        known_as=referral.child_known_as,
        born_on=referral.child_born_on,
        school=referral.child_school,
        actor=actor,
    )
    case = open_case(
        area=progress.area,
        kind=CaseKind.CHILD,
        subject=person,
        shares=shares,
        purpose="The area's hub team decides on the referral and coordinates the case.",
        actor=actor,
    )
    add_entry(
        case_id=case.pk,
        title="Referral received",
        text=first_entry.text,
        happened_on=first_entry.happened_on,
        tone=Tone.WORRY,
        is_significant=True,
        told_by=str(referral.team.agency),
        team=progress.area.teams.get(is_hub=True),
        actor=actor,
    )
    OpenedCase.objects.create(referral=referral, case=case)
    return case


@transaction.atomic
def name_keeper(*, referral_id: uuid.UUID, user: User, actor: User) -> Keeper:
    """Let one named person read a referral. Raises as `_locked`."""
    progress = _locked(referral_id, actor)
    policies.check_can_decide(actor, progress)
    keeper = Keeper.objects.create(referral_id=referral_id, user=user, named_by=actor)
    audit.record(action="name a keeper", about=keeper, scope_id=referral_id)
    return keeper


def _locked(referral_id: uuid.UUID, actor: User) -> Progress:
    """Raises Referral.DoesNotExist where the actor does not see the words, RuleBroken for a draft."""
    referral = Referral.objects.visible_to(actor).select_related("team__agency", "area").get(pk=referral_id)
    progress = Progress.objects.select_for_update().filter(referral=referral).first()
    if progress is None and referral.sent_at is None:
        raise RuleBroken("This referral is still a draft.")
    if progress is None:  # decided: its author may read it and no longer lock it
        progress = Progress.objects.get(referral=referral)
    progress.referral = referral
    return progress


def _move(progress: Progress, after: Status, said: str, actor: User) -> Progress:
    policies.check_can_move(progress, after)
    policies.check_something_was_said(said)
    Move.objects.create(referral_id=progress.pk, before=progress.status, after=after, said=said, actor=actor)
    progress.status = after
    progress.decided_at = clock.now() if after in (Status.ACCEPTED, Status.DECLINED) else None
    progress.save(update_fields=["status", "decided_at"])
    if after not in OPEN:
        deadlines.meet_deadline(kind=DECISION, scope_id=progress.pk, actor=actor)
    audit.record(action=f"referral {after.value}", about=progress, scope_id=progress.pk, fields=["status"])
    return progress

"""Load a plan, import its wording, update its proposals. Each locks, asks, changes and records at once."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import transaction

from actionplan import changes, policies
from actionplan.models import ActionPlan, ChangeSource, Lifecycle, Proposal, Rating, Theme, Update
from actionplan.obligation import HeldElsewhere
from actionplan.themes import ThemesOfPlan
from actionplan.titles import first_words
from foundation.accounts.models import Partnership, User
from foundation.audit import services as audit
from foundation.base.errors import RuleBroken
from foundation.base.repeats import check_says_the_same


@dataclass(frozen=True)
class ProposalWords:
    number: int
    title: str
    text: str


@dataclass(frozen=True)
class ThemeWords:
    title: str
    proposals: Sequence[ProposalWords]


@dataclass(frozen=True)
class PlanRow:
    """What a file says of one proposal. An empty value says nothing, and so changes nothing."""

    number: int
    text: str
    theme: str = ""
    lead: str = ""
    by_when: date | None = None
    progress: str = ""
    rating: Rating | None = None


@dataclass(frozen=True)
class Report:
    """How somebody says that a proposal stands, and why."""

    rating: Rating
    lifecycle: Lifecycle
    reason: str = ""
    corrective_step: str = ""
    progress: str = ""


@dataclass(frozen=True)
class Terms:
    """Who leads a proposal and by when it is to be done. For the plan lead to say."""

    lead_user: User | None = None
    lead: str = ""
    by_when: date | None = None


@dataclass
class ImportResult:
    """The numbers of the proposals, and the fields that changed or that another team keeps as they are."""

    added: list[int] = field(default_factory=list)
    changed: dict[int, list[str]] = field(default_factory=dict)
    unchanged: list[int] = field(default_factory=list)
    held: dict[int, list[str]] = field(default_factory=dict)
    themes_written: int = 0

    def __str__(self) -> str:
        return f"{len(self.added)} added, {len(self.changed)} changed, {len(self.unchanged)} unchanged"


@transaction.atomic
def load_plan(
    *, partnership: Partnership, name: str, themes: Iterable[ThemeWords], actor: User
) -> ActionPlan:
    """Make a plan of themes and proposals, with no leads, dates, progress or ratings.

    Raises PermissionDenied for anyone who does not write this partnership's plans, RuleBroken where it has a
    plan of that name.
    """
    policies.check_can_write_plans(actor, partnership)
    plan, is_new = _locked_plan(partnership, name, actor)
    if not is_new:
        raise RuleBroken(f"There is already a plan called “{plan.name}”.")
    for position, words in enumerate(themes, start=1):
        theme = Theme.objects.create(plan=plan, position=position, title=words.title)
        Proposal.objects.bulk_create(
            Proposal(plan=plan, theme=theme, number=each.number, title=each.title, text=each.text)
            for each in words.proposals
        )
    return plan


@transaction.atomic
def import_rows(*, plan_name: str, rows: Sequence[PlanRow], actor: User) -> ImportResult:
    """Bring the plan of that name in line with `rows`; a name that is not known makes a new plan.

    Proposals are known by their number: new ones are added, changed words replace the old with a history row
    each, and our titles stay. Empty values erase nothing. A date, or an end, of what another team asked for
    is left as it is and named in the result. Raises PermissionDenied for anyone who writes
    no plan, RuleBroken where a number comes twice or it is not clear which partnership is meant.
    """
    policies.check_can_write_plans(actor)
    for number, times in Counter(row.number for row in rows).items():
        if times > 1:
            raise RuleBroken(f"Proposal {number} is there {times} times.")
    plan, _ = _locked_plan(_partnership_meant(actor, plan_name), plan_name, actor)
    present = {each.number: each for each in plan.proposals.select_related("theme", "lead_user")}
    themes = ThemesOfPlan(plan, list(present.values()), {row.number: row.theme for row in rows})
    result = ImportResult()
    for row in rows:
        proposal = present.get(row.number)
        if proposal is None:
            _add(plan, row, themes.named(row.theme, None))
            result.added.append(row.number)
            continue
        changed, held = _as_far_as_in_reach(proposal, row, themes.named(row.theme, proposal.theme), actor)
        if held:
            result.held[row.number] = held
        if changed:
            result.changed[row.number] = changed
        else:
            result.unchanged.append(row.number)
    result.themes_written = len(themes.written)
    touched = sorted({name for fields in result.changed.values() for name in fields})
    audit.record(action="import a plan", about=plan, scope_id=plan.pk, fields=touched)
    return result


@transaction.atomic
def update_proposal(
    *,
    proposal_id: uuid.UUID,
    update_id: uuid.UUID,
    seen_version: int,
    report: Report,
    terms: Terms | None,
    actor: User,
) -> Proposal:
    """Say how a proposal stands and why; the plan lead also says who leads it and by when (`terms`).

    `update_id` is chosen by the page: the same page sent twice is one update. Raises Proposal.DoesNotExist
    where the actor may not read the plan, PermissionDenied for anyone but its lead and the plan lead,
    ChangedMeanwhile where it is no longer at `seen_version`, SaidWrong or RuleBroken where `policies` does
    not allow what is said or the same `update_id` comes with other words.
    """
    proposal = Proposal.objects.visible_to(actor).select_related("plan__partnership").get(pk=proposal_id)
    policies.check_can_update(actor, proposal)
    proposal = _locked_proposal(proposal)
    policies.check_can_update(actor, proposal)
    own_id = uuid.uuid5(update_id, f"{actor.pk} {proposal_id}")
    said = vars(report) | vars(terms or Terms(proposal.lead_user, proposal.lead, proposal.by_when))
    if already := Update.objects.filter(pk=own_id).first():
        check_says_the_same(already, reason=report.reason)
        check_says_the_same(proposal, **{name: said[name] for name in said if name != "reason"})
        return proposal
    policies.check_is_current(proposal, seen_version)
    reason = said.pop("reason")
    policies.check_terms(actor, proposal, said)
    policies.check_said(proposal, said, reason)
    changed = changes.write(proposal, said, actor=actor, source=ChangeSource.PAGE)
    Update.objects.create(
        id=own_id,
        proposal=proposal,
        version=proposal.version,
        rating=report.rating,
        reason=reason,
        at=proposal.updated_at,
        by=actor,
    )
    audit.record(
        action="update a proposal", about=proposal, scope_id=proposal.plan_id, fields=sorted(changed)
    )
    return proposal


def _locked_proposal(found: Proposal) -> Proposal:
    """The same, as it stands now, until the end of the transaction."""
    locked: Proposal = (
        Proposal.objects.select_for_update(of=("self",)).select_related("lead_user").get(pk=found.pk)
    )
    locked.plan = found.plan
    return locked


def _partnership_meant(actor: User, plan_name: str) -> Partnership:
    """Where the plan is, among those the actor writes for; the actor's own where there is none yet."""
    written = Partnership.objects.filter(pk__in=policies.partnerships_written_by(actor))
    holding = written.filter(pk__in=ActionPlan.objects.named(plan_name).values("partnership"))
    meant = list(holding) or list(written)
    if len(meant) > 1:
        raise RuleBroken(
            "You write plans for more than one partnership, and it is not clear which one is meant."
        )
    return meant[0]


def _locked_plan(partnership: Partnership, name: str, actor: User) -> tuple[ActionPlan, bool]:
    """The plan under a lock, and whether it is new. Of two at once the second waits and finds the first's."""
    wanted = ActionPlan(partnership=partnership, name=name, made_by=actor)
    ActionPlan.objects.bulk_create([wanted], ignore_conflicts=True)
    plan = ActionPlan.objects.named(name).select_for_update().get(partnership=partnership)
    is_new = plan.pk == wanted.pk
    if is_new:
        audit.record(action="add a plan", about=plan, scope_id=plan.pk)
    return plan, is_new


def _add(plan: ActionPlan, row: PlanRow, theme: Theme | None) -> None:
    Proposal.objects.create(
        plan=plan,
        theme=theme,
        number=row.number,
        title=first_words(row.text),
        text=row.text,
        lead=row.lead,
        by_when=row.by_when,
        by_when_first=row.by_when,
        progress=row.progress,
        rating=row.rating or Rating.NOT_RATED,
    )


def _as_far_as_in_reach(
    proposal: Proposal, row: PlanRow, theme: Theme | None, actor: User
) -> tuple[list[str], list[str]]:
    """The fields that were changed, and those that another team keeps as they are."""
    try:
        with transaction.atomic():
            return _bring_in_line(proposal, row, theme, actor), []
    except HeldElsewhere:
        before = Proposal.objects.select_related("theme", "lead_user", "plan").get(pk=proposal.pk)
    ends = row.rating == Rating.COMPLETE != before.rating
    moves = bool(row.by_when) and row.by_when != before.by_when
    held = [name for name, differs in (("by_when", moves), ("rating", ends)) if differs]
    kept = replace(row, by_when=None if moves else row.by_when, rating=None if ends else row.rating)
    return _bring_in_line(before, kept, theme, actor), held


def _bring_in_line(proposal: Proposal, row: PlanRow, theme: Theme | None, actor: User) -> list[str]:
    """Change what the row says otherwise, with a history row each. Returns the names of those fields."""
    said: dict[str, Any] = {
        "text": row.text,
        "theme": theme,
        "lead": row.lead,
        "by_when": row.by_when,
        "progress": row.progress,
        "rating": row.rating,
    }
    changed = [name for name, value in said.items() if value and value != getattr(proposal, name)]
    if not changed:
        return []
    if proposal.title == first_words(proposal.text):  # the title was never ours: it follows the text
        proposal.title = first_words(row.text)
    changes.write(proposal, {name: said[name] for name in changed}, actor=actor, source=ChangeSource.IMPORT)
    return changed

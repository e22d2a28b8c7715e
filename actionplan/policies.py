"""Who may read and who may write an action plan, and what may be said of a proposal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from actionplan.models import GOOD_NEWS, Lifecycle, Proposal, Rating, people_who_may_lead
from foundation.accounts.models import Partnership, User
from foundation.accounts.roles import PLAN_READERS, Role
from foundation.base.errors import RuleBroken

PLAN_WRITERS = frozenset({Role.PLAN_LEAD, Role.ADMINISTRATOR})
NEEDS_A_REASON = frozenset({Lifecycle.SUPERSEDED, Lifecycle.SUSPENDED})
TERMS = ("lead_user", "lead", "by_when")
NAMES_NOBODY = frozenset({"tbc", "tbd", "tba", "n/a", "na", "none", "unknown", "not known", "-", "?"})

ONLY_WRITERS = "Only a plan lead or an administrator of the partnership may change its action plan."
ONLY_LEADS = "Only the plan lead, or the person who leads this proposal, may update it."
ONLY_PLAN_LEAD = "Only the plan lead may change who leads this proposal or by when it is to be done."
BEHIND = "Somebody else has updated this proposal since you opened this page."
NOTHING_SAID = "Nothing is different, and no reason is given: there is nothing to save."


class ChangedMeanwhile(RuleBroken):
    """The page was opened before the last change."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one answer."""

    field: str
    sentence: str


class SaidWrong(RuleBroken):
    """What was said of a proposal does not hold together: a sentence for each answer."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(f"{fault.sentence}." for fault in faults))
        self.faults = list(faults)


def may_read_plans(user: Any) -> bool:
    """Has a reader's role somewhere. Which plans that opens, `visible_to` says."""
    return bool(user.roles & PLAN_READERS)


def partnerships_written_by(user: User) -> frozenset[int]:
    """The keys of the partnerships whose plans this person may write."""
    return partnerships_of(user, PLAN_WRITERS)


def partnerships_of(user: User, roles: frozenset[Role]) -> frozenset[int]:
    if not user.is_active:
        return frozenset()
    return frozenset(m.team.agency.partnership_id for m in user.current_memberships if m.role in roles)


def check_can_write_plans(user: User, partnership: Partnership | None = None) -> None:
    """Raises PermissionDenied unless the user writes plans there (or anywhere, where none is named)."""
    written = partnerships_written_by(user)
    if not written or (partnership is not None and partnership.pk not in written):
        raise PermissionDenied(ONLY_WRITERS)


def leads_plan(user: User, proposal: Proposal) -> bool:
    """Is the plan lead of the proposal's partnership."""
    return proposal.plan.partnership_id in partnerships_of(user, frozenset({Role.PLAN_LEAD}))


def check_can_update(user: User, proposal: Proposal) -> None:
    """Raises PermissionDenied unless the user is its plan lead, or leads it and may read the plan."""
    reads = proposal.plan.partnership_id in partnerships_of(user, PLAN_READERS)
    if not leads_plan(user, proposal) and not (proposal.lead_user_id == user.pk and reads):
        raise PermissionDenied(ONLY_LEADS)


def check_is_current(proposal: Proposal, seen_version: int) -> None:
    if proposal.version != seen_version:
        raise ChangedMeanwhile(BEHIND)


def check_terms(user: User, proposal: Proposal, said: Mapping[str, Any]) -> None:
    """Raises PermissionDenied where anyone but the plan lead changes lead or date."""
    if proposal.differs_in({name: said[name] for name in TERMS}) and not leads_plan(user, proposal):
        raise PermissionDenied(ONLY_PLAN_LEAD)


def check_said(proposal: Proposal, said: Mapping[str, Any], reason: str) -> None:
    """What is said of a proposal must hold together. Source: ADR 0031, ADR 0060."""
    faults = [
        *faults_of_lead(proposal, said),
        *faults_of_status(said),
        *faults_of_reason(proposal, said, reason),
    ]
    if faults:
        raise SaidWrong(faults)
    if not reason and not proposal.differs_in(said):
        raise RuleBroken(NOTHING_SAID)


def faults_of_lead(proposal: Proposal, said: Mapping[str, Any]) -> Iterator[Fault]:
    """A new lead must be somebody, and must be able to read the plan."""
    lead, user = said["lead"], said["lead_user"]
    if lead != proposal.lead and lead.casefold() in NAMES_NOBODY:
        yield Fault("lead", f"“{lead}” names nobody: leave it empty until there is a lead")
    may_lead = people_who_may_lead(proposal.plan.partnership)
    if user and user.pk != proposal.lead_user_id and not may_lead.filter(pk=user.pk).exists():
        yield Fault("lead_user", f"{user} may not read this plan, and so cannot lead a proposal of it")


def faults_of_status(said: Mapping[str, Any]) -> Iterator[Fault]:
    rating, is_done = Rating(said["rating"]), said["lifecycle"] == Lifecycle.COMPLETE
    has_lead = bool(said["lead_user"] or said["lead"])
    if rating in GOOD_NEWS and not (has_lead and said["by_when"]):
        there = (("a lead", has_lead), ("a date", said["by_when"]))
        missing = " and ".join(what for what, is_there in there if not is_there)
        yield Fault("rating", f"“{rating.label}” needs a lead and a date, and this proposal lacks {missing}")
    if rating == Rating.OFF_TRACK and not said["corrective_step"]:
        yield Fault("corrective_step", "Say what is being done to put it right")
    if (rating == Rating.COMPLETE) != is_done:
        yield Fault("lifecycle", "“Complete” must be both its status and how far it has come, or neither")


def faults_of_reason(proposal: Proposal, said: Mapping[str, Any], reason: str) -> Iterator[Fault]:
    """A status needs its reason each time; so does a date that moves, a pause or an end."""
    if reason:
        return
    if not said["rating"] == proposal.rating == Rating.NOT_RATED:
        yield Fault("reason", f"Say why the status is “{Rating(said['rating']).label}”")
    elif proposal.by_when and said["by_when"] != proposal.by_when:
        yield Fault("reason", "Say why the date changes")
    elif said["lifecycle"] != proposal.lifecycle and said["lifecycle"] in NEEDS_A_REASON:
        yield Fault("reason", "Say why it is closed or paused")

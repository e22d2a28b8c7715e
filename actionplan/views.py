"""Pages of the action plan: the list, a plan, a proposal."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.generic import View

from actionplan import history, policies
from actionplan.models import ActionPlan, Proposal, Rating, Theme
from actionplan.summary import DEFINITIONS, Summary
from foundation.audit import services as audit
from foundation.base import clock


class PlanList(View):
    """The only plan where there is one, else the plans to choose from."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not policies.may_read_plans(request.user):
            raise Http404
        plans = list(ActionPlan.objects.visible_to(request.user).annotate(proposal_count=Count("proposals")))
        if len(plans) == 1:
            return plan_page(request, plans[0])
        return render(request, "actionplan/list.html", {"plans": plans})


class OfPlan(View):
    """Loads the plan the viewer may read, else 404. What stands below it is loaded through it."""

    plan: ActionPlan

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.plan = get_object_or_404(ActionPlan.objects.visible_to(request.user), pk=kwargs["plan_id"])


class PlanPage(OfPlan):
    def get(self, request: HttpRequest, plan_id: uuid.UUID) -> HttpResponse:
        return plan_page(request, self.plan)


class ProposalPage(OfPlan):
    def get(self, request: HttpRequest, plan_id: uuid.UUID, proposal_id: uuid.UUID) -> HttpResponse:
        proposal = get_object_or_404(self.plan.proposals.select_related("theme"), pk=proposal_id)
        audit.record(action="open a proposal", about=proposal, scope_id=self.plan.pk)
        page = {
            "plan": self.plan,
            "proposal": proposal,
            "meaning": DEFINITIONS[proposal.status],
            "facts": facts_about(proposal, clock.today()),
            "changes": [history.told(change) for change in proposal.changes.select_related("by")],
        }
        return render(request, "actionplan/proposal.html", page)


def plan_page(request: HttpRequest, plan: ActionPlan) -> HttpResponse:
    """Three queries and the audit row, however many proposals there are."""
    today = clock.today()
    proposals = list(plan.proposals.select_related("theme"))
    summary = Summary.of(proposals, today)
    audit.record(action="open a plan", about=plan, scope_id=plan.pk)
    page = {
        "plan": plan,
        "summary": summary,
        "groups": by_theme(list(plan.themes.all()), proposals, today),
        "statuses": [{"rating": rating, "count": summary.by_status[rating]} for rating in Rating],
        "definitions": [{"key": rating.label, "value": DEFINITIONS[rating]} for rating in Rating],
    }
    return render(request, "actionplan/plan.html", page)


@dataclass(frozen=True)
class Row:
    """A proposal in the table of its theme."""

    proposal: Proposal
    late_by: str


@dataclass(frozen=True)
class Group:
    """A heading with its proposals; `wording` where the plan's own words for it are known and are others."""

    title: str
    wording: str
    rows: list[Row]


def by_theme(themes: list[Theme], proposals: list[Proposal], today: date) -> list[Group]:
    """The themes that have proposals, in their order, then what stands under none."""
    rows: dict[uuid.UUID | None, list[Row]] = {}
    for proposal in proposals:
        rows.setdefault(proposal.theme_id, []).append(Row(proposal, lateness(proposal, today)))
    groups = [Group(t.title, adopted(t), rows[t.pk]) for t in themes if t.pk in rows]
    if None in rows:
        groups.append(Group("Under no theme" if groups else "Proposals", "", rows[None]))
    return groups


def adopted(theme: Theme) -> str:
    return theme.wording if theme.wording != theme.title else ""


def lateness(proposal: Proposal, today: date) -> str:
    days = proposal.days_late(today)
    return f"{days} {'day' if days == 1 else 'days'} late" if days else ""


def facts_about(proposal: Proposal, today: date) -> list[dict[str, Any]]:
    """Rows of the summary list. What is missing is said, never left blank."""
    day = proposal.by_when
    by_when = list(filter(None, [history.spoken(day), lateness(proposal, today)])) if day else "No date set"
    theme = proposal.theme
    own_words = adopted(theme) if theme else ""
    return [
        {"key": "Theme", "value": theme.title if theme else "Under no theme"},
        *([{"key": "Theme as adopted", "value": own_words}] if own_words else []),
        {"key": "Lead", "value": proposal.lead if proposal.has_lead else "No lead named"},
        {"key": "By when", "value": by_when},
        {"key": "Progress", "value": proposal.progress or "None reported"},
        {"key": "How far it has come", "value": proposal.get_lifecycle_display()},
    ]

"""Pages of the action plan: the list, a plan, a proposal."""

import uuid
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.generic import View

from actionplan import history, policies
from actionplan.facts import by_theme, facts_about, latest_first
from actionplan.lateness import suggestion
from actionplan.models import ActionPlan, Proposal, Rating
from actionplan.summary import DEFINITIONS, Summary
from foundation.accounts.requests import person_of
from foundation.audit import services as audit
from foundation.base import clock
from foundation.base.policy import allows


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
        readable = ActionPlan.objects.visible_to(request.user).select_related("partnership")
        self.plan = get_object_or_404(readable, pk=kwargs["plan_id"])

    def proposal(self, proposal_id: uuid.UUID) -> Proposal:
        """The plan's own proposal, else 404."""
        found = self.plan.proposals.select_related("theme", "lead_user")
        proposal: Proposal = get_object_or_404(found, pk=proposal_id)
        proposal.plan = self.plan
        return proposal


class PlanPage(OfPlan):
    def get(self, request: HttpRequest, plan_id: uuid.UUID) -> HttpResponse:
        return plan_page(request, self.plan)


class ProposalPage(OfPlan):
    def get(self, request: HttpRequest, plan_id: uuid.UUID, proposal_id: uuid.UUID) -> HttpResponse:
        proposal = self.proposal(proposal_id)
        audit.record(action="open a proposal", about=proposal, scope_id=self.plan.pk)
        told = history.told_of(proposal)
        page = {
            "plan": self.plan,
            "proposal": proposal,
            "meaning": DEFINITIONS[proposal.status],
            "suggestion": suggestion(proposal, clock.today()),
            "facts": facts_about(proposal, clock.today(), history.last_rated(told)),
            "history": told,
            "may_update": allows(policies.check_can_update, person_of(request), proposal),
        }
        return render(request, "actionplan/proposal.html", page)


def plan_page(request: HttpRequest, plan: ActionPlan) -> HttpResponse:
    """Three queries and the audit row, however many proposals there are."""
    today = clock.today()
    proposals = list(plan.proposals.select_related("theme", "lead_user"))
    summary = Summary.of(proposals, today)
    audit.record(action="open a plan", about=plan, scope_id=plan.pk)
    page = {
        "plan": plan,
        "summary": summary,
        "late": latest_first(proposals, today),
        "groups": by_theme(list(plan.themes.all()), proposals, today),
        "statuses": [{"rating": rating, "count": summary.by_status[rating]} for rating in Rating],
        "definitions": [{"key": rating.label, "value": DEFINITIONS[rating]} for rating in Rating],
    }
    return render(request, "actionplan/plan.html", page)

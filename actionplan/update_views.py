"""The page that updates a proposal: for its plan lead, and for the person who leads it."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from actionplan import history, policies, services
from actionplan.changes import as_text
from actionplan.facts import by_when
from actionplan.forms import UpdateForm, initial_of
from actionplan.lateness import late_by, suggestion
from actionplan.models import Proposal, people_who_may_lead
from actionplan.policies import ChangedMeanwhile, SaidWrong
from actionplan.views import OfPlan
from foundation.accounts.requests import person_of
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.web.dates import PARTS, as_parts

READ_FIRST = (
    "Read what has changed below. What you did not touch shows it now. Save again if your update still holds."
)


class UpdatePage(OfPlan):
    """Lead, date, status with its reason, progress: one page."""

    def dispatch(self, request: HttpRequest, plan_id: uuid.UUID, proposal_id: uuid.UUID) -> HttpResponseBase:
        self.current = self.proposal(proposal_id)
        policies.check_can_update(person_of(request), self.current)
        self.asks_terms = policies.leads_plan(person_of(request), self.current)
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.answer(form, status=422)
        try:
            proposal = self.save(form)
        except ChangedMeanwhile as behind:
            return self.answer_behind(form, request.POST, str(behind))
        except SaidWrong as wrong:
            for fault in wrong.faults:
                form.add_error(fault.field if fault.field in form.fields else None, fault.sentence)
            return self.answer(form, status=422)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
            return self.answer(form, status=422)
        late = late_by(proposal, clock.today())
        messages.success(
            request, f"Proposal {proposal.number} is updated." + (f" It is {late}." if late else "")
        )
        return redirect("actionplan:proposal", plan_id=self.plan.pk, proposal_id=proposal.pk)

    def form(self, typed: QueryDict | None = None) -> UpdateForm:
        people = people_who_may_lead(self.plan.partnership) if self.asks_terms else None
        return UpdateForm(typed, proposal=self.current, people=people)

    def save(self, form: UpdateForm) -> Proposal:
        return services.update_proposal(
            proposal_id=self.current.pk,
            update_id=form.cleaned_data["update_id"],
            seen_version=form.cleaned_data["version"],
            report=form.report(),
            terms=form.terms(),
            actor=person_of(self.request),
        )

    def answer_behind(self, form: UpdateForm, typed: QueryDict, sentence: str) -> HttpResponse:
        """What has changed since the page was opened, and the typed words, to be saved again or not."""
        seen = form.cleaned_data["version"]
        self.current = self.proposal(self.current.pk)
        merged = self.form(brought_up_to_date(form, typed, self.current, seen))
        merged.is_valid()
        merged.add_error(None, f"{sentence} {READ_FIRST}")
        return self.answer(merged, status=422, changed_since=history.told_of(self.current, since=seen))

    def answer(self, form: UpdateForm, *, status: int = 200, **more: Any) -> HttpResponse:
        proposal, today = self.current, clock.today()
        page = {
            "plan": self.plan,
            "proposal": proposal,
            "form": form,
            "by_when": by_when(proposal, today),
            "suggestion": suggestion(proposal, today),
            "asks_terms": self.asks_terms,
            **more,
        }
        return render(self.request, "actionplan/update.html", page, status=status)


def brought_up_to_date(form: UpdateForm, typed: QueryDict, proposal: Proposal, seen: int) -> QueryDict:
    """What was typed; in the boxes nobody touched, what others have written there meanwhile."""
    given: Mapping[str, Any] = {
        **form.cleaned_data,
        "lead_user": form.people.get(form.cleaned_data.get("lead_user", "")),
    }
    now = initial_of(proposal)
    data = typed.copy()
    data["version"] = str(proposal.version)
    for name, before in history.values_at(proposal, seen).items():
        if name not in form.fields or as_text(given[name]) != before:
            continue
        if name == "by_when":
            parts = as_parts(now[name])
            for part in PARTS:
                data[f"by_when_{part}"] = parts[part]
        else:
            data[name] = str(now[name])
    return data

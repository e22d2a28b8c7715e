"""Agree an action, read it, close it, hand it over."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import FormView

from cases.plans import policies, services
from cases.plans.forms import ActionForm, CloseForm, HandOverForm, fresh_action_id
from cases.plans.models import Outcome
from cases.plans.owners import Owner, possible_owners
from cases.plans.pages import ActionPage, detail_of
from cases.records.pages import CasePage
from foundation.accounts.requests import person_of
from foundation.base.errors import RuleBroken

FROM_MY_WORK = "my-work"


class RuleForm(FormView):
    """A form whose act may break a rule: the sentence comes back with everything that was typed."""

    def act(self, form: Any) -> HttpResponse:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return self.act(form)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
            return self.form_invalid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Add(CasePage, RuleForm):
    """A new action, with or without a review."""

    template_name = "plans/add.html"
    form_class = ActionForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policies.check_can_agree(person_of(request), self.case)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "owners": possible_owners(person_of(self.request), self.case)}

    def get_initial(self) -> dict[str, Any]:
        return {"action_id": fresh_action_id()}

    def act(self, form: ActionForm) -> HttpResponse:
        action = services.agree_action(case_id=self.case.pk, actor=person_of(self.request), **form.answers())
        messages.success(self.request, f"The action is agreed. {action.owner} has it on their My work.")
        return redirect("cases:detail", case_id=self.case.pk)


class Detail(ActionPage, RuleForm):
    """One action: its facts, its history and, for those who may, the form that closes it."""

    template_name = "plans/action.html"
    form_class = CloseForm

    def get_initial(self) -> dict[str, Any]:
        wished = self.request.GET.get("outcome")
        return {"outcome": wished} if wished in Outcome.values else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = detail_of(person_of(self.request), self.action)
        form = kwargs.pop("form", None) or self.get_form()
        is_wanted = shown["may_close"] or form.is_bound
        return super().get_context_data(**shown, form=form if is_wanted else None, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policies.check_can_close(person_of(request), self.action)
        return super().post(request, *args, **kwargs)

    def act(self, form: CloseForm) -> HttpResponse:
        action = services.close_action(
            action_id=self.action.pk, actor=person_of(self.request), **form.cleaned_data
        )
        messages.success(self.request, f"The action is closed: {action.get_outcome_display().lower()}.")
        if self.request.GET.get("from") == FROM_MY_WORK:
            return redirect("web:my-work")
        return redirect("plans:action", case_id=self.case.pk, action_id=action.pk)


class HandOver(ActionPage, RuleForm):
    template_name = "plans/hand_over.html"
    form_class = HandOverForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policies.check_can_hand_over(person_of(request), self.action)
        if request.method == "GET" and not self.action.is_open:
            return redirect("plans:action", case_id=self.case.pk, action_id=self.action.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        owners = possible_owners(person_of(self.request), self.case)
        return {**super().get_form_kwargs(), "owners": owners, "action": self.action}

    def get_initial(self) -> dict[str, Any]:
        action = self.action
        seen = action.steps.visible_to(person_of(self.request)).count()
        return {"seen": seen, "owner": Owner(action.owner, action.team).key, "due_on": action.due_on}

    def act(self, form: HandOverForm) -> HttpResponse:
        action = services.hand_over_action(
            action_id=self.action.pk, actor=person_of(self.request), **form.answers()
        )
        messages.success(self.request, f"{action.owner} owns the action now.")
        return redirect("plans:action", case_id=self.case.pk, action_id=action.pk)

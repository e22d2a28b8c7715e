"""Reviews: the list, opening one, its page, what it decides, and its end."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import FormView, TemplateView

from cases.plans.forms import ActionForm, fresh_action_id
from cases.plans.owners import possible_owners
from foundation.accounts.requests import person_of
from foundation.audit import services as audit
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.base.policy import allows
from reviews import policies, services
from reviews.forms import CancelForm, DecisionForm, FinishForm, OpenForm, fresh_id
from reviews.models import Meeting
from reviews.pages import DecisionPage, ItemPage, ReviewPage, as_seen, why_cancelled
from reviews.screens import shown_cases

COMING_AT_MOST = 50
OVER_AT_MOST = 25


class List(TemplateView):
    """What comes and what was held, as far as the viewer sees it."""

    template_name = "reviews/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = person_of(self.request)
        ours = Meeting.objects.visible_to(user).select_related("area", "chair").with_items(user)
        coming, over = list(ours.planned()[: COMING_AT_MOST + 1]), list(ours.over()[: OVER_AT_MOST + 1])
        shown = [*coming[:COMING_AT_MOST], *over[:OVER_AT_MOST]]
        audit.record(action="list reviews", object_kind="list", shown=shown_cases(shown))
        return super().get_context_data(
            coming=coming[:COMING_AT_MOST],
            over=over[:OVER_AT_MOST],
            more_to_come=len(coming) > COMING_AT_MOST,
            more_over=len(over) > OVER_AT_MOST,
            may_open=allows(policies.check_can_open, user),
            **kwargs,
        )


class ActForm(FormView):
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


class Open(ActForm):
    """A review of one case. `?case=` fills in the reference."""

    template_name = "reviews/open.html"
    form_class = OpenForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policies.check_can_open(person_of(request))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        kinds = policies.kinds_for_one_case()
        return {**super().get_form_kwargs(), "viewer": person_of(self.request), "kinds": kinds}

    def get_initial(self) -> dict[str, Any]:
        return {"meeting_id": fresh_id(), "case": self.request.GET.get("case", "")[:20]}

    def act(self, form: OpenForm) -> HttpResponse:
        meeting = services.open_review(actor=person_of(self.request), **form.answers())
        messages.success(self.request, f"The review is planned {meeting.when}.")
        return redirect("reviews:detail", meeting_id=meeting.pk)


class Detail(ReviewPage, TemplateView):
    """The case, what is asked, what became of earlier actions, and what is decided."""

    template_name = "reviews/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = person_of(self.request)
        chairs = self.meeting.is_planned and allows(policies.check_can_chair, user, self.meeting)
        has_come = self.meeting.held_on <= clock.today()
        moves = list(self.meeting.moves.visible_to(user).select_related("actor"))
        return super().get_context_data(
            items=[as_seen(user, self.meeting, item) for item in self.items],
            moves=moves,
            why_cancelled=why_cancelled(user, self.items, moves),
            may_chair=chairs,
            may_decide=chairs and has_come,
            **kwargs,
        )


class ChairPage(ReviewPage, ActForm):
    """A form of the chair. Once the review has ended a GET leads to its page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policies.check_can_chair(person_of(request), self.meeting)
        if request.method == "GET" and not self.meeting.is_planned:
            return self.to_review()
        return super().dispatch(request, *args, **kwargs)

    def to_review(self) -> HttpResponse:
        return redirect("reviews:detail", meeting_id=self.meeting.pk)


class Decide(ItemPage, ChairPage):
    template_name = "reviews/decide.html"
    form_class = DecisionForm

    def get_initial(self) -> dict[str, Any]:
        return {"decision_id": fresh_id()}

    def act(self, form: DecisionForm) -> HttpResponse:
        services.record_decision(item_id=self.item.pk, actor=person_of(self.request), **form.cleaned_data)
        messages.success(self.request, "The decision is recorded. It stands in the chronology of the case.")
        return self.to_review()


class Act(DecisionPage, ChairPage):
    """An action that follows from a decision."""

    template_name = "reviews/act.html"
    form_class = ActionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        owners = possible_owners(person_of(self.request), self.decision.case)
        return {**super().get_form_kwargs(), "owners": owners}

    def get_initial(self) -> dict[str, Any]:
        return {"action_id": fresh_action_id()}

    def act(self, form: ActionForm) -> HttpResponse:
        action = services.record_action(
            decision_id=self.decision.pk, actor=person_of(self.request), **form.answers()
        )
        messages.success(self.request, f"The action is agreed. {action.owner} has it on their My work.")
        return self.to_review()


class Finish(ChairPage):
    """What stands and what is missing, and the button that ends the review."""

    template_name = "reviews/finish.html"
    form_class = FinishForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = person_of(self.request)
        items = [as_seen(user, self.meeting, item) for item in self.items]
        return super().get_context_data(items=items, **kwargs)

    def act(self, form: FinishForm) -> HttpResponse:
        services.finish_review(meeting_id=self.meeting.pk, actor=person_of(self.request))
        messages.success(self.request, "The review is finished.")
        return self.to_review()


class Cancel(ChairPage):
    template_name = "reviews/cancel.html"
    form_class = CancelForm

    def act(self, form: CancelForm) -> HttpResponse:
        services.cancel_review(meeting_id=self.meeting.pk, actor=person_of(self.request), **form.cleaned_data)
        messages.success(self.request, "The review is cancelled.")
        return self.to_review()

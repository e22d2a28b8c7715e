"""Pages of the hub team: the in-tray, and the decision."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import FormView, View

from foundation.accounts.models import Team
from foundation.accounts.requests import person_of
from foundation.audit import services as audit
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.deadlines.limits import due_on
from foundation.web import lists
from referrals import policies, services
from referrals.forms import AcceptForm, SaidForm
from referrals.lists import IN_TRAY
from referrals.models import Progress
from referrals.pages import ReferralPage, first_entry_of, known_children, rows_of

DECIDED_SHOWN = 10


class InTray(View):
    """What waits for the viewer's hub: first where the child is said not to be safe, then by due day."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user = person_of(request)
        if not user.hub_areas:
            raise PermissionDenied("Only a hub team has an in-tray.")
        here = Progress.objects.visible_to(user).filter(area__in=user.hub_areas).with_words(user)
        here = here.select_related("team__agency", "area")
        listed = lists.opened(request, IN_TRAY, here)
        is_plain = listed.is_first_page and not listed.is_narrowed
        decided = list(here.decided()[:DECIDED_SHOWN]) if is_plain else []
        seen = [row.pk for row in [*listed.rows, *decided]]
        audit.record(action="open the in-tray", object_kind="list", shown=seen)
        rows = [{"progress": row, "due": clock.distance(row.decide_by)} for row in listed.rows]
        page = {"rows": rows, "decided": decided, "listed": listed, "form": listed.filters}
        return render(request, "referrals/in_tray.html", page, status=listed.status)


class DecisionPage(ReferralPage, FormView):
    """A form under the referral's words, for those who decide it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        progress = get_object_or_404(Progress.objects.visible_to(person_of(request)), referral=self.referral)
        policies.check_can_decide(person_of(request), progress)
        if request.method == "GET" and not progress.is_open:
            return redirect("referrals:detail", referral_id=self.referral.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = known_children(person_of(self.request), self.referral)
        return super().get_context_data(rows=rows_of(self.referral), known=known, **kwargs)

    def decide(self, form: Any) -> HttpResponse:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return self.decide(form)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
            return self.form_invalid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Accept(DecisionPage):
    """Open a case and share it."""

    template_name = "referrals/accept.html"
    form_class = AcceptForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "teams": list(Team.objects.that_could_join(self.referral.area))}

    def get_initial(self) -> dict[str, Any]:
        return {
            "first_entry": first_entry_of(self.referral),
            "until": due_on("share", clock.today()),
        }

    def decide(self, form: AcceptForm) -> HttpResponse:
        happened_on = self.referral.happened_on or clock.day_of(self.referral.sent_at or clock.now())
        case = services.accept(
            referral_id=self.referral.pk,
            reason=form.cleaned_data["reason"],
            shares=form.shares(),
            first_entry=services.FirstEntry(text=form.cleaned_data["first_entry"], happened_on=happened_on),
            actor=person_of(self.request),
        )
        messages.success(self.request, f"Case {case.reference} is open and shared with the teams you chose.")
        return redirect("cases:detail", case_id=case.pk)


class SaidPage(DecisionPage):
    """A decision that is one text for the referrer."""

    form_class = SaidForm
    words: dict[str, str]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), **self.words}


class Decline(SaidPage):
    template_name = "referrals/decline.html"
    words = {
        "label": "Why are you declining this referral?",
        "missing": "Say why you are declining this referral",
        "help_text": "The person who referred reads this. Say what they can do instead.",
    }

    def decide(self, form: SaidForm) -> HttpResponse:
        services.decline(
            referral_id=self.referral.pk, reason=form.cleaned_data["said"], actor=person_of(self.request)
        )
        messages.success(self.request, "The referral is declined. The referrer can read why.")
        return redirect("referrals:in-tray")


class Ask(SaidPage):
    template_name = "referrals/ask.html"
    words = {
        "label": "What do you need to know?",
        "missing": "Say what you need to know",
        "help_text": "The person who referred reads this and can answer.",
    }

    def decide(self, form: SaidForm) -> HttpResponse:
        services.ask_for_more(
            referral_id=self.referral.pk, question=form.cleaned_data["said"], actor=person_of(self.request)
        )
        messages.success(self.request, "Your question is sent to the referrer.")
        return redirect("referrals:in-tray")

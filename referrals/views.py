"""Pages of the person who refers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import FormView, TemplateView, View

from foundation.accounts.models import Area
from foundation.accounts.requests import person_of
from foundation.audit import services as audit
from foundation.base.errors import RuleBroken
from foundation.web import lists
from referrals import policies, services
from referrals.forms import ReferralForm, SaidForm, fresh_draft_id
from referrals.lists import SENT
from referrals.models import Progress, Referral, Status
from referrals.pages import ReferralPage, detail_of, hub_of, rows_of

SHOWN_AT_MOST = 100


class List(View):
    """Drafts, what the person sent, and where the rest of the team's referrals have got to."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user = person_of(request)
        policies.check_can_refer(user)
        drafts = list(Referral.objects.visible_to(user).drafts_of(user)[:SHOWN_AT_MOST])
        ours = Progress.objects.visible_to(user).filter(team__in=policies.referring_teams(user))
        listed = lists.opened(request, SENT, ours)
        mine = Referral.objects.visible_to(user).filter(author=user, pk__in=[row.pk for row in listed.rows])
        names = dict(mine.values_list("pk", "child_name"))
        rows = [{"progress": row, "child_name": names.get(row.pk)} for row in listed.rows]
        audit.record(
            action="list referrals", object_kind="list", shown=[row.pk for row in [*drafts, *listed.rows]]
        )
        page = {"drafts": drafts, "rows": rows, "listed": listed, "form": listed.filters}
        return render(request, "referrals/list.html", page, status=listed.status)


class Write(FormView):
    """The one page of a referral. What was typed is kept whether or not it can be read."""

    template_name = "referrals/write.html"
    form_class = ReferralForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policies.check_can_refer(person_of(request))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        teams = policies.referring_teams(person_of(self.request))
        areas = Area.objects.filter(
            partnership__in=[team.agency.partnership_id for team in teams], teams__is_hub=True
        )
        return {**super().get_form_kwargs(), "teams": teams, "areas": list(areas)}

    def get_initial(self) -> dict[str, Any]:
        return {"draft_id": fresh_draft_id()}

    def form_valid(self, form: ReferralForm) -> HttpResponse:
        try:
            referral = services.save_draft(actor=person_of(self.request), **form.answers())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
            return self.form_invalid(form)
        return redirect("referrals:check", referral_id=referral.pk)

    def form_invalid(self, form: ReferralForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Edit(ReferralPage, Write):
    """Change a draft."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policies.check_is_author(person_of(request), self.referral)
        if self.referral.sent_at:
            return redirect("referrals:detail", referral_id=self.referral.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return ReferralForm.initial_of(self.referral)

    def form_valid(self, form: ReferralForm) -> HttpResponse:
        form.cleaned_data["draft_id"] = self.referral.pk
        return super().form_valid(form)


class Check(ReferralPage, TemplateView):
    """Everything once more, who will read it, and the button that sends it."""

    template_name = "referrals/check.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policies.check_is_author(person_of(request), self.referral)
        if self.referral.sent_at:
            return redirect("referrals:sent", referral_id=self.referral.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        edit = reverse("referrals:edit", args=[self.referral.pk])
        rows = [{**row, "change_url": edit} for row in rows_of(self.referral)]
        return super().get_context_data(rows=rows, hub=hub_of(self.referral), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        services.send_referral(referral_id=self.referral.pk, actor=person_of(request))
        return redirect("referrals:sent", referral_id=self.referral.pk)


class Sent(ReferralPage, TemplateView):
    """The reference, and by when the referrer will hear."""

    template_name = "referrals/sent.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policies.check_is_author(person_of(request), self.referral)
        if self.progress is None:
            return redirect("referrals:check", referral_id=self.referral.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(hub=hub_of(self.referral), **kwargs)


class Detail(ReferralPage, View):
    """The words, what was decided and why. The author may answer here; the hub goes on to decide."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.progress is None:
            return redirect("referrals:check", referral_id=self.referral.pk)
        return render(
            request, "referrals/detail.html", detail_of(person_of(request), self.referral, self.progress)
        )


class Answer(ReferralPage, FormView):
    """Answer what the hub asked."""

    template_name = "referrals/answer.html"
    form_class = SaidForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policies.check_is_author(person_of(request), self.referral)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        words = {"label": "Your answer", "missing": "Enter your answer"}
        return {**super().get_form_kwargs(), **words}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.referral.moves.filter(after=Status.ASKED).last()
        return super().get_context_data(asked=asked, **kwargs)

    def form_valid(self, form: SaidForm) -> HttpResponse:
        try:
            services.answer(
                referral_id=self.referral.pk, text=form.cleaned_data["said"], actor=person_of(self.request)
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
            return self.form_invalid(form)
        messages.success(self.request, "Your answer is sent to the hub team.")
        return redirect("referrals:detail", referral_id=self.referral.pk)

    def form_invalid(self, form: SaidForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

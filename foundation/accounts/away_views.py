"""Saying when one is away, and who stands in."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import View

from foundation.accounts import services
from foundation.accounts.forms import AwayForm
from foundation.accounts.models import Absence
from foundation.accounts.requests import person_of
from foundation.base.errors import RuleBroken


class Away(View):
    """When the viewer is away, and who hears their reminders and escalations then."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, AwayForm(user=person_of(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        user = person_of(request)
        form = AwayForm(request.POST, user=user)
        if not form.is_valid():
            return self.page(request, form, status=422)
        days = {name: form.cleaned_data[name] for name in ("begins_on", "ends_on")}
        try:
            services.be_away(**days, deputy=form.chosen, actor=user)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
            return self.page(request, form, status=422)
        messages.success(request, "Saved. While you are away your deputy is told instead of you.")
        return redirect("accounts:away")

    def page(self, request: HttpRequest, form: AwayForm, status: int = 200) -> HttpResponse:
        coming = Absence.objects.to_come().filter(user=person_of(request)).select_related("deputy")
        return render(request, "accounts/away.html", {"form": form, "coming": list(coming)}, status=status)


class CancelAway(View):
    """The viewer is there after all."""

    absence: Absence

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        own = Absence.objects.filter(user=request.user.pk)
        self.absence = get_object_or_404(own, pk=kwargs["absence_id"])

    def get(self, request: HttpRequest, absence_id: uuid.UUID) -> HttpResponse:
        return redirect("accounts:away")

    def post(self, request: HttpRequest, absence_id: uuid.UUID) -> HttpResponse:
        services.cancel_absence(absence_id=self.absence.pk, actor=person_of(request))
        messages.success(request, "You are not away then any more.")
        return redirect("accounts:away")

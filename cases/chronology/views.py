"""Add an entry to a case's chronology."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import FormView

from cases.chronology import services
from cases.chronology.forms import EntryForm, fresh_entry_id
from cases.records.pages import CasePage
from cases.records.policies import check_can_contribute
from foundation.access.words import Section
from foundation.accounts.requests import person_of
from foundation.base.errors import RuleBroken


class AddEntry(CasePage, FormView):
    template_name = "chronology/add_entry.html"
    form_class = EntryForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        check_can_contribute(person_of(request), self.case, Section.CHRONOLOGY)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "teams": person_of(self.request).case_workplaces}

    def get_initial(self) -> dict[str, Any]:
        return {"entry_id": fresh_entry_id()}

    def form_valid(self, form: EntryForm) -> HttpResponse:
        try:
            services.add_entry(case_id=self.case.pk, actor=person_of(self.request), **form.answers())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
            return self.form_invalid(form)
        messages.success(self.request, "Your entry is in the chronology.")
        return redirect("cases:detail", case_id=self.case.pk)

    def form_invalid(self, form: EntryForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

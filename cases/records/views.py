"""The list of cases and the page of one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import TemplateView, View

from cases.records.lists import CASES
from cases.records.models import Case, Involvement
from cases.records.pages import CasePage
from cases.records.registries import case_panels
from foundation.accounts.requests import person_of
from foundation.audit import services as audit
from foundation.web import lists


class List(View):
    """The viewer's cases, the latest changed first unless they ask for another order."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user = person_of(request)
        listed = lists.opened(request, CASES, Case.objects.visible_to(user).listed(user))
        audit.record(action="list cases", object_kind="list", shown=[row.pk for row in listed.rows])
        page = {"listed": listed, "form": listed.filters}
        return render(request, "records/list.html", page, status=listed.status)


class Detail(CasePage, TemplateView):
    """Identity, who is involved and how to reach them, and the panels of the rooms above."""

    template_name = "records/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = person_of(self.request)
        involved = Involvement.objects.visible_to(user).filter(case=self.case, ended_on=None)
        panels = [{"panel": panel, "context": panel.context(user, self.case)} for panel in case_panels]
        return super().get_context_data(
            involved=list(involved.select_related("team__agency", "team__area")), panels=panels, **kwargs
        )

"""The list of cases and the page of one."""

from typing import Any

from django.views.generic import TemplateView

from cases.records.models import Involvement
from cases.records.pages import CasePage
from cases.records.registries import case_panels
from cases.records.screens import named_cases
from foundation.accounts.requests import person_of
from foundation.audit import services as audit

PAGE_SIZE = 25


class List(TemplateView):
    """The viewer's cases, the latest changed first."""

    template_name = "records/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(named_cases(person_of(self.request))[: PAGE_SIZE + 1])
        shown = rows[:PAGE_SIZE]
        audit.record(action="list cases", object_kind="list", shown=[row.pk for row in shown])
        return super().get_context_data(
            cases=shown,
            there_are_more=len(rows) > PAGE_SIZE,
            page_size=PAGE_SIZE,
            **kwargs,
        )


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

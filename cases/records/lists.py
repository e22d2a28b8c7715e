"""What the list of cases offers: filters, and orders that an index or a short list can carry."""

from typing import Any

from cases.records.models import CaseKind
from foundation.accounts.models import Area
from foundation.web.lists import Filters, ListOf, Sort, one_of

MINE, NOBODY = "mine", "none"


class CaseFilters(Filters):
    """Columns of the case alone: whether a row is there depends on nothing the viewer may not see."""

    lead = one_of("Lead professional", [(MINE, "Me"), (NOBODY, "Not named yet")], anything="Anyone")
    area = one_of("Area", [], anything="All areas")
    kind = one_of("About", CaseKind.choices, anything="Children, groups and places")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partnerships = {team.agency.partnership_id for team in self.viewer.teams}
        areas = Area.objects.filter(partnership__in=partnerships)
        self.offer("area", [(str(area.pk), area.name) for area in areas])

    def by_lead(self, rows: Any, who: str) -> Any:
        return rows.filter(lead_professional=self.viewer if who == MINE else None)

    def by_area(self, rows: Any, area_id: str) -> Any:
        return rows.filter(area=int(area_id))

    def by_kind(self, rows: Any, kind: str) -> Any:
        return rows.filter(kind=kind)


CASES = ListOf(
    name="cases",
    title="Cases",
    url_name="cases:list",
    filters=CaseFilters,
    sorts=(
        Sort("changed", ("-updated_at", "-id"), "Last change"),
        Sort("opened", ("-opened_at", "-id"), "Opened"),
    ),
)

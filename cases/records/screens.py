"""What the record shows on My work, in Find and in the navigation."""

from typing import Any

from cases.records.lists import CASES
from cases.records.models import Case
from foundation.audit import services as audit
from foundation.web import registries
from foundation.web.registries import FindResult, FindSource, NavigationItem, WorkPanel

SHOWN_AT_MOST = 25
MY_CASES_AT_MOST = 5


def register() -> None:
    registries.lists.add(CASES.name, CASES)
    registries.navigation.add(
        "cases",
        NavigationItem("Cases", "cases:list", shown_to=lambda user: bool(user.case_workplaces), order=40),
    )
    registries.my_work.add("cases", WorkPanel("My cases", "records/my_cases.html", my_cases, order=40))
    registries.find.add(
        "cases", FindSource("Children", "records/found.html", find_cases, kind="case", order=10)
    )


def named_cases(user: Any) -> Any:
    """The viewer's cases with what a list shows of each: one query."""
    return Case.objects.visible_to(user).listed(user).order_by("-updated_at", "-id")


def my_cases(user: Any) -> dict[str, Any] | None:
    if not user.case_workplaces:
        return None
    cases = list(named_cases(user)[:MY_CASES_AT_MOST])
    audit.record(action="my cases", object_kind="list", shown=[case.pk for case in cases])
    return {"cases": cases}


def find_cases(user: Any, words: str) -> FindResult:
    rows = list(named_cases(user).about(words, user)[:SHOWN_AT_MOST])
    return FindResult(rows=rows, object_ids=[str(row.pk) for row in rows])

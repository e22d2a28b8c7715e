"""Load a case for the viewer (else 404). Reading one is recorded."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cases.records.models import Case, CasePerson, Standing
from foundation.audit import services as audit
from foundation.base import clock


class CasePage:
    """Sets `self.case`, and gives the template `case` and `identity`, the facts of the identity bar."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        found = Case.objects.visible_to(request.user).select_related(
            "area", "lead_professional", "lead_agency"
        )
        self.case: Case = get_object_or_404(found, pk=kwargs["case_id"])
        audit.record(action="read a case", about=self.case, scope_id=self.case.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        who = identity(self.request.user, self.case)  # type: ignore[attr-defined]
        return super().get_context_data(case=self.case, identity=who, **kwargs)  # type: ignore[misc]


def identity(user: Any, case: Case) -> dict[str, Any]:
    """Name and facts that come with any share of the case."""
    subjects = CasePerson.objects.visible_to(user).filter(case=case, standing=Standing.SUBJECT)
    standing = subjects.select_related("person").first()
    person = standing.person if standing else None
    lead = case.lead_professional
    if person is None:
        return {"name": case.reference, "facts": []}
    same_name = not person.known_as or person.known_as == person.name
    facts = [
        ("Full name", person.name),
        ("Age", person.age_in_words(clock.today())),
        ("Date of birth", clock.spoken(person.born_on) if person.born_on else "Not known"),
        ("School or college", person.school or "Not known"),
        (
            "Lead professional",
            lead.name if lead else "Not named yet",
        ),
        ("Area", str(case.area)),
        ("Case", case.reference),
    ]
    return {"name": str(person), "facts": facts[1:] if same_name else facts}

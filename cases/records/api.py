"""Cases, to read."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.records.models import Case, CaseKind, CaseQuerySet
from foundation.audit import services as audit
from foundation.base import clock
from foundation.base.api import PageParameters, ReadOnlyViewSet
from foundation.base.keyset import Order

LEADS = (("mine", "I am the lead professional"), ("none", "Nobody is named yet"))


class Named(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class Subject(serializers.Serializer):
    """The child a case is about, as far as the reader may see it."""

    known_as = serializers.CharField(help_text="The name they use.")
    age = serializers.IntegerField(allow_null=True, help_text="Whole years today; null where not known.")


class CaseSerializer(serializers.Serializer):
    """What the list of cases shows on the website, and nothing more."""

    id = serializers.UUIDField()
    reference = serializers.CharField(help_text="Random: no order can be read from it.")
    kind = serializers.ChoiceField(choices=CaseKind.choices)
    area = Named()
    lead_agency = Named(allow_null=True)
    lead_professional = serializers.CharField(
        source="lead_professional.name", allow_null=True, help_text="Null: nobody is named yet."
    )
    subject = serializers.SerializerMethodField()
    opened_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    @extend_schema_field(Subject(allow_null=True))
    def get_subject(self, case: Any) -> dict[str, Any] | None:
        if not case.subjects:
            return None
        person = case.subjects[0].person
        return {"known_as": str(person), "age": person.age_on(clock.today())}


class CaseParameters(PageParameters):
    area = serializers.IntegerField(required=False, min_value=1, help_text="The id of an area.")
    kind = serializers.ChoiceField(required=False, choices=CaseKind.choices)
    lead = serializers.ChoiceField(
        required=False, choices=LEADS, help_text="“mine”, or “none” where nobody is named yet."
    )


class Cases(ReadOnlyViewSet):
    """Cases shared with the signed-in person or their team, the latest change first."""

    one = "One case, by its id. What is not shared with you answers like what does not exist."
    order = Order(("-updated_at", "-id"))
    parameters = CaseParameters
    serializer_class = CaseSerializer

    def visible(self, user: Any) -> CaseQuerySet:
        return Case.objects.visible_to(user).listed(user)

    def narrowed(self, rows: Any, wanted: Mapping[str, Any]) -> Any:
        if area := wanted.get("area"):
            rows = rows.filter(area=area)
        if kind := wanted.get("kind"):
            rows = rows.filter(kind=kind)
        if lead := wanted.get("lead"):
            rows = rows.filter(lead_professional=self.request.user if lead == "mine" else None)
        return rows

    def record(self, action: str, rows: Sequence[Model]) -> None:
        if action == "list":
            audit.record(action="list cases", object_kind="list", shown=[row.pk for row in rows])
        for case in rows if action == "retrieve" else ():
            audit.record(action="read a case", about=case, scope_id=case.pk)

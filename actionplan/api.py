"""Action plans and their proposals, to read."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Model, QuerySet
from django.http import Http404
from rest_framework import serializers

from actionplan.models import ActionPlan, Lifecycle, Proposal, Rating
from foundation.audit import services as audit
from foundation.base import clock
from foundation.base.api import ReadOnlyViewSet
from foundation.base.keyset import Order


class PlanSerializer(serializers.Serializer):
    """A strategy's plan, or the recommendations of a review."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    proposal_count = serializers.IntegerField()


class ProposalSerializer(serializers.Serializer):
    """One thing a plan asks for, as its page shows it."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    text = serializers.CharField()
    theme = serializers.CharField(source="theme.title", allow_null=True, default=None)
    lead = serializers.CharField(source="lead_name", help_text="Person, agency or post. Empty: nobody.")
    by_when = serializers.DateField(allow_null=True)
    by_when_first = serializers.DateField(allow_null=True, help_text="The first date it ever had.")
    days_late = serializers.SerializerMethodField(help_text="Calendar days past its date; 0 if it is over.")
    status = serializers.ChoiceField(
        choices=Rating.choices,
        help_text="As people judge it. Good news without a lead or a date counts as not rated.",
    )
    lifecycle = serializers.ChoiceField(choices=Lifecycle.choices, help_text="How far it has come.")
    progress = serializers.CharField()
    corrective_step = serializers.CharField(help_text="What is being done to put it right.")
    version = serializers.IntegerField(help_text="Grows with every change.")
    updated_at = serializers.DateTimeField()

    def get_days_late(self, proposal: Proposal) -> int:
        return proposal.days_late(clock.today())


class Plans(ReadOnlyViewSet):
    """Action plans of the partnerships in which the signed-in person may read them, by name."""

    one = "One plan, by its id. A plan you may not read answers like one that does not exist."
    order = Order(("name", "id"))
    lookup_url_kwarg = "plan_id"
    serializer_class = PlanSerializer

    def visible(self, user: Any) -> QuerySet[Any]:
        return ActionPlan.objects.visible_to(user).annotate(proposal_count=Count("proposals"))

    def record(self, action: str, rows: Sequence[Model]) -> None:
        if action == "list":
            audit.record(action="list plans", object_kind="list", shown=[row.pk for row in rows])
        for plan in rows if action == "retrieve" else ():
            audit.record(action="open a plan", about=plan, scope_id=plan.pk)


class Proposals(ReadOnlyViewSet):
    """The proposals of one action plan, by number: lead, date, how late, status and progress."""

    one = "One proposal of the plan, by its id."
    order = Order(("number", "id"))
    lookup_url_kwarg = "proposal_id"
    serializer_class = ProposalSerializer

    def visible(self, user: Any) -> QuerySet[Any]:
        plan_id = self.kwargs["plan_id"]
        if not ActionPlan.objects.visible_to(user).filter(pk=plan_id).exists():
            raise Http404
        of_plan = Proposal.objects.visible_to(user).filter(plan=plan_id)
        return of_plan.select_related("theme", "lead_user")

    def record(self, action: str, rows: Sequence[Model]) -> None:
        plan_id = self.kwargs["plan_id"]
        if action == "list":
            shown = [row.pk for row in rows]
            audit.record(action="list proposals", object_kind="list", scope_id=plan_id, shown=shown)
        for proposal in rows if action == "retrieve" else ():
            audit.record(action="open a proposal", about=proposal, scope_id=plan_id)

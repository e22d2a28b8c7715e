"""What the page asks that updates a proposal."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms

from actionplan.models import Lifecycle, Proposal, Rating
from actionplan.services import Report, Terms
from actionplan.summary import DEFINITIONS
from foundation.accounts.models import User
from foundation.base import clock
from foundation.web.forms import ChoiceField, DateField, Form, LongTextField, TextField

OUTDATED = "This page can no longer be used. Copy what you typed and open the proposal again."
UNREADABLE = dict.fromkeys(("required", "invalid", "min_value"), OUTDATED)
TERMS = ("lead_user", "lead", "by_when")


class ReasonField(LongTextField):
    """Asked for each time; `policies.faults_of_reason` knows when it may be left out."""

    def validate(self, value: Any) -> None:
        pass


class UpdateForm(Form):
    """One page about one proposal. Without `people` it asks nothing about lead and date."""

    update_id = forms.UUIDField(widget=forms.HiddenInput, error_messages=UNREADABLE)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, error_messages=UNREADABLE)
    lead_user = ChoiceField(
        label="Person who leads it",
        help_text="People of the partnership who may read this plan. They can then update this proposal.",
        choices=(),
        as_select=True,
        empty_label="Nobody with an account here",
        required=False,
    )
    lead = TextField(
        label="Lead officer or agency", help_text="For example, a post or a team.", required=False, width=30
    )
    by_when = DateField(label="By when", help_text="For example, 27 3 2027.", optional=True)
    rating = ChoiceField(
        label="Status", choices=Rating.choices, choice_hints=DEFINITIONS, missing="Select how it is going"
    )
    reason = ReasonField(
        label="Why this status?",
        help_text="If you move the date, say why too. All readers of the plan see this: name no child.",
        max_length=2000,
        rows=4,
    )
    corrective_step = LongTextField(
        label="What is being done to put it right?",
        help_text="Needed where it is off track.",
        max_length=2000,
        rows=3,
        required=False,
    )
    progress = LongTextField(
        label="Progress", help_text="What has been done so far, in a sentence or two.", rows=3, required=False
    )
    lifecycle = ChoiceField(
        label="How far has it come?", choices=Lifecycle.choices, missing="Select how far it has come"
    )

    def __init__(self, *args: Any, proposal: Proposal, people: Iterable[User] | None, **kwargs: Any) -> None:
        kwargs["initial"] = {**initial_of(proposal), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people or ()}
        if people is None:
            for name in TERMS:
                del self.fields[name]
            return
        present = proposal.lead_user
        offered = [(key, called(each)) for key, each in self.people.items()]
        if present and str(present.pk) not in self.people:
            self.people[str(present.pk)] = present
            offered.append((str(present.pk), f"{present} (can no longer read this plan)"))
        self.fields["lead_user"].choices = [("", "Nobody with an account here"), *offered]  # type: ignore[attr-defined]
        if proposal.by_when_first:
            told = f"First set for {clock.spoken(proposal.by_when_first)}."
            self.fields["by_when"].help_text = f"{self.fields['by_when'].help_text} {told}"

    def report(self) -> Report:
        given = self.cleaned_data
        return Report(
            rating=Rating(given["rating"]),
            lifecycle=Lifecycle(given["lifecycle"]),
            reason=given["reason"],
            corrective_step=given["corrective_step"],
            progress=given["progress"],
        )

    def terms(self) -> Terms | None:
        given = self.cleaned_data
        if "lead" not in given:
            return None
        return Terms(self.people.get(given["lead_user"]), given["lead"], given["by_when"])


def called(user: User) -> str:
    return ", ".join(filter(None, [user.name, user.job_title]))


def initial_of(proposal: Proposal) -> dict[str, Any]:
    """The proposal as it stands, for a page that is opened now: sent twice, it is one update."""
    names = ("lead", "by_when", "rating", "corrective_step", "progress", "lifecycle", "version")
    known = {name: getattr(proposal, name) for name in names}
    return {**known, "lead_user": proposal.lead_user_id or "", "update_id": uuid.uuid4()}

"""What the pages of agreed actions ask."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from cases.plans.models import EXPLAINED, AgreedAction, Outcome
from cases.plans.owners import Owner
from foundation.web.forms import ChoiceField, DateField, Form, LongTextField, YesNoField

OUTDATED = "This page can no longer be used. Copy what you typed and open the case again."
RADIOS_AT_MOST = 6
"""Units: people shown as radio buttons; more of them become one list to choose from."""


def owner_field(owners: Sequence[Owner], label: str, help_text: str) -> ChoiceField:
    return ChoiceField(
        label=label,
        help_text=help_text,
        choices=[(owner.key, str(owner)) for owner in owners],
        missing="Choose who will do it",
        as_select=len(owners) > RADIOS_AT_MOST,
    )


class OwnedForm(Form):
    """A form that asks for the person who will do it."""

    owner_label = "Who will do it?"
    owner_help = (
        "People whose share of this case lets them add to its plan. Somebody missing? Share it first."
    )

    def __init__(self, *args: Any, owners: Sequence[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {owner.key: owner for owner in owners}
        self.fields["owner"] = owner_field(owners, self.owner_label, self.owner_help)

    def chosen(self) -> dict[str, Any]:
        """`owner` and `team` for the services."""
        owner = self.owners[self.cleaned_data["owner"]]
        return {"owner": owner.user, "team": owner.team}


class ActionForm(OwnedForm):
    """One agreed action."""

    action_id = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), OUTDATED)
    )
    text = LongTextField(
        label="What will be done?",
        help_text="One thing that one person can do. For example: ring the school about the taxi.",
        max_length=500,
        rows=3,
        missing="Say what will be done",
    )
    due_on = DateField(
        label="By when?",
        earliest="today",
        missing="Enter the day by which it will be done",
    )
    told_child = YesNoField(
        label="Have you told the child or family that we will do this?",
        may_be_unknown=True,
        missing="Say if you have told the child or family",
    )
    field_order = ["action_id", "text", "owner", "due_on", "told_child"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)

    def answers(self) -> dict[str, Any]:
        """Arguments for `services.agree_action`, without case and actor."""
        given = self.cleaned_data
        kept = {name: given[name] for name in ("action_id", "text", "due_on", "told_child")}
        return {**kept, **self.chosen()}


class CloseForm(Form):
    outcome = ChoiceField(
        label="What became of it?",
        choices=Outcome.choices,
        choice_hints={
            Outcome.NO_LONGER_POSSIBLE: "Things have changed and nobody could do it now",
            Outcome.NOT_DONE: "It could have been done and was not",
        },
        missing="Say what became of it",
    )
    said = LongTextField(
        label="What happened, or why not?",
        help_text="Leave blank if it is done and there is nothing to add. Write so the child could read it.",
        max_length=1000,
        rows=3,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("outcome") in EXPLAINED and not given.get("said") and "said" not in self.errors:
            self.add_error("said", "Say in a sentence why it was not done or cannot be done")
        return given


class HandOverForm(OwnedForm):
    """Knows how many steps the action had when its page was opened."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=2**31,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), OUTDATED),
    )
    due_on = DateField(label="By when?", missing="Enter the day by which it will be done")
    reason = LongTextField(
        label="Why?", help_text="Needed if the day moves.", max_length=1000, rows=3, required=False
    )
    field_order = ["seen", "owner", "due_on", "reason"]

    def __init__(self, *args: Any, action: AgreedAction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.action = action
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        moves = given.get("due_on") not in (None, self.action.due_on)
        if moves and not given.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say why the day moves")
        return given

    def answers(self) -> dict[str, Any]:
        """Arguments for `services.hand_over_action`, without action and actor."""
        given = self.cleaned_data
        kept = {"due_on": given["due_on"], "reason": given["reason"], "seen_steps": given["seen"]}
        return {**kept, **self.chosen()}


def fresh_action_id() -> uuid.UUID:
    """Chosen when the page is drawn: the same page sent twice agrees one action."""
    return uuid.uuid4()

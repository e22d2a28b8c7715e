"""What the pages of a review ask."""

import re
import uuid
from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.records.models import Case
from foundation.accounts.models import User
from foundation.web.forms import ChoiceField, DateField, Form, LongTextField, TextField
from reviews.policies import REVIEW

OUTDATED = "This page can no longer be used. Copy what you typed and open the review again."
TYPED_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>am|pm)?", re.IGNORECASE)


def page_id() -> forms.UUIDField:
    """Chosen when the page is drawn: the same page sent twice is taken once."""
    return forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), OUTDATED)
    )


def fresh_id() -> uuid.UUID:
    return uuid.uuid4()


class TimeOfDayField(TextField):
    """A time as people type it: 10, 10:00, 10.30, 2pm."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return typed if typed in self.empty_values else self.read(typed)

    def read(self, typed: str) -> time:
        found = TYPED_TIME.fullmatch(typed)
        hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (99, 0)
        if found and found["half"]:
            hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0) if 1 <= hour <= 12 else 99
        if hour > 23 or minute > 59:
            raise ValidationError(f"“{self.label}” must be a time, such as 10:00 or 2:30pm", code="invalid")
        return time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class OpenForm(Form):
    """One case, one day, one question."""

    meeting_id = page_id()
    case = TextField(
        label="Reference of the case",
        help_text="For example, C-7K3M-9QXD. It stands at the top of the case's page.",
        max_length=20,
        width=10,
        spellcheck=False,
        missing="Enter the reference of the case",
    )
    kind = ChoiceField(label="What kind of meeting is it?", choices=(), missing="Choose the kind of meeting")
    held_on = DateField(label="Day of the review", missing="Enter the day of the review")
    starts_at = TimeOfDayField(
        label="Start time",
        help_text="For example, 10:00 or 2:30pm",
        max_length=10,
        width=5,
        missing="Enter the time it starts",
    )
    place = TextField(
        label="Where, or how to join",
        help_text="Name no child here: the whole hub team reads it.",
        max_length=200,
        required=False,
    )
    question = LongTextField(
        label="What is asked of this review?",
        help_text="Everyone with any share of the case reads this, so name no more than they need. "
        "For example: is the plan to get to school safely working, and what else must change?",
        max_length=500,
        rows=3,
        missing="Say what is asked of this review",
    )

    def __init__(self, *args: Any, viewer: User, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        if kinds:
            field = self.fields["kind"]
            field.choices = kinds  # type: ignore[attr-defined]
            field.initial = REVIEW if REVIEW in dict(kinds) else kinds[0][0]
        else:
            del self.fields["kind"]

    def clean_case(self) -> Case:
        typed = self.cleaned_data["case"]
        found = Case.objects.visible_to(self.viewer).filter(reference__iexact=typed).first()
        if found is None:
            raise ValidationError("No case that you may see has this reference. Check it and try again.")
        return found

    def answers(self) -> dict[str, Any]:
        """Arguments for `services.open_review`, without the actor."""
        given = dict(self.cleaned_data)
        case: Case = given.pop("case")
        return {**given, "case_id": case.pk}


class DecisionForm(Form):
    decision_id = page_id()
    text = LongTextField(
        label="What has the review decided?",
        help_text="One decision, and why, in words that the child could read. Who does what comes next.",
        max_length=2000,
        rows=5,
        missing="Say what the review has decided",
    )


class CancelForm(Form):
    reason = LongTextField(
        label="Why is it cancelled?", max_length=1000, rows=3, missing="Say why the review is cancelled"
    )


class FinishForm(Form):
    """Nothing to fill in: the page says what stands, the button ends the review."""

"""The forms of the pages about words, lists and time limits."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from foundation.vocabulary.models import (
    DESCRIPTION_LENGTH,
    LABEL_LENGTH,
    SOURCE_LENGTH,
    Term,
    TimeLimit,
)
from foundation.vocabulary.registries import WordList, lists
from foundation.vocabulary.services import Words
from foundation.web.forms import ChoiceField, Form, LongTextField, TextField

LARGEST = 32_767
"""Units: none. Source: the column."""


class WholeNumberField(TextField):
    """A number without a sign, as figures. What is plausible is a rule of the policies."""

    def __init__(self, *, label: str, missing: str, **kwargs: Any) -> None:
        super().__init__(label=label, missing=missing, max_length=9, width=4, inputmode="numeric", **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and int(text) <= LARGEST):
            raise ValidationError("Enter a whole number in figures, such as 5", code="no_number")
        return int(text)

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")


class SeenForm(Form):
    """Knows which change was the latest when its page was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)


class TermForm(SeenForm):
    """What people read of one value. Fields that its list does not need are left out."""

    label = TextField(
        label="Words that people read",
        missing="Enter the words that people read",
        max_length=LABEL_LENGTH,
        help_text="Short and plain. Old records will read like this too. If the meaning changes, retire this "
        "value and add another.",
    )
    description = LongTextField(
        label="Explanation",
        max_length=DESCRIPTION_LENGTH,
        rows=3,
        required=False,
        help_text="Stands under the words where people choose.",
    )
    parent = ChoiceField(label="Belongs to", choices=(), required=False)
    review_every_days = WholeNumberField(
        label="Days between reviews",
        missing="Enter the days between reviews",
        help_text="No guidance gives this figure. Check local policy.",
    )
    returned_as = TextField(
        label="Factor codes in the children in need census",
        max_length=40,
        width=10,
        required=False,
        spellcheck=False,
        help_text="Such as 11A, with a space between two codes. Check them against the guide of this year.",
    )

    def __init__(self, *args: Any, kind: WordList, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            self.fields["label"].help_text = "Short and plain."
        if kind.parent:
            self.fields["parent"] = parent_field(kind, now=str(self.initial.get("parent") or ""))
        wanted = {
            "parent": kind.parent,
            "review_every_days": kind.has_reviews,
            "returned_as": kind.has_returns,
        }
        for name, is_wanted in wanted.items():
            if not is_wanted:
                del self.fields[name]

    def words(self) -> Words:
        given = self.cleaned_data
        return Words(
            label=given["label"],
            description=given["description"],
            parent=given.get("parent", ""),
            review_every_days=given.get("review_every_days"),
            returned_as=given.get("returned_as", ""),
        )


def parent_field(kind: WordList, *, now: str) -> ChoiceField:
    """The values in use of the list above; also the present one, should it be retired."""
    above = Term.objects.of(kind.parent)
    offered = [each for each in above if not each.is_retired or each.code == now]
    return ChoiceField(
        label=kind.belongs_to,
        choices=[(each.code, each.label) for each in offered],
        missing=f"Choose from “{lists[kind.parent].title}” what this belongs to",
    )


def initial_of(term: Term, seen: int) -> dict[str, Any]:
    return {
        "seen": seen,
        "label": term.label,
        "description": term.description,
        "parent": term.parent.code if term.parent else "",
        "review_every_days": term.review_every_days,
        "returned_as": term.returned_as,
    }


class LimitForm(SeenForm):
    """How long, and where the figure comes from."""

    length = WholeNumberField(label="How long", missing="Enter how long")
    source = TextField(
        label="Where the figure comes from",
        missing="Say where the figure comes from",
        max_length=SOURCE_LENGTH,
        help_text="Name the guidance or your local policy, with its date. Check local policy before you "
        "change a figure.",
    )

    def __init__(self, *args: Any, limit: TimeLimit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["length"].label = f"How many {limit.get_unit_display()}?"

"""The fields of every form here: what they take, and the sentence a person reads where they do not."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from foundation.web.dates import DateField
from foundation.web.renderer import ErrorItem, GovukRenderer, error_items
from foundation.web.words import as_sentence_part, cleaned_line, cleaned_text

__all__ = [
    "ChoiceField",
    "DateField",
    "Form",
    "LongTextField",
    "MultipleChoiceField",
    "TextField",
    "YesNoField",
]

YES, NO, NOT_KNOWN = "yes", "no", "not-known"
Choices = Iterable[tuple[Any, Any]]


class Form(forms.Form):
    """A form whose errors are listed by `error_items()` and whose browser checks are off."""

    default_renderer = GovukRenderer
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def error_items(self) -> list[ErrorItem]:
        return error_items(self)


def said_if_missing(given: str | None, label: str, verb: str) -> dict[str, str]:
    return {"required": given or f"{verb} {as_sentence_part(label)}"}


class TextField(forms.CharField):
    """One line of text. Too long, too short or unreadable characters are errors; nothing is cut off."""

    def __init__(
        self,
        *,
        label: str,
        missing: str | None = None,
        max_length: int = 200,
        min_length: int | None = None,
        width: int | None = None,
        spellcheck: bool = True,
        autocomplete: str = "off",
        inputmode: str = "",
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("error_messages", said_if_missing(missing, label, "Enter"))
        super().__init__(label=label, **kwargs)
        self.max_length, self.min_length, self.width = max_length, min_length, width
        self.widget.attrs["autocomplete"] = autocomplete
        if not spellcheck:
            self.widget.attrs["spellcheck"] = "false"
        if inputmode:
            self.widget.attrs["inputmode"] = inputmode

    def to_python(self, value: Any) -> str:
        text = cleaned_line(super().to_python(value) or "", what=self.label)
        check_length(text, label=str(self.label), at_least=self.min_length, at_most=self.max_length)
        return text


class LongTextField(forms.CharField):
    """Several lines of text. Line ends become "\\n"; one character too many is an error, never a cut."""

    widget = forms.Textarea

    def __init__(
        self, *, label: str, missing: str | None = None, max_length: int = 4000, rows: int = 5, **kwargs: Any
    ) -> None:
        kwargs.setdefault("error_messages", said_if_missing(missing, label, "Enter"))
        super().__init__(label=label, **kwargs)
        self.max_length = max_length
        self.widget.attrs["rows"] = rows

    def to_python(self, value: Any) -> str:
        text = cleaned_text(super().to_python(value) or "", what=self.label).strip()
        check_length(text, label=str(self.label), at_least=None, at_most=self.max_length)
        return text


def check_length(text: str, *, label: str, at_least: int | None, at_most: int | None) -> None:
    """Raise a sentence that says by how much a text is too long or too short."""
    if at_most is not None and len(text) > at_most:
        over = len(text) - at_most
        raise ValidationError(
            f"“{label}” must be {at_most:,} characters or fewer. Take out {over:,} "
            f"{'character' if over == 1 else 'characters'}.",
            code="max_length",
        )
    if text and at_least is not None and len(text) < at_least:
        raise ValidationError(f"Enter at least {at_least} characters", code="min_length")


class ChoiceField(forms.ChoiceField):
    """One of a list, drawn as radio buttons; as a select where `as_select` (only for long lists).

    `choice_hints` maps a value to the line under its label.
    """

    def __init__(
        self,
        *,
        label: str,
        choices: Any,
        missing: str | None = None,
        choice_hints: Mapping[Any, str] | None = None,
        as_select: bool = False,
        empty_label: str = "Choose one",
        **kwargs: Any,
    ) -> None:
        said = said_if_missing(missing, label, "Select")
        kwargs.setdefault("error_messages", {**said, "invalid_choice": said["required"]})
        self.empty_label = empty_label if as_select else None
        self.choice_hints = dict(choice_hints or {})
        widget = forms.Select if as_select else forms.RadioSelect
        super().__init__(label=label, choices=self.with_empty(choices), widget=widget, **kwargs)

    def with_empty(self, choices: Any) -> Any:
        if self.empty_label is None:
            return choices
        listed = choices if callable(choices) else lambda: choices
        return lambda: [("", self.empty_label), *listed()]


class MultipleChoiceField(forms.MultipleChoiceField):
    """Any number of a list, drawn as tick boxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self,
        *,
        label: str,
        choices: Any,
        missing: str | None = None,
        choice_hints: Mapping[Any, str] | None = None,
        **kwargs: Any,
    ) -> None:
        said = said_if_missing(missing, label, "Select")
        kwargs.setdefault("error_messages", {**said, "invalid_choice": said["required"]})
        self.choice_hints = dict(choice_hints or {})
        super().__init__(label=label, choices=choices, **kwargs)


class YesNoField(ChoiceField):
    """A question answered True or False; None where it may be "Not known" and is, or was left blank."""

    def __init__(self, *, label: str, may_be_unknown: bool = False, **kwargs: Any) -> None:
        choices = [(YES, "Yes"), (NO, "No")] + ([(NOT_KNOWN, "Not known")] if may_be_unknown else [])
        kwargs.setdefault("missing", f"Select yes or no: {label[:1].lower() + label[1:]}")
        super().__init__(label=label, choices=choices, **kwargs)

    def clean(self, value: Any) -> bool | None:
        return {YES: True, NO: False}.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return {True: YES, False: NO}.get(value, value) if isinstance(value, bool) else value

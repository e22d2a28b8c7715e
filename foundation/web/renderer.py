"""Draws Django forms with GOV.UK markup."""

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, widgets
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from foundation.web.dates import PARTS, as_parts

INPUT_CLASSES = {"select": "govuk-select", "textarea": "govuk-textarea", "text": "govuk-input"}


@dataclass(frozen=True)
class ErrorItem:
    """A line of the error summary. `target` is the id of the input to put right, or empty."""

    target: str
    text: str


@dataclass(frozen=True)
class Choice:
    """One radio button or tick box."""

    id: str
    value: str
    label: str
    hint: str
    is_chosen: bool

    @property
    def hint_id(self) -> str:
        return f"{self.id}_helptext"


class GovukBoundField(BoundField):
    """Knows how its field is drawn and which input an error of it belongs to."""

    @property
    def kind(self) -> str:
        """Which markup draws it: text, textarea, select, checkbox, radios, checkboxes or date."""
        widget = self.field.widget
        if named := getattr(widget, "kind", ""):
            return str(named)
        if isinstance(widget, widgets.CheckboxSelectMultiple):
            return "checkboxes"
        if isinstance(widget, widgets.RadioSelect):
            return "radios"
        if isinstance(widget, widgets.CheckboxInput):
            return "checkbox"
        if isinstance(widget, widgets.Select):
            return "select"
        return "textarea" if isinstance(widget, widgets.Textarea) else "text"

    @property
    def is_group(self) -> bool:
        return self.kind in {"radios", "checkboxes", "date"}

    @property
    def choices(self) -> list[Choice]:
        hints = getattr(self.field, "choice_hints", {})
        return [
            Choice(
                id=one.data["attrs"]["id"],
                value=str(one.data["value"]),
                label=str(one.data["label"]),
                hint=str(hints.get(one.data["value"], "")),
                is_chosen=bool(one.data["selected"]),
            )
            for one in self.subwidgets
        ]

    @property
    def error_target(self) -> str:
        """The first input that can take the focus and is wrong."""
        if self.kind in {"radios", "checkboxes"}:
            return f"{self.auto_id}_0"
        if self.kind == "date":
            return f"{self.auto_id}_{self.wrong_parts[0]}"
        return str(self.id_for_label or self.auto_id)

    @property
    def wrong_parts(self) -> list[str]:
        """Which of day, month and year an error is about; all where it does not say."""
        parts = list(PARTS)
        errors = self.form.errors.as_data().get(self.name, [])
        named = [part for error in errors for part in getattr(error, "parts", [])]
        return [part for part in parts if part in named] or parts

    @property
    def date_parts(self) -> list[dict[str, Any]]:
        """The three inputs of a date as the template draws them."""
        typed = as_parts(self.value())
        wrong = self.wrong_parts if self.errors else []
        return [
            {
                "id": f"{self.auto_id}_{part}",
                "name": f"{self.html_name}_{part}",
                "label": part.capitalize(),
                "value": typed[part],
                "is_wrong": part in wrong,
                "width": 4 if part == "year" else 2,
            }
            for part in PARTS
        ]

    @property
    def counts_to(self) -> int | None:
        """The most characters a text area takes, told to people under it."""
        return getattr(self.field, "max_length", None) if self.kind == "textarea" else None

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: widgets.Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        if (widget or self.field.widget).is_hidden:
            return built
        built["class"] = " ".join(self.input_classes())
        built["placeholder"] = False  # no placeholder is drawn, whatever a third-party form asks for
        if self.counts_to:
            told = [str(built.get("aria-describedby") or ""), f"{self.auto_id}-info"]
            built["aria-describedby"] = " ".join(filter(None, told))
        return built

    def input_classes(self) -> list[str]:
        base = INPUT_CLASSES.get(self.kind, "govuk-input")
        classes = [base]
        if self.errors:
            classes.append(f"{base}--error")
        if self.kind == "text" and (width := getattr(self.field, "width", None)):
            classes.append(f"govuk-input--width-{width}")
        if self.counts_to:
            classes.append("govuk-js-character-count")
        return classes


class GovukRenderer(TemplatesSetting):
    """settings.FORM_RENDERER: `{{ form.name.as_field_group }}` draws label, hint, errors and input."""

    bound_field_class = GovukBoundField
    field_template_name = "web/field.html"


def error_items(form: BaseForm) -> list[ErrorItem]:
    """The errors of a whole form in the order of its fields, then those that are about none of them."""
    items = [
        ErrorItem("" if bound.is_hidden else getattr(bound, "error_target", bound.id_for_label), str(error))
        for bound in form
        for error in bound.errors
    ]
    return items + [ErrorItem("", str(error)) for error in form.non_field_errors()]

"""Template tags of the layouts and components."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import template
from django.forms import BaseForm
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from foundation.web import registries
from foundation.web.renderer import ErrorItem, error_items

register = template.Library()


@register.simple_tag(name="error_items")
def error_items_tag(form: BaseForm | None) -> list[ErrorItem]:
    """Every error of the form with the input it belongs to, for the error summary."""
    return error_items(form) if isinstance(form, BaseForm) else []


@register.simple_tag(takes_context=True)
def panel(context: Context, template_name: str, values: dict[str, Any]) -> SafeString:
    """A template of another app, given the page's context and its own values."""
    assert context.template is not None
    with context.push(**values):
        return context.template.engine.get_template(template_name).render(context)


@register.simple_tag(takes_context=True)
def sign_in_panels(context: Context) -> SafeString:
    """The other ways to sign in that apps have registered."""
    drawn: Iterable[tuple[SafeString]] = (
        (panel(context, way.template, way.context()),) for way in registries.sign_in_panels
    )
    return format_html_join("\n", "{}", drawn)


@register.filter
def in_words(length: timedelta) -> str:
    """A length of time as people say it: "15 minutes", "1 hour"."""
    minutes = max(1, -int(-length.total_seconds() // 60))
    number, unit = (minutes // 60, "hour") if minutes >= 60 and minutes % 60 == 0 else (minutes, "minute")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


@register.filter
def is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)

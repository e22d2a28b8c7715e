"""Template tags that draw a list: its headings that sort, and the saved views of the person who looks."""

from typing import Any

from django import template
from django.template import Context

from foundation.web.lists import OpenList
from foundation.web.models import SavedView

register = template.Library()


@register.inclusion_tag("components/list_heading.html")
def list_heading(listed: OpenList, name: str, label: str) -> dict[str, Any]:
    """A column heading whose link orders the list by it, and turns the order round where it is so already."""
    return {
        "label": label,
        "address": listed.address_sorted_by(name),
        "direction": listed.direction_of(name),
    }


@register.inclusion_tag("components/list_views.html", takes_context=True)
def list_views(context: Context, listed: OpenList) -> dict[str, Any]:
    """The person's own views of this list, the one that is open marked, and the way to save another."""
    mine = SavedView.objects.visible_to(context["request"].user).of(listed.of.name)
    views = [{"view": view, "is_open": view.query == listed.query} for view in mine]
    return {"listed": listed, "views": views, "is_saved": any(each["is_open"] for each in views)}

"""What every page shows around its own content."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse

from foundation.web import registries

SERVICE_NAME = "Safeguarding together"


@dataclass(frozen=True)
class SignedInAs:
    name: str
    place: str


@dataclass(frozen=True)
class NavigationLink:
    label: str
    url: str
    is_current: bool


def service_name() -> str:
    return getattr(settings, "SERVICE_NAME", SERVICE_NAME)


def outside() -> dict[str, Any]:
    """The shell for someone who is not signed in, and for error pages that may ask the database nothing."""
    return {
        "service_name": service_name(),
        "is_demo": getattr(settings, "IS_DEMO", False),
        "navigation": [],
        "signed_in_as": None,
    }


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Draws the outside shell where there is no user or the database cannot say who."""
    around = outside()
    try:
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            around["signed_in_as"] = SignedInAs(
                name=getattr(user, "display_name", ""), place=getattr(user, "place", "")
            )
            around["navigation"] = navigation_links(user, request.path)
    except DatabaseError:
        return outside()
    return around


def navigation_links(user: Any, path: str) -> list[NavigationLink]:
    """The links this person has, the one whose address is the longest beginning of `path` marked."""
    shown = [(item.label, reverse(item.url_name)) for item in registries.navigation if item.shown_to(user)]
    above = [url for _, url in shown if url == path or (url != "/" and path.startswith(url))]
    here = max(above, key=len, default="")
    return [NavigationLink(label, url, is_current=url == here) for label, url in shown]

"""Where higher apps put their navigation links, panels of My work, sources of Find and ways to sign in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.db import models
from django.http import HttpRequest

from foundation.base.registries import Registry

if TYPE_CHECKING:
    from foundation.web.lists import ListOf

NAVIGATION_LINKS_AT_MOST = 6
"""Units: links one person sees. Source: ADR 24."""


def everybody(user: Any) -> bool:
    return True


@dataclass(frozen=True)
class NavigationItem:
    """A link of the service navigation, for the people `shown_to` says yes to."""

    label: str
    url_name: str
    shown_to: Callable[[Any], bool] = everybody
    order: int = 100


@dataclass(frozen=True)
class WorkPanel:
    """A part of My work. `context(user)` fills `template`; where it answers None the panel is left out."""

    title: str
    template: str
    context: Callable[[Any], dict[str, Any] | None]
    order: int = 100


@dataclass(frozen=True)
class FindResult:
    """The rows one source may show this person, and the ids of what they name (for the audit row)."""

    rows: list[Any] = field(default_factory=list)
    object_ids: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class FindSource:
    """One group of results. `template` is given `rows` and `words`; `search(user, words)` finds the rows.

    `title` names the group to people ("Children"), `kind` names it to the audit row (default: the title).
    """

    title: str
    template: str
    search: Callable[[Any, str], FindResult]
    kind: str = ""
    order: int = 100


@dataclass(frozen=True)
class AdministrationPage:
    """A link on "People and teams", which administrators see. `about` says in a sentence what is there."""

    title: str
    url_name: str
    about: str
    order: int = 100


class SignInPanel(Protocol):
    """Another way in, drawn under the sign-in form."""

    template: str

    def context(self) -> dict[str, Any]: ...


FindListener = Callable[[HttpRequest, Mapping[str, list[str]]], None]
"""Told which ids each source showed, before the page is answered."""

ActListener = Callable[[str, models.Model], None]
"""Told of an act on a row of this room, inside the act's transaction."""

navigation: Registry[NavigationItem] = Registry()
my_work: Registry[WorkPanel] = Registry()
find: Registry[FindSource] = Registry()
find_listeners: Registry[FindListener] = Registry()
act_listeners: Registry[ActListener] = Registry()
lists: Registry["ListOf"] = Registry()
sign_in_panels: Registry[SignInPanel] = Registry()
administration: Registry[AdministrationPage] = Registry()

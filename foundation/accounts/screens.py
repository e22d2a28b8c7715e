"""What accounts show on My work and in the navigation."""

from typing import Any

from foundation.accounts.roles import DESCRIPTIONS, Role
from foundation.web import registries
from foundation.web.registries import NavigationItem, WorkPanel


def register() -> None:
    registries.my_work.add("place", WorkPanel("Your place here", "accounts/place.html", place, order=90))
    registries.navigation.add(
        "people and teams",
        NavigationItem("People and teams", "people-and-teams", shown_to=is_administrator, order=90),
    )


def is_administrator(user: Any) -> bool:
    return Role.ADMINISTRATOR in user.roles


def place(user: Any) -> dict[str, Any]:
    """Each role with its team and what it opens."""
    memberships = [
        {"role": m.get_role_display(), "team": m.team, "opens": DESCRIPTIONS[Role(m.role)]}
        for m in user.current_memberships
    ]
    return {"memberships": memberships}

"""Who may read and who may write an action plan."""

from typing import Any

from django.core.exceptions import PermissionDenied

from foundation.accounts.models import Partnership, User
from foundation.accounts.roles import PLAN_READERS, Role

PLAN_WRITERS = frozenset({Role.PLAN_LEAD, Role.ADMINISTRATOR})
ONLY_WRITERS = "Only a plan lead or an administrator of the partnership may change its action plan."


def may_read_plans(user: Any) -> bool:
    """Has a reader's role somewhere. Which plans that opens, `visible_to` says."""
    return bool(user.roles & PLAN_READERS)


def partnerships_written_by(user: User) -> frozenset[int]:
    """The keys of the partnerships whose plans this person may write."""
    if not user.is_active:
        return frozenset()
    return frozenset(m.team.agency.partnership_id for m in user.current_memberships if m.role in PLAN_WRITERS)


def check_can_write_plans(user: User, partnership: Partnership | None = None) -> None:
    """Raises PermissionDenied unless the user writes plans there (or anywhere, where none is named)."""
    written = partnerships_written_by(user)
    if not written or (partnership is not None and partnership.pk not in written):
        raise PermissionDenied(ONLY_WRITERS)

"""May a record of a person be made? Sentences for people."""

from django.core.exceptions import PermissionDenied

from foundation.accounts.models import User
from foundation.accounts.roles import Role


def check_can_add_person(user: User) -> None:
    """Hub coordinators make records of people. Raises PermissionDenied."""
    if not any(team.is_hub and user.has_role_in(Role.COORDINATOR, team) for team in user.teams):
        raise PermissionDenied("Only a hub's coordinator makes a record of a person.")

"""May somebody be away then, and may a colleague stand in? Sentences for people."""

from datetime import date

from django.db.models import QuerySet

from foundation.accounts.models import Membership, User
from foundation.base import clock
from foundation.base.errors import RuleBroken


def colleagues(user: User) -> QuerySet[User]:
    """Active people who work in one of the user's teams today."""
    nearby = Membership.objects.current().filter(team__in=Membership.objects.teams_of(user))
    return User.objects.filter(is_active=True, pk__in=nearby.values("user")).exclude(pk=user.pk)


def check_time_away(begins_on: date, ends_on: date) -> None:
    """Raises RuleBroken."""
    if ends_on < begins_on:
        raise RuleBroken("The last day away is before the first.")
    if ends_on < clock.today():
        raise RuleBroken("That time is already over.")


def check_can_stand_in(user: User, deputy: User | None) -> None:
    """Raises RuleBroken for anyone who is not a colleague: they could not open what they are told of."""
    if deputy is not None and not colleagues(user).filter(pk=deputy.pk).exists():
        raise RuleBroken("Your deputy must work in one of your teams, so that they can open what is late.")

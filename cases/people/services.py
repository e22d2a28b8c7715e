"""Make records of people."""

from datetime import date

from django.db import transaction

from cases.people import policies
from cases.people.models import Person
from foundation.accounts.models import User
from foundation.audit import services as audit
from foundation.base import clock
from foundation.base.errors import RuleBroken


@transaction.atomic
def add_person(*, name: str, known_as: str, born_on: date | None, school: str, actor: User) -> Person:
    """Make a record that only the actor sees until a case holds the person.

    Raises PermissionDenied for anyone but a hub's coordinator, RuleBroken for a birth date to come.
    """
    policies.check_can_add_person(actor)
    if born_on and born_on > clock.today():
        raise RuleBroken("The date of birth is in the future.")
    person = Person.objects.create(
        name=name, known_as=known_as, born_on=born_on, school=school, made_by=actor
    )
    audit.record(action="add person", about=person, fields=["name", "known_as", "born_on", "school"])
    return person

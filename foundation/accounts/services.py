"""Make partnerships, agencies, teams and people.

These run as the owner of the tables (`as_owner`): the application's role may read accounts and not write
them, until the administrators' screens bring a policy of their own. Only absences are each person's own.
"""

import uuid
from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction

from foundation.accounts import policies
from foundation.accounts.models import Absence, Agency, Area, Membership, Partnership, Team, User
from foundation.accounts.roles import Role
from foundation.audit import services as audit
from foundation.base import clock
from foundation.vocabulary.models import Term


@transaction.atomic
def add_area(*, partnership: Partnership, name: str) -> Area:
    area = Area.objects.create(partnership=partnership, name=name)
    audit.record(action="add area", about=area)
    return area


@transaction.atomic
def add_agency(*, partnership: Partnership, name: str, kind: str) -> Agency:
    """`kind` is a code of the list agency_kind. Raises Term.DoesNotExist for any other."""
    agency = Agency.objects.create(
        partnership=partnership, name=name, kind=Term.objects.of("agency_kind").get(code=kind)
    )
    audit.record(action="add agency", about=agency)
    return agency


@transaction.atomic
def add_team(
    *,
    agency: Agency,
    area: Area,
    name: str,
    duty_contact: str = "",
    duty_phone: str = "",
    duty_inbox: str = "",
    is_hub: bool = False,
) -> Team:
    """Make the team and the group that carries its grants. Raises IntegrityError for an area's second hub."""
    group = Group.objects.create(name=f"{agency.pk}.{area.pk}.{name}"[:150])
    team = Team.objects.create(
        agency=agency,
        area=area,
        name=name,
        group=group,
        duty_contact=duty_contact,
        duty_phone=duty_phone,
        duty_inbox=duty_inbox,
        is_hub=is_hub,
    )
    audit.record(action="add team", about=team)
    return team


@transaction.atomic
def add_user(*, email: str, name: str, job_title: str = "", phone: str = "", password_hash: str = "") -> User:
    """Make an account. Without `password_hash` nobody can sign in to it."""
    user = User(email=email.lower(), name=name, job_title=job_title, phone=phone)
    if password_hash:
        user.password = password_hash
    else:
        user.set_unusable_password()
    user.save()
    audit.record(action="add user", about=user)
    return user


@transaction.atomic
def join_team(*, user: User, team: Team, role: Role) -> Membership:
    """Give a role in a team, and with it what the team may see. Makes a manager the team's manager."""
    membership = Membership.objects.create(user=user, team=team, role=role)
    user.groups.add(team.group)
    if role == Role.MANAGER:
        Team.objects.filter(pk=team.pk).update(manager=user)
    audit.record(action="join team", about=membership)
    return membership


@transaction.atomic
def be_away(*, begins_on: date, ends_on: date, deputy: User | None, actor: User) -> Absence:
    """Record that the actor is away from `begins_on` to `ends_on`, both included, and who stands in.

    Raises RuleBroken for a time that is over or the wrong way round, and for a deputy of another team. Saying
    the same twice records it once.
    """
    policies.check_time_away(begins_on, ends_on)
    policies.check_can_stand_in(actor, deputy)
    same = Absence.objects.to_come().filter(user=actor, begins_on=begins_on, ends_on=ends_on, deputy=deputy)
    if already := same.first():
        return already
    absence = Absence.objects.create(user=actor, deputy=deputy, begins_on=begins_on, ends_on=ends_on)
    audit.record(action="be away", about=absence)
    return absence


@transaction.atomic
def cancel_absence(*, absence_id: uuid.UUID, actor: User) -> Absence:
    """The actor is there after all. Raises Absence.DoesNotExist for another person's."""
    absence = Absence.objects.select_for_update().get(pk=absence_id, user=actor)
    if absence.cancelled_at is None:
        absence.cancelled_at = clock.now()
        absence.save(update_fields=["cancelled_at"])
        audit.record(action="cancel an absence", about=absence, fields=["cancelled_at"])
    return absence

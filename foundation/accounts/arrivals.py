"""A person and their place of work, made by the operator as the owner, until administrators have screens."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError

from foundation.accounts import services
from foundation.accounts.models import Agency, Area, Membership, Partnership, Team, User
from foundation.accounts.roles import Role
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.vocabulary.models import Term


@dataclass(frozen=True)
class Arrival:
    """Who begins to work, where and as what. `agency_kind` is for a new agency.

    `inbox` is read by the team: reminders and escalations go there where no person can be told.
    """

    email: str
    name: str
    role: Role
    partnership: str
    area: str
    agency: str
    team: str
    agency_kind: str = ""
    is_hub: bool = False
    inbox: str = ""


def is_known(email: str) -> bool:
    """Whether the person has an account already: then no password is asked for."""
    with as_owner():
        return User.objects.filter(email=email.lower()).exists()


def welcome(arrival: Arrival, password: str) -> list[str]:
    """Make what is missing of partnership, area, agency, team, account and membership; say what was made.

    Raises RuleBroken with a sentence, and then nothing was made. A known person keeps name and password.
    """
    made: list[str] = []
    try:
        with as_owner():
            team = _team(arrival, made)
            user = _user(arrival, password, made)
            if not Membership.objects.current().filter(user=user, team=team, role=arrival.role).exists():
                services.join_team(user=user, team=team, role=arrival.role)
                made.append(f"{user.email} is now {arrival.role.label.lower()} in {team}")
    except IntegrityError:
        raise RuleBroken(
            f"{arrival.area} has another hub team, or the person is in that team already."
        ) from None
    return made


def _team(arrival: Arrival, made: list[str]) -> Team:
    partnership, is_new = Partnership.objects.get_or_create(name=arrival.partnership)
    made += [f"Partnership {partnership}"] * is_new
    area = Area.objects.filter(partnership=partnership, name=arrival.area).first()
    if area is None:
        area = services.add_area(partnership=partnership, name=arrival.area)
        made.append(f"Area {area}")
    agency = Agency.objects.filter(partnership=partnership, name=arrival.agency).first()
    if agency is None:
        agency = _agency(partnership, arrival)
        made.append(f"Agency {agency}")
    team = Team.objects.filter(agency=agency, area=area, name=arrival.team).first()
    if team is None:
        team = services.add_team(agency=agency, area=area, name=arrival.team, is_hub=arrival.is_hub)
        made.append(f"{'Hub team' if arrival.is_hub else 'Team'} {team}")
    _set_inbox(team, arrival.inbox, made)
    return team


def _set_inbox(team: Team, inbox: str, made: list[str]) -> None:
    if inbox and inbox != team.duty_inbox:
        _check_address(inbox)
        team.duty_inbox = inbox
        team.save(update_fields=["duty_inbox"])
        made.append(f"Inbox of {team}: {inbox}")
    if team.is_hub and not team.duty_inbox:
        made.append(f"{team} has no inbox yet: what no person can be told would reach nobody. Add --inbox.")


def _check_address(address: str) -> None:
    """Raises RuleBroken."""
    try:
        validate_email(address)
    except ValidationError:
        raise RuleBroken(f"{address} is no e-mail address.") from None


def _agency(partnership: Partnership, arrival: Arrival) -> Agency:
    try:
        return services.add_agency(partnership=partnership, name=arrival.agency, kind=arrival.agency_kind)
    except Term.DoesNotExist:
        known = ", ".join(Term.objects.of("agency_kind").values_list("code", flat=True))
        raise RuleBroken(f"{arrival.agency} is new: say what kind of agency it is, one of {known}.") from None


def _user(arrival: Arrival, password: str, made: list[str]) -> User:
    known = User.objects.filter(email=arrival.email.lower()).first()
    if known is not None:
        return known
    _check_address(arrival.email)
    if not arrival.name.strip():
        raise RuleBroken("Say the person's name.")
    user = services.add_user(email=arrival.email, name=arrival.name, password_hash=make_password(password))
    made.append(f"Account {user.email}")
    return user

"""A small partnership for tests, made by the real services. Arranging is done as the owner, acting never is."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import models, transaction

from cases.people.models import Person
from cases.people.services import add_person
from cases.records import services as records
from cases.records.models import Case, CaseKind
from cases.records.services import ShareTerms
from foundation.access.words import Verb
from foundation.accounts import services as accounts
from foundation.accounts.models import Agency, Area, Partnership, Team, User
from foundation.accounts.roles import Role
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as

AT_WORK_SINCE = date(2020, 1, 1)
M = TypeVar("M", bound=models.Model)


@dataclass
class World:
    """One partnership, two areas with a hub each, and somebody for every relation to a case."""

    partnership: Partnership
    area: Area
    other_area: Area
    council: Agency
    hub: Team
    other_hub: Team
    social_work: Team
    school: Team
    health: Team
    office: Team
    coordinator: User
    hub_minutes: User
    other_coordinator: User
    social_worker: User
    school_lead: User
    school_colleague: User
    nurse: User
    executive: User
    plan_lead: User
    administrator: User


def make_user(name: str, team: Team, role: Role) -> User:
    """An account in one team. The e-mail is the name with dots, at test.example."""
    with as_owner():
        user = accounts.add_user(email=f"{name.lower().replace(' ', '.')}@test.example", name=name)
        membership = accounts.join_team(user=user, team=team, role=role)
        membership.begins_on = AT_WORK_SINCE  # tests set the clock to days of their own
        membership.save(update_fields=["begins_on"])
    return user


def make_team(agency: Agency, area: Area, name: str, *, is_hub: bool = False) -> Team:
    with as_owner():
        return accounts.add_team(
            agency=agency,
            area=area,
            name=name,
            is_hub=is_hub,
            duty_contact=f"{name} duty desk",
            duty_phone="0117 496 0000",
            duty_inbox="duty@test.example",
        )


def make_world() -> World:
    with as_owner():
        partnership = Partnership.objects.create(name="Test partnership")
        area = accounts.add_area(partnership=partnership, name="Bristol")
        other_area = accounts.add_area(partnership=partnership, name="North Somerset")
        council = accounts.add_agency(partnership=partnership, name="City Council", kind="social_care")
        school_agency = accounts.add_agency(partnership=partnership, name="Hillview School", kind="education")
        health_agency = accounts.add_agency(partnership=partnership, name="Community Health", kind="health")
    hub = make_team(council, area, "Hub", is_hub=True)
    other_hub = make_team(council, other_area, "Coast hub", is_hub=True)
    social_work = make_team(council, area, "East team")
    school = make_team(school_agency, area, "Safeguarding")
    health = make_team(health_agency, area, "School nursing")
    office = make_team(council, area, "Partnership office")
    return World(
        partnership=partnership,
        area=area,
        other_area=other_area,
        council=council,
        hub=hub,
        other_hub=other_hub,
        social_work=social_work,
        school=school,
        health=health,
        office=office,
        coordinator=make_user("Cora Lind", hub, Role.COORDINATOR),
        hub_minutes=make_user("Milo Trent", hub, Role.MINUTE_TAKER),
        other_coordinator=make_user("Otis Crane", other_hub, Role.COORDINATOR),
        social_worker=make_user("Sol Vane", social_work, Role.PRACTITIONER),
        school_lead=make_user("Sky Lowell", school, Role.PRACTITIONER),
        school_colleague=make_user("Kit Moss", school, Role.PRACTITIONER),
        nurse=make_user("Nora Pell", health, Role.PRACTITIONER),
        executive=make_user("Edie Marsh", office, Role.EXECUTIVE),
        plan_lead=make_user("Paz Lorne", office, Role.PLAN_LEAD),
        administrator=make_user("Ada Finch", office, Role.ADMINISTRATOR),
    )


def make_case(
    world: World,
    *,
    name: str = "Robin Fable",
    born_on: date | None = date(2010, 5, 17),
    shared_with: tuple[Team, ...] | None = None,
    verb: Verb = Verb.CONTRIBUTE,
) -> Case:
    """A child's case in `world.area`, opened by its coordinator, shared with the social work team by default."""
    teams = (world.social_work,) if shared_with is None else shared_with
    with acting_as(world.coordinator), transaction.atomic():
        person = add_person(name=name, known_as="", born_on=born_on, school="", actor=world.coordinator)
        return records.open_case(
            area=world.area,
            kind=CaseKind.CHILD,
            subject=person,
            actor=world.coordinator,
            purpose="To decide and coordinate",
            shares=[
                ShareTerms(team=team, verb=verb, purpose="To keep the child safe", lawful_basis="public_task")
                for team in teams
            ],
        )


def subject_of(case: Case) -> Person:
    with as_owner():
        return Person.objects.get(standings__case=case)


def reread(row: M) -> M:
    """The row as it stands in the database, whoever may see it."""
    with as_owner():
        return type(row)._default_manager.get(pk=row.pk)

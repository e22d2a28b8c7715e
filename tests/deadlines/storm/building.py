"""The town before the storm: one area with a hub and some teams, each with a manager, an inbox and people; one case."""

import json
import uuid
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from cases.people.services import add_person
from cases.records import services as records
from cases.records.models import CaseKind
from cases.records.services import ShareTerms
from foundation.accounts import services as accounts
from foundation.accounts.models import Agency, Area, Membership, Partnership, Team, User
from foundation.accounts.roles import Role
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.deadlines.storm.post_office import REFUSED

HUB = "Hub"
TEAMS, OWNERS, COORDINATORS = 4, 4, 2


def build_town(folder: Path) -> None:
    """What the reckoning must know of it is written into FOLDER/town.json."""
    with as_owner():
        partnership = Partnership.objects.create(name="Storm partnership")
        area = accounts.add_area(partnership=partnership, name="Stormhaven")
        agency = accounts.add_agency(partnership=partnership, name="Council", kind="social_care")
    names = [HUB, *(f"Team {number}" for number in range(1, TEAMS + 1))]
    teams = {name: build_team(name, agency, area) for name in names}
    with as_owner():
        Membership.objects.update(begins_on=date(2020, 1, 1))  # by the database's clock too
    known = {"teams": teams, "case": str(open_case(area))}
    (folder / "town.json").write_text(json.dumps(known), encoding="utf-8")


def build_team(name: str, agency: Agency, area: Area) -> dict[str, Any]:
    """Its addresses. The first of Team 1 does not exist."""
    slug, is_hub = name.lower().replace(" ", "-"), name == HUB
    with as_owner():
        team = accounts.add_team(
            agency=agency, area=area, name=name, is_hub=is_hub, duty_inbox=f"{slug}@storm.example"
        )
    stem, role = ("coordinator", Role.COORDINATOR) if is_hub else (f"{slug}-owner", Role.PRACTITIONER)
    count = COORDINATORS if is_hub else OWNERS
    members = [f"{stem}-{number}@storm.example" for number in range(1, count + 1)]
    if name == "Team 1":
        members[0] = f"{REFUSED}{members[0]}"
    manager = f"{slug}-manager@storm.example"
    for email in members:
        join(email, team, role)
    join(manager, team, Role.MANAGER)
    return {"members": members, "manager": manager, "inbox": team.duty_inbox}


def join(email: str, team: Team, role: Role) -> None:
    with as_owner():
        accounts.join_team(
            user=accounts.add_user(email=email, name=email.split("@")[0]), team=team, role=role
        )


def open_case(area: Any) -> uuid.UUID:
    coordinator = User.objects.get(email="coordinator-1@storm.example")
    with acting_as(coordinator), transaction.atomic():
        child = add_person(
            name="Robin Fable", known_as="", born_on=date(2010, 5, 17), school="", actor=coordinator
        )
        shares = [
            ShareTerms(team=team, purpose="To keep the child safe", lawful_basis="public_task")
            for team in Team.objects.filter(is_hub=False)
        ]
        return records.open_case(
            area=area,
            kind=CaseKind.CHILD,
            subject=child,
            actor=coordinator,
            purpose="To coordinate",
            shares=shares,
        ).pk

"""The demo's partnership: areas, agencies, teams, people, and the action plan in our own words."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from actionplan import strategy
from actionplan.services import load_plan
from demo import accounts as cast
from foundation.accounts import services as accounts
from foundation.accounts.models import Area, Partnership, Team, User
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as


@dataclass(frozen=True)
class World:
    partnership: Partnership
    areas: dict[str, Area]
    teams: dict[str, Team]
    users: dict[str, User]


def exists() -> bool:
    return Partnership.objects.filter(name=cast.PARTNERSHIP).exists()


def build() -> World:
    """Make everyone, in the caller's transaction. The owner of the tables makes accounts; no one else may."""
    with as_owner():
        partnership = Partnership.objects.create(name=cast.PARTNERSHIP)
        areas = {name: accounts.add_area(partnership=partnership, name=name) for name in cast.AREAS}
        agencies = {
            name: accounts.add_agency(partnership=partnership, name=name, kind=kind)
            for name, kind in cast.AGENCIES.items()
        }
        teams = {
            each.key: accounts.add_team(
                agency=agencies[each.agency],
                area=areas[each.area],
                name=each.name,
                duty_contact=each.contact,
                duty_phone=f"0117 496 {100 + number:04d}",
                duty_inbox=f"{each.key.replace('_', '.')}@duty.example",
                is_hub=each.is_hub,
            )
            for number, each in enumerate(cast.TEAMS)
        }
        password = make_password(cast.PASSWORD)
        users = {}
        for number, each in enumerate(cast.ACCOUNTS):
            users[each.account] = accounts.add_user(
                email=each.email,
                name=each.name,
                job_title=each.job_title,
                phone=f"0117 496 {200 + number:04d}",
                password_hash=password,
            )
            accounts.join_team(user=users[each.account], team=teams[each.team], role=each.role)
        for area, link in cast.LOCALITY_LINKS.items():
            Area.objects.filter(name=area).update(locality_link=users[link])
    with acting_as(users["plan.lead"]):
        load_plan(
            partnership=partnership, name=strategy.NAME, themes=strategy.THEMES, actor=users["plan.lead"]
        )
    return World(partnership=partnership, areas=areas, teams=teams, users=users)

"""The people of the storm, in a process of their own: they agree, close, move, refer and decide by the real services.

`python -m tests.deadlines.storm.town fill|act FOLDER ...`. Each act is written into FOLDER/ledger.jsonl, with the
storm's time before and after it, so that what must follow can be reckoned without asking the engine.
"""

import argparse
import json
import select
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import django

django.setup()

import psycopg  # noqa: E402
from django.db import Error as DatabaseError  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from cases.plans import services as plans  # noqa: E402
from foundation.accounts.models import Team, User  # noqa: E402
from foundation.base import clock  # noqa: E402
from foundation.base.pg.roles import as_owner  # noqa: E402
from foundation.base.pg.viewer import acting_as  # noqa: E402
from foundation.deadlines import services as deadlines  # noqa: E402
from foundation.deadlines.models import Deadline  # noqa: E402
from referrals import services as referrals  # noqa: E402
from tests.deadlines.storm.building import build_town  # noqa: E402
from tests.deadlines.storm.post_office import REFUSED  # noqa: E402
from tests.deadlines.storm.timetable import days  # noqa: E402

ACTION, REFERRAL = "agreed_action", "referral_decision"


@dataclass
class Thing:
    """Something owed, as the people know it. `by`: which services it is settled with."""

    kind: str
    scope: str
    by: str
    owner: str = ""
    is_open: bool = True


@dataclass
class Town:
    folder: Path
    dice: Random
    things: list[Thing] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.book = (self.folder / "ledger.jsonl").open("a", encoding="utf-8")
        known = json.loads((self.folder / "town.json").read_text(encoding="utf-8"))
        self.case = uuid.UUID(known["case"])
        self.team_of = {email: team for team, each in known["teams"].items() for email in each["members"]}
        self.users = {user.email: user for user in User.objects.all()}
        self.teams = {team.name: team for team in Team.objects.select_related("agency", "area")}
        self.owners = [email for email, team in self.team_of.items() if team != "Hub"]
        self.hub = self.teams["Hub"]
        self.coordinator = self.users["coordinator-1@storm.example"]

    def do(self, act: str, thing: Thing, service: Callable[[], Any], **facts: Any) -> bool:
        """One act at one moment of the storm's clock, as its actor; True where it was acknowledged.

        Where the answer was lost, nobody touches the thing again: it may stand or not.
        """
        moment = clock.now()
        about = {"act": act, "kind": thing.kind, "scope": thing.scope, "by": thing.by, **facts}
        try:
            with clock.set_to(moment):
                service()
            outcome = "done"
        except (DatabaseError, psycopg.Error) as failed:
            outcome = "unknown"
            about["why"] = type(failed).__name__
            connection.close()
        about |= {"at": moment.timestamp(), "after": clock.now().timestamp(), "really": time.time()}
        self.book.write(json.dumps({**about, "outcome": outcome}) + "\n")
        self.book.flush()
        if outcome == "unknown":
            thing.is_open = False
        return outcome == "done"

    def database_answers(self) -> bool:
        """Nobody tries an act while it is away: that would only tell us what we know."""
        try:
            connection.ensure_connection()
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except (DatabaseError, psycopg.Error):
            connection.close()
            return False
        return True

    def agree(self, due_on: date, owner: str = "") -> None:
        owner = owner or self.dice.choice(self.owners)
        team, page = self.team_of[owner], uuid.uuid4()
        scope = uuid.uuid5(page, f"{self.coordinator.pk}:{self.case}")
        thing = Thing(ACTION, str(scope), "action", owner)

        def service() -> Any:
            with acting_as(self.coordinator):
                return plans.agree_action(
                    case_id=self.case,
                    text="Ring the school about the taxi",
                    owner=self.users[owner],
                    team=self.teams[team],
                    due_on=due_on,
                    action_id=page,
                    actor=self.coordinator,
                )

        if self.do("open", thing, service, due_on=due_on.isoformat(), owner=owner, team=team):
            self.things.append(thing)

    def refer(self) -> None:
        author = self.users[self.dice.choice(self.owners)]
        team = self.teams[self.team_of[author.email]]
        page = uuid.uuid4()
        thing = Thing(REFERRAL, str(uuid.uuid5(page, str(author.pk))), "referral")

        def service() -> Any:
            with acting_as(author), transaction.atomic():
                words = {"child_name": "Robin Fable", "concern": "Seen with older boys at night"}
                draft = referrals.save_draft(
                    draft_id=page, team=team, area=self.hub.area, words=words, actor=author
                )
                return referrals.send_referral(referral_id=draft.pk, actor=author)

        if self.do("open", thing, service, due_on="", owner="", team="Hub"):
            self.things.append(thing)

    def settle(self, thing: Thing) -> None:
        scope, actor = uuid.UUID(thing.scope), self.users.get(thing.owner, self.coordinator)
        outcome = self.dice.choice(["done", "no_longer_possible"])

        def service() -> Any:
            with acting_as(actor):
                if thing.by == "action":
                    return plans.close_action(
                        action_id=scope, outcome=outcome, actor=actor, said="It came to nothing"
                    )
                if thing.by == "referral":
                    return referrals.decline(referral_id=scope, reason="Known to us already", actor=actor)
                settle = deadlines.meet_deadline if outcome == "done" else deadlines.cancel_deadline
                return settle(kind=thing.kind, scope_id=scope, actor=actor)

        self.do("settle", thing, service)
        thing.is_open = False

    def move(self, thing: Thing, due_on: date) -> None:
        """To another day and, where a person owns it, to another person. A referral's day is not moved."""
        scope, owner = uuid.UUID(thing.scope), self.dice.choice(self.owners) if thing.owner else ""
        team = self.team_of[owner] if owner else "Hub"

        def service() -> Any:
            who: Any = {"owner": self.users.get(owner), "team": self.teams[team]}
            with acting_as(self.coordinator):
                if thing.by == "action":
                    return plans.hand_over_action(
                        action_id=scope, due_on=due_on, reason="Away", actor=self.coordinator, **who
                    )
                return deadlines.move_deadline(
                    kind=thing.kind, scope_id=scope, due_on=due_on, actor=self.coordinator, **who
                )

        if self.do("move", thing, service, due_on=due_on.isoformat(), owner=owner, team=team):
            thing.owner = owner

    def act_once(self) -> None:
        coming = [day for day in days() if day > clock.today()]
        open_ones = [thing for thing in self.things if thing.is_open]
        choice = self.dice.random()
        if choice < 0.15 and coming:
            self.agree(self.dice.choice(coming))
        elif choice < 0.25:
            self.refer()
        elif choice < 0.5 and coming and (movable := [each for each in open_ones if each.by != "referral"]):
            self.move(self.dice.choice(movable), self.dice.choice(coming))
        elif open_ones:
            self.settle(self.dice.choice(open_ones))


def fill(folder: Path, dice: Random, count: int, bulk: int) -> None:
    """People and teams as the owner; obligations by the services, `bulk` of them written in one go."""
    build_town(folder)
    town = Town(folder, dice)
    refused = next(email for email in town.owners if email.startswith(REFUSED))
    for number in range(count - bulk):
        if number % 4:
            town.agree(dice.choice(days()), owner=refused if number % 20 == 1 else "")
        else:
            town.refer()
    write_in_one_go(town, dice, bulk)
    (folder / "things.json").write_text(json.dumps([vars(thing) for thing in town.things]), encoding="utf-8")


def write_in_one_go(town: Town, dice: Random, count: int) -> None:
    """As many deadlines as a year brings, without what they are about."""
    made = []
    with clock.set_to(clock.now()):
        for number in range(count):
            due_on, owner = dice.choice(days()), dice.choice(town.owners) if number % 2 else ""
            team = town.team_of[owner] if owner else "Hub"
            thing = Thing(ACTION if owner else REFERRAL, str(uuid.uuid4()), "bare", owner)
            town.do("open", thing, lambda: None, due_on=due_on.isoformat(), owner=owner, team=team)
            town.things.append(thing)
            made.append(
                Deadline(
                    kind=thing.kind,
                    scope_id=thing.scope,
                    reference="S-BULK",
                    due_at=clock.end_of(due_on),
                    owner=town.users.get(owner),
                    team=town.teams[team],
                    asked_by=town.hub,
                    opened_by=town.coordinator,
                )
            )
    with as_owner():
        Deadline.objects.bulk_create(made, batch_size=500)


def act(folder: Path, dice: Random, acts_a_second: float) -> None:
    """Until standard input is closed."""
    town = Town(folder, dice)
    town.things = [Thing(**each) for each in json.loads((folder / "things.json").read_text(encoding="utf-8"))]
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], dice.expovariate(acts_a_second))[0]:
        if town.database_answers():
            town.act_once()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["fill", "act"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("seed", type=int)
    parser.add_argument("numbers", type=float, nargs="+")
    given = parser.parse_args()
    if given.what == "fill":
        fill(given.folder, Random(given.seed), *(int(number) for number in given.numbers))
    else:
        act(given.folder, Random(given.seed), *given.numbers)


if __name__ == "__main__":
    main()

"""Worlds made by chance: Python's predicate, the policies and a plain reckoning of the rules never differ."""

import random
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import transaction

from cases.chronology.models import Entry, EntryPart, Tone
from cases.people.models import Person
from cases.records.models import Case, CasePerson, Exclusion, Standing, TeamGrant, UserGrant
from foundation.access.words import Section, Verb, Visibility
from foundation.accounts.models import Membership, Team, User
from foundation.accounts.roles import Role
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from tests.access.two_walls import asked_of_python, asked_of_the_database
from tests.factories import World, make_team, make_user

CASES = 4
SECTIONS = ["", Section.CHRONOLOGY.value, Section.HEALTH.value, Section.POLICE.value]


@dataclass
class Chance:
    """One random world, and the rules reckoned over it without SQL."""

    seed: int
    users: list[User]
    teams: list[Team]
    chance: random.Random = field(init=False)
    now: datetime = field(default_factory=clock.now)
    members: dict[int, set[int]] = field(default_factory=dict)
    grants: list[tuple[str, int, uuid.UUID, Verb, frozenset[str], bool]] = field(default_factory=list)
    excluded: set[tuple[int, uuid.UUID]] = field(default_factory=set)
    cases: list[Case] = field(default_factory=list)
    parts: list[EntryPart] = field(default_factory=list)
    standings: list[CasePerson] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def build(self, area: Any, permissions: dict[str, int]) -> None:
        chance = self.chance
        for user in self.users:
            mine = chance.sample(self.teams, chance.randint(0, 2))
            user.groups.set([team.pk for team in mine])
            for team in mine:
                Membership.objects.create(user=user, team=team, role=Role.PRACTITIONER)
            self.members[user.pk] = {team.pk for team in mine}
        self.cases = Case.objects.bulk_create(
            Case(
                area=area,
                kind="child",
                opened_by=chance.choice(self.users),
                visibility=chance.choice(list(Visibility)),
            )
            for _ in range(CASES)
        )
        self.people = Person.objects.bulk_create(
            Person(name="Robin Fable", made_by=chance.choice(self.users)) for _ in range(CASES + 2)
        )
        for case in self.cases:
            self.share_out(case, permissions)
            for user in self.users:
                if chance.random() < 0.15:
                    Exclusion.objects.create(case=case, user=user, made_by=user)
                    self.excluded.add((user.pk, case.pk))
            self.parts += [self.part(case) for _ in range(3)]
            person = chance.choice(self.people[:-1])
            if not any(each.person_id == person.pk and each.case_id == case.pk for each in self.standings):
                self.standings.append(
                    CasePerson(case=case, person=person, standing=Standing.SUBJECT, **self.handling())
                )
        Entry.objects.bulk_create([part.entry for part in self.parts])
        EntryPart.objects.bulk_create(self.parts)
        CasePerson.objects.bulk_create(self.standings)

    def handling(self) -> dict[str, Any]:
        chance = self.chance
        return {
            "section": chance.choice(SECTIONS),
            "originator": chance.choice([None, *self.teams]),
            "restricted_to": [team.pk for team in chance.sample(self.teams, chance.choice([0, 0, 1, 2]))],
        }

    def part(self, case: Case) -> EntryPart:
        entry = Entry(
            title="x",
            happened_on="2026-03-04",
            tone=Tone.NEITHER,
            recorded_by=self.chance.choice(self.users),
            recorded_for=self.chance.choice(self.teams),
        )
        return EntryPart(case=case, entry=entry, text="x", **self.handling())

    def share_out(self, case: Case, permissions: dict[str, int]) -> None:
        chance = self.chance
        rows: dict[Any, list[Any]] = {UserGrant: [], TeamGrant: []}
        for model, holders in ((UserGrant, self.users), (TeamGrant, self.teams)):
            key = "user_id" if model is UserGrant else "group_id"
            for holder in holders:
                if chance.random() < 0.35:
                    verb, sections = (
                        chance.choice(list(Verb)),
                        sorted(chance.sample(SECTIONS[1:], chance.choice([0, 1, 2]))),
                    )
                    is_live = chance.random() < 0.75
                    days = chance.choice([None, 5]) if is_live else -5
                    ends = self.now + timedelta(days=days) if days else None
                    for each in verb.includes:
                        rows[model].append(
                            model(
                                content_object=case,
                                permission_id=permissions[each.codename],
                                sections=sections,
                                expires_at=ends,
                                **{key: holder.pk},
                            )
                        )
                        self.grants.append((key, holder.pk, case.pk, each, frozenset(sections), is_live))
        for kind, made in rows.items():
            kind.objects.bulk_create(made)

    def held(self, user: User, case_id: uuid.UUID, verb: Verb) -> list[frozenset[str]]:
        """Sections of every live grant that admits the user to the case."""
        case = next(each for each in self.cases if each.pk == case_id)
        if (user.pk, case_id) in self.excluded:
            return []
        return [
            sections
            for key, holder, of, of_verb, sections, is_live in self.grants
            if of == case_id
            and of_verb == verb
            and is_live
            and (verb != Verb.COORDINATE or not sections)
            and (
                (key == "user_id" and holder == user.pk)
                or (
                    key == "group_id"
                    and holder in self.members[user.pk]
                    and case.visibility != Visibility.SEALED
                )
            )
        ]

    def reads(self, user: User, row: EntryPart | CasePerson) -> bool:
        held, mine = self.held(user, row.case_id, Verb.VIEW), self.members[user.pk]
        section = any(row.section == "" or not sections or row.section in sections for sections in held)
        return section and (
            not row.restricted_to or row.originator_id in mine or bool(mine & set(row.restricted_to))
        )

    def reckoned(self, user: User) -> dict[str, Any]:
        standings = {each.pk for each in self.standings if self.reads(user, each)}
        in_a_case = {each.person_id for each in self.standings}
        met = {each.person_id for each in self.standings if each.pk in standings}
        answers: dict[str, Any] = {
            "Case": {case.pk for case in self.cases if self.held(user, case.pk, Verb.VIEW)},
            "EntryPart": {each.pk for each in self.parts if self.reads(user, each)},
            "Entry": {each.entry_id for each in self.parts if self.reads(user, each)},
            "CasePerson": standings,
            "Person": met | {p.pk for p in self.people if p.made_by_id == user.pk and p.pk not in in_a_case},
        }
        for case in self.cases:
            answers[f"may {case.pk}"] = {v.value for v in Verb if self.held(user, case.pk, v)}
        return answers

    @property
    def triples(self) -> int:
        """Questions one user is asked: each verb of each case, and whether each row is read."""
        rows = (
            len(self.cases) * (1 + len(Verb)) + 2 * len(self.parts) + len(self.standings) + len(self.people)
        )
        return rows * len(self.users)


def prove_agreement(world: World, at_least: int, first_seed: int) -> None:
    teams = [make_team(world.council, world.area, f"Team {n}") for n in range(3)]
    users = [make_user(f"Viewer {n}", world.office, Role.PRACTITIONER) for n in range(5)]
    permissions = dict(
        Permission.objects.filter(content_type__app_label="records", content_type__model="case").values_list(
            "codename", "pk"
        )
    )
    asked, seed, shown, hidden = 0, first_seed, 0, 0
    while asked < at_least:
        made = Chance(seed, users, teams)
        with transaction.atomic():
            with as_owner():
                made.build(world.area, permissions)
            for user in users:
                expected = made.reckoned(user)
                python, database = (
                    asked_of_python(user, *made.cases),
                    asked_of_the_database(user, *made.cases),
                )
                for answers in (python, database):
                    assert {name: answers[name] for name in expected} == expected, f"seed {seed}, {user}"
                assert python == database, f"seed {seed}, {user}"
                shown += len(expected["EntryPart"])
                hidden += len(made.parts) - len(expected["EntryPart"])
            transaction.set_rollback(True)
        asked, seed = asked + made.triples, seed + 1
    assert min(shown, hidden) > at_least / 100, "worlds in which all or nothing is shown prove nothing"


def test_random_worlds_agree(world: World) -> None:
    prove_agreement(world, at_least=1_000, first_seed=20_261_120)


@pytest.mark.long
def test_fifty_thousand_random_questions_agree(world: World) -> None:
    prove_agreement(world, at_least=50_000, first_seed=1)

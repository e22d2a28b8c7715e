"""Two hundred acts by chance, kept in a ledger beside them: the audit holds these and no others, and no words."""

import random
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from cases.chronology.models import EntryPart, Tone
from cases.chronology.services import add_entry
from cases.people.services import add_person
from cases.records.models import Case, Share
from cases.records.services import ShareTerms, end_share, exclude, name_lead, share_case
from foundation.access.words import Verb
from foundation.accounts.models import User
from foundation.audit.models import AuditEvent
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.factories import World, make_case

SignIn = Callable[[User], Client]
PASSWORD = "correct horse battery staple"
ACTS = 200
Row = tuple[int | None, str, str, str, str]
WORDS = [
    "Robin",
    "Fable",
    "Wren",
    "Harbour",
    "bus station",
    "older people",
    "Kin of the family",
    PASSWORD,
    "keep the",
]


@dataclass
class Ledger:
    """What was done, noted by hand: actor, action, what it was about, outcome."""

    world: World
    sign_in: SignIn
    chance: random.Random = field(default_factory=lambda: random.Random(2026))
    cases: list[Case] = field(default_factory=list)
    lines: list[Row] = field(default_factory=list)
    clients: dict[int, Client] = field(default_factory=dict)

    def note(self, actor: User | None, action: str, kind: str, key: object, outcome: str = "done") -> None:
        self.lines.append((actor.pk if actor else None, action, kind, str(key), outcome))

    def client(self, user: User) -> Client:
        if user.pk not in self.clients:
            self.clients[user.pk] = self.sign_in(user)
            self.note(user, "sign in", "accounts.User", user.pk)
        return self.clients[user.pk]

    def a_case(self) -> Case:
        return self.chance.choice(self.cases)

    # each of these is one act, with its lines in the ledger

    def opens_a_case_page(self) -> None:
        user = self.chance.choice([self.world.social_worker, self.world.coordinator, self.world.hub_minutes])
        case = self.a_case()
        assert self.client(user).get(f"/cases/{case.pk}/").status_code == 200
        self.note(user, PAGE_OPENED, "records.Case", case.pk)

    def is_refused_a_case_page(self) -> None:
        user, case = self.chance.choice([self.world.nurse, self.world.executive]), self.a_case()
        assert self.client(user).get(f"/cases/{case.pk}/").status_code == 404
        self.note(user, "GET cases:detail", "url", case.pk, "refused")

    def asks_for_a_case_that_is_not(self) -> None:
        key = uuid.UUID(int=self.chance.getrandbits(128))
        assert self.client(self.world.nurse).get(f"/cases/{key}/").status_code == 404
        self.note(self.world.nurse, "GET cases:detail", "url", key, "refused")

    def finds(self) -> None:
        assert self.client(self.world.social_worker).get("/find/?q=robin").status_code == 200
        self.note(self.world.social_worker, "find", "find", "")

    def looks_at_the_list(self) -> None:
        assert self.client(self.world.social_worker).get("/cases/").status_code == 200
        self.note(self.world.social_worker, "list cases", "list", "")

    def fails_to_sign_in(self) -> None:
        typed = {"login": f"{self.chance.random()}@test.example", "password": "wrong"}
        network = f"203.0.113.{self.chance.randint(1, 254)}"
        assert Client().post("/sign-in/", typed, REMOTE_ADDR=network).status_code in {200, 422}
        self.note(None, "sign in", "accounts.User", "", "refused")

    def signs_in_and_out(self) -> None:
        client = Client()
        user = self.world.plan_lead
        assert client.post("/sign-in/", {"login": user.email, "password": PASSWORD}).status_code == 302
        assert client.post("/sign-out/").status_code == 302
        self.note(user, "sign in", "accounts.User", user.pk)
        self.note(user, "sign out", "accounts.User", user.pk)

    def adds_an_entry(self) -> None:
        part = self.entry_by(self.world.social_worker, self.world.social_work)
        self.note(self.world.social_worker, "add an entry", "chronology.EntryPart", part.pk)

    def is_refused_an_entry(self) -> None:
        with pytest.raises((PermissionDenied, Case.DoesNotExist)):
            self.entry_by(self.world.nurse, self.world.health)

    def entry_by(self, actor: User, team: Any) -> EntryPart:
        with acting_as(actor):
            return add_entry(
                case_id=self.a_case().pk,
                title="Seen at the bus station",
                text="With two older people",
                happened_on=clock.today(),
                tone=Tone.WORRY,
                team=team,
                actor=actor,
            )

    def shares_and_ends(self) -> None:
        actor = self.world.coordinator
        terms = ShareTerms(
            team=self.world.school,
            purpose="To keep the child safe",
            lawful_basis="public_task",
            verb=Verb.VIEW,
        )
        with acting_as(actor):
            made: Share = share_case(case_id=self.a_case().pk, terms=terms, actor=actor)
            end_share(share_id=made.pk, actor=actor)
        self.note(actor, "share a case", "records.Share", made.pk)
        self.note(actor, "end a share", "records.Share", made.pk)

    def names_the_lead(self) -> None:
        actor, case = self.world.coordinator, self.a_case()
        with acting_as(actor):
            name_lead(
                case_id=case.pk, professional=self.world.social_worker, agency=self.world.council, actor=actor
            )
        self.note(actor, "name the lead", "records.Case", case.pk)

    def makes_a_person(self) -> None:
        actor = self.world.coordinator
        with acting_as(actor):
            person = add_person(name="Wren Harbour", known_as="", born_on=None, school="", actor=actor)
        self.note(actor, "add person", "people.Person", person.pk)

    def acts(self) -> list[Callable[[], None]]:
        return [
            self.opens_a_case_page,
            self.is_refused_a_case_page,
            self.asks_for_a_case_that_is_not,
            self.finds,
            self.looks_at_the_list,
            self.fails_to_sign_in,
            self.signs_in_and_out,
            self.adds_an_entry,
            self.is_refused_an_entry,
            self.shares_and_ends,
            self.names_the_lead,
            self.makes_a_person,
        ]


PAGE_OPENED = "read a case"


def written() -> list[AuditEvent]:
    with as_owner():
        return list(AuditEvent.objects.order_by("at"))


def test_the_audit_holds_every_act_and_no_other(world: World, signed_in: SignIn) -> None:
    with as_owner():
        world.plan_lead.set_password(PASSWORD)
        world.plan_lead.save()
    ledger = Ledger(world, signed_in, cases=[make_case(world), make_case(world, name="Wren Harbour")])
    with acting_as(world.coordinator):
        made = exclude(
            case_id=ledger.cases[0].pk, user=world.nurse, reason="Kin of the family", actor=world.coordinator
        )
    ledger.note(world.coordinator, "exclude a person", "records.Exclusion", made.pk)
    before = len(written()) - 1

    acts = ledger.acts()
    for number in range(ACTS):
        (acts[number] if number < len(acts) else ledger.chance.choice(acts))()

    events = written()
    found = Counter(
        (each.actor, each.action, each.object_kind, each.object_id, each.outcome) for each in events[before:]
    )
    noted = Counter(ledger.lines)
    assert found - noted == Counter(), "written and never done"
    assert noted - found == Counter(), "done and never written"
    assert len(ledger.lines) >= ACTS * 0.9

    everything = "\n".join(str({**vars(each), "_state": None}) for each in events)
    assert [words for words in WORDS if words.casefold() in everything.casefold()] == []
    assert world.plan_lead.email not in everything


def test_a_result_page_leaves_one_row_with_the_ids_it_showed(world: World, signed_in: SignIn) -> None:
    mine = make_case(world)
    make_case(world, name="Robin Harbour", shared_with=())
    client = signed_in(world.social_worker)
    for page in ("/cases/", "/find/?q=robin", "/"):
        before = len(written())
        assert client.get(page).status_code == 200
        showing = [event for event in written()[before:] if event.shown]
        assert [event.shown for event in showing] in ([[str(mine.pk)]], [[f"case:{mine.pk}"]]), page


@pytest.mark.parametrize("page", ["/find/?q=robin", "/cases/"])
def test_what_was_searched_for_is_not_kept(world: World, signed_in: SignIn, page: str) -> None:
    signed_in(world.nurse).get(page)
    assert all("robin" not in str(vars(event)).casefold() for event in written())


def test_a_row_of_a_request_carries_its_circumstances_and_no_session_key(
    world: World, signed_in: SignIn
) -> None:
    client = signed_in(world.social_worker)
    client.get("/find/?q=robin", REMOTE_ADDR="203.0.113.9")
    client.get("/find/?q=robin", REMOTE_ADDR="203.0.113.9")
    first, second = (event for event in written() if event.action == "find")
    assert first.network == "203.0.113.9"
    assert first.session == second.session != ""
    assert first.request_id != second.request_id
    key = client.session.session_key
    assert key is not None
    assert first.session not in key
    assert key not in str(vars(first))


def test_a_refused_verb_leaves_its_row_though_the_act_was_rolled_back(
    world: World, signed_in: SignIn
) -> None:
    case = make_case(world, shared_with=(world.school,), verb=Verb.VIEW)
    before = len(written())
    answer = signed_in(world.school_lead).get(f"/cases/{case.pk}/entries/new/")
    assert answer.status_code == 403
    (event,) = [each for each in written()[before:] if each.action != "sign in"]
    assert (event.action, event.object_id, event.outcome) == (
        "GET chronology:add-entry",
        str(case.pk),
        "refused",
    )

"""The administrators' pages of words, lists and time limits, as people use them."""

import re
import uuid
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from foundation.accounts.models import User
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.vocabulary import services
from foundation.vocabulary.models import Change, Term, TimeLimit
from foundation.web import registries
from referrals import services as referrals
from tests.factories import World

SignIn = Callable[[User], Client]
WORDS = "/people-and-teams/words/"
LIMITS = "/people-and-teams/time-limits/"
WITHOUT_ID = ["/people-and-teams/", WORDS, LIMITS]


@pytest.fixture
def client(world: World, signed_in: SignIn) -> Client:
    return signed_in(world.administrator)


def text(answer: object) -> str:
    html = getattr(answer, "content", b"").decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return text(answer)


def typed(client: Client, address: str, **changes: str) -> dict[str, str]:
    """What the form on the page holds, with some answers changed."""
    form = client.get(address).context["form"]
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {**{name: "" if value is None else str(value) for name, value in values.items()}, **changes}


def test_administrators_find_everything_from_the_navigation(client: Client) -> None:
    assert 'href="/people-and-teams/"' in client.get("/").content.decode()
    index = page(client, "/people-and-teams/")
    for each in registries.administration:
        assert each.title in index
        assert each.about in index
    assert {"Words and lists", "Time limits", "Bank holidays"} <= {e.title for e in registries.administration}
    words = page(client, WORDS)
    assert "Types of harm Asked on a referral." in words
    assert re.search(r"Wards .*? 0 0", words)


@pytest.mark.parametrize("who", ["coordinator", "executive", "plan_lead", "social_worker"])
def test_others_have_neither_the_link_nor_the_pages(world: World, signed_in: SignIn, who: str) -> None:
    client = signed_in(getattr(world, who))
    assert 'href="/people-and-teams/"' not in client.get("/").content.decode()
    for address in WITHOUT_ID:
        assert client.get(address).status_code == 403, address
        assert client.post(address).status_code in {403, 405}, address
    for address in (f"{WORDS}harm_type/", f"{WORDS}harm_type/values/missing/", f"{LIMITS}share/"):
        for answer in (client.get(address), client.post(address, {"act": "retire", "up": "missing"})):
            assert answer.status_code == 404, address
    assert Term.objects.of("harm_type").get(code="missing").is_retired is False


@pytest.mark.parametrize(
    "address",
    [f"{WORDS}nothing/", f"{WORDS}nothing/add/", f"{WORDS}harm_type/values/nothing/", f"{LIMITS}nothing/"],
)
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_a_list_shows_its_values_in_order_with_what_belongs_to_them(client: Client) -> None:
    places = page(client, f"{WORDS}place_kind/")
    assert "Place in the list" in places
    assert re.search(r"Park or open space Park or open space 1 Down", places)
    tiers = page(client, f"{WORDS}tier/")
    assert re.search(r"Cause for concern .* 84 3 Up", tiers)
    assert "11A" in page(client, f"{WORDS}harm_type/")
    assert "No value yet" in page(client, f"{WORDS}ward/")


def test_a_value_is_added_and_stands_in_the_history(client: Client, world: World) -> None:
    words = typed(client, f"{WORDS}ward/add/", label="Harbourside", parent="south")
    answer = client.post(f"{WORDS}ward/add/", words, follow=True)
    assert answer.redirect_chain[-1][0] == f"{WORDS}ward/"
    said = text(answer)
    assert "“Harbourside” is added" in said
    assert "Harbourside South 1" in said
    assert f"Harbourside: Added “Harbourside” {world.administrator.name}" in said


def test_words_are_changed_everywhere_at_once(client: Client, world: World, signed_in: SignIn) -> None:
    address = f"{WORDS}harm_type/values/bullying/"
    client.post(address, typed(client, address, label="Bullying by others", description="At school"))
    refer = text(signed_in(world.school_lead).get("/referrals/new/"))
    assert "Bullying by others At school" in refer
    own = page(client, address)
    assert "Called “Bullying by others” instead of “Bullying”" in own
    assert "Explanation changed from nothing to “At school”" in own


def test_a_preview_shows_how_the_list_will_read_and_saves_nothing(client: Client) -> None:
    address = f"{WORDS}harm_type/values/bullying/"
    answer = client.post(address, typed(client, address, label="Bullying by others", act="preview"))
    assert answer.status_code == 200
    assert "Bullying by others this one" in text(answer)
    assert Term.objects.of("harm_type").get(code="bullying").label == "Bullying"
    address = f"{WORDS}tier/add/"
    answer = client.post(
        address, typed(client, address, label="New tier", review_every_days="7", act="preview")
    )
    assert re.search(r"Cause for concern .* New tier this one", text(answer))
    assert not Term.objects.of("tier").filter(label="New tier").exists()


@pytest.mark.parametrize(
    ("address", "answers", "sentence"),
    [
        (f"{WORDS}harm_type/add/", {"label": ""}, "Enter the words that people read"),
        (f"{WORDS}harm_type/add/", {"label": "BULLYING"}, "This list already has “Bullying”"),
        (f"{WORDS}harm_type/add/", {"label": "x" * 121}, "must be 120 characters or fewer"),
        (f"{WORDS}ward/add/", {"label": "Harbourside"}, "Choose from “Localities”"),
        (f"{WORDS}ward/add/", {"label": "Harbourside", "parent": "nowhere"}, "Choose from “Localities”"),
        (f"{WORDS}tier/add/", {"label": "New"}, "Enter the days between reviews"),
        (f"{WORDS}tier/add/", {"label": "New", "review_every_days": "-1"}, "Enter a whole number in figures"),
        (f"{WORDS}tier/add/", {"label": "New", "review_every_days": "99999"}, "Enter a whole number"),
        (f"{WORDS}tier/add/", {"label": "New", "review_every_days": "0"}, "number from 1 to 366"),
        (f"{WORDS}harm_type/values/missing/", {"label": " "}, "Enter the words that people read"),
        (f"{LIMITS}share/", {"length": "0"}, "days from 1 to 3650"),
        (f"{LIMITS}share/", {"length": "²"}, "Enter a whole number in figures"),
        (f"{LIMITS}share/", {"source": ""}, "Say where the figure comes from"),
    ],
)
def test_a_form_with_a_fault_comes_back_with_a_sentence(
    client: Client, address: str, answers: dict[str, str], sentence: str
) -> None:
    answer = client.post(address, typed(client, address, **answers))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Error: " in text(answer)


def test_values_move_up_and_down(client: Client) -> None:
    answer = client.post(f"{WORDS}tier/", {"up": "vulnerable"})
    assert answer["Location"] == f"{WORDS}tier/#vulnerable"
    assert Term.objects.of("tier")[0].code == "vulnerable"
    client.post(f"{WORDS}tier/", {"down": "vulnerable"})
    assert Term.objects.of("tier")[1].code == "vulnerable"
    assert "Moved from number 1 to number 2" in page(client, f"{WORDS}tier/")
    assert client.post(f"{WORDS}tier/", {"down": "nothing"}).status_code == 404
    assert client.post(f"{WORDS}tier/", {"sideways": "vulnerable"}).status_code == 302


def test_a_value_is_retired_shown_apart_and_brought_back(
    client: Client, world: World, signed_in: SignIn
) -> None:
    address = f"{WORDS}harm_type/values/robbery/"
    said = text(client.post(address, {"act": "retire"}, follow=True))
    assert "“Robbery or theft from the person” is retired" in said
    assert "Robbery or theft from the person: look at it or bring it back" in said
    assert "Robbery" not in text(signed_in(world.school_lead).get("/referrals/new/"))
    assert "Bring it back" in page(client, address)
    said = text(client.post(address, {"act": "bring back"}, follow=True))
    assert "is offered again" in said
    assert "Robbery" in text(signed_in(world.school_lead).get("/referrals/new/"))


def test_a_draft_keeps_a_value_that_was_retired_since(world: World, signed_in: SignIn) -> None:
    with acting_as(world.school_lead):
        words = {"child_name": "Robin Fable", "concern": "A new phone", "harm_types": ["robbery"]}
        kept = referrals.save_draft(
            draft_id=uuid.uuid4(), team=world.school, area=world.area, words=words, actor=world.school_lead
        )
    with acting_as(world.administrator):
        services.retire_term(list_name="harm_type", code="robbery", actor=world.administrator)
    author = signed_in(world.school_lead)
    assert "Robbery" in text(author.get(f"/referrals/{kept.pk}/edit/"))
    assert "Robbery" in text(author.get(f"/referrals/{kept.pk}/check/"))
    assert "Robbery" not in text(author.get("/referrals/new/"))


def test_what_may_not_be_retired_says_why(client: Client) -> None:
    address = f"{WORDS}lawful_basis/values/public_task/"
    assert "It cannot be retired" in page(client, address)
    answer = client.post(address, {"act": "retire"})
    assert answer.status_code == 422
    assert "“Public task” cannot be retired. Opening a case" in text(answer)
    assert "Error: " in text(answer)


def test_of_two_administrators_the_second_reads_who_was_first(client: Client, world: World) -> None:
    for address, answers in (
        (f"{WORDS}harm_type/values/missing/", {"label": "Missing"}),
        (f"{LIMITS}share/", {"length": "90"}),
    ):
        opened = typed(client, address, **answers)
        client.post(address, typed(client, address, description="x", source="Another policy"))
        answer = client.post(address, opened)
        assert answer.status_code == 422
        assert f"{world.administrator.name} changed this after you opened the page" in text(answer)


def test_a_retired_parent_can_still_be_seen_and_is_not_offered(client: Client, world: World) -> None:
    with acting_as(world.administrator):
        for label, where in (("Hillside", "south"), ("Riverside", "north")):
            services.add_term(
                list_name="ward", words=services.Words(label, parent=where), actor=world.administrator
            )
        services.retire_term(list_name="ward", code="hillside", actor=world.administrator)
        services.retire_term(list_name="locality", code="south", actor=world.administrator)
    assert "South" not in page(client, f"{WORDS}ward/values/riverside/")
    assert "South" in page(client, f"{WORDS}ward/values/hillside/")
    answer = client.post(f"{WORDS}ward/values/hillside/", {"act": "bring back"})
    assert answer.status_code == 422
    assert "“South” is retired" in text(answer)


def test_a_time_limit_is_changed_with_its_source(client: Client, world: World) -> None:
    assert "Decision on a referral 1 working day" in page(client, LIMITS)
    address = f"{LIMITS}referral_decision/"
    assert "How many working days?" in page(client, address)
    answer = client.post(address, typed(client, address, length="2", source="Our protocol"), follow=True)
    said = text(answer)
    assert "“Decision on a referral” is now 2 working days." in said
    assert "Decision on a referral: Length changed from “1” to “2”" in said
    assert TimeLimit.objects.get(code="referral_decision").source == "Our protocol"
    with as_owner():
        assert Change.objects.count() == 2


def test_hidden_characters_and_markup_stay_words(client: Client) -> None:
    address = f"{WORDS}harm_type/add/"
    assert client.post(address, typed(client, address, label="a\u202eb")).status_code == 422
    client.post(address, typed(client, address, label="<b>Bold</b>"))
    assert "&lt;b&gt;Bold&lt;/b&gt;" in client.get(f"{WORDS}harm_type/").content.decode()

"""Planning a review on its page: from the case, once, and with every answer that cannot be read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cases.records.models import Case
from cases.records.services import exclude
from foundation.accounts.models import User
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.vocabulary.models import Term
from reviews.models import Meeting
from tests.factories import World
from tests.plans.acts import in_days
from tests.plans.test_pages import parts, words
from tests.reviews.acts import QUESTION

SignIn = Callable[[User], Client]


def filled_in(client: Client, about: Case, **changed: Any) -> dict[str, Any]:
    """The form for a new review, as the chair would send it from the case's page."""
    form = client.get(f"/reviews/new/?case={about.reference}").context["form"]
    return {
        "meeting_id": str(form["meeting_id"].value()),
        "case": form["case"].value(),
        "kind": form["kind"].value(),
        "starts_at": "2:30pm",
        "place": "Room 2",
        "question": QUESTION,
        **parts("held_on", in_days(1)),
        **changed,
    }


def test_a_chair_puts_a_case_on_a_review_from_its_page(chair: User, case: Case, signed_in: SignIn) -> None:
    client = signed_in(chair)
    assert f'href="/reviews/new/?case={case.reference}"' in words(client, f"/cases/{case.pk}/")
    typed = filled_in(client, case)
    assert (typed["case"], typed["kind"]) == (case.reference, "review")
    answers = [client.post("/reviews/new/", typed) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    with as_owner():
        meeting = Meeting.objects.get()
        label = Term.objects.label_of("meeting_kind", "review")
    assert {answer["Location"] for answer in answers} == {f"/reviews/{meeting.pk}/"}
    page = words(client, f"/reviews/{meeting.pk}/")
    for said in (
        "The review is planned tomorrow at 14:30.",
        "Robin Fable",
        case.reference,
        QUESTION,
        label,
        "14:30, Room 2",
        "Decisions are recorded from the day of the review on.",
    ):
        assert said in page
    assert "Record a decision" not in page


def test_the_page_says_who_reads_the_question(chair: User, signed_in: SignIn) -> None:
    assert "Everyone with any share of the case reads this" in words(signed_in(chair), "/reviews/new/")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"case": "C-NONE-NONE"}, "No case that you may see has this reference"),
        ({"case": ""}, "Enter the reference of the case"),
        ({"starts_at": "25:00"}, "must be a time, such as 10:00 or 2:30pm"),
        ({"starts_at": "soon"}, "must be a time"),
        ({"starts_at": "14pm"}, "must be a time"),
        ({"starts_at": ""}, "Enter the time it starts"),
        ({"question": ""}, "Say what is asked of this review"),
        ({"kind": "steering"}, "Choose the kind of meeting"),
        ({"held_on_year": "2099"}, "more than a year away"),
        ({"meeting_id": "x"}, "can no longer be used"),
    ],
)
def test_what_cannot_be_read_is_an_error_with_everything_kept(
    chair: User, case: Case, signed_in: SignIn, changes: dict[str, str], said: str
) -> None:
    client = signed_in(chair)
    answer = client.post("/reviews/new/", filled_in(client, case, **changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Room 2" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "taken"),
    [("9", "09:00"), ("9.15", "09:15"), ("14:05", "14:05"), ("12am", "00:00"), ("12:30 PM", "12:30")],
)
def test_a_time_is_taken_as_people_type_it(
    chair: User, case: Case, signed_in: SignIn, typed: str, taken: str
) -> None:
    client = signed_in(chair)
    client.post("/reviews/new/", filled_in(client, case, starts_at=typed))
    with as_owner():
        assert f"{Meeting.objects.get().starts_at:%H:%M}" == taken


def test_a_case_that_is_hidden_from_the_chair_is_like_none(
    world: World, chair: User, case: Case, signed_in: SignIn
) -> None:
    client = signed_in(chair)
    typed = filled_in(client, case)
    with acting_as(world.coordinator):
        exclude(case_id=case.pk, user=chair, reason="Family", actor=world.coordinator)
    pages = [
        client.post("/reviews/new/", {**typed, "case": each}).content.decode()
        for each in (case.reference, "C-NONE-NONE")
    ]
    assert all("No case that you may see has this reference" in page for page in pages)


def test_without_the_list_of_kinds_none_is_asked(chair: User, case: Case, signed_in: SignIn) -> None:
    with as_owner():
        Term.objects.of("meeting_kind").update(is_retired=True)
    client = signed_in(chair)
    assert "What kind of meeting" not in words(client, "/reviews/new/")
    typed = {**filled_in_without_kind(client, case)}
    assert client.post("/reviews/new/", typed).status_code == 302


def filled_in_without_kind(client: Client, case: Case) -> dict[str, Any]:
    form = client.get(f"/reviews/new/?case={case.reference}").context["form"]
    held_on = parts("held_on", in_days(1))
    given = {"case": case.reference, "starts_at": "10", "question": QUESTION, **held_on}
    return {"meeting_id": str(form["meeting_id"].value()), **given}


def test_only_chairs_are_offered_a_new_review(world: World, case: Case, signed_in: SignIn) -> None:
    for user in (world.coordinator, world.social_worker):
        client = signed_in(user)
        assert client.get("/reviews/new/").status_code == 403
        assert "Put on a review" not in words(client, f"/cases/{case.pk}/")
        assert "Plan a review" not in words(client, "/reviews/")

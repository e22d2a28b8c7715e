"""Pages for what cannot be done: they say it plainly and give back every word that was typed."""

import re
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client, RequestFactory

from foundation.web import context, views
from tests.factories import World
from tests.web.sample_forms import GOOD

pytestmark = pytest.mark.django_db

SENTENCE = "He said: “leave it” & went home <quickly>.\r\n\r\nNext day he was not there."
TYPED = {
    **GOOD,
    "words": SENTENCE,
    "password": "correct horse",
    "csrfmiddlewaretoken": "made up",
    "team_id": "0b9d4a36-4c4b-4d8c-9a43-0d8f4ad6a111",
}


def text_of(response: Any) -> str:
    return str(response.content.decode())


def assert_words_are_given_back(page: str) -> None:
    assert "Kit Marlowe</textarea>" in page
    assert "He said: “leave it” &amp; went home &lt;quickly&gt;." in page
    assert "3 4 2026</textarea>" in page
    assert "correct horse" not in page
    assert "made up" not in page
    assert "0b9d4a36" not in page
    for area in re.findall("<textarea[^>]*>", page):
        assert "readonly" in area
        assert "name=" not in area
    assert 'name="words"' not in page


def test_a_form_sent_after_the_sign_in_ended_gives_the_words_back() -> None:
    response = Client().post("/sample/", TYPED)
    page = text_of(response)
    assert response.status_code == 403
    assert response["Cache-Control"] == "no-store"
    assert "You are signed out: nothing was saved" in page
    assert 'href="/sign-in/?next=%2Fsample%2F"' in page
    assert_words_are_given_back(page)


def test_a_failed_csrf_check_gives_the_words_back(world: World, signed_in: Any) -> None:
    client = signed_in(world.school_lead)
    client.handler.enforce_csrf_checks = True
    response = client.post("/sample/", TYPED)
    page = text_of(response)
    assert response.status_code == 403
    assert response["Cache-Control"] == "no-store"
    assert "please open the form again" in page
    assert 'href="/sample/"' in page
    assert_words_are_given_back(page)


def test_a_failed_csrf_check_of_somebody_signed_out_leads_to_sign_in() -> None:
    page = text_of(Client(enforce_csrf_checks=True).post("/sample/", TYPED))
    assert "You are signed out" in page
    assert_words_are_given_back(page)


def test_a_stale_sign_in_form_leads_back_to_sign_in_and_keeps_no_password() -> None:
    typed = {"login": "a@test.example", "password": "correct horse"}
    page = text_of(Client(enforce_csrf_checks=True).post("/sign-in/", typed))
    assert 'href="/sign-in/"' in page
    assert "a@test.example" in page
    assert "correct horse" not in page


def test_words_that_another_site_sent_are_not_shown() -> None:
    response = Client(headers={"sec-fetch-site": "cross-site"}).post("/sample/", TYPED)
    assert response.status_code == 403
    assert "Kit Marlowe" not in text_of(response)


def test_signing_out_twice_leads_to_sign_in() -> None:
    response = Client().post("/sign-out/")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/")


def test_a_page_asked_for_while_signed_out_is_shown_after_sign_in() -> None:
    response = Client().get("/sample/?part=2")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/?next=/sample/%3Fpart%3D2")


def test_what_may_not_be_done_is_said_in_the_words_of_the_rule(world: World, signed_in: Any) -> None:
    response = signed_in(world.school_lead).post("/forbidden/", TYPED)
    assert response.status_code == 403
    assert "Only the hub may decide about a referral." in text_of(response)
    assert_words_are_given_back(text_of(response))


def test_what_is_not_there_is_a_page_with_a_way_home(world: World, signed_in: Any) -> None:
    response = signed_in(world.school_lead).get("/nowhere/")
    assert response.status_code == 404
    assert re.search(r"<h1[^>]*>\s*Page not found\s*</h1>", text_of(response))
    assert world.school_lead.display_name in text_of(response)


def test_a_page_not_found_needs_no_user_and_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoDatabase:
        @property
        def is_authenticated(self) -> bool:
            raise DatabaseError("gone")

    request = RequestFactory().get("/nowhere/")
    assert views.page_not_found(request, Exception()).status_code == 404
    request.user = NoDatabase()  # type: ignore[assignment]
    assert views.page_not_found(request, Exception()).status_code == 404
    assert views.permission_denied(request, Exception()).status_code == 403
    assert context.shell(request)["signed_in_as"] is None


def test_a_fault_answers_500_without_one_query_and_keeps_the_words(
    world: World, signed_in: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in(world.school_lead)
    client.raise_request_exception = False
    response = client.post("/broken/", TYPED)
    assert response.status_code == 500
    assert "Sorry, there is a problem with the service" in text_of(response)
    assert_words_are_given_back(text_of(response))
    with django_assert_num_queries(0):
        assert views.server_error(RequestFactory().get("/")).status_code == 500


def test_even_a_broken_template_answers_500(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> str:
        raise ValueError("no manifest")

    monkeypatch.setattr("foundation.web.refusals.render_to_string", fail)
    response = views.server_error(RequestFactory().get("/"))
    assert (response.status_code, response["Content-Type"]) == (500, "text/plain; charset=utf-8")

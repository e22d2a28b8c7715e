"""Signing in through the real form, and out again."""

import re

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client

from foundation.accounts.models import User
from foundation.audit.models import AuditEvent, Outcome
from foundation.base.pg.roles import as_owner
from tests.factories import World

PASSWORD = "correct horse battery staple"
WRONG = "not the one, but long enough"


@pytest.fixture
def nurse(world: World) -> User:
    return with_password(world.nurse)


def with_password(user: User) -> User:
    with as_owner():
        user.set_password(PASSWORD)
        user.save()
    return user


def sign_in(client: Client, email: str, password: str, network: str = "203.0.113.1") -> int:
    return client.post("/sign-in/", {"login": email, "password": password}, REMOTE_ADDR=network).status_code


def is_signed_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def as_seen(client: Client, email: str, password: str) -> str:
    """The page that answers, without what differs from page to page: the token and the address typed."""
    page = client.post(
        "/sign-in/", {"login": email, "password": password}, REMOTE_ADDR="203.0.113.1"
    ).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page).replace(email, "")


def test_the_right_password_signs_in(client: Client, nurse: User) -> None:
    assert sign_in(client, nurse.email, PASSWORD) == 302
    assert is_signed_in(client)
    with as_owner():
        event = AuditEvent.objects.get(action="sign in")
        assert (event.actor, event.outcome) == (nurse.pk, Outcome.DONE)


def test_the_case_of_the_address_does_not_matter(client: Client, nurse: User) -> None:
    assert sign_in(client, nurse.email.upper(), PASSWORD) == 302


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client: Client, nurse: User) -> None:
    known = as_seen(client, nurse.email, WRONG)
    unknown = as_seen(client, "nobody@test.example", WRONG)
    assert known == unknown
    assert not is_signed_in(client)


def test_an_inactive_account_cannot_sign_in_and_is_answered_alike(client: Client, nurse: User) -> None:
    wrong = as_seen(client, nurse.email, WRONG)
    with as_owner():
        User.objects.filter(pk=nurse.pk).update(is_active=False)
    assert as_seen(client, nurse.email, PASSWORD) == wrong
    assert not is_signed_in(client)


def test_an_account_without_a_password_cannot_sign_in(client: Client, world: World) -> None:
    for password in ("", "!", world.nurse.password):
        sign_in(client, world.nurse.email, password)
    assert not is_signed_in(client)


def test_a_closed_account_is_out_at_its_next_request(client: Client, nurse: User) -> None:
    sign_in(client, nurse.email, PASSWORD)
    with as_owner():
        User.objects.filter(pk=nurse.pk).update(is_active=False)
    assert not is_signed_in(client)


def test_the_session_has_a_new_key_after_signing_in(client: Client, nurse: User) -> None:
    session = client.session
    session["before"] = "signing in"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted or ""
    assert sign_in(client, nurse.email, PASSWORD) == 302
    assert client.session.session_key != planted
    assert not Session.objects.filter(pk=planted).exists()


def test_signing_out_needs_a_post_and_ends_the_session(client: Client, nurse: User) -> None:
    sign_in(client, nurse.email, PASSWORD)
    key = client.session.session_key
    assert client.get("/sign-out/").status_code == 200
    assert is_signed_in(client)
    assert client.post("/sign-out/").status_code == 302
    assert not is_signed_in(client)
    assert not Session.objects.filter(pk=key).exists()
    with as_owner():
        assert AuditEvent.objects.get(action="sign out").actor == nurse.pk


def test_signing_in_needs_its_token(nurse: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, nurse.email, PASSWORD) == 403


@pytest.mark.parametrize("page", ["/", "/find/", "/help/", "/cases/", "/referrals/"])
def test_every_page_has_the_button_to_sign_out(client: Client, nurse: User, page: str) -> None:
    sign_in(client, nurse.email, PASSWORD)
    html = client.get(page).content.decode()
    form = re.search(r'<form[^>]*action="/sign-out/"[^>]*>.*?</form>', html, re.DOTALL)
    assert form, page
    assert 'method="post"' in form[0]
    assert "csrfmiddlewaretoken" in form[0]
    assert "Sign out" in form[0]


def test_a_next_address_elsewhere_is_not_followed(client: Client, nurse: User) -> None:
    typed = {"login": nurse.email, "password": PASSWORD, "next": "https://elsewhere.example/"}
    answer = client.post("/sign-in/", typed)
    assert answer.status_code == 302
    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    "address", ["/signup/", "/accounts/signup/", "/sign-up/", "/password/reset/", "/admin/"]
)
def test_there_is_no_signing_up_and_no_admin(client: Client, nurse: User, address: str) -> None:
    sign_in(client, nurse.email, PASSWORD)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "password", ["short but not", "fourteen chars", "123456789123456789", "1q2w3e4r5t6y7u8i"]
)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


def test_a_long_ordinary_sentence_is_taken() -> None:
    validate_password("a heron stood by the quay")


def test_a_failed_sign_in_leaves_no_address_behind(client: Client, nurse: User) -> None:
    sign_in(client, nurse.email, WRONG)
    with as_owner():
        event = AuditEvent.objects.get(action="sign in")
    assert (event.actor, event.outcome, event.object_id) == (None, Outcome.REFUSED, "")
    assert nurse.email not in str(vars(event))


@pytest.mark.parametrize(
    "typed", [{}, {"login": "", "password": ""}, {"login": "x" * 5000, "password": "y" * 5000}]
)
def test_nonsense_is_answered_with_the_form(client: Client, db: None, typed: dict[str, str]) -> None:
    assert client.post("/sign-in/", typed).status_code in {200, 422}
    assert not AccessAttempt.objects.filter(username=None).exists()

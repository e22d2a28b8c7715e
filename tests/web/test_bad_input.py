"""Input that no form of ours sends is answered 400 with a page, never 500, and nothing is kept."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import World
from tests.web.sample_forms import GOOD

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def client(world: World, signed_in: Any) -> Client:
    signed: Client = signed_in(world.school_lead)
    return signed


def assert_refused(response: Any) -> None:
    assert response.status_code == 400
    assert b"We could not read that" in response.content
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/find/?q=%00", "/find/?q=a%00b", "/fi%00nd/", "/find/?%00=1", "/%00"])
def test_nul_in_an_address(client: Client, path: str) -> None:
    assert_refused(client.get(path))


def test_nul_in_a_cookie(client: Client) -> None:
    client.cookies["sessionid"] = "abcdefgh\0"
    assert_refused(client.get("/find/"))


@pytest.mark.parametrize("path", ["/find/?q=%ff%fe", "/%ff%fe/", "/find/?q=%ed%a0%80"])
def test_broken_letters_in_an_address_are_never_a_fault(client: Client, path: str) -> None:
    assert client.get(path).status_code in {200, 400, 404, 422}


def test_too_many_fields_in_an_address(client: Client) -> None:
    assert_refused(client.get("/find/?" + "a=1&" * 1200))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"words=%ff%fe", FORM),
        (b"words=\xff\xfe", FORM),
        (b"a=1&" * 1200, FORM),
        (b"words=" + b"x" * 1_500_000, FORM),
        (b"words=hello", f"{FORM}; charset=utf-16"),
        (b"not a multipart body", "multipart/form-data"),
        (b"not a multipart body", "multipart/form-data; boundary=\xc3\xa9"),
    ],
)
def test_a_form_that_cannot_be_read(client: Client, body: bytes, kind: str) -> None:
    assert_refused(client.generic("POST", "/sample/", body, content_type=kind))


def test_a_file_nobody_asked_for_is_refused_and_the_words_are_given_back(client: Client) -> None:
    file = SimpleUploadedFile("photo.jpg", b"never to be kept" * 100)
    response = client.post("/sample/", {**GOOD, "photo": file})
    assert_refused(response)
    page = response.content.decode()
    assert "This service does not take files" in page
    assert "Kit Marlowe" in page
    assert "photo.jpg" not in page
    assert "never to be kept" not in page


def test_an_empty_file_box_is_no_file(client: Client) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="photo"; filename=""\r\n\r\n\r\n--x--\r\n'
    response = client.generic("POST", "/sample/", body, content_type="multipart/form-data; boundary=x")
    assert response.status_code != 400


def test_nul_in_a_field_is_an_error_of_the_form_that_keeps_the_rest(client: Client) -> None:
    response = client.post("/sample/", {**GOOD, "name": "Kit\0"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "has a hidden character" in page
    assert "One line." in page

"""What browsers are told about keeping pages, running scripts and passing addresses on."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/", "/find/", "/find/?q=kit", "/help/", "/sample/", "/nowhere/", "/forbidden/"]
)
def test_no_page_of_a_signed_in_person_is_kept(world: World, signed_in: Any, path: str) -> None:
    assert signed_in(world.school_lead).get(path)["Cache-Control"] == "no-store"


def policy(path: str) -> dict[str, str]:
    header = Client().get(path)["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


def test_scripts_and_styles_come_from_here_alone() -> None:
    found = policy("/sign-in/")
    assert found["default-src"] == "'none'"
    assert found["script-src"] == found["style-src"] == "'self'"
    for kind in ("base-uri", "frame-ancestors", "object-src"):
        assert found[kind] == "'none'"
    assert not re.search("unsafe|http|\\*", " ".join(found.values()))


def test_other_headers_close_what_we_do_not_use() -> None:
    response = Client().get("/sign-in/")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_addresses_stay_here_and_forms_still_pass_the_origin_check() -> None:
    """Under "no-referrer" browsers send `Origin: null` with every form, which the CSRF check refuses."""
    assert settings.SECURE_REFERRER_POLICY == "same-origin"


def test_the_shell_asks_for_nothing_from_elsewhere() -> None:
    page = Client().get("/sign-in/").content.decode()
    for address in re.findall(r'(?:src|href|action)="([^"]*)"', page):
        assert address.startswith(("/", "#")), address

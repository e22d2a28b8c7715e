"""What a page costs to load, and what it looks like on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response

from cases.records.models import Case
from foundation.base.pg.roles import as_owner
from tests.system.browser import kilobytes_of, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo")]

KILOBYTES_AT_MOST = 75
"""Units: kilobytes (1024) of styles and scripts a page loads, gzip. Source: issue "Frame", point 11."""


def jamies_case() -> Case:
    with as_owner():
        return Case.objects.earliest("opened_at")


def test_a_case_on_paper_has_no_navigation_and_says_who_printed_it(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page, "social.worker")
    page.goto(f"/cases/{jamies_case().pk}/")
    printed_by = page.get_by_text("Printed by Amira Solano")
    assert not printed_by.is_visible()

    page.emulate_media(media="print")
    assert printed_by.is_visible()
    for hidden in page.locator("nav, .govuk-skip-link, button, a.govuk-button").all():
        assert not hidden.is_visible(), hidden.inner_text()
    for shown in ("Who is involved", "Chronology", "Referral received", "Hub duty desk"):
        assert page.get_by_text(shown).first.is_visible()


def test_a_page_loads_at_most_75_kb_of_styles_and_scripts(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page, "social.worker")
    pages = ("/", "/find/?q=jamie", "/referrals/new/", "/cases/", f"/cases/{jamies_case().pk}/", "/help/")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    weights = {}
    for path in pages:
        answers.clear()
        page.goto(path, wait_until="networkidle")
        weights[path] = kilobytes_of(answers)
    print(weights)
    assert min(weights.values()) > 1, "nothing was measured"
    assert max(weights.values()) <= KILOBYTES_AT_MOST

"""A referral is left undecided: who hears of it, by mail and on My work, and how it is put right."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from demo.moved_clock import next_morning
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.deadlines.delivery import deliver
from foundation.deadlines.models import Deadline, Notice, State
from foundation.deadlines.sweep import sweep
from tests.system import everything
from tests.system.browser import Pointer, axe, sign_in, words_of

pytestmark = pytest.mark.browser


@pytest.fixture
def moved(settings: Any, tmp_path: Path) -> None:
    settings.CLOCK_MOVED_FILE = str(tmp_path / "clock")
    settings.EMAIL_BACKEND = "demo.outbox.OutboxBackend"


@pytest.fixture(params=[(1280, True), (375, False)], ids=["desk", "phone without JavaScript"])
def page(request: pytest.FixtureRequest, open_context: Callable[..., BrowserContext]) -> Page:
    width, javascript = request.param
    return open_context(width=width, javascript=javascript).new_page()


def the_clock_moves_on(page: Page) -> None:
    """As somebody at the outbox does; then the worker does what it does every few seconds."""
    page.goto("/demo/outbox/")
    Pointer(page).press(f"Move on to {next_morning():%A}")
    assert "just after nine" in words_of(page)
    sweep()
    deliver()
    page.reload()


def told_of(referral_id: Any) -> list[Notice]:
    with as_owner():
        deadline = Deadline.objects.get(scope_id=referral_id, kind="referral_decision")
        return list(Notice.objects.filter(deadline=deadline).order_by("told_at", "slot"))


def test_from_the_mail_to_the_decision(demo: None, moved: None, page: Page) -> None:
    referral_id = everything.sent("Robin Fable")
    person = Pointer(page)
    while clock.now() < told_by(referral_id):
        the_clock_moves_on(page)
    reminder = next(each for each in told_of(referral_id) if each.recipient_id == coordinator())
    assert f"/notices/{reminder.pk}/" in words_of(page)
    assert "Robin" not in words_of(page)

    page.goto(f"/notices/{reminder.pk}/")  # the mail's link asks who is there first
    assert "/sign-in/" in page.url
    sign_in(page, "coordinator")
    assert "Decide on the referral of Robin Fable" in words_of(page)
    page.goto(f"/notices/{reminder.pk}/")
    assert page.url.endswith(f"/referrals/{referral_id}/")
    page.goto("/notices/")
    assert reminder.reference in words_of(page)

    page.goto("/")
    person.follow("Decide on the referral of Robin Fable")
    person.follow("Decline")
    person.write("Why are you declining this referral?", "Early help is with the family.")
    person.press("Decline referral")
    with as_owner():
        assert Deadline.objects.get(scope_id=referral_id).state == State.MET
    page.goto("/notices/")
    assert "It has been done since" in words_of(page)
    page.goto("/")
    assert "Robin Fable" not in words_of(page)


def told_by(referral_id: Any) -> Any:
    """When its reminder is due: nine in the morning of the day it must be decided."""
    with as_owner():
        return clock.at(
            clock.day_of(Deadline.objects.get(scope_id=referral_id).due_at), next_morning().time()
        )


def coordinator() -> int:
    return int(everything.user_of("coordinator").pk)


def test_what_stays_undecided_reaches_the_manager(demo: None, moved: None, page: Page) -> None:
    referral_id = everything.sent("Robin Fable")
    for _ in range(3):
        the_clock_moves_on(page)
    steps = [each.step for each in told_of(referral_id)]
    assert {"reminder-day", "rung-first"} <= set(steps)
    sign_in(page, "coordinator")
    assert "1 day late" in words_of(page) or "days late" in words_of(page)
    page.goto("/due/")
    assert "Robin Fable" in words_of(page)


def test_being_away_sends_reminders_to_the_deputy(demo: None, moved: None, page: Page) -> None:
    person = Pointer(page)
    sign_in(page, "chair")
    person.follow("Say when you are away and who stands in")
    person.enter_date("First day away", clock.today())
    person.enter_date("Last day away", clock.today())
    person.choose("Who stands in for you?", "Jonah Pryce, Minute taker")
    person.press("Save")
    assert "Jonah Pryce stands in" in words_of(page)
    person.press("Cancel")
    assert "Jonah Pryce stands in" not in words_of(page)


def test_the_pages_of_notices_have_no_barrier(
    demo: None, moved: None, open_context: Callable[..., BrowserContext]
) -> None:
    page = open_context(width=375).new_page()
    everything.sent("Robin Fable")
    the_clock_moves_on(page)
    assert axe(page) == []
    sign_in(page, "coordinator")
    for path in ("/", "/notices/", "/due/", "/away/"):
        page.goto(path)
        assert axe(page) == [], path

"""What storms and a reader found in delivery, each tried by itself against a mail server that really answers."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from foundation.accounts.models import User
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.deadlines import delivery
from foundation.deadlines.delivery import BREAKS_AFTER, TRIES_AT_MOST, deliver
from foundation.deadlines.models import Notice
from foundation.deadlines.sweep import sweep
from tests.deadlines.duties import at, make_duty, on
from tests.deadlines.storm.post_office import REFUSED, PostOffice
from tests.factories import World

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


@pytest.fixture
def post(settings: Any) -> Iterator[PostOffice]:
    office = PostOffice()
    office.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", office.port, 1
    yield office
    office.stop()


def told(world: World, count: int = 1) -> None:
    """So many notices wait, all to the social worker."""
    for _ in range(count):
        make_duty(world, due_on=MONDAY, owner=world.social_worker, opened_at=at(FRIDAY, 15))
    with on(FRIDAY, 15, 1):
        sweep()


def deliver_after(minutes: float) -> int:
    with clock.set_to(at(FRIDAY, 15, 1) + timedelta(minutes=minutes)):
        return deliver()


def notices() -> list[Notice]:
    with as_owner():
        return list(Notice.objects.order_by("told_at"))


def test_many_messages_go_over_one_connection(world: World, post: PostOffice) -> None:
    told(world, 5)
    assert deliver_after(1) == 5
    assert post.sessions == 1


def test_a_server_that_does_not_take_us_as_a_sender_loses_no_notice(world: World, post: PostOffice) -> None:
    told(world, BREAKS_AFTER + 1)
    post.become("refuses us")
    assert deliver_after(1) == 0
    assert not any(notice.parked_at for notice in notices())
    post.become("fine")
    assert deliver_after(3) == BREAKS_AFTER + 1


def test_what_the_server_could_not_take_for_hours_is_not_given_up_at_the_first_later(
    world: World, post: PostOffice
) -> None:
    told(world)
    post.become("away")
    for time in range(TRIES_AT_MOST + 2):
        deliver_after(2 + 2 * time)
    post.become("later")
    deliver_after(60)
    assert notices()[0].parked_at is None
    post.become("fine")
    assert deliver_after(62) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_while_it_parks_leaves_the_inbox_its_notice(
    world: World, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    with as_owner():
        User.objects.filter(pk=world.social_worker.pk).update(email=f"{REFUSED}sol@test.example")
    told(world)

    class Killed(BaseException):
        pass

    def killed(*args: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_copy_to_inbox", killed)
        with pytest.raises(Killed):
            deliver_after(1)
    assert deliver_after(4) == 1
    assert [each.address for each in post.taken] == ["duty@test.example"]


def test_a_run_ends_where_the_next_tick_goes_on(world: World, post: PostOffice, settings: Any) -> None:
    told(world, 3)
    settings.SWEEP_EVERY_SECONDS = -1
    assert deliver_after(1) == 0
    settings.SWEEP_EVERY_SECONDS = 20
    assert deliver_after(1) == 3

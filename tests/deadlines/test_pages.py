"""My work, notices, being away: what people see and do."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from foundation.accounts import services as accounts
from foundation.accounts.models import Absence, User
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.deadlines import services
from foundation.deadlines.kinds import WorkRow, kinds
from foundation.deadlines.models import Deadline, Notice
from foundation.deadlines.screens import DUE_AT_MOST
from foundation.deadlines.status import judged, judged_sweep, readiness, sweep_readiness
from foundation.deadlines.sweep import sweep
from tests.base.sql import scalar
from tests.deadlines.duties import at, make_duty, name_manager, on
from tests.factories import World

SignIn = Callable[[User], Client]
FRIDAY, MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (20, 23, 24, 25))


@pytest.fixture
def duty(world: World) -> Deadline:
    name_manager(world.social_work, "Mara Quist")
    made = make_duty(world, due_on=MONDAY, owner=world.social_worker, opened_at=at(FRIDAY, 15))
    with on(TUESDAY, 9, 1):
        sweep()
    return made


def body(client: Client, path: str = "/") -> str:
    return client.get(path).content.decode()


def test_what_is_owed_stands_on_my_work_in_words_with_its_act(
    world: World, duty: Deadline, signed_in: SignIn
) -> None:
    for day, words in [(FRIDAY, "In 3 days"), (MONDAY, "Today"), (TUESDAY, "1 day late")]:
        with on(day, 16):
            page = body(signed_in(world.social_worker))
        assert "Water the plants" in page
        assert words in page
        assert "Do it" in page


def test_it_stands_on_nobody_elses(world: World, duty: Deadline, signed_in: SignIn) -> None:
    with on(TUESDAY, 16):
        for user in (world.nurse, world.school_lead, world.other_coordinator, world.coordinator):
            assert "Water the plants" not in body(signed_in(user))


def test_a_manager_sees_what_is_late_in_the_team_and_whose_it_is(
    world: World, duty: Deadline, signed_in: SignIn
) -> None:
    manager = User.objects.get(name="Mara Quist")
    with on(TUESDAY, 16):
        page = body(signed_in(manager))
    assert "Late in your team" in page
    assert page.index("Water the plants") < page.index("Sol Vane")
    with on(MONDAY, 16):
        assert "Nothing is late in your team" in body(signed_in(manager))


def test_a_notice_leads_on_and_is_then_read(world: World, duty: Deadline, signed_in: SignIn) -> None:
    client = signed_in(world.social_worker)
    with as_owner():
        notice = Notice.objects.get(deadline=duty.pk, step="given")
    with on(MONDAY, 16):
        assert "A duty (T-TEST) is yours" in body(client)
        assert client.get(f"/notices/{notice.pk}/").headers["Location"] == "/help/"
        with as_owner():
            assert Notice.objects.get(pk=notice.pk).read_at is not None
        assert "A duty (T-TEST) is yours" not in body(client)
        assert "A duty (T-TEST) is yours" in body(client, "/notices/")


def test_a_notice_of_another_person_does_not_exist(world: World, duty: Deadline, signed_in: SignIn) -> None:
    with as_owner():
        notice = Notice.objects.get(deadline=duty.pk, step="given")
    for user in (world.nurse, world.coordinator):
        client = signed_in(user)
        assert client.get(f"/notices/{notice.pk}/").status_code == 404
        client.post("/notices/read/", {"notice": str(notice.pk)})
    with as_owner():
        assert Notice.objects.get(pk=notice.pk).read_at is None


def test_all_notices_are_marked_as_read_at_once(world: World, duty: Deadline, signed_in: SignIn) -> None:
    client = signed_in(world.social_worker)
    assert client.post("/notices/read/").headers["Location"] == "/notices/"
    with as_owner():
        assert not Notice.objects.filter(recipient=world.social_worker, read_at=None).exists()
        assert Notice.objects.filter(read_at=None).count() == 1  # the manager's


@pytest.mark.parametrize("after", ["", "nonsense", "5f0c1d9e-0000-4000-8000-000000000000", "1" * 500])
def test_older_notices_are_paged_and_hostile_marks_do_no_harm(
    world: World, signed_in: SignIn, after: str
) -> None:
    assert signed_in(world.social_worker).get("/notices/", {"after": after}).status_code == 200


def test_the_second_page_of_notices_holds_the_rest(world: World, signed_in: SignIn) -> None:
    for number in range(27):
        made = make_duty(world, due_on=MONDAY, owner=world.social_worker, opened_at=at(FRIDAY, 15))
        with as_owner():
            Deadline.objects.filter(pk=made.pk).update(reference=f"T-{number:04d}")
        with on(FRIDAY, 15, number + 1):
            sweep()
    client = signed_in(world.social_worker)
    first = client.get("/notices/")
    second = client.get("/notices/", {"after": str(first.context["older"])})
    shown = [each.notice.reference for page in (first, second) for each in page.context["told"]]
    assert shown == [f"T-{number:04d}" for number in reversed(range(27))]


def test_who_is_away_names_a_deputy_and_may_change_their_mind(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.school_lead)
    begins, ends = clock.today(), clock.today() + timedelta(days=7)
    typed = {
        **{f"begins_on_{part}": getattr(begins, part) for part in ("day", "month", "year")},
        **{f"ends_on_{part}": getattr(ends, part) for part in ("day", "month", "year")},
        "deputy": str(world.school_colleague.pk),
    }
    assert client.post("/away/", typed).status_code == 302
    assert client.post("/away/", typed).status_code == 302  # twice by mistake
    page = body(client, "/away/")
    assert page.count("Kit Moss stands in") == 1
    with as_owner():
        absence = Absence.objects.get()
    assert client.post(f"/away/{absence.pk}/cancel/").status_code == 302
    assert "stands in</span>" not in body(client, "/away/")


def test_a_deputy_must_be_a_colleague(world: World, signed_in: SignIn) -> None:
    today = clock.today()
    with pytest.raises(RuleBroken, match="one of your teams"), acting_as(world.school_lead):
        accounts.be_away(begins_on=today, ends_on=today, deputy=world.nurse, actor=world.school_lead)
    with pytest.raises(RuleBroken, match="before the first"), acting_as(world.school_lead):
        accounts.be_away(
            begins_on=today, ends_on=today - timedelta(days=1), deputy=None, actor=world.school_lead
        )
    past = today - timedelta(days=3)
    with pytest.raises(RuleBroken, match="already over"), acting_as(world.school_lead):
        accounts.be_away(begins_on=past, ends_on=past, deputy=None, actor=world.school_lead)


def test_nobody_cancels_anothers_absence(world: World, signed_in: SignIn) -> None:
    with acting_as(world.school_lead):
        absence = accounts.be_away(
            begins_on=clock.today(), ends_on=clock.today(), deputy=None, actor=world.school_lead
        )
    for user in (world.school_colleague, world.nurse):
        assert signed_in(user).post(f"/away/{absence.pk}/cancel/").status_code == 404


def test_the_operator_reads_what_is_late_stuck_and_parked(
    world: World, duty: Deadline, capsys: pytest.CaptureFixture[str]
) -> None:
    with as_owner():
        Deadline.objects.filter(pk=duty.pk).update(stuck_because="KeyError: 'gone'")
        Notice.objects.filter(deadline=duty.pk, step="given").update(
            parked_at=at(TUESDAY), failure="the mail server refuses the address (550)"
        )
    with on(TUESDAY, 10):
        call_command("deadlines_status")
    said = capsys.readouterr().out
    assert "Deadlines open: 1, late: 1" in said
    assert f"{duty.pk} {duty.kind} T-TEST: KeyError: 'gone'" in said
    assert "refuses the address" in said
    assert "Sol" not in said


def test_the_status_says_which_login_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import DatabaseError

    from foundation.deadlines.management.commands import deadlines_status

    def refused() -> None:
        raise DatabaseError("permission denied to set role")

    monkeypatch.setattr(deadlines_status, "status", refused)
    with pytest.raises(CommandError, match="DB_ROLE=worker"):
        call_command("deadlines_status")


def test_readiness_says_how_long_the_oldest_notice_waits(world: World, duty: Deadline) -> None:
    oldest = scalar("SELECT wall.oldest_undelivered()")  # past the wall: one moment, nothing else
    with on(TUESDAY, 9, 11):
        assert judged(oldest).ok
        assert judged(oldest).figure == 10 * 60
    with on(TUESDAY, 9, 17):
        assert not judged(oldest).ok
    assert judged(None).ok


def test_readiness_says_that_nobody_sweeps_and_that_something_is_stuck(world: World, duty: Deadline) -> None:
    since = scalar("SELECT wall.unswept_since()")
    with on(TUESDAY, 9, 2):
        assert judged_sweep(since, 0).ok
    with on(WEDNESDAY, 9, 2):
        assert not judged_sweep(since, 0).ok
    with as_owner():
        Deadline.objects.filter(pk=duty.pk).update(stuck_because="nobody to tell")
    assert judged_sweep(None, scalar("SELECT wall.stuck_deadlines()")).figure == 1
    assert not judged_sweep(None, 1).ok


def test_readiness_asks_over_a_line_of_its_own(transactional_db: None) -> None:
    assert readiness().ok
    assert sweep_readiness().ok


def test_a_mark_that_cannot_be_read_marks_nothing(world: World, duty: Deadline, signed_in: SignIn) -> None:
    client = signed_in(world.social_worker)
    assert client.post("/notices/read/", {"notice": "nonsense"}).status_code == 404
    with as_owner():
        assert Notice.objects.filter(recipient=world.social_worker, read_at=None).count() == 2


def test_a_machine_that_looks_reads_nothing(world: World, duty: Deadline, signed_in: SignIn) -> None:
    with as_owner():
        notice = Notice.objects.get(deadline=duty.pk, step="given")
    signed_in(world.social_worker).head(f"/notices/{notice.pk}/")
    with as_owner():
        assert Notice.objects.get(pk=notice.pk).read_at is None


def test_a_notice_of_an_earlier_round_says_so(world: World, duty: Deadline, signed_in: SignIn) -> None:
    with on(TUESDAY, 10), acting_as(world.coordinator):
        services.move_deadline(
            kind=duty.kind, scope_id=duty.scope_id, due_on=date(2026, 12, 4), actor=world.coordinator
        )
    assert "moved or given to somebody else since" in body(signed_in(world.social_worker), "/notices/")


def test_a_warning_is_never_cut_off_my_work(
    world: World, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = [make_duty(world, due_on=MONDAY, owner=world.social_worker) for _ in range(DUE_AT_MOST)]
    urgent = make_duty(world, due_on=date(2026, 12, 4), owner=world.social_worker)

    def rows(user: object, ids: object) -> dict[uuid.UUID, WorkRow]:
        flags = {urgent.scope_id: "Said not to be safe now"}
        return {
            each.scope_id: WorkRow("A duty", "/help/", flag=flags.get(each.scope_id, ""))
            for each in [*late, urgent]
        }

    monkeypatch.setitem(kinds._items, urgent.kind, replace(kinds[urgent.kind], rows=rows))
    assert "Said not to be safe now" in body(signed_in(world.social_worker))

"""What a careless service or an injected statement could try on referrals, and what pages could give away."""

import uuid
from collections.abc import Callable

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from cases.people.models import Person
from cases.records.models import Case, CaseKind
from foundation.accounts import services as accounts
from foundation.accounts.models import Partnership, User
from foundation.accounts.roles import Role
from foundation.audit.models import AuditEvent
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from referrals import services
from referrals.models import Keeper, Move, Progress, Referral, Status
from tests.factories import World, make_team
from tests.referrals.test_the_thread import accept, filled_in, send

SignIn = Callable[[User], Client]


def test_the_author_cannot_reopen_a_decision_or_move_its_day(world: World, signed_in: SignIn) -> None:
    referral = send(signed_in(world.school_lead))
    accept(signed_in(world.coordinator), referral, world)
    with acting_as(world.school_lead), transaction.atomic():
        assert Progress.objects.update(status=Status.SENT, decided_at=None) == 0
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Progress.objects.update(decide_by="2030-01-01")


def test_the_author_cannot_write_the_hubs_words(world: World, signed_in: SignIn) -> None:
    referral = send(signed_in(world.school_lead))
    with acting_as(world.school_lead), transaction.atomic():
        with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
            Move.objects.create(
                referral=referral, after=Status.ACCEPTED, said="forged", actor=world.school_lead
            )
        with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
            Move.objects.create(
                referral=referral, after=Status.DECLINED, said="forged", actor=world.coordinator
            )


def test_an_answered_refusal_to_decide_leaves_a_row_that_the_words_were_read(
    world: World, signed_in: SignIn
) -> None:
    referral = send(signed_in(world.school_lead))
    with as_owner():
        before = AuditEvent.objects.filter(action="read a referral", actor=world.coordinator.pk).count()
    answer = signed_in(world.coordinator).post(f"/referrals/{referral.pk}/decline/", {"said": ""})
    assert answer.status_code == 422
    assert "cut on his hand" in answer.content.decode()
    with as_owner():
        after = AuditEvent.objects.filter(action="read a referral", actor=world.coordinator.pk).count()
    assert after == before + 1


def test_a_draft_of_somebody_else_is_answered_like_a_new_one(world: World, signed_in: SignIn) -> None:
    hidden = send(signed_in(world.school_lead))
    colleague = signed_in(world.school_colleague)
    answers = [
        colleague.post("/referrals/new/", filled_in(colleague, draft_id=str(chosen)))
        for chosen in (hidden.pk, uuid.uuid4())
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
    with as_owner():
        assert Referral.objects.filter(author=world.school_colleague).count() == 2
        assert Referral.objects.get(pk=hidden.pk).author_id == world.school_lead.pk


def test_a_referral_stays_within_its_partnership(world: World) -> None:
    with as_owner():
        other = Partnership.objects.create(name="Another partnership")
        area = accounts.add_area(partnership=other, name="Elsewhere")
        agency = accounts.add_agency(partnership=other, name="Elsewhere Council", kind="social_care")
    team = make_team(agency, area, "Elsewhere hub", is_hub=True)
    with as_owner():
        accounts.join_team(user=world.school_lead, team=team, role=Role.PRACTITIONER)
    user = User.objects.get(pk=world.school_lead.pk)
    with acting_as(user), pytest.raises(RuleBroken, match="partnership"):
        services.save_draft(draft_id=uuid.uuid4(), team=world.school, area=area, words={}, actor=user)


def test_a_child_who_may_be_known_is_named_to_those_who_may_see_the_case(
    world: World, signed_in: SignIn
) -> None:
    client, hub = signed_in(world.school_lead), signed_in(world.coordinator)
    accept(hub, send(client), world)
    again = send(client)
    assert "may already know this child" in hub.get(f"/referrals/{again.pk}/accept/").content.decode()
    with as_owner():
        shown = AuditEvent.objects.filter(action="children of this name", actor=world.coordinator.pk)
        assert shown.latest("at").shown == [str(Case.objects.get().pk)]
    assert "may already know this child" not in client.get(f"/referrals/{again.pk}/").content.decode()


def test_the_referrer_of_a_child_who_is_not_safe_is_told_whom_to_call(
    world: World, signed_in: SignIn
) -> None:
    client = signed_in(world.school_lead)
    referral = send(client, is_safe_now="no")
    page = client.get(f"/referrals/{referral.pk}/sent/").content.decode()
    assert "You said the child is not safe now" in page
    assert 'href="tel:01174960000"' in page


def test_an_answer_is_shown_to_the_hub_and_a_decision_to_the_referrer(
    world: World, signed_in: SignIn
) -> None:
    client, hub = signed_in(world.school_lead), signed_in(world.coordinator)
    referral = send(client)
    hub.post(f"/referrals/{referral.pk}/ask/", {"said": "Which phone?"})
    assert "please answer" in client.get("/").content.decode()
    client.post(f"/referrals/{referral.pk}/answer/", {"said": "A black one"})
    assert "Answered, to be read" in hub.get("/referrals/in-tray/").content.decode()
    hub.post(f"/referrals/{referral.pk}/decline/", {"said": "Early help is with them."})
    assert "read what happens now" in client.get("/").content.decode()
    tray = hub.get("/referrals/in-tray/").content.decode()
    assert "Decided lately" in tray
    assert f"/referrals/{referral.pk}/" in tray
    assert f"/referrals/{referral.pk}/" in hub.get(f"/find/?q={referral.reference}").content.decode()
    assert referral.reference not in signed_in(world.nurse).get("/find/?q=robin").content.decode()


def test_a_hub_member_without_the_role_decides_nothing_even_by_sql(world: World, signed_in: SignIn) -> None:
    referral = send(signed_in(world.school_lead))
    minutes = world.hub_minutes
    attempts: list[Callable[[], object]] = [
        lambda: Progress.objects.update(status=Status.ASKED),
        lambda: Move.objects.create(referral=referral, after=Status.ASKED, said="forged", actor=minutes),
        lambda: Keeper.objects.create(referral=referral, user=minutes, named_by=minutes),
        lambda: Case.objects.create(area=world.area, kind=CaseKind.CHILD, opened_by=minutes),
        lambda: Person.objects.create(name="Nobody", made_by=minutes),
    ]
    with acting_as(minutes), transaction.atomic():
        assert Referral.objects.get(pk=referral.pk).child_name == "Robin Fable"
        for attempt in attempts:
            with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
                attempt()

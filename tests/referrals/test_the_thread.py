"""One true story: a school lead refers, the hub decides, a case opens for the right teams and for nobody else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from cases.chronology.models import EntryPart
from cases.records.models import Case, Involvement, Share
from foundation.accounts.models import User
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from referrals.models import Move, OpenedCase, Progress, Referral, Status
from tests.factories import World

SignIn = Callable[[User], Client]

WORDS = {
    "child_name": "Robin Fable",
    "child_known_as": "Rob",
    "child_born_on_day": "17",
    "child_born_on_month": "5",
    "child_born_on_year": "2011",
    "child_school": "Hillview School",
    "concern": "Rob came to school with a cut on his hand and a new phone.",
    "harm_types": ["criminal_exploitation"],
    "is_safe_now": "yes",
    "others_at_risk": "His sister Wren",
    "child_says": "I don't want to go there any more.",
    "family_told": "yes",
    "told_what": "His mother knows.",
}


def offered(client: Client, path: str, *names: str) -> dict[str, object]:
    """What the page's form already holds in these fields."""
    form = client.get(path).context["form"]
    return {name: form[name].value() for name in names}


def filled_in(client: Client, **changes: object) -> dict[str, object]:
    """Every answer of the one page, as a person would send it."""
    return {**offered(client, "/referrals/new/", "draft_id", "team", "area"), **WORDS, **changes}


def write(client: Client, **changes: object) -> str:
    """Fill in the one page and send it to be checked. Returns the address of the check page."""
    answer = client.post("/referrals/new/", filled_in(client, **changes))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def send(client: Client, **changes: object) -> Referral:
    check = write(client, **changes)
    assert client.post(check).status_code == 302
    with as_owner():
        return Referral.objects.get(pk=check.split("/")[2])


def accept(client: Client, referral: Referral, world: World, **changes: object) -> Any:
    until = clock.today() + timedelta(days=60)
    return client.post(
        f"/referrals/{referral.pk}/accept/",
        {
            "reason": "We will talk to his mother this week.",
            "first_entry": "Rob came to school with a cut on his hand.",
            "teams": [str(world.social_work.pk)],
            "purpose": "To plan for his safety",
            "necessity": "They visit the family",
            "lawful_basis": "public_task",
            "family_told": "yes",
            "until_day": until.day,
            "until_month": until.month,
            "until_year": until.year,
            **changes,
        },
    )


def test_a_school_lead_refers_and_gets_a_reference_and_a_date(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.school_lead)
    check = write(client)
    page = client.get(check).content.decode()
    assert "Robin Fable" in page
    assert "Hub, City Council" in page
    sent = client.post(check, follow=True).content.decode()
    with as_owner():
        progress = Progress.objects.get()
    assert progress.reference in sent
    assert clock.spoken(progress.decide_by) in sent.replace("&nbsp;", " ")
    assert progress.decide_by > clock.today()


def test_the_coordinator_accepts_and_the_right_teams_see_a_case(world: World, signed_in: SignIn) -> None:
    referral = send(signed_in(world.school_lead))
    hub = signed_in(world.coordinator)
    assert "Robin Fable" in hub.get("/referrals/in-tray/").content.decode()
    answer = accept(hub, referral, world)
    assert answer.status_code == 302, answer.content.decode()
    with as_owner():
        case = Case.objects.get()
        assert OpenedCase.objects.get().referral_id == referral.pk
        share = Share.objects.get(team=world.social_work)
        assert share.lawful_basis == "public_task"
        assert share.expires_at is not None
        assert set(Involvement.objects.values_list("team_id", flat=True)) == {
            world.hub.pk,
            world.social_work.pk,
        }

    worker = signed_in(world.social_worker)
    assert "Rob" in worker.get("/cases/").content.decode()
    assert "Rob" in worker.get("/find/?q=fable").content.decode()
    page = worker.get(f"/cases/{case.pk}/").content.decode()
    for words in (
        "cut on his hand",
        "Hub duty desk",
        "0117 496 0000",
        "Hillview School",
        "Referral received",
    ):
        assert words in page

    nurse = signed_in(world.nurse)
    assert nurse.get(f"/cases/{case.pk}/").status_code == 404
    assert "Rob" not in nurse.get("/cases/").content.decode()
    assert "Robin" not in nurse.get("/find/?q=fable").content.decode()
    assert "Rob" not in nurse.get("/").content.decode()


def test_the_referrer_reads_her_words_and_the_outcome_and_nothing_more(
    world: World, signed_in: SignIn
) -> None:
    client = signed_in(world.school_lead)
    referral = send(client)
    accept(signed_in(world.coordinator), referral, world)
    with as_owner():
        case = Case.objects.get()
    page = client.get(f"/referrals/{referral.pk}/").content.decode()
    assert "cut on his hand and a new phone" in page
    assert "We will talk to his mother this week." in page
    assert case.reference not in page
    assert str(case.pk) not in page
    assert "East team" not in page
    assert client.get(f"/cases/{case.pk}/").status_code == 404


def test_those_who_see_the_case_never_read_the_referral(world: World, signed_in: SignIn) -> None:
    referral = send(signed_in(world.school_lead))
    accept(signed_in(world.coordinator), referral, world)
    worker = signed_in(world.social_worker)
    assert worker.get(f"/referrals/{referral.pk}/").status_code == 404
    with as_owner():
        case = Case.objects.get()
    assert "Wren" not in worker.get(f"/cases/{case.pk}/").content.decode()


def test_the_social_worker_adds_an_entry_once(world: World, signed_in: SignIn) -> None:
    accept(signed_in(world.coordinator), send(signed_in(world.school_lead)), world)
    with as_owner():
        case = Case.objects.get()
    worker = signed_in(world.social_worker)
    today = clock.today()
    words = {
        **offered(worker, f"/cases/{case.pk}/entries/new/", "entry_id", "team"),
        "title": "Visit at home",
        "text": "We talked in the kitchen.",
        "happened_on_day": today.day,
        "happened_on_month": today.month,
        "happened_on_year": today.year,
        "tone": "strength",
        "is_significant": "no",
    }
    for _ in range(2):
        assert worker.post(f"/cases/{case.pk}/entries/new/", words).status_code == 302
    with as_owner():
        assert EntryPart.objects.count() == 2
    assert "We talked in the kitchen." in worker.get(f"/cases/{case.pk}/").content.decode()


def test_a_team_colleague_sees_the_status_and_not_the_words(world: World, signed_in: SignIn) -> None:
    referral = send(signed_in(world.school_lead))
    colleague = signed_in(world.school_colleague)
    page = colleague.get("/referrals/").content.decode()
    assert referral.reference in page
    assert "Waiting for a decision" in page
    assert "Robin" not in page
    assert colleague.get(f"/referrals/{referral.pk}/").status_code == 404


def test_the_hub_asks_and_the_referrer_answers(world: World, signed_in: SignIn) -> None:
    client, hub = signed_in(world.school_lead), signed_in(world.coordinator)
    referral = send(client)
    assert hub.post(f"/referrals/{referral.pk}/ask/", {"said": "Which phone?"}).status_code == 302
    assert "Which phone?" in client.get(f"/referrals/{referral.pk}/").content.decode()
    assert client.post(f"/referrals/{referral.pk}/answer/", {"said": "A black one"}).status_code == 302
    page = hub.get(f"/referrals/{referral.pk}/").content.decode()
    assert "A black one" in page
    with as_owner():
        assert Progress.objects.get().status == Status.SENT
        assert Move.objects.count() == 3


def test_a_declined_referral_opens_nothing_and_says_why(world: World, signed_in: SignIn) -> None:
    client, hub = signed_in(world.school_lead), signed_in(world.coordinator)
    referral = send(client)
    refused = hub.post(f"/referrals/{referral.pk}/decline/", {"said": "  "})
    assert refused.status_code == 422
    assert (
        hub.post(f"/referrals/{referral.pk}/decline/", {"said": "Early help is with them."}).status_code
        == 302
    )
    assert "Early help is with them." in client.get(f"/referrals/{referral.pk}/").content.decode()
    with as_owner():
        assert not Case.objects.exists()
    again = hub.post(f"/referrals/{referral.pk}/decline/", {"said": "Again"})
    assert again.status_code == 422
    assert "already declined" in again.content.decode()
    assert "Again" in again.content.decode()


def test_sending_twice_makes_one_referral(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.school_lead)
    answers = filled_in(client)
    checks = {client.post("/referrals/new/", answers)["Location"] for _ in range(2)}
    assert len(checks) == 1
    for _ in range(2):
        assert client.post(next(iter(checks))).status_code == 302
    with as_owner():
        assert Referral.objects.count() == Progress.objects.count() == Move.objects.count() == 1


def test_the_draft_of_another_person_does_not_exist(world: World, signed_in: SignIn) -> None:
    check = write(signed_in(world.school_lead))
    for stranger in (world.coordinator, world.school_colleague, world.nurse):
        assert signed_in(stranger).get(check).status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"happened_on_day": "1", "happened_on_month": "1", "happened_on_year": "2099"},
            "must be today or in the past",
        ),
        ({"child_born_on_year": "2099"}, "must be today or in the past"),
        ({"concern": "x" * 4001}, "must be 4,000 characters or fewer"),
        ({"concern": "cut\x00off"}, "cut"),
        ({"child_name": ""}, "full name"),
        ({"harm_types": ["nothing_we_know"]}, "Select"),
        ({"draft_id": "not an id"}, "can no longer be used"),
        ({"area": "999999"}, "area"),
    ],
)
def test_what_cannot_be_read_is_an_error_with_everything_kept(
    world: World, signed_in: SignIn, changes: dict[str, str], said: str
) -> None:
    client = signed_in(world.school_lead)
    answer = client.post("/referrals/new/", filled_in(client, **changes))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in html
    assert said in html
    assert "His mother knows." in html


def test_words_cannot_be_changed_once_sent_even_by_sql(world: World, signed_in: SignIn) -> None:
    referral = send(signed_in(world.school_lead))
    for user in (world.school_lead, world.coordinator):
        with acting_as(user), transaction.atomic():
            assert Referral.objects.filter(pk=referral.pk).update(concern="other") == 0


def test_the_decision_is_due_the_next_working_day_after_a_weekend(db: None) -> None:
    from foundation.deadlines.working_days import add_working_days

    assert add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert add_working_days(date(2026, 12, 24), 1) == date(2026, 12, 29)


def test_the_in_tray_begins_with_the_child_who_is_said_not_to_be_safe(
    world: World, signed_in: SignIn
) -> None:
    client = signed_in(world.school_lead)
    send(client)
    send(client, child_name="Wren Fable", is_safe_now="no")
    page = signed_in(world.coordinator).get("/referrals/in-tray/").content.decode()
    assert page.index("Wren Fable") < page.index("Robin Fable")
    assert page.count("Said not to be safe now") == 1

"""`manage.py add_person`: how the first people of an installation, and later colleagues, get their accounts."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from foundation.accounts.models import Agency, Membership, Team, User
from foundation.base.pg.roles import as_owner

pytestmark = pytest.mark.django_db
PASSWORD = "meadow-lantern-sparrow-7"
PLACE = {
    "partnership": "A partnership",
    "area": "Bristol",
    "agency": "City Council",
    "agency_kind": "social_care",
    "team": "Hub",
    "inbox": "hub@test.example",
}


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Any:
    def type_(line: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(line))

    type_(f"{PASSWORD}\n")
    return type_


def add(email: str, role: str = "coordinator", **told: Any) -> str:
    said = io.StringIO()
    call_command(
        "add_person", email, role=role, stdout=said, **{**PLACE, "name": "Cora Lind", "hub": True, **told}
    )
    return said.getvalue()


def test_the_first_person_gets_everything_around_them_and_can_sign_in(typed: Any) -> None:
    said = add("Cora.Lind@test.example")
    for words in (
        "Partnership A partnership",
        "Area Bristol",
        "Agency City Council",
        "Hub team Hub",
        "Account cora",
    ):
        assert words in said
    browser = Client()
    answer = browser.post("/sign-in/", {"login": "cora.lind@test.example", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert browser.get("/referrals/in-tray/").status_code == 200


def test_a_colleague_joins_what_is_there(typed: Any) -> None:
    add("cora@test.example")
    typed(f"{PASSWORD}\n")
    said = add("milo@test.example", role="minute_taker", name="Milo Trent", agency_kind="", hub=False)
    assert said.splitlines()[0] == "Account milo@test.example"
    assert Team.objects.count() == Agency.objects.count() == 1


def test_a_known_person_gets_one_role_more_and_keeps_their_password(typed: Any) -> None:
    add("cora@test.example")
    before = User.objects.get().password
    typed("another-password-entirely-1\n")
    assert "chair" in add("cora@test.example", role="chair", name="Somebody Else")
    user = User.objects.get()
    assert (user.password, user.name) == (before, "Cora Lind")
    assert Membership.objects.count() == 2
    assert "Everything was there already" in add("cora@test.example", role="chair")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"agency_kind": ""}, "say what kind of agency it is, one of .*social_care"),
        ({"name": " "}, "Say the person's name"),
        ({"email": "nobody"}, "is no e-mail address"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(typed: Any, told: dict[str, str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        add(told.pop("email", "cora@test.example"), **told)
    assert not User.objects.exists()
    assert not Team.objects.exists()


def test_an_area_has_one_hub(typed: Any) -> None:
    add("cora@test.example")
    typed(f"{PASSWORD}\n")
    with pytest.raises(CommandError, match="has another hub team"):
        add("milo@test.example", team="Another hub")


def test_a_weak_password_is_refused(typed: Any) -> None:
    typed("short\n")
    with pytest.raises(CommandError, match="too short"):
        add("cora@test.example")


def test_what_was_made_stands_in_the_audit(typed: Any) -> None:
    from foundation.audit.models import AuditEvent

    add("cora@test.example")
    with as_owner():
        assert {"add team", "add user", "join team"} <= set(
            AuditEvent.objects.values_list("action", flat=True)
        )


def test_a_hub_without_an_inbox_is_said_and_one_can_be_given_later(typed: Any) -> None:
    assert "has no inbox yet" in add("cora@test.example", inbox="")
    typed(f"{PASSWORD}\n")
    assert "has no inbox" not in add("milo@test.example", name="Milo Trent", inbox="hub@test.example")
    with as_owner():
        assert Team.objects.get(name="Hub").duty_inbox == "hub@test.example"
    typed(f"{PASSWORD}\n")
    with pytest.raises(CommandError, match="no e-mail address"):
        add("kit@test.example", name="Kit Moss", inbox="nowhere")

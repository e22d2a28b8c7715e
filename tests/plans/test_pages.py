"""Pages of agreed actions: the panel of the case, adding, reading, closing in place, handing over."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from cases.plans.models import AgreedAction, Outcome
from cases.records.models import Case
from cases.records.services import end_share
from foundation.access.words import Section, Verb
from foundation.accounts.models import User
from foundation.audit.models import AuditEvent
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.access.situations import share
from tests.factories import World, make_case
from tests.plans.acts import TEXT, agree, close, hand_over, in_days

SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world)


def parts(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def filled_in(client: Client, world: World, case: Case, **changed: Any) -> dict[str, Any]:
    """The form for a new action, as a person would send it."""
    form = client.get(f"/cases/{case.pk}/actions/new/").context["form"]
    return {
        "action_id": str(form["action_id"].value()),
        "text": TEXT,
        "owner": f"{world.social_worker.pk}-{world.social_work.pk}",
        "told_child": "yes",
        **parts("due_on", in_days(7)),
        **changed,
    }


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("&nbsp;", " ").split())


def address(action: AgreedAction, more: str = "") -> str:
    return f"/cases/{action.case_id}/actions/{action.pk}/{more}"


def test_an_action_is_agreed_on_its_page_and_stands_on_the_case(
    world: World, case: Case, signed_in: SignIn
) -> None:
    hub = signed_in(world.coordinator)
    assert "Add an action" in words(hub, f"/cases/{case.pk}/")
    answer = hub.post(f"/cases/{case.pk}/actions/new/", filled_in(hub, world, case), follow=True)
    assert "The action is agreed. Sol Vane has it on their My work." in answer.content.decode()
    page = words(signed_in(world.social_worker), f"/cases/{case.pk}/")
    for said in (TEXT, "Sol Vane", "In 7 days", "Action agreed", "We told the child or family"):
        assert said in page
    assert "Add an action" not in page


def test_the_page_offers_those_who_may_own_it_and_nobody_else(
    world: World, case: Case, signed_in: SignIn
) -> None:
    page = words(signed_in(world.coordinator), f"/cases/{case.pk}/actions/new/")
    assert "Sol Vane, East team, City Council" in page
    assert "Nora Pell" not in page
    answer = signed_in(world.coordinator).post(
        f"/cases/{case.pk}/actions/new/",
        filled_in(signed_in(world.coordinator), world, case, owner=f"{world.nurse.pk}-{world.health.pk}"),
    )
    assert answer.status_code == 422
    assert "Choose who will do it" in answer.content.decode()


def test_many_owners_become_one_list(world: World, case: Case, signed_in: SignIn) -> None:
    share(world, case, team=world.school, verb=Verb.CONTRIBUTE)
    share(world, case, team=world.health, verb=Verb.CONTRIBUTE)
    share(world, case, team=world.other_hub, verb=Verb.CONTRIBUTE)
    page = words(signed_in(world.coordinator), f"/cases/{case.pk}/actions/new/")
    assert "<select" in page


def test_the_same_page_sent_twice_agrees_once(world: World, case: Case, signed_in: SignIn) -> None:
    hub = signed_in(world.coordinator)
    typed = filled_in(hub, world, case)
    for _ in range(2):
        assert hub.post(f"/cases/{case.pk}/actions/new/", typed).status_code == 302
    with as_owner():
        assert AgreedAction.objects.count() == 1


def test_the_same_page_with_other_words_gives_them_back(world: World, case: Case, signed_in: SignIn) -> None:
    hub = signed_in(world.coordinator)
    typed = filled_in(hub, world, case)
    hub.post(f"/cases/{case.pk}/actions/new/", typed)
    answer = hub.post(f"/cases/{case.pk}/actions/new/", {**typed, "text": "Ask the police tonight"})
    assert answer.status_code == 422
    for said in ("This page was saved already", "Ask the police tonight"):
        assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": ""}, "Say what will be done"),
        ({"text": "x" * 501}, "must be 500 characters or fewer"),
        ({"owner": ""}, "Choose who will do it"),
        ({"due_on_year": "2020"}, "must be today or in the future"),
        ({"due_on_year": "2099"}, "is years away. Check the year"),
        ({"told_child": ""}, "Say if you have told"),
        ({"action_id": "not an id"}, "can no longer be used"),
    ],
)
def test_what_cannot_be_read_is_an_error_with_everything_kept(
    world: World, case: Case, signed_in: SignIn, changes: dict[str, str], said: str
) -> None:
    hub = signed_in(world.coordinator)
    answer = hub.post(f"/cases/{case.pk}/actions/new/", filled_in(hub, world, case, **changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "There is a problem" in answer.content.decode()


def test_the_panel_shows_open_ones_first_late_in_words_and_what_became_of_closed_ones(
    world: World, case: Case, signed_in: SignIn
) -> None:
    late = agree(world, case, text="Visit the taxi firm", due_on=in_days(1))
    agree(world, case, text="Ring his uncle", due_on=in_days(20))
    done = agree(world, case, text="Write to the club", due_on=in_days(3))
    close(world.social_worker, done, Outcome.NOT_DONE, "The club has moved.")
    with clock.set_to(clock.now() + timedelta(days=4)):
        page = words(signed_in(world.social_worker), f"/cases/{case.pk}/")
    assert page.index("Visit the taxi firm") < page.index("Ring his uncle") < page.index("Write to the club")
    for said in ("3 days late", "Closed lately", "Not done", "The club has moved."):
        assert said in page
    assert late.is_open


def test_a_share_of_another_section_shows_no_action(world: World, case: Case, signed_in: SignIn) -> None:
    agree(world, case)
    share(world, case, team=world.health, sections=(Section.HEALTH,))
    page = words(signed_in(world.nurse), f"/cases/{case.pk}/")
    assert TEXT not in page
    assert "No open action that you may read" in page


def test_an_action_whose_owner_can_no_longer_close_it_is_named_to_the_hub(
    world: World, signed_in: SignIn
) -> None:
    case = make_case(world, shared_with=())
    made = share(world, case, team=world.social_work, verb=Verb.CONTRIBUTE)
    agree(world, case)
    assert "Can no longer close it" not in words(signed_in(world.coordinator), f"/cases/{case.pk}/")
    with acting_as(world.coordinator):
        end_share(share_id=made.pk, actor=world.coordinator)
    assert "Can no longer close it" in words(signed_in(world.coordinator), f"/cases/{case.pk}/")


def test_from_my_work_an_action_is_closed_in_two_pages(world: World, case: Case, signed_in: SignIn) -> None:
    action, owner = agree(world, case), signed_in(world.social_worker)
    path = address(action, "?outcome=done&from=my-work")
    page = words(owner, path)
    assert 'value="done" checked' in page
    answer = owner.post(path, {"outcome": "done", "said": ""})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    page = words(owner, "/")
    assert "The action is closed: done." in page
    assert TEXT not in page


def test_closed_from_the_case_it_leads_back_to_the_action_with_its_history(
    world: World, case: Case, signed_in: SignIn
) -> None:
    action, owner = agree(world, case), signed_in(world.social_worker)
    answer = owner.post(address(action), {"outcome": "no_longer_possible", "said": "The firm has closed."})
    assert answer["Location"] == address(action)
    page = words(owner, address(action))
    for said in ("No longer possible", "The firm has closed.", "What has happened", "Closed"):
        assert said in page
    assert "Close this action" not in page


@pytest.mark.parametrize("outcome", ["not_done", "no_longer_possible"])
def test_what_is_not_done_needs_a_sentence(world: World, case: Case, signed_in: SignIn, outcome: str) -> None:
    answer = signed_in(world.social_worker).post(
        address(agree(world, case)), {"outcome": outcome, "said": " "}
    )
    assert answer.status_code == 422
    assert "Say in a sentence why" in answer.content.decode()


def test_an_outcome_nobody_offers_is_an_error_and_a_wished_one_is_ignored(
    world: World, case: Case, signed_in: SignIn
) -> None:
    action, owner = agree(world, case), signed_in(world.social_worker)
    assert owner.post(address(action), {"outcome": "lost", "said": "x"}).status_code == 422
    assert " checked" not in words(owner, address(action, "?outcome=lost"))


def test_the_second_of_two_tabs_says_that_it_is_closed_and_keeps_the_words(
    world: World, case: Case, signed_in: SignIn
) -> None:
    action = agree(world, case)
    close(world.coordinator, action)
    answer = signed_in(world.social_worker).post(
        address(action), {"outcome": "not_done", "said": "It rained all day."}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Cora Lind has closed this action already: done" in page
    assert "It rained all day." in page


def test_who_sees_it_and_may_not_close_it_reads_who_does(world: World, case: Case, signed_in: SignIn) -> None:
    share(world, case, team=world.school, verb=Verb.CONTRIBUTE)
    action, school = agree(world, case), signed_in(world.school_lead)
    page = words(school, address(action))
    assert "Close this action" not in page
    assert "Sol Vane or the hub team for Bristol closes it." in page
    assert school.post(address(action), {"outcome": "done"}).status_code == 403


def test_an_action_of_another_case_is_not_found_under_this_one(
    world: World, case: Case, signed_in: SignIn
) -> None:
    action, other = agree(world, case), make_case(world, name="Wren Harbour")
    worker = signed_in(world.social_worker)
    assert worker.get(f"/cases/{other.pk}/actions/{action.pk}/").status_code == 404
    assert worker.get(address(action)).status_code == 200


def test_the_hub_hands_it_over_on_its_page(world: World, case: Case, signed_in: SignIn) -> None:
    action, hub = agree(world, case), signed_in(world.coordinator)
    assert "Hand it over or move its day" in words(hub, address(action))
    form = hub.get(address(action, "hand-over/")).context["form"]
    typed = {
        "seen": str(form["seen"].value()),
        "owner": f"{world.hub_minutes.pk}-{world.hub.pk}",
        **parts("due_on", in_days(9)),
        "reason": "",
    }
    refused = hub.post(address(action, "hand-over/"), typed)
    assert refused.status_code == 422
    assert "Say why the day moves" in refused.content.decode()
    answer = hub.post(address(action, "hand-over/"), {**typed, "reason": "Sol is ill."}, follow=True)
    page = answer.content.decode()
    for said in ("Milo Trent owns the action now.", "Handed over", "Sol is ill."):
        assert said in page


def test_an_old_tab_does_not_take_the_action_back(world: World, case: Case, signed_in: SignIn) -> None:
    action, hub = agree(world, case), signed_in(world.coordinator)
    form = hub.get(address(action, "hand-over/")).context["form"]
    hand_over(world.coordinator, action, world.hub_minutes, world.hub)
    typed = {"owner": form["owner"].value(), **parts("due_on", in_days(9)), "reason": "The firm is shut."}
    for seen in (str(form["seen"].value()), "", "x"):
        answer = hub.post(address(action, "hand-over/"), {**typed, "seen": seen})
        assert answer.status_code == 422
        assert "The firm is shut." in answer.content.decode()
    with as_owner():
        assert AgreedAction.objects.get(pk=action.pk).owner == world.hub_minutes


def test_a_closed_action_is_not_handed_over(world: World, case: Case, signed_in: SignIn) -> None:
    action = close(world.social_worker, agree(world, case))
    hub = signed_in(world.coordinator)
    assert hub.get(address(action, "hand-over/"))["Location"] == address(action)
    owner = f"{world.hub_minutes.pk}-{world.hub.pk}"
    typed = {"seen": "1", "owner": owner, **parts("due_on", in_days(7)), "reason": ""}
    answer = hub.post(address(action, "hand-over/"), typed)
    assert answer.status_code == 422
    assert "closed this action already" in answer.content.decode()


def test_reading_an_action_is_recorded(world: World, case: Case, signed_in: SignIn) -> None:
    action = agree(world, case)
    signed_in(world.social_worker).get(address(action))
    with as_owner():
        row = AuditEvent.objects.get(action="read an agreed action")
    assert (row.actor, row.scope_id, row.object_id) == (world.social_worker.pk, case.pk, str(action.pk))

"""Pages of reviews: the list, the page of one, deciding, acting, ending."""

import uuid
from collections.abc import Callable

from django.test import Client

from cases.plans.models import AgreedAction
from cases.records.models import Case
from cases.records.services import exclude
from foundation.access.words import Section
from foundation.accounts.models import User
from foundation.audit.models import AuditEvent
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from reviews.models import Decision, Meeting, Status
from tests.access.situations import share
from tests.factories import World
from tests.plans.acts import TEXT, agree, close, in_days
from tests.plans.test_pages import parts, words
from tests.reviews.acts import DECIDED, QUESTION, act, cancel, decide, finish, item_of, open_review

SignIn = Callable[[User], Client]


def address(meeting: Meeting, more: str = "") -> str:
    return f"/reviews/{meeting.pk}/{more}"


def test_the_page_shows_the_case_and_what_became_of_earlier_actions(
    world: World, chair: User, case: Case, signed_in: SignIn
) -> None:
    done, missed = agree(world, case, text="Ring the club"), agree(world, case, text="Visit the firm")
    close(world.social_worker, done, said="They have a place.")
    close(world.social_worker, missed, "not_done", "Nobody was in.")
    agree(world, case, text="Write to his uncle")
    page = words(signed_in(chair), address(open_review(chair, case)))
    for said in ("They have a place.", "Not done", "Nobody was in.", "Write to his uncle", "In 7 days"):
        assert said in page
    assert (
        page.index("Actions from last time") < page.index("Write to his uncle") < page.index("Decisions</h2>")
    )


def test_the_chair_decides_acts_and_finishes_on_pages(
    world: World, chair: User, case: Case, signed_in: SignIn
) -> None:
    client, meeting = signed_in(chair), open_review(chair, case)
    decide_at = address(meeting, f"items/{item_of(meeting).pk}/decision/")
    refused = client.post(address(meeting, "finish/"))
    assert refused.status_code == 422
    assert f"Item 1, case {case.reference}, has no decision yet" in refused.content.decode()

    typed = {
        "decision_id": str(client.get(decide_at).context["form"]["decision_id"].value()),
        "text": DECIDED,
    }
    for _ in range(2):
        assert client.post(decide_at, typed)["Location"] == address(meeting)
    with as_owner():
        decision = Decision.objects.get()

    act_at = address(meeting, f"decisions/{decision.pk}/action/")
    typed = {
        "action_id": str(client.get(act_at).context["form"]["action_id"].value()),
        "text": TEXT,
        "owner": f"{world.social_worker.pk}-{world.social_work.pk}",
        "told_child": "no",
        **parts("due_on", in_days(7)),
    }
    for _ in range(2):
        assert client.post(act_at, typed)["Location"] == address(meeting)
    with as_owner():
        assert AgreedAction.objects.get().source_id == decision.pk
    page = words(client, address(meeting))
    for said in (DECIDED, TEXT, "Sol Vane", "Finish the review"):
        assert said in page

    assert "1 decision, 1 action" in words(client, address(meeting, "finish/"))
    for _ in range(2):
        assert client.post(address(meeting, "finish/"))["Location"] == address(meeting)
    page = words(client, address(meeting))
    for said in ("The review is finished.", "Held", DECIDED, TEXT):
        assert said in page
    for gone in ("Record a decision", "Add an action", "Finish the review", "Cancel the review"):
        assert gone not in page
    chronology = words(signed_in(world.social_worker), f"/cases/{case.pk}/")
    assert f"Decision of the review of {clock.spoken(clock.today())}" in chronology
    assert DECIDED in chronology


def test_who_is_not_a_chair_reads_the_review_and_may_not_run_it(
    world: World, chair: User, case: Case, signed_in: SignIn
) -> None:
    meeting = open_review(chair, case)
    decision = decide(chair, meeting)
    for user in (world.coordinator, world.hub_minutes, world.social_worker):
        client = signed_in(user)
        page = words(client, address(meeting))
        assert DECIDED in page
        for hidden in ("Record a decision", "Add an action", "Finish the review", "Cancel the review"):
            assert hidden not in page
        for more in (
            f"items/{item_of(meeting).pk}/decision/",
            f"decisions/{decision.pk}/action/",
            "finish/",
            "cancel/",
        ):
            assert client.get(address(meeting, more)).status_code == 403
            assert client.post(address(meeting, more)).status_code == 403


def test_a_share_of_another_section_shows_the_question_and_not_the_decision(
    world: World, chair: User, case: Case, signed_in: SignIn
) -> None:
    meeting = open_review(chair, case)
    act(chair, decide(chair, meeting), world)
    share(world, case, team=world.health, sections=(Section.HEALTH,))
    page = words(signed_in(world.nurse), address(meeting))
    assert QUESTION in page
    assert DECIDED not in page
    assert TEXT not in page


def test_a_hub_member_kept_out_of_the_case_sees_that_a_review_takes_place_and_nothing_of_it(
    world: World, chair: User, case: Case, signed_in: SignIn
) -> None:
    meeting = open_review(chair, case)
    decide(chair, meeting)
    with acting_as(world.coordinator):
        exclude(case_id=case.pk, user=world.hub_minutes, reason="Family", actor=world.coordinator)
    client = signed_in(world.hub_minutes)
    for path in (address(meeting), "/reviews/", "/"):
        page = words(client, path)
        for hidden in ("Robin", case.reference, QUESTION, DECIDED):
            assert hidden not in page
    assert "You may not see the case of this review" in words(client, address(meeting))


def test_an_item_or_decision_of_another_review_is_not_found_under_this_one(
    chair: User, case: Case, signed_in: SignIn
) -> None:
    one, other = open_review(chair, case), open_review(chair, case)
    decision = decide(chair, other)
    client = signed_in(chair)
    for more in (
        f"items/{item_of(other).pk}/decision/",
        f"decisions/{decision.pk}/action/",
        f"items/{uuid.uuid4()}/decision/",
    ):
        assert client.get(address(one, more)).status_code == 404


def test_a_review_is_cancelled_with_a_reason_for_those_who_read_the_plan(
    world: World, chair: User, case: Case, signed_in: SignIn
) -> None:
    client, meeting = signed_in(chair), open_review(chair, case, held_on=in_days(3))
    assert client.post(address(meeting, "cancel/"), {"reason": " "}).status_code == 422
    answer = client.post(address(meeting, "cancel/"), {"reason": "The school is shut."})
    assert answer["Location"] == address(meeting)
    page = words(signed_in(world.social_worker), address(meeting))
    assert "Cancelled" in page
    assert "The school is shut." in page
    assert "The school is shut." in words(signed_in(world.coordinator), f"/cases/{case.pk}/")


def test_why_it_was_cancelled_is_hidden_from_who_does_not_read_the_plan(
    world: World, chair: User, case: Case, signed_in: SignIn
) -> None:
    meeting = open_review(chair, case, held_on=in_days(3))
    share(world, case, team=world.health, sections=(Section.HEALTH,))
    with acting_as(world.coordinator):
        exclude(case_id=case.pk, user=world.hub_minutes, reason="Family", actor=world.coordinator)
    cancel(chair, meeting, "Robin was taken in with his uncle")
    for user, reads in ((world.social_worker, True), (world.nurse, False), (world.hub_minutes, False)):
        page = words(signed_in(user), address(meeting))
        assert "Cancelled" in page
        assert ("Robin was taken in with his uncle" in page) == reads
        assert ("Why is for those who read the plan of the case." in page) != reads


def test_the_same_page_with_another_decision_gives_the_words_back(
    chair: User, case: Case, signed_in: SignIn
) -> None:
    client, meeting = signed_in(chair), open_review(chair, case)
    decide_at = address(meeting, f"items/{item_of(meeting).pk}/decision/")
    typed = {"decision_id": str(uuid.uuid4()), "text": DECIDED}
    client.post(decide_at, typed)
    answer = client.post(decide_at, {**typed, "text": "Police visit the flat tonight."})
    assert answer.status_code == 422
    for said in ("This page was saved already", "Police visit the flat tonight."):
        assert said in answer.content.decode()


def test_two_tabs_deciding_and_finishing_say_what_happened(
    chair: User, case: Case, signed_in: SignIn
) -> None:
    client, meeting = signed_in(chair), open_review(chair, case)
    decide_at = address(meeting, f"items/{item_of(meeting).pk}/decision/")
    chosen = str(client.get(decide_at).context["form"]["decision_id"].value())
    decide(chair, meeting)
    finish(chair, meeting)
    answer = client.post(decide_at, {"decision_id": chosen, "text": "Typed in the other tab."})
    assert answer.status_code == 422
    assert "This review is held, so nothing more is recorded on it." in answer.content.decode()
    assert "Typed in the other tab." in answer.content.decode()
    assert client.get(decide_at)["Location"] == address(meeting)


def test_the_list_tells_coming_from_over(world: World, chair: User, case: Case, signed_in: SignIn) -> None:
    coming, held = open_review(chair, case, held_on=in_days(2)), open_review(chair, case)
    cancelled = open_review(chair, case, held_on=in_days(5))
    decide(chair, held)
    finish(chair, held)
    cancel(chair, cancelled)
    page = words(signed_in(world.social_worker), "/reviews/")
    order = [page.index(each.reference) for each in (coming, cancelled, held)]
    assert order == sorted(order)
    assert page.index(coming.reference) < page.index("Held and cancelled") < page.index(held.reference)
    assert Status.CANCELLED.label in page


def test_who_sees_no_case_of_it_finds_no_review(
    world: World, chair: User, case: Case, signed_in: SignIn
) -> None:
    meeting = open_review(chair, case)
    for user in (world.nurse, world.other_coordinator, world.executive, world.administrator):
        client = signed_in(user)
        assert client.get(address(meeting)).status_code == 404
        assert meeting.reference not in words(client, "/reviews/")


def test_reading_a_review_is_recorded_with_the_case_it_showed(
    world: World, chair: User, case: Case, signed_in: SignIn
) -> None:
    meeting = open_review(chair, case)
    signed_in(world.social_worker).get(address(meeting))
    with as_owner():
        row = AuditEvent.objects.get(action="read a review")
    assert (row.actor, row.scope_id, row.object_id, row.shown) == (
        world.social_worker.pk,
        case.pk,
        str(meeting.pk),
        [str(case.pk)],
    )

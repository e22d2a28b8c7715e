"""What a chair does with a review, for tests: each act is made by the real services, under the chair's eyes."""

from datetime import date, time
from typing import Any

from cases.plans.models import AgreedAction
from cases.records.models import Case
from foundation.accounts.models import User
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from reviews import services
from reviews.models import AgendaItem, Decision, Meeting
from tests.factories import World
from tests.plans.acts import TEXT, in_days

QUESTION = "Is the way to school safe now?"
DECIDED = "The plan goes on. A taxi takes Robin to school."


def open_review(chair: User, case: Case, *, held_on: date | None = None, **more: Any) -> Meeting:
    """Today at ten, unless a day is named."""
    words: dict[str, Any] = {"starts_at": time(10), "question": QUESTION, "kind": "review", "place": "Room 2"}
    with acting_as(chair):
        return services.open_review(
            case_id=case.pk, held_on=held_on or clock.today(), actor=chair, **{**words, **more}
        )


def item_of(meeting: Meeting) -> AgendaItem:
    with as_owner():
        return AgendaItem.objects.get(meeting=meeting)


def decide(chair: User, meeting: Meeting, text: str = DECIDED, **more: Any) -> Decision:
    item = item_of(meeting)
    with acting_as(chair):
        return services.record_decision(item_id=item.pk, text=text, actor=chair, **more)


def act(chair: User, decision: Decision, world: World, **more: Any) -> AgreedAction:
    """The social worker will ring the school, by this day week."""
    terms: dict[str, Any] = {
        "text": TEXT,
        "owner": world.social_worker,
        "team": world.social_work,
        "due_on": in_days(7),
        **more,
    }
    with acting_as(chair):
        return services.record_action(decision_id=decision.pk, actor=chair, **terms)


def finish(chair: User, meeting: Meeting) -> Meeting:
    with acting_as(chair):
        return services.finish_review(meeting_id=meeting.pk, actor=chair)


def cancel(chair: User, meeting: Meeting, reason: str = "The chair is ill.") -> Meeting:
    with acting_as(chair):
        return services.cancel_review(meeting_id=meeting.pk, reason=reason, actor=chair)

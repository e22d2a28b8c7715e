"""The decision on a referral as something that is owed: what My work and notices say of it."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from foundation.accounts.roles import Role
from foundation.deadlines.kinds import Act, DeadlineKind, Step, Told, WorkRow
from referrals.models import Progress
from referrals.policies import decides_for

DECISION = "referral_decision"


def rows(user: Any, referral_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, WorkRow]:
    """Named by the child where the viewer may read the words, by reference where only where it has got to."""
    areas = {team.area_id for team in decides_for(user)}
    found = Progress.objects.visible_to(user).filter(pk__in=referral_ids).with_words(user)
    return {each.pk: _row(each, each.area_id in areas) for each in found.select_related("team__agency")}


def _row(progress: Any, decides: bool) -> WorkRow:
    page = reverse("referrals:detail", args=[progress.pk])
    about = progress.child_name or progress.reference
    answered = " Your question is answered." if progress.was_answered and decides else ""
    return WorkRow(
        words=f"Decide on the referral of {about}" if decides else f"Referral {about}: decision",
        url=page,
        acts=[Act("Decide", page)] if decides else [],
        detail=f"From {progress.team}.{answered}",
        flag="Said not to be safe now" if progress.is_in_danger else "",
    )


KIND = DeadlineKind(
    code=DECISION,
    owed="A decision on a referral",
    rows=rows,
    owed_by=frozenset({Role.COORDINATOR}),
    reminders=(Step("day", "referral_decision_reminder"),),
    rungs=(
        Step("first", "referral_decision_first_rung", Told.TEAM_MANAGER),
        Step("second", "referral_decision_second_rung", Told.HUB_MANAGER),
    ),
)

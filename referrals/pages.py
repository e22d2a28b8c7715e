"""What the pages of a referral share: load it for the viewer (else 404), show its words, tell the log."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cases.records.models import Case
from foundation.accounts.models import Team
from foundation.audit import services as audit
from foundation.base import clock
from foundation.base.policy import allows
from foundation.vocabulary.models import Term
from referrals.models import OpenedCase, Progress, Referral, Status
from referrals.policies import check_can_decide

YES_NO = {True: "Yes", False: "No", None: "Not known"}
NOT_SAID = "Nothing was written here"
KNOWN_SHOWN = 5


class ReferralPage:
    """Loads `self.referral` for the viewer, and `self.progress` if it has been sent. Reading is recorded."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        found = Referral.objects.visible_to(request.user).select_related("team__agency", "area", "author")
        self.referral: Referral = get_object_or_404(found, pk=kwargs["referral_id"])
        self.progress = Progress.objects.visible_to(request.user).filter(referral=self.referral).first()
        audit.record(action="read a referral", about=self.referral, scope_id=self.referral.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(referral=self.referral, progress=self.progress, **kwargs)  # type: ignore[misc]


def hub_of(referral: Referral) -> Team:
    """The hub team that decides it, with its duty contact."""
    return referral.area.teams.select_related("agency").get(is_hub=True)


def rows_of(referral: Referral) -> list[dict[str, Any]]:
    """The words of a referral for a summary list. Unknown facts say so."""
    harms = Term.objects.of("harm_type").labels()
    born = referral.child_born_on
    return [
        {"key": "Child", "value": referral.child_name},
        {"key": "Name they use", "value": referral.child_known_as or "The same"},
        {"key": "Date of birth", "value": clock.spoken(born) if born else "Not known"},
        {"key": "School or college", "value": referral.child_school or "Not known"},
        {"key": "What has happened", "value": referral.concern},
        {"key": "When", "value": clock.spoken(referral.happened_on) if referral.happened_on else "Not known"},
        {
            "key": "Kind of harm",
            "value": [harms.get(code, code) for code in referral.harm_types] or ["Not sure"],
        },
        {"key": "Safe now", "value": YES_NO[referral.is_safe_now]},
        {"key": "Other children who may be at risk", "value": referral.others_at_risk or NOT_SAID},
        {"key": "What the child says", "value": referral.child_says or NOT_SAID},
        {"key": "Child or family told", "value": YES_NO[referral.family_told]},
        {"key": "What they were told, or why not", "value": referral.told_what or NOT_SAID},
        {"key": "Written for", "value": str(referral.team)},
        {"key": "Area", "value": str(referral.area)},
    ]


def first_entry_of(referral: Referral) -> str:
    """What concerns the child's case, for the coordinator to edit: the worry and the child's own words."""
    parts = [referral.concern]
    if referral.child_says:
        parts.append(f"The child says: {referral.child_says}")
    parts.append(f"Safe now, as far as the referrer knew: {YES_NO[referral.is_safe_now].lower()}.")
    return "\n\n".join(parts)


def known_children(user: Any, referral: Referral) -> list[Case]:
    """Cases the viewer may see about a child of this name: perhaps the same child, a person decides."""
    found = Case.objects.visible_to(user).about(referral.child_name, user).with_subjects(user)
    cases = list(found[:KNOWN_SHOWN])
    if cases:
        audit.record(action="children of this name", object_kind="list", shown=[case.pk for case in cases])
    return cases


def detail_of(user: Any, referral: Referral, progress: Progress) -> dict[str, Any]:
    """What the page of a sent referral shows this viewer: words, steps, and the acts open to them."""
    may_decide = progress.is_open and allows(check_can_decide, user, progress)
    return {
        "referral": referral,
        "progress": progress,
        "rows": rows_of(referral),
        "moves": list(referral.moves.select_related("actor")),
        "is_author": referral.author_id == user.pk,
        "may_decide": may_decide,
        "may_answer": referral.author_id == user.pk and progress.status == Status.ASKED,
        "opened": list(OpenedCase.objects.visible_to(user).filter(referral=referral).select_related("case")),
        "due": clock.distance(progress.decide_by),
        "hub": hub_of(referral),
        "known": known_children(user, referral) if may_decide else [],
        "is_of_the_hub": any(area.pk == referral.area_id for area in user.hub_areas),
    }

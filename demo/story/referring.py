"""Events of a referral: written, sent, asked about, answered, declined, accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cases.records.services import ShareTerms
from demo.story.stage import Child, Event, Stage
from foundation.access.words import Section, Verb
from foundation.base import clock
from referrals import services as referrals
from referrals.services import FirstEntry

SHARED_FOR = timedelta(days=180)
"""Units: days. Source: the time limit "A share within the area"."""
PURPOSE = "To plan together for the child's safety outside the home."
NECESSITY = "The team works with the child or family and cannot plan without it."


@dataclass(frozen=True)
class Draft(Event):
    """A referral begun and not sent. `happened`: working days ago; `told`: the family was told."""

    concern: str
    harm: Sequence[str] = ()
    safe: bool | None = None
    says: str = ""
    others: str = ""
    told: bool | None = None
    told_what: str = ""
    happened: int | None = None

    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as author:
            draft = referrals.save_draft(
                draft_id=stage.chosen_id(child.name),
                team=stage.team_of(self.who),
                area=stage.world.areas[child.area],
                words=self.words(stage, child),
                actor=author,
            )
        stage.referrals[child.name] = draft.pk

    def words(self, stage: Stage, child: Child) -> dict[str, Any]:
        return {
            "child_name": child.name,
            "child_known_as": child.known_as,
            "child_born_on": stage.days.born(*child.age),
            "child_school": child.school,
            "concern": self.concern,
            "happened_on": None if self.happened is None else stage.days.day(self.happened),
            "harm_types": list(self.harm),
            "is_safe_now": self.safe,
            "others_at_risk": self.others,
            "child_says": self.says,
            "family_told": self.told,
            "told_what": self.told_what,
        }


@dataclass(frozen=True)
class Refer(Draft):
    """A referral written and sent."""

    def play(self, stage: Stage, child: Child) -> None:
        super().play(stage, child)
        with stage.as_(self.who) as author:
            referrals.send_referral(referral_id=stage.referrals[child.name], actor=author)


@dataclass(frozen=True)
class _Said(Event):
    text: str


class Ask(_Said):
    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as hub:
            referrals.ask_for_more(referral_id=stage.referrals[child.name], question=self.text, actor=hub)


class Answer(_Said):
    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as author:
            referrals.answer(referral_id=stage.referrals[child.name], text=self.text, actor=author)


class Decline(_Said):
    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as hub:
            referrals.decline(referral_id=stage.referrals[child.name], reason=self.text, actor=hub)


@dataclass(frozen=True)
class With:
    """A team of the demo, or one person by account. `until`: the working day on which it ends."""

    team: str = ""
    user: str = ""
    sections: Sequence[Section] = ()
    verb: Verb = Verb.CONTRIBUTE
    basis: str = "public_task"
    purpose: str = PURPOSE
    necessity: str = NECESSITY
    not_told_because: str = ""
    until: int | None = None

    def terms(self, stage: Stage) -> ShareTerms:
        ends = clock.now() + SHARED_FOR if self.until is None else stage.days.moment(self.until, "17:00")
        return ShareTerms(
            team=stage.world.teams[self.team] if self.team else None,
            user=stage.world.users[self.user] if self.user else None,
            verb=self.verb,
            sections=[section.value for section in self.sections],
            purpose=self.purpose,
            lawful_basis=self.basis,
            necessity=self.necessity,
            family_told=not self.not_told_because,
            not_told_because=self.not_told_because,
            expires_at=ends,
        )


@dataclass(frozen=True)
class Accept(Event):
    """`reason` is for the referrer, `text` for the first entry."""

    reason: str
    text: str
    shares: Sequence[With]

    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as hub:
            case = referrals.accept(
                referral_id=stage.referrals[child.name],
                reason=self.reason,
                shares=[each.terms(stage) for each in self.shares],
                first_entry=FirstEntry(text=self.text, happened_on=stage.days.day(self.ago + 1)),
                actor=hub,
            )
        stage.cases[child.name] = case.pk

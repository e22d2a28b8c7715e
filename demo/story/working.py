"""Events of a case: who leads, who sees it, what happened, what was agreed, what a review decided."""

from dataclasses import dataclass
from datetime import time
from typing import Any, ClassVar

from cases.chronology.models import Tone
from cases.chronology.services import add_entry
from cases.plans import services as plans
from cases.plans.models import Outcome
from cases.records import services as records
from cases.records.models import Share
from demo.story.days import Due
from demo.story.referring import With
from demo.story.stage import Child, Event, Stage
from foundation.access.words import Section
from reviews import services as reviews
from reviews.models import AgendaItem


@dataclass(frozen=True)
class Lead(Event):
    """`professional` becomes the lead professional, their agency the lead agency."""

    professional: str

    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as hub:
            records.name_lead(
                case_id=stage.cases[child.name],
                professional=stage.world.users[self.professional],
                agency=stage.team_of(self.professional).agency,
                actor=hub,
            )


@dataclass(frozen=True)
class ShareIt(Event):
    terms: With

    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as hub:
            records.share_case(case_id=stage.cases[child.name], terms=self.terms.terms(stage), actor=hub)


@dataclass(frozen=True)
class EndShare(Event):
    """The live share with that team ends."""

    team: str

    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as hub:
            live = Share.objects.visible_to(hub).live().filter(case=stage.cases[child.name])
            records.end_share(share_id=live.get(team=stage.world.teams[self.team]).pk, actor=hub)


@dataclass(frozen=True)
class KeepOut(Event):
    """A conflict of interest."""

    person: str
    reason: str

    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as hub:
            person = stage.world.users[self.person]
            records.exclude(case_id=stage.cases[child.name], user=person, reason=self.reason, actor=hub)


@dataclass(frozen=True)
class Note(Event):
    """An entry in the chronology, about the day on which it is written or an earlier one."""

    title: str
    text: str
    section: Section = Section.CHRONOLOGY
    turning: bool = False
    told_by: str = ""
    happened: int | None = None
    tone: ClassVar[Tone] = Tone.NEITHER

    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as writer:
            add_entry(
                case_id=stage.cases[child.name],
                title=self.title,
                text=self.text,
                happened_on=stage.days.day(self.ago if self.happened is None else self.happened),
                tone=self.tone,
                team=stage.team_of(self.who),
                section=self.section,
                is_significant=self.turning,
                told_by=self.told_by,
                actor=writer,
            )


class Strength(Note):
    tone = Tone.STRENGTH


class Worry(Note):
    tone = Tone.WORRY


@dataclass(frozen=True)
class Agree(Event):
    """`name` is what later events call the action. `after`: the decision of a review that it follows."""

    tells: ClassVar[bool] = True
    name: str
    text: str
    owner: str
    due: Due
    told: bool | None = None
    after: str = ""

    def play(self, stage: Stage, child: Child) -> None:
        words: dict[str, Any] = {
            "text": self.text,
            "owner": stage.world.users[self.owner],
            "team": stage.team_of(self.owner),
            "due_on": stage.days.day(self.due),
            "told_child": self.told,
        }
        with stage.as_(self.who) as actor:
            if self.after:
                decision = stage.named[child.name, self.after]
                action = reviews.record_action(decision_id=decision, actor=actor, **words)
            else:
                case = stage.cases[child.name]
                action = plans.agree_action(case_id=case, actor=actor, **words)
        stage.named[child.name, self.name] = action.pk


@dataclass(frozen=True)
class Close(Event):
    name: str
    said: str = ""
    outcome: Outcome = Outcome.DONE

    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as actor:
            action = stage.named[child.name, self.name]
            plans.close_action(action_id=action, outcome=self.outcome, said=self.said, actor=actor)


@dataclass(frozen=True)
class HandOver(Event):
    tells: ClassVar[bool] = True
    name: str
    owner: str
    due: Due
    reason: str

    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as hub:
            plans.hand_over_action(
                action_id=stage.named[child.name, self.name],
                owner=stage.world.users[self.owner],
                team=stage.team_of(self.owner),
                due_on=stage.days.day(self.due),
                reason=self.reason,
                actor=hub,
            )


@dataclass(frozen=True)
class PlanReview(Event):
    """`held`: the working day of the review, below zero to come."""

    name: str
    held: int
    starts: str
    question: str
    place: str = ""

    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as chair:
            meeting = reviews.open_review(
                case_id=stage.cases[child.name],
                held_on=stage.days.day(self.held),
                starts_at=time.fromisoformat(self.starts),
                question=self.question,
                kind="review",
                place=self.place,
                actor=chair,
            )
        stage.named[child.name, self.name] = meeting.pk


@dataclass(frozen=True)
class Decide(Event):
    review: str
    name: str
    text: str

    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as chair:
            items = AgendaItem.objects.visible_to(chair)
            item = items.get(meeting=stage.named[child.name, self.review])
            decision = reviews.record_decision(item_id=item.pk, text=self.text, actor=chair)
        stage.named[child.name, self.name] = decision.pk


@dataclass(frozen=True)
class EndReview(Event):
    """Finished, or with a reason cancelled."""

    review: str
    cancelled_because: str = ""

    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as chair:
            meeting = stage.named[child.name, self.review]
            if self.cancelled_because:
                reviews.cancel_review(meeting_id=meeting, reason=self.cancelled_because, actor=chair)
            else:
                reviews.finish_review(meeting_id=meeting, actor=chair)

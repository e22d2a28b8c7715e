"""What happened beside the children: people away with a deputy, and updates of the action plan.

Leads are invented people and agencies of the demo. Most proposals keep neither lead nor date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from actionplan import services as plans
from actionplan.models import Lifecycle, Proposal, Rating
from actionplan.services import Report, Terms
from demo.story.stage import Child, Event, Stage
from foundation.accounts import services as accounts


@dataclass(frozen=True)
class Away(Event):
    """From one working day to another, both included."""

    begins: int
    ends: int
    deputy: str

    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as actor:
            accounts.be_away(
                begins_on=stage.days.day(self.begins),
                ends_on=stage.days.day(self.ends),
                deputy=stage.world.users[self.deputy],
                actor=actor,
            )


@dataclass(frozen=True)
class Update(Event):
    """How a proposal stands, in the words of `who`. What is left out stays as it was."""

    tells: ClassVar[bool] = True
    number: int
    rating: Rating | None = None
    why: str = ""
    progress: str = ""
    put_right: str = ""
    lifecycle: Lifecycle | None = None
    person: str = ""
    lead: str = ""
    by_when: int | None = None

    def play(self, stage: Stage, child: Child) -> None:
        with stage.as_(self.who) as actor:
            proposal = Proposal.objects.visible_to(actor).get(number=self.number)
            plans.update_proposal(
                proposal_id=proposal.pk,
                update_id=stage.chosen_id("proposal", str(self.number), str(self.ago)),
                seen_version=proposal.version,
                report=Report(**self.report(proposal)),
                terms=self.terms(stage, proposal),
                actor=actor,
            )

    def report(self, was: Proposal) -> dict[str, Any]:
        return {
            "rating": self.rating or Rating(was.rating),
            "lifecycle": self.lifecycle or Lifecycle(was.lifecycle),
            "reason": self.why,
            "corrective_step": self.put_right or was.corrective_step,
            "progress": self.progress or was.progress,
        }

    def terms(self, stage: Stage, was: Proposal) -> Terms | None:
        """Only the plan lead names people and dates."""
        if self.who != "plan.lead":
            return None
        return Terms(
            lead_user=stage.world.users[self.person] if self.person else was.lead_user,
            lead=self.lead or was.lead,
            by_when=was.by_when if self.by_when is None else stage.days.day(self.by_when),
        )


LEAD = "plan.lead"
BEGUN = Lifecycle.IN_PROGRESS

PLAN: Sequence[Update] = (
    Update(58, "10:05", LEAD, 2, person=LEAD, lead="Partnership Office", by_when=-22, lifecycle=BEGUN),
    Update(58, "10:20", LEAD, 14, person="analyst", lead="Partnership Office", by_when=9, lifecycle=BEGUN),
    Update(57, "15:10", LEAD, 8, lead="Bridgeway Youth Trust", by_when=-40, lifecycle=BEGUN),
    Update(57, "15:20", LEAD, 7, lead="Hillcrest Academy", by_when=12, lifecycle=BEGUN),
    Update(57, "15:35", LEAD, 4, lead="Avonmouth Community Health", by_when=-15, lifecycle=BEGUN),
    Update(57, "15:50", LEAD, 21, lead="Avonmouth Community Health", by_when=-30, lifecycle=BEGUN),
    Update(57, "15:55", LEAD, 16, person="chair", lead="Bristol hub", by_when=-12, lifecycle=BEGUN),
    Update(57, "16:00", LEAD, 12, lead="Severnside Police", lifecycle=Lifecycle.NOT_STARTED),
    Update(
        38,
        "11:15",
        LEAD,
        2,
        Rating.ON_TRACK,
        "Every agency has read the draft of the form, and nobody asked for a second one.",
        "One form is agreed. Three agencies try it out.",
    ),
    Update(
        38,
        "11:30",
        LEAD,
        8,
        Rating.ON_TRACK,
        "Six of ten new mentors are found and checked.",
        "Six new mentors have begun. The next four start next term.",
    ),
    Update(
        37,
        "14:40",
        "analyst",
        14,
        Rating.ON_TRACK,
        "Four of six agencies have sent what they know about places.",
        "A first picture is drawn from what four agencies know.",
    ),
    Update(
        36,
        "09:50",
        LEAD,
        7,
        Rating.ON_TRACK,
        "Two schools have asked their pupils, and a third does so this month.",
        "Pupils of two schools have said what would help them.",
    ),
    Update(
        35,
        "16:05",
        LEAD,
        4,
        Rating.AT_RISK,
        "Half of the places on the course are taken. Managers say that shifts cannot be covered.",
        "Two of five courses are held; 41 people came.",
    ),
    Update(
        20,
        "13:20",
        LEAD,
        21,
        Rating.OFF_TRACK,
        "Nobody pays for the specialist workers, so none has been appointed.",
        "Two hospitals and one school have said that they would take part.",
        "The executive is asked at its next meeting to pay for one worker for a year.",
    ),
    Update(
        17,
        "16:15",
        "chair",
        16,
        Rating.AT_RISK,
        "Each review names the lead now. Nobody does so yet for children who are not on a review.",
        "Every review says who leads, and the child is told.",
    ),
    Update(
        13,
        "10:45",
        LEAD,
        7,
        Rating.COMPLETE,
        "All three schools have answered, and the summary is with the steering group.",
        "Pupils of three schools have said what would help them. Two of the schools begin next term.",
        lifecycle=Lifecycle.COMPLETE,
    ),
    Update(
        11,
        "15:30",
        "analyst",
        14,
        Rating.AT_RISK,
        "Two agencies have not sent what they know, and the date is close.",
    ),
    Update(
        6,
        "11:40",
        "analyst",
        14,
        Rating.OFF_TRACK,
        "The date has passed and one agency's part is still missing.",
        "The picture is drawn from what five of six agencies know.",
        "We visit the sixth agency next week and help to write its part.",
    ),
    Update(
        4,
        "09:25",
        LEAD,
        2,
        Rating.ON_TRACK,
        "The three agencies that try it out say it takes ten minutes.",
        "One form is agreed and tried out by three agencies. The others begin next month.",
    ),
)

OFFICE: Sequence[Event] = (
    Away(48, "16:20", "hub.manager", begins=41, ends=35, deputy="chair"),
    Away(3, "13:05", "manager", begins=-6, ends=-10, deputy="social.worker"),
    *PLAN,
)

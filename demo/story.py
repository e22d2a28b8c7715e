"""Three invented children over three weeks, told by calling the same services that people use."""

import uuid
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cases.chronology.models import Tone
from cases.chronology.services import add_entry
from cases.records import services as records
from cases.records.models import Case
from cases.records.services import ShareTerms
from demo.world import World
from foundation.accounts.models import User
from foundation.base import clock, references
from foundation.base.pg.viewer import acting_as
from foundation.deadlines.working_days import is_working_day
from referrals import services as referrals
from referrals.services import FirstEntry

SEED = 2026
FIRST_BELL = time(9)
STORY_NAMESPACE = uuid.UUID("5a0e9f52-6d4c-4b8e-9d0a-0c7f3d1be201")


def tell(world: World) -> None:
    """Everything that happened before today. Raises what the services raise: a story they refuse is wrong."""
    with references.seeded(SEED):
        _jamie(world)
        _tamsin(world)
        _noah(world)


def _moment(working_days_ago: int, hour: int, minute: int = 0) -> datetime:
    """So many working days back from the last one that has begun: in order, and never to come."""
    now = timezone.localtime(clock.now())
    day = now.date() if now.time() >= FIRST_BELL else now.date() - timedelta(days=1)
    left = working_days_ago
    while left or not is_working_day(day):
        left -= is_working_day(day)
        day -= timedelta(days=1)
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_default_timezone())


def _years_ago(years: int, month: int, day: int) -> date:
    return date(clock.today().year - years, month, day)


def _refer(world: World, *, author: User, team: str, at: datetime, **words: object) -> uuid.UUID:
    draft_id = uuid.uuid5(STORY_NAMESPACE, str(words["child_name"]))
    empty = {"child_known_as": "", "others_at_risk": "", "child_says": "", "told_what": "", "harm_types": []}
    unknown = {
        "child_born_on": None,
        "child_school": "",
        "happened_on": None,
        "is_safe_now": None,
        "family_told": None,
    }
    with clock.set_to(at), acting_as(author):
        draft = referrals.save_draft(
            draft_id=draft_id,
            team=world.teams[team],
            area=world.areas["Bristol"],
            words={**empty, **unknown, **words},
            actor=author,
        )
        referrals.send_referral(referral_id=draft.pk, actor=author)
    return draft.pk


def _accept(
    world: World, referral_id: uuid.UUID, *, at: datetime, teams: list[str], text: str, reason: str
) -> Case:
    coordinator = world.users["coordinator"]
    with clock.set_to(at), acting_as(coordinator):
        return referrals.accept(
            referral_id=referral_id,
            reason=reason,
            shares=[
                ShareTerms(
                    team=world.teams[team],
                    purpose="To plan together for the child's safety outside the home.",
                    necessity="The team works with the child or family and cannot plan without it.",
                    lawful_basis="public_task",
                    family_told=True,
                    expires_at=at + timedelta(days=120),
                )
                for team in teams
            ],
            first_entry=FirstEntry(text=text, happened_on=clock.day_of(at - timedelta(days=1))),
            actor=coordinator,
        )


def _write(
    world: World, case: Case, *, who: str, team: str, at: datetime, title: str, text: str, tone: Tone
) -> None:
    with clock.set_to(at), acting_as(world.users[who]):
        add_entry(
            case_id=case.pk,
            title=title,
            text=text,
            happened_on=clock.today(),
            tone=tone,
            team=world.teams[team],
            actor=world.users[who],
        )


def _jamie(world: World) -> None:
    referral_id = _refer(
        world,
        author=world.users["school.lead"],
        team="school",
        at=_moment(16, 15, 20),
        child_name="Jamie Carrow",
        child_born_on=_years_ago(17, 2, 11),
        child_school="Hillcrest Academy",
        concern="Jamie has missed the last lesson four times in two weeks and now has two telephones. On "
        "Tuesday an adult we do not know waited in a car at the gate. We think Jamie may be made to carry "
        "something.",
        harm_types=["criminal_exploitation", "county_lines"],
        is_safe_now=True,
        others_at_risk="Jamie's younger brother walks home with him.",
        child_says="They said it was a favour. I don't know how to stop now.",
        family_told=True,
        told_what="Jamie's mother knows that we are worried and that we ask for help.",
    )
    case = _accept(
        world,
        referral_id,
        at=_moment(15, 10, 5),
        teams=["east", "police", "mentors"],
        reason="Thank you. A social worker will visit Jamie and his mother this week, and will call you.",
        text="School is worried: Jamie missed the last lesson four times in two weeks, has two telephones, "
        "and an unknown adult waited at the gate.\n\n"
        "Jamie says: They said it was a favour. I don't know how to stop now.",
    )
    coordinator = world.users["coordinator"]
    with clock.set_to(_moment(14, 9, 30)), acting_as(coordinator):
        records.name_lead(
            case_id=case.pk,
            professional=world.users["social.worker"],
            agency=world.teams["east"].agency,
            actor=coordinator,
        )
    _write(
        world,
        case,
        who="social.worker",
        team="east",
        at=_moment(13, 16, 45),
        title="Visit at home",
        text="Jamie talked about football for half an hour and then about the car. His mother listened and "
        "did not interrupt. They have agreed that his uncle collects him on Tuesdays.",
        tone=Tone.STRENGTH,
    )
    _write(
        world,
        case,
        who="police",
        team="police",
        at=_moment(9, 11, 15),
        title="Car seen near the school",
        text="Patrol noted a car like the one the school described. The driver was spoken to and moved on. "
        "Jamie was not there.",
        tone=Tone.WORRY,
    )
    _write(
        world,
        case,
        who="voluntary",
        team="mentors",
        at=_moment(4, 17, 0),
        title="First meeting with a mentor",
        text="Jamie came, stayed for an hour, and asked when the next one is.",
        tone=Tone.STRENGTH,
    )


def _tamsin(world: World) -> None:
    referral_id = _refer(
        world,
        author=world.users["youth.worker"],
        team="youth",
        at=_moment(7, 18, 40),
        child_name="Tamsin Oakes",
        child_known_as="Tam",
        child_born_on=_years_ago(14, 9, 3),
        concern="Tam told us that an older person she met online keeps asking for pictures and knows her "
        "school.",
        harm_types=["online_abuse", "sexual_exploitation"],
        is_safe_now=True,
        child_says="I just want him to leave me alone.",
        family_told=False,
        told_what="Tam asked us to wait until a worker can be there when she tells her father.",
    )
    _accept(
        world,
        referral_id,
        at=_moment(6, 9, 50),
        teams=["south", "health"],
        reason="Thank you. The South team will meet Tam with you, as she asked.",
        text="An older person Tam met online keeps asking for pictures and knows her school.\n\n"
        "Tam says: I just want him to leave me alone.",
    )


def _noah(world: World) -> None:
    _refer(
        world,
        author=world.users["school.lead"],
        team="school",
        at=_moment(0, 8, 55),
        child_name="Noah Fenwick",
        child_born_on=_years_ago(13, 6, 24),
        child_school="Hillcrest Academy",
        concern="Noah came in with a bruised face and says he was told to pay for a lost parcel. "
        "He is afraid to walk past the old boatyard.",
        harm_types=["serious_violence"],
        is_safe_now=False,
        child_says="I can't go that way any more.",
        family_told=True,
        told_what="His grandmother collects him today.",
    )

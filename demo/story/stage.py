"""Plays a story in the order of time, and lets the clock remind people as it goes by."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from demo.accounts import ACCOUNTS
from demo.story.days import Days
from demo.world import World
from foundation.accounts.models import Team, User
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.deadlines import delivery, sweep
from foundation.deadlines import services as deadlines
from foundation.deadlines.models import Notice

NAMESPACE = uuid.UUID("5a0e9f52-6d4c-4b8e-9d0a-0c7f3d1be201")
READ_EVERY = 2
"""Units: working days. How often people look at what they were told."""
UNREAD_SINCE = 2
"""Units: working days. What came since is not read yet."""
SWEPT_WITHIN = timedelta(minutes=12)
"""Units: minutes. What happens that close together is told together."""
TEAM_OF = {each.account: each.team for each in ACCOUNTS}


@dataclass(frozen=True)
class Event:
    """Something that `who` did at that hour, so many working days ago. `tells`: somebody hears at once."""

    tells: ClassVar[bool] = False

    ago: int
    at: str
    who: str

    def play(self, stage: "Stage", child: "Child") -> None:
        raise NotImplementedError


@dataclass(frozen=True)
class Child:
    """Who the child is, and what happened. `age`: years, months, days."""

    name: str
    age: tuple[int, int, int]
    events: Sequence[Event]
    known_as: str = ""
    school: str = ""
    area: str = "Bristol"


NOBODY = Child("", (0, 0, 0), ())
"""Whom the events of the office are about."""


@dataclass
class Stage:
    """The world, its calendar, and the keys of what has happened: by child, and by the event's name."""

    world: World
    days: Days
    sweeps: bool = True
    referrals: dict[str, uuid.UUID] = field(default_factory=dict)
    cases: dict[str, uuid.UUID] = field(default_factory=dict)
    named: dict[tuple[str, str], uuid.UUID] = field(default_factory=dict)

    @contextmanager
    def as_(self, who: str) -> Iterator[User]:
        user = self.world.users[who]
        with acting_as(user):
            yield user

    def team_of(self, who: str) -> Team:
        return self.world.teams[TEAM_OF[who]]

    def chosen_id(self, *words: str) -> uuid.UUID:
        """As a page chooses one: the same in every load."""
        return uuid.uuid5(NAMESPACE, " ".join(words))

    def remind(self) -> None:
        """What beat and worker do every few seconds."""
        if self.sweeps and sweep.sweep().told:
            delivery.deliver()

    def let_people_read(self) -> None:
        """Everyone reads what has been told to them."""
        with as_owner():
            unread = Notice.objects.unread().filter(recipient__isnull=False)
            told = sorted(set(unread.order_by().values_list("recipient", flat=True)))
        for user in User.objects.filter(pk__in=told):
            with acting_as(user):
                deadlines.read_notices(actor=user)


@dataclass(frozen=True)
class Beat:
    """One moment of the story."""

    moment: datetime
    act: Callable[[], None]
    tells: bool


def play(stage: Stage, children: Sequence[Child], office: Sequence[Event], *, until: datetime) -> None:
    """Everything that happened, then the present moment. Raises ValueError for what would be to come."""
    told = [(child, event) for child in children for event in child.events]
    beats = [_beat_of(stage, *each) for each in [*told, *((NOBODY, event) for event in office)]]
    if stage.sweeps:
        beats += _days_go_by(stage, max(event.ago for _, event in told))
    beats.sort(key=lambda beat: beat.moment)
    if beats[-1].moment > until:
        raise ValueError(f"the story has something to come, at {beats[-1].moment}")
    beats.append(Beat(until, lambda: None, tells=True))
    somebody_waits = False
    for beat, following in zip(beats, [*beats[1:], None], strict=True):
        with clock.set_to(beat.moment):
            beat.act()
            somebody_waits |= beat.tells
            if somebody_waits and (following is None or following.moment - beat.moment > SWEPT_WITHIN):
                stage.remind()
                somebody_waits = False


def _beat_of(stage: Stage, child: Child, event: Event) -> Beat:
    moment = stage.days.moment(event.ago, event.at)
    return Beat(moment, lambda: event.play(stage, child), event.tells)


def _days_go_by(stage: Stage, since: int) -> Iterator[Beat]:
    """Each morning the clock strikes; every other day people read what they were told."""
    for ago, morning in zip(range(since, -1, -1), stage.days.mornings(since), strict=True):
        yield Beat(morning, lambda: None, tells=True)
        if ago >= UNREAD_SINCE and ago % READ_EVERY == 0:
            yield Beat(morning + timedelta(hours=7), stage.let_people_read, tells=False)

"""What happens when in a storm: the days it crosses, the steps of its clock and its faults, all from one seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
SEASONS = (
    (
        date(2026, 12, 21),
        date(2027, 1, 5),
    ),  # Christmas: the 28th is a bank holiday because the 26th is a Saturday
    (date(2027, 3, 22), date(2027, 4, 2)),  # Easter, and the clocks go forward on Easter Sunday
    (date(2027, 10, 25), date(2027, 11, 3)),  # the clocks go back on the 31st
)
BEGINS = datetime(2026, 12, 21, 10, tzinfo=LONDON)
ENDS = datetime(2027, 11, 8, 10, tzinfo=LONDON)
"""The last step of what is due on the last day has come by then."""
STOPS = (time(0, 59, 57), time(8, 50), time(8, 59, 57), time(9, 0, 1), time(13), time(23, 59, 57))


@dataclass(frozen=True)
class Plan:
    """How much of everything. `seconds` is how long the storm blows; `spells` counts those that begin and end."""

    seconds: float
    obligations: int
    bulk: int  # of them, how many the owner writes in one go
    kills: int
    clock_steps: int
    acts_a_second: float
    workers: int = 2
    flushes: int = 3
    spells: dict[str, int] = field(default_factory=dict)
    spells_at_most: float = 60
    """Units: seconds, whatever SPELLS says."""
    calm_at_most: float = 300
    nudges: bool = False
    """Whether the clock goes on by minutes in the calm, so that nobody waits for leases to run out."""


@dataclass(frozen=True, order=True)
class Event:
    at: float  # seconds after the storm began
    what: str
    detail: float = 0


SPELLS: dict[str, tuple[float, float]] = {
    "postgres away": (1, 5),
    "redis away": (1, 10),
    "no scheduler": (5, 12),
    "two schedulers": (6, 15),
    "mail hangs": (3, 10),
    "mail away": (3, 10),
    "mail drops": (3, 10),
    "mail says later": (2, 6),
    "mail refuses us": (3, 10),
}
"""Units: seconds, shortest and longest."""
MAIL = "mail "
KILLS = ("kill child",) * 6 + ("kill parent",) * 2 + ("kill all",) * 2 + ("kill scheduler",)


def days() -> list[date]:
    """Every day on which something may be due."""
    return [
        first + timedelta(days=count) for first, last in SEASONS for count in range((last - first).days + 1)
    ]


def timetable(plan: Plan, dice: Random) -> list[Event]:
    """Every event of the storm in order. Spells of mail follow each other, others overlap with all but their own."""
    events = [Event(dice.uniform(0, plan.seconds), dice.choice(KILLS)) for _ in range(plan.kills)]
    events += [Event(dice.uniform(0, plan.seconds), "flush redis") for _ in range(plan.flushes)]
    events += clock_steps(plan, dice)
    mail = [kind for kind, count in plan.spells.items() if kind.startswith(MAIL) for _ in range(count)]
    dice.shuffle(mail)
    for kinds in [
        mail,
        *([kind] * count for kind, count in plan.spells.items() if not kind.startswith(MAIL)),
    ]:
        events += spells(kinds, plan, dice)
    return sorted(events)


def clock_steps(plan: Plan, dice: Random) -> Iterator[Event]:
    """Moments spread evenly over the storm; the clock never goes back."""
    stops = [datetime.combine(day, at, tzinfo=LONDON) for day in days() for at in STOPS]
    stops = [stop for stop in stops if stop > BEGINS]
    chosen = [*sorted(dice.sample(stops, plan.clock_steps - 1)), ENDS]
    for number, stop in enumerate(chosen, start=1):
        yield Event(plan.seconds * number / (len(chosen) + 0.5), "clock", stop.timestamp())


def spells(kinds: Sequence[str], plan: Plan, dice: Random) -> Iterator[Event]:
    """One after the other, each somewhere in its own part of the storm."""
    part = plan.seconds / max(len(kinds), 1)
    for number, kind in enumerate(kinds):
        length = min(dice.uniform(*SPELLS[kind]), part * 0.8, plan.spells_at_most)
        begins = number * part + dice.uniform(0, part - length)
        yield Event(begins, kind)
        yield Event(begins + length, f"end of {kind}")

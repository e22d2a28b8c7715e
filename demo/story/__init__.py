"""Fifteen invented children over three months, told by calling the same services that people use."""

from dataclasses import replace

from demo.story.children import CHILDREN, FIRST
from demo.story.days import Days
from demo.story.office import OFFICE
from demo.story.referring import Accept, Refer
from demo.story.stage import Child, Stage, play
from demo.story.working import Lead, Note, ShareIt
from demo.world import World
from foundation.base import clock, references
from foundation.deadlines.working_days import Calendar

SEED = 2026
IN_SHORT = (Refer, Accept, Lead, ShareIt, Note)


def tell(world: World, *, is_short: bool = False) -> None:
    """Everything that happened before now. Raises what the services raise: a story they refuse is wrong.

    Short: the first three children, without actions, reviews, reminders and the plan. For tests that load
    it often.
    """
    now = clock.now()
    stage = Stage(world, Days(now, Calendar.in_use()), sweeps=not is_short)
    with references.seeded(SEED):
        if is_short:
            play(stage, [in_short(child) for child in FIRST], (), until=now)
        else:
            play(stage, CHILDREN, OFFICE, until=now)


def in_short(child: Child) -> Child:
    return replace(child, events=[event for event in child.events if isinstance(event, IN_SHORT)])

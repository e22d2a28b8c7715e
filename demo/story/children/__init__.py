"""The children of the story, each in a few words of their own. All are invented."""

from collections.abc import Sequence

from demo.story.children.asha import ASHA
from demo.story.children.elsewhere import DEVAN, OTTILIE
from demo.story.children.jamie import JAMIE
from demo.story.children.luca import LUCA
from demo.story.children.mina import MINA
from demo.story.children.reuben import REUBEN
from demo.story.children.tam import TAM
from demo.story.children.waiting import ARON, BEA, EDIE, JOSS, NELL, NOAH, SAMI
from demo.story.stage import Child

FIRST: Sequence[Child] = (JAMIE, TAM, NOAH)
"""One whose case has come a long way, one whose case is new, one who waits."""
CHILDREN: Sequence[Child] = (
    *FIRST,
    ASHA,
    LUCA,
    MINA,
    REUBEN,
    OTTILIE,
    DEVAN,
    JOSS,
    EDIE,
    SAMI,
    NELL,
    ARON,
    BEA,
)

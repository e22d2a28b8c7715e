"""What must be the same whenever the demo is loaded."""

from collections import Counter
from typing import Any

from actionplan.models import Proposal
from cases.plans.models import AgreedAction
from cases.records.models import Case
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.deadlines.models import Deadline
from referrals.models import Progress
from reviews.models import Meeting


def counted(rows: Any, *names: str) -> dict[Any, int]:
    return dict(Counter(rows.order_by().values_list(*names, flat=len(names) == 1)))


def shape() -> dict[str, Any]:
    today = clock.today()
    with as_owner():
        return {
            "referrals": sorted(Progress.objects.values_list("reference", "status")),
            "cases": sorted(Case.objects.values_list("reference", flat=True)),
            "reviews": sorted(Meeting.objects.values_list("reference", "status")),
            "deadlines": counted(Deadline.objects, "kind", "state"),
            "outcomes": counted(AgreedAction.objects, "outcome"),
            "late": AgreedAction.objects.filter(outcome="", due_on__lt=today).count(),
            "due today": AgreedAction.objects.filter(outcome="", due_on=today).count(),
            "ratings": counted(Proposal.objects, "rating"),
        }


SHAPE: dict[str, Any] = {
    "referrals": [
        ("R-2ZTK-TD8G", "accepted"),
        ("R-3VMT-5VQH", "accepted"),
        ("R-4WD4-NNCC", "accepted"),
        ("R-5DMM-R59Q", "accepted"),
        ("R-8BVK-JMXZ", "accepted"),
        ("R-DJY5-JVVY", "declined"),
        ("R-F62D-TPPX", "sent"),
        ("R-H6J2-42JP", "sent"),
        ("R-KGMB-HPKM", "accepted"),
        ("R-MBJ7-HZWK", "sent"),
        ("R-NZ4Q-Y895", "asked"),
        ("R-TKVN-BNGT", "accepted"),
        ("R-XXKX-XPJ9", "accepted"),
    ],
    "cases": [
        "C-2Q45-CZ5J",
        "C-BFFY-GWMR",
        "C-CNYR-MVKY",
        "C-J6RV-VPC2",
        "C-K6K9-5RVJ",
        "C-KYHN-T3ZC",
        "C-MY2P-9X6Z",
        "C-QNHY-PNZW",
    ],
    "reviews": [
        ("M-6RQJ-YMKF", "planned"),
        ("M-GH8C-ZB23", "planned"),
        ("M-NK5H-MYXQ", "cancelled"),
        ("M-VFFJ-H4GP", "held"),
    ],
    "deadlines": {
        ("agreed_action", "cancelled"): 2,
        ("agreed_action", "met"): 8,
        ("agreed_action", "open"): 19,
        ("proposal", "open"): 3,
        ("referral_decision", "met"): 9,
        ("referral_decision", "open"): 4,
    },
    "outcomes": {"": 19, "done": 8, "no_longer_possible": 1, "not_done": 1},
    "late": 5,
    "due today": 5,
    "ratings": {"not_rated": 16, "on_track": 2, "at_risk": 2, "off_track": 2, "complete": 1},
}

"""What the lists of referrals offer. They are short, one team's or one hub's: their orders need no index."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from foundation.accounts.models import Agency
from foundation.base import clock
from foundation.vocabulary.models import Term
from foundation.web.lists import Filters, ListOf, Sort, one_of
from referrals.models import OPEN, Referral, Status

MINE, COLLEAGUES = "me", "colleagues"
LATE, TODAY, LATER = "late", "today", "later"
DECIDED, NOT_SAFE = "decided", "not-safe"
DUE = [(LATE, "Late"), (TODAY, "Today"), (LATER, "Later")]


class ReferralFilters(Filters):
    """Shared: what the words say is asked of those referrals alone whose words the viewer may read."""

    def words(self) -> Any:
        return Referral.objects.visible_to(self.viewer).filter(pk=OuterRef("pk"))

    def offer_harms(self) -> None:
        self.offer("harm", Term.objects.of("harm_type").choices())

    def by_harm(self, rows: Any, code: str) -> Any:
        return rows.filter(Exists(self.words().filter(harm_types__contains=[code])))

    def by_due(self, rows: Any, when: str) -> Any:
        """The day by which a decision is due, of those that still wait for one."""
        today = clock.today()
        days = {
            LATE: {"decide_by__lt": today},
            TODAY: {"decide_by": today},
            LATER: {"decide_by__gte": today + timedelta(days=1)},
        }
        return rows.filter(status__in=OPEN, **days[when])


class SentFilters(ReferralFilters):
    status = one_of("Status", Status.choices)
    by = one_of("Sent by", [(MINE, "You"), (COLLEAGUES, "Colleagues in your team")], anything="Anyone")
    due = one_of("Decision due", DUE)
    harm = one_of("Kind of harm", [])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_harms()
        self.fields["harm"].help_text = "Looks only at what you wrote"

    def by_status(self, rows: Any, status: str) -> Any:
        return rows.filter(status=status)

    def by_by(self, rows: Any, who: str) -> Any:
        mine = Exists(self.words().filter(author=self.viewer))
        return rows.filter(mine if who == MINE else ~mine)


class TrayFilters(ReferralFilters):
    status = one_of(
        "Status",
        [(Status.SENT, Status.SENT.label), (Status.ASKED, Status.ASKED.label), (DECIDED, "Decided")],
        anything="Not decided yet",
    )
    due = one_of("Decision due", DUE)
    harm = one_of("Kind of harm", [])
    safe = one_of("Child safe now", [(NOT_SAFE, "Said not to be safe")])
    agency = one_of("Sent by", [], anything="Any agency")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_harms()
        partnerships = {team.agency.partnership_id for team in self.viewer.teams}
        agencies = Agency.objects.filter(partnership__in=partnerships)
        self.offer("agency", [(str(agency.pk), agency.name) for agency in agencies])

    def narrowed(self, rows: Any) -> Any:
        """An in-tray holds what waits, unless something else is asked for."""
        rows = super().narrowed(rows)
        return rows if "status" in self.chosen else rows.undecided()

    def by_status(self, rows: Any, status: str) -> Any:
        return rows.exclude(status__in=OPEN) if status == DECIDED else rows.filter(status=status)

    def by_safe(self, rows: Any, what: str) -> Any:
        return rows.filter(Exists(self.words().filter(is_safe_now=False)))

    def by_agency(self, rows: Any, agency_id: str) -> Any:
        return rows.filter(team__agency=int(agency_id))


SENT = ListOf(
    name="referrals",
    title="Referrals",
    url_name="referrals:list",
    filters=SentFilters,
    sorts=(
        Sort("sent", ("-sent_at", "-pk"), "Sent"),
        Sort("due", ("decide_by", "sent_at", "pk"), "Decision by"),
    ),
)
IN_TRAY = ListOf(
    name="in-tray",
    title="In-tray",
    url_name="referrals:in-tray",
    filters=TrayFilters,
    sorts=(
        Sort("urgent", ("-is_in_danger", "decide_by", "sent_at", "pk"), "Most urgent"),
        Sort("due", ("decide_by", "sent_at", "pk"), "Decide by"),
        Sort("sent", ("-sent_at", "-pk"), "Sent"),
    ),
)

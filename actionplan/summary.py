"""What the page says of a plan as a whole, in numbers and in sentences."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from actionplan.lateness import in_days
from actionplan.models import Proposal, Rating

DEFINITIONS = {
    Rating.OFF_TRACK: "It will not be done in time, or it is more than a month late.",
    Rating.AT_RISK: "Something stands in the way, or it is up to a month late.",
    Rating.ON_TRACK: "It is going as planned, has a lead and has a date.",
    Rating.COMPLETE: "It is done, and there is evidence that it is.",
    Rating.NOT_RATED: "Nobody has said how it is going, or it has no lead or no date to hold it to.",
}


@dataclass(frozen=True)
class Summary:
    """Counts over the proposals of one plan. A rating is counted by `Proposal.status`."""

    total: int
    without_lead: int
    without_date: int
    without_both: int
    rated_too_soon: int
    late: int
    longest_late: int
    by_status: dict[Rating, int]

    @classmethod
    def of(cls, proposals: Iterable[Proposal], on: date) -> "Summary":
        each = list(proposals)
        counted = Counter(proposal.status for proposal in each)
        return cls(
            total=len(each),
            without_lead=sum(not p.has_lead for p in each),
            without_date=sum(p.by_when is None for p in each),
            without_both=sum(not p.has_lead and p.by_when is None for p in each),
            rated_too_soon=sum(p.is_rated_too_soon for p in each),
            late=sum(p.days_late(on) > 0 for p in each),
            longest_late=max((p.days_late(on) for p in each), default=0),
            by_status={rating: counted[rating] for rating in Rating},
        )

    @property
    def sentences(self) -> list[str]:
        """The first says what is missing; the others are there only where they are true of a proposal."""
        said = [self.gaps, *self.counts]
        if self.rated_too_soon:
            those = counted(self.rated_too_soon, "proposal was", "proposals were")
            they = "it counts" if self.rated_too_soon == 1 else "they count"
            said.append(
                f"{those} called on track or complete without a lead or a date, so {they} as not rated."
            )
        if self.late:
            by = f"{'by' if self.late == 1 else 'the longest by'} {in_days(self.longest_late)}"
            said.append(f"{counted(self.late, 'proposal is', 'proposals are')} late, {by}.")
        if self.total > 1 and self.without_date == self.total:
            said.append("None can be called late, because none has a date.")
        return said

    @property
    def counts(self) -> list[str]:
        """How those stand that are rated: the worst first."""
        rated = {r: n for r, n in self.by_status.items() if n and r != Rating.NOT_RATED}
        if not rated:
            return []
        if self.total == 1:
            return [f"It is {next(iter(rated)).label.lower()}."]
        parts = [f"{counted(number, 'is', 'are')} {rating.label.lower()}" for rating, number in rated.items()]
        sentence = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
        return [f"Of those rated, {sentence}." if self.by_status[Rating.NOT_RATED] else f"{sentence}."]

    @property
    def gaps(self) -> str:
        if not self.total:
            return "This plan has no proposals yet."
        if self.total == 1:
            return f"The only proposal {self.gaps_of_one}, and {self.rating_of_one}."
        clauses = [*self.clauses_on_lead_and_date, self.clause_on_rating]
        sentence = ", ".join(clauses[:-1]) + f", and {clauses[-1]}."
        return sentence[0].upper() + sentence[1:]

    @property
    def gaps_of_one(self) -> str:
        lead, day = "no lead" if self.without_lead else "a lead", "no date" if self.without_date else "a date"
        return f"has {lead} {'and' if self.without_lead == self.without_date else 'but'} {day}"

    @property
    def rating_of_one(self) -> str:
        if self.rated_too_soon:
            return "counts as not rated"
        return "has not been rated" if self.by_status[Rating.NOT_RATED] else "has been rated"

    @property
    def clauses_on_lead_and_date(self) -> list[str]:
        if self.without_lead == self.without_date == self.without_both:
            if not self.without_both:
                return ["every proposal has a lead and a date"]
            return [f"{self.out_of_all(self.without_both)} no lead and no date"]
        on_lead = (
            f"{self.out_of_all(self.without_lead)} no lead"
            if self.without_lead
            else "every proposal has a lead"
        )
        on_date = (
            f"{counted(self.without_date, 'has', 'have')} no date" if self.without_date else "all have a date"
        )
        return [on_lead, on_date]

    @property
    def clause_on_rating(self) -> str:
        unrated = self.by_status[Rating.NOT_RATED]
        if unrated == self.total:
            return "none counts as rated" if self.rated_too_soon else "none has been rated"
        if not unrated:
            return "all have been rated"
        if self.rated_too_soon:
            return counted(unrated, "counts as not rated", "count as not rated")
        return counted(unrated, "has not been rated", "have not been rated")

    def out_of_all(self, some: int) -> str:
        return f"{some} of {self.total} proposals {'has' if some == 1 else 'have'}"


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"

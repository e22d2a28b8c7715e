"""What a passed date says: by how many days, and what the definitions call that. It sets nothing."""

import calendar
from datetime import date

from actionplan.models import Proposal, Rating


def late_by(proposal: Proposal, today: date) -> str:
    """Such as "41 days late"; empty where it is not late."""
    days = proposal.days_late(today)
    return f"{in_days(days)} late" if days else ""


def in_days(days: int) -> str:
    return f"{days} {'day' if days == 1 else 'days'}"


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def suggested(proposal: Proposal, today: date) -> list[Rating]:
    """What the definitions call a proposal that is past its date. Empty where the date says nothing.

    Units: calendar months. Source: `summary.DEFINITIONS` (up to a month late, more than a month late).
    """
    if not proposal.days_late(today) or proposal.by_when is None:
        return []
    is_long = today > a_month_after(proposal.by_when)
    return [Rating.OFF_TRACK] if is_long else [Rating.AT_RISK, Rating.OFF_TRACK]


def suggestion(proposal: Proposal, today: date) -> str:
    """A sentence where people have said something else than the date does, or nothing."""
    fitting = suggested(proposal, today)
    if not fitting or proposal.status in fitting:
        return ""
    called = " or ".join(str(rating.label) for rating in fitting)
    return f"It is {in_days(proposal.days_late(today))} past its date: by the definitions that is {called}."

"""What counts as on track, what is late, and what the summary says in every mix."""

from datetime import date, timedelta

import pytest

from actionplan.models import Lifecycle, Proposal, Rating
from actionplan.summary import DEFINITIONS, Summary
from tests.actionplan.plans import proposal

TODAY = date(2026, 11, 20)
ONE_TOO_SOON = (
    "1 proposal was called on track or complete without a lead or a date, so it counts as not rated."
)
NONE_DATED = "None can be called late, because none has a date."
TWO_TOO_SOON = (
    "2 proposals were called on track or complete without a lead or a date, so they count as not rated."
)
LATER = TODAY + timedelta(days=30)
BARE = proposal()
LED = proposal(lead="Harbour office")
DATED = proposal(by_when=LATER)
FULL = proposal(lead="Harbour office", by_when=LATER)
ON_TRACK = proposal(lead="Harbour office", by_when=LATER, rating=Rating.ON_TRACK)
TOO_SOON = proposal(rating=Rating.ON_TRACK)
LATE = proposal(lead="Harbour office", by_when=TODAY - timedelta(days=1), rating=Rating.OFF_TRACK)


@pytest.mark.parametrize("rating", Rating)
@pytest.mark.parametrize("lead", ["", "  ", "Harbour office"])
@pytest.mark.parametrize("by_when", [None, LATER])
def test_good_news_needs_a_lead_and_a_date_and_bad_news_does_not(
    rating: Rating, lead: str, by_when: date | None
) -> None:
    each = proposal(lead=lead, by_when=by_when, rating=rating)

    may_be_good = bool(lead.strip()) and by_when is not None
    expected = rating if may_be_good or rating in {Rating.OFF_TRACK, Rating.AT_RISK} else Rating.NOT_RATED
    assert each.status == expected


def test_a_new_proposal_is_not_rated_and_nobody_claims_to_know_how_far_it_is() -> None:
    assert (Proposal().rating, Proposal().lifecycle) == (Rating.NOT_RATED, Lifecycle.NOT_KNOWN)


@pytest.mark.parametrize(
    ("days_ago", "rating", "lifecycle", "late"),
    [
        (1, Rating.ON_TRACK, Lifecycle.IN_PROGRESS, 1),
        (41, Rating.NOT_RATED, Lifecycle.NOT_KNOWN, 41),
        (0, Rating.NOT_RATED, Lifecycle.NOT_KNOWN, 0),
        (-1, Rating.NOT_RATED, Lifecycle.NOT_KNOWN, 0),
        (41, Rating.COMPLETE, Lifecycle.NOT_KNOWN, 0),
        (41, Rating.OFF_TRACK, Lifecycle.COMPLETE, 0),
        (41, Rating.OFF_TRACK, Lifecycle.SUPERSEDED, 0),
        (41, Rating.OFF_TRACK, Lifecycle.SUSPENDED, 41),
    ],
)
def test_days_late(days_ago: int, rating: Rating, lifecycle: Lifecycle, late: int) -> None:
    each = proposal(lead="Harbour office", by_when=TODAY - timedelta(days=days_ago), rating=rating)
    each.lifecycle = lifecycle

    assert each.days_late(TODAY) == late


def test_complete_without_a_lead_does_not_end_lateness() -> None:
    assert proposal(by_when=TODAY - timedelta(days=3), rating=Rating.COMPLETE).days_late(TODAY) == 3


@pytest.mark.parametrize(
    ("proposals", "sentences"),
    [
        ([], ["This plan has no proposals yet."]),
        ([BARE] * 23, ["23 of 23 proposals have no lead and no date, and none has been rated.", NONE_DATED]),
        ([BARE], ["The only proposal has no lead and no date, and has not been rated."]),
        ([LED], ["The only proposal has a lead but no date, and has not been rated."]),
        ([DATED], ["The only proposal has no lead but a date, and has not been rated."]),
        ([ON_TRACK], ["The only proposal has a lead and a date, and has been rated.", "It is on track."]),
        ([FULL, FULL], ["Every proposal has a lead and a date, and none has been rated."]),
        (
            [ON_TRACK, ON_TRACK],
            ["Every proposal has a lead and a date, and all have been rated.", "2 are on track."],
        ),
        (
            [ON_TRACK, BARE],
            [
                "1 of 2 proposals has no lead and no date, and 1 has not been rated.",
                "Of those rated, 1 is on track.",
            ],
        ),
        (
            [ON_TRACK, BARE, BARE],
            [
                "2 of 3 proposals have no lead and no date, and 2 have not been rated.",
                "Of those rated, 1 is on track.",
            ],
        ),
        (
            [BARE, LED, ON_TRACK],
            [
                "1 of 3 proposals has no lead, 2 have no date, and 2 have not been rated.",
                "Of those rated, 1 is on track.",
            ],
        ),
        ([LED, DATED], ["1 of 2 proposals has no lead, 1 has no date, and none has been rated."]),
        ([LED, FULL, FULL], ["Every proposal has a lead, 1 has no date, and none has been rated."]),
        ([DATED, DATED, FULL], ["2 of 3 proposals have no lead, all have a date, and none has been rated."]),
        (
            [TOO_SOON],
            [
                "The only proposal has no lead and no date, and counts as not rated.",
                ONE_TOO_SOON,
            ],
        ),
        (
            [TOO_SOON, TOO_SOON],
            [
                "2 of 2 proposals have no lead and no date, and none counts as rated.",
                TWO_TOO_SOON,
                NONE_DATED,
            ],
        ),
        (
            [TOO_SOON, ON_TRACK],
            [
                "1 of 2 proposals has no lead and no date, and 1 counts as not rated.",
                "Of those rated, 1 is on track.",
                ONE_TOO_SOON,
            ],
        ),
        (
            [LATE, LATE],
            [
                "Every proposal has a lead and a date, and all have been rated.",
                "2 are off track.",
                "2 proposals are late, the longest by 1 day.",
            ],
        ),
        (
            [LATE, ON_TRACK],
            [
                "Every proposal has a lead and a date, and all have been rated.",
                "1 is off track and 1 is on track.",
                "1 proposal is late, by 1 day.",
            ],
        ),
    ],
)
def test_the_sentences_are_true_and_grammatical(proposals: list[Proposal], sentences: list[str]) -> None:
    assert Summary.of(proposals, TODAY).sentences == sentences


def test_every_proposal_is_counted_under_one_status() -> None:
    summary = Summary.of([BARE, TOO_SOON, ON_TRACK, LATE], TODAY)

    assert summary.by_status == {
        Rating.OFF_TRACK: 1,
        Rating.AT_RISK: 0,
        Rating.ON_TRACK: 1,
        Rating.COMPLETE: 0,
        Rating.NOT_RATED: 2,
    }


def test_every_status_is_explained() -> None:
    assert set(DEFINITIONS) == set(Rating)

"""What the story holds: children in believable states, deadlines met and missed, mail that names nobody."""

import re
from datetime import timedelta

from actionplan.models import Proposal, Rating
from cases.chronology.models import Entry, Tone
from cases.people.models import Person
from cases.plans.models import ActionStep, AgreedAction, Outcome, What
from cases.records.models import Case, Exclusion, Share
from demo.models import SentMail
from foundation.accounts.models import Absence, User
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.deadlines.models import Deadline, Notice, State
from referrals.models import Move, Progress, Referral, Status
from reviews.models import Decision, Meeting
from reviews.models import Status as ReviewStatus
from tests.demo.loading import LOADED_AT
from tests.demo.shape import SHAPE, counted, shape


def test_fifteen_children_over_three_months(loaded: str) -> None:
    with as_owner():
        assert Referral.objects.count() == 15
        assert len(set(Referral.objects.values_list("child_name", flat=True))) == 15
        assert Person.objects.count() == Case.objects.count() == 8
        assert counted(Case.objects, "area__name") == {
            "Bristol": 6,
            "North Somerset": 1,
            "South Gloucestershire": 1,
        }
        first = Progress.objects.earliest("sent_at").sent_at
    assert 85 <= (LOADED_AT - first).days <= 100


def test_referrals_are_in_every_state(loaded: str) -> None:
    with as_owner():
        assert Referral.objects.filter(sent_at=None).count() == 2
        assert counted(Progress.objects, "status") == {
            Status.ACCEPTED: 8,
            Status.SENT: 3,
            Status.ASKED: 1,
            Status.DECLINED: 1,
        }
        late = Progress.objects.filter(status=Status.SENT, decide_by__lt=clock.today())
        assert [progress.referral.child_name for progress in late] == ["Joss Linden"]
        answered = Move.objects.filter(before=Status.ASKED, after=Status.SENT)
        assert [move.referral.child_name for move in answered] == ["Sami Orrin"]


def test_cases_have_different_leads_and_rich_chronologies(loaded: str) -> None:
    with as_owner():
        leads = set(Case.objects.values_list("lead_professional__email", flat=True))
        entries = [
            Entry.objects.filter(parts__case=case, tone__in=[Tone.WORRY, Tone.STRENGTH])
            for case in Case.objects.all()
        ]
        assert len(leads) >= 6
        for of_case in entries:
            assert {Tone.WORRY, Tone.STRENGTH} <= set(of_case.values_list("tone", flat=True))
            assert any(" says: " in entry.parts.get().text for entry in of_case)


def test_shares_differ_in_sections_verbs_people_and_length(loaded: str) -> None:
    with as_owner():
        shares = Share.objects.all()
        assert shares.exclude(sections=[]).count() >= 5
        assert shares.filter(verb="view").exists()
        assert shares.filter(user__email="disruption@demo.example").count() == 2
        assert shares.filter(ended_at__isnull=False).count() == 1
        soon = shares.live().filter(expires_at__lt=clock.now() + timedelta(days=12))
        assert soon.count() == 1
        assert shares.filter(family_told=False).exclude(not_told_because="").exists()
        assert Exclusion.objects.get().user.email == "disruption@demo.example"


def test_actions_are_done_no_longer_possible_not_done_late_due_today_and_coming(loaded: str) -> None:
    today = clock.today()
    with as_owner():
        actions = AgreedAction.objects.all()
        assert set(actions.values_list("outcome", flat=True)) == {*Outcome, ""}
        days = [
            (due_on - today).days for due_on in actions.filter(outcome="").values_list("due_on", flat=True)
        ]
        assert sum(day < 0 for day in days) >= 4
        assert days.count(0) >= 3
        assert sum(3 <= day <= 10 for day in days) >= 3
        assert ActionStep.objects.filter(what=What.HANDED_OVER).exists()
        assert len(set(actions.filter(outcome="").values_list("owner"))) >= 12


def test_a_review_was_held_one_was_cancelled_and_two_are_coming(loaded: str) -> None:
    with as_owner():
        assert counted(Meeting.objects, "status") == {
            ReviewStatus.HELD: 1,
            ReviewStatus.CANCELLED: 1,
            ReviewStatus.PLANNED: 2,
        }
        assert all(m.held_on > clock.today() for m in Meeting.objects.filter(status=ReviewStatus.PLANNED))
        decision = Decision.objects.get()
        assert AgreedAction.objects.filter(source_id=decision.pk).count() == 3


def test_some_deadlines_were_met_in_time_and_some_were_missed(loaded: str) -> None:
    with as_owner():
        met = Deadline.objects.filter(state=State.MET)
        in_time = [each.settled_at <= each.due_at for each in met if each.settled_at]
        assert in_time.count(True) > in_time.count(False) >= 1
        assert sum(each.is_late for each in Deadline.objects.open()) >= 5
        assert Deadline.objects.filter(state=State.CANCELLED).count() == 2
        assert not Deadline.objects.exclude(stuck_because="").exists()


def test_reminders_reached_owners_a_first_rung_managers_a_second_one_the_hub(loaded: str) -> None:
    with as_owner():
        told = counted(Notice.objects, "kind", "step", "slot")
        assert told["agreed_action", "reminder-first", "owner"] >= 15
        assert told["agreed_action", "rung-first", "team manager"] >= 4
        assert told["referral_decision", "rung-first", "team manager"] >= 1
        assert told["referral_decision", "rung-second", "hub manager"] >= 1
        assert told["referral_decision", "rung-second", "hub inbox"] >= 1
        assert not Notice.objects.undelivered().exists()
        assert not Notice.objects.exclude(failure="").exists()


def test_most_notices_are_read_and_the_latest_are_not(loaded: str) -> None:
    with as_owner():
        read, unread = Notice.objects.exclude(read_at=None), Notice.objects.filter(read_at=None)
        assert read.count() > 3 * unread.count() > 0
        to_people = unread.filter(recipient__isnull=False)
        assert min(notice.told_at for notice in to_people) > LOADED_AT - timedelta(days=8)


def test_a_manager_was_away_and_her_deputy_heard(loaded: str) -> None:
    with as_owner():
        assert counted(Absence.objects, "user__email", "deputy__email") == {
            ("hub.manager@demo.example", "chair@demo.example"): 1,
            ("manager@demo.example", "social.worker@demo.example"): 1,
        }
        heard = Notice.objects.get(instead_of="the team manager is away")
        assert heard.recipient is not None
        assert heard.recipient.email == "chair@demo.example"


def test_the_mail_reached_managers_and_inboxes(loaded: str) -> None:
    to = set(SentMail.objects.values_list("to", flat=True))
    assert {"manager@demo.example", "hub.manager@demo.example", "hub@duty.example"} <= to


def test_no_mail_holds_the_name_of_anybody(loaded: str) -> None:
    with as_owner():
        names = {
            *Referral.objects.values_list("child_name", flat=True),
            *User.objects.values_list("name", flat=True),
        }
        known_as = set(Referral.objects.exclude(child_known_as="").values_list("child_known_as", flat=True))
    words = {word for name in names | known_as for word in name.split()}
    assert len(words) > 60
    for mail in SentMail.objects.all():
        assert not words & set(re.findall(r"\w+", f"{mail.subject} {mail.text}"))


def test_the_plan_has_a_few_leads_and_every_status_and_most_proposals_have_neither_lead_nor_date(
    loaded: str,
) -> None:
    with as_owner():
        proposals = list(Proposal.objects.select_related("lead_user"))
        empty = [each for each in proposals if not each.has_lead and not each.by_when]
        assert len(empty) == 15
        assert {each.status for each in proposals} == set(Rating)
        late = [each.number for each in proposals if each.days_late(clock.today())]
        assert late == [14]
        assert all(each.updates.exists() for each in proposals if each.rating != Rating.NOT_RATED)


def test_references_and_states_are_the_same_in_every_load(loaded: str) -> None:
    assert shape() == SHAPE

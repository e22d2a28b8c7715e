"""An address for every route, over the demo's data and what is added here to show each state once."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from actionplan import services as plans
from actionplan.models import ActionPlan, Rating
from actionplan.services import PlanRow
from cases.records.lists import CASES
from cases.records.models import Case
from demo.accounts import ACCOUNTS, PARTNERSHIP
from foundation.accounts.models import Partnership, Team, User
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from foundation.web.models import SavedView
from foundation.web.services import save_view
from referrals import services as referrals
from referrals.models import Progress, Status
from tests.actionplan.plans import update
from tests.reviews import scenes as reviews

WITHOUT_ID = frozenset(
    {
        "accounts:away",
        "deadlines:due",
        "deadlines:notices",
        "demo:outbox",
        "web:my-work",
        "web:find",
        "web:help",
        "web:save-view",
        "api:docs",
        "account_login",
        "account_logout",
        "referrals:list",
        "referrals:new",
        "referrals:in-tray",
        "cases:list",
        "actionplan:list",
        "people-and-teams",
        "vocabulary:words",
        "vocabulary:limits",
        "deadlines:holidays",
        "deadlines:add-holiday",
    }
)
OF_A_REFERRAL = frozenset(
    f"referrals:{name}" for name in ("detail", "edit", "check", "sent", "answer", "accept", "decline", "ask")
)
OF_A_CASE = frozenset({"cases:detail", "chronology:add-entry"})
OF_A_VIEW = frozenset({"web:delete-view"})
OF_A_PLAN = frozenset({"actionplan:plan", "actionplan:proposal", "actionplan:update"})
OF_WORDS = frozenset({"vocabulary:list", "vocabulary:add", "vocabulary:term", "vocabulary:limit"})
ROUTES = reviews.ROUTES | OF_WORDS | OF_A_VIEW | WITHOUT_ID | OF_A_REFERRAL | OF_A_CASE | OF_A_PLAN

SEE_MOST = ("coordinator", "chair", "social.worker", "school.lead", "plan.lead", "executive", "admin")
LIKE_ANOTHER = frozenset({"police", "youth.worker", "voluntary", "north.somerset", "south.glos"})
"""Demo accounts that see what another account of their role sees."""

WORDS: dict[str, Any] = {
    "child_known_as": "",
    "child_born_on": None,
    "child_school": "",
    "concern": "A cut on the hand and a new phone.\n\nTwo older boys waited at the gate.",
    "happened_on": None,
    "harm_types": ["criminal_exploitation"],
    "is_safe_now": None,
    "others_at_risk": "",
    "child_says": "",
    "family_told": False,
    "told_what": "",
}


NARROWED = ("?lead=mine", "?lead=none&sort=-opened", "?lead=nobody", "?page=lost")
"""The list of cases with filters in use, in another order, with a filter nobody offers, at a place that is lost."""


def user_of(account: str) -> User:
    return User.objects.get(email=f"{account}@demo.example")


def those_who_see_most() -> list[User]:
    """A sample of everybody, by whom every route is seen at least once."""
    return [user_of(account) for account in SEE_MOST]


def everybody() -> list[User]:
    """Somebody of every role; of the practitioners one who refers, one with cases here and one with cases there."""
    chosen = [each for each in ACCOUNTS if each.account not in LIKE_ANOTHER]
    assert {each.role for each in chosen} == {each.role for each in ACCOUNTS}
    return [user_of(each.account) for each in chosen]


def draft(name: str) -> UUID:
    """A referral of the school lead that is not sent yet."""
    author = user_of("school.lead")
    team = Team.objects.get(group__user=author)
    with acting_as(author):
        words = {**WORDS, "child_name": name}
        kept = referrals.save_draft(draft_id=uuid4(), team=team, area=team.area, words=words, actor=author)
    return kept.pk


def sent(name: str) -> UUID:
    """A referral of the school lead that waits for a decision."""
    referral_id, author = draft(name), user_of("school.lead")
    with acting_as(author):
        referrals.send_referral(referral_id=referral_id, actor=author)
    return referral_id


def asked(name: str) -> UUID:
    """A referral about which the hub has asked something."""
    referral_id, hub = sent(name), user_of("coordinator")
    with acting_as(hub):
        referrals.ask_for_more(referral_id=referral_id, question="Which phone?", actor=hub)
    return referral_id


def declined(name: str) -> UUID:
    """A referral that was declined."""
    referral_id, hub = sent(name), user_of("coordinator")
    with acting_as(hub):
        referrals.decline(referral_id=referral_id, reason="Early help is with them.", actor=hub)
    return referral_id


def plan_with_every_status() -> ActionPlan:
    """The demo's plan once leads, dates, progress and ratings have come in; and a second plan without proposals."""
    lead = user_of("plan.lead")
    with as_owner():
        plan = ActionPlan.objects.get()
    soon, late = clock.today() + timedelta(days=60), clock.today() - timedelta(days=45)
    told: list[tuple[Rating, str, Any]] = [
        (Rating.ON_TRACK, "Strategy team", soon),
        (Rating.AT_RISK, "Severnside Police", soon),
        (Rating.OFF_TRACK, "Bristol hub", late),
        (Rating.COMPLETE, "Hillcrest Academy", late),
        (Rating.ON_TRACK, "", None),
    ]
    rows = [
        PlanRow(
            number=n,
            text=f"Wording {n}, agreed later.",
            lead=who,
            by_when=day,
            progress="Begun.",
            rating=rating,
        )
        for n, (rating, who, day) in enumerate(told, start=1)
    ]
    with acting_as(lead):
        plans.import_rows(plan_name=plan.name, rows=rows, actor=lead)
        partnership = Partnership.objects.get(name=PARTNERSHIP)
        plans.load_plan(partnership=partnership, name="A second plan", themes=(), actor=lead)
    led = {"lead_user": user_of("chair"), "by_when": late, "corrective_step": "Two more mentors."}
    update(lead, 6, **led, rating=Rating.OFF_TRACK, reason="Nobody has begun.")
    return plan


def saved_view() -> SavedView:
    """A view of the list of cases that the social worker has named."""
    worker = user_of("social.worker")
    with acting_as(worker):
        return save_view(of=CASES, name="My own", query="lead=mine", actor=worker)


def arranged() -> dict[str, list[str]]:
    """Every route, with an address for each state its page can be in."""
    with as_owner():
        waiting = Progress.objects.filter(status=Status.SENT).latest("sent_at").pk
        accepted = Progress.objects.filter(status=Status.ACCEPTED).earliest("sent_at").pk
        cases = list(Case.objects.order_by("opened_at"))
    unsent, open_question, refused = draft("Robin Fable"), asked("Kit Marrow"), declined("Lou Penny")
    plan, view = plan_with_every_status(), saved_view().pk
    with as_owner():
        every_plan = list(ActionPlan.objects.all())
        proposals = [plan.proposals.get(number=number) for number in (1, 3, 5, 6, 23)]

    def of(name: str, *ids: Any) -> list[str]:
        return [reverse(name, args=each if isinstance(each, tuple) else (each,)) for each in ids]

    return {
        **{name: [reverse(name)] for name in WITHOUT_ID},
        **reviews.arranged(cases),
        "web:find": [f"/find/{query}" for query in ("", "?q=", "?q=carrow", "?q=tam", "?q=nobody+here")],
        "web:save-view": ["/views/save/?of=cases&lead=mine", "/views/save/?of=in-tray&sort=sent"],
        "web:delete-view": of("web:delete-view", view),
        "cases:list": [f"/cases/{query}" for query in ("", *NARROWED)],
        "referrals:list": [
            f"/referrals/{query}" for query in ("", "?by=me&harm=missing", "?due=late&sort=due")
        ],
        "referrals:in-tray": [
            f"/referrals/in-tray/{query}" for query in ("", "?safe=not-safe", "?sort=-due")
        ],
        "referrals:detail": of("referrals:detail", waiting, accepted, open_question, refused),
        "referrals:edit": of("referrals:edit", unsent),
        "referrals:check": of("referrals:check", unsent),
        "referrals:sent": of("referrals:sent", waiting),
        "referrals:answer": of("referrals:answer", open_question),
        **{name: of(name, waiting) for name in ("referrals:accept", "referrals:decline", "referrals:ask")},
        **{name: of(name, *(case.pk for case in cases)) for name in OF_A_CASE},
        "vocabulary:list": of("vocabulary:list", "harm_type", "place_kind", "tier", "ward"),
        "vocabulary:add": of("vocabulary:add", "place_kind", "tier", "harm_type"),
        "vocabulary:term": of("vocabulary:term", ("harm_type", "missing"), ("lawful_basis", "public_task")),
        "vocabulary:limit": of("vocabulary:limit", "referral_decision"),
        "actionplan:plan": of("actionplan:plan", *(each.pk for each in every_plan)),
        **{
            name: of(name, *((plan.pk, each.pk) for each in proposals))
            for name in ("actionplan:proposal", "actionplan:update")
        },
    }

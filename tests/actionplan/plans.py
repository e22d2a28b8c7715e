"""Plans for tests, in invented words and made by the real services."""

import uuid
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from actionplan import services
from actionplan.models import ActionPlan, Lifecycle, Proposal, Rating
from actionplan.services import PlanRow, ProposalWords, Report, Terms, ThemeWords
from foundation.accounts import services as accounts
from foundation.accounts.models import Partnership, User
from foundation.accounts.roles import Role
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.factories import World, make_team, make_user

HEADING = "Theme,Proposal,Text,Lead officer/agency,By when,Progress,RAG Status"
NAME = "Tidy harbour plan"
THEMES = (
    ThemeWords(
        "Boats first",
        (
            ProposalWords(1, "Paint the boats", "Give each boat a coat of paint."),
            ProposalWords(2, "Mend the nets", "Look over every net."),
        ),
    ),
    ThemeWords("Then the quay", (ProposalWords(3, "Sweep the quay", "Keep the stones clean."),)),
)


def make_plan(world: World, *, name: str = NAME, themes: tuple[ThemeWords, ...] = THEMES) -> ActionPlan:
    with acting_as(world.plan_lead):
        return services.load_plan(
            partnership=world.partnership, name=name, themes=themes, actor=world.plan_lead
        )


def import_as(user: User, *rows: PlanRow, name: str = NAME) -> services.ImportResult:
    with acting_as(user):
        return services.import_rows(plan_name=name, rows=rows, actor=user)


def stored(number: int = 1) -> Proposal:
    """The proposal as it stands in the database, whoever may see it."""
    with as_owner():
        return Proposal.objects.select_related("plan__partnership", "lead_user").get(number=number)


TERMS = {"lead_user", "lead", "by_when"}


def update(actor: User, number: int = 1, **said: Any) -> Proposal:
    """What the page does: everything as it stands but for what is `said`.

    Terms are said where the actor is a plan lead, or where they are named. `seen_version` and `update_id` too.
    """
    proposal = stored(number)
    says_terms = Role.PLAN_LEAD in actor.roles or bool(TERMS & said.keys())
    chosen: dict[str, Any] = {"update_id": uuid.uuid4(), "seen_version": proposal.version} | {
        name: said.pop(name) for name in ("update_id", "seen_version") if name in said
    }
    now: dict[str, Any] = {name: getattr(proposal, name) for name in (*TERMS, "corrective_step", "progress")}
    now |= {
        "rating": Rating(proposal.rating),
        "lifecycle": Lifecycle(proposal.lifecycle),
        "reason": "",
    } | said
    terms = {name: now.pop(name) for name in TERMS}
    with acting_as(actor):
        return services.update_proposal(
            proposal_id=proposal.pk,
            report=Report(**now),
            terms=Terms(**terms) if says_terms else None,
            actor=actor,
            **chosen,
        )


def write_csv(folder: Path, *lines: str) -> Path:
    """A file with the strategy's columns and these rows under them."""
    file = folder / "plan.csv"
    file.write_text("\n".join([HEADING, *lines, ""]), encoding="utf-8")
    return file


def proposal(
    *, lead: str = "", by_when: date | None = None, rating: Rating = Rating.NOT_RATED, number: int = 1
) -> Proposal:
    """Not saved: for rules that look at one row."""
    return Proposal(number=number, title="Title", text="Text", lead=lead, by_when=by_when, rating=rating)


@dataclass
class Elsewhere:
    """A second partnership with somebody who keeps its plans."""

    partnership: Partnership
    plan_lead: User


def make_elsewhere() -> Elsewhere:
    with as_owner():
        partnership = Partnership.objects.create(name="Partnership elsewhere")
        area = accounts.add_area(partnership=partnership, name="Far shore")
        agency = accounts.add_agency(partnership=partnership, name="Far council", kind="social_care")
    team = make_team(agency, area, "Far office")
    return Elsewhere(partnership, make_user("Fay Ostler", team, Role.PLAN_LEAD))

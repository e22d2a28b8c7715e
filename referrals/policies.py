"""May a referral be written, sent, answered, decided? Sentences for people."""

from django.core.exceptions import PermissionDenied

from foundation.accounts.models import Team, User
from foundation.accounts.roles import REFERRERS, Role
from foundation.base.errors import RuleBroken
from referrals.models import MOVES, Progress, Referral, Status


def referring_teams(user: User) -> list[Team]:
    """The teams in whose name the user may refer."""
    return list({m.team_id: m.team for m in user.current_memberships if m.role in REFERRERS}.values())


def check_can_refer(user: User) -> None:
    """Raises PermissionDenied."""
    if not referring_teams(user):
        raise PermissionDenied(
            "Your role does not refer children here. If you are worried about a child, call the hub team "
            "of their area; in danger, call 999."
        )


def check_can_change_draft(user: User, referral: Referral) -> None:
    """Raises PermissionDenied for anyone but the author, RuleBroken once it is sent."""
    check_is_author(user, referral)
    if referral.sent_at is not None:
        raise RuleBroken("This referral has been sent, so its words can no longer be changed.")


def check_is_author(user: User, referral: Referral) -> None:
    """Raises PermissionDenied."""
    if referral.author_id != user.pk:
        raise PermissionDenied("Only the person who wrote this referral may do this.")


def decides_for(user: User) -> list[Team]:
    """The hub teams in which the user decides referrals."""
    return [team for team in user.teams if team.is_hub and user.has_role_in(Role.COORDINATOR, team)]


def check_can_decide(user: User, progress: Progress) -> None:
    """Raises PermissionDenied for anyone but a coordinator of the area's hub team."""
    if not any(team.area_id == progress.area_id for team in decides_for(user)):
        raise PermissionDenied("Only a coordinator of the area's hub team decides a referral.")


def check_can_move(progress: Progress, after: Status) -> None:
    """Raises RuleBroken where the transition table does not know the step."""
    if after not in MOVES[progress.status]:
        now = progress.get_status_display().lower()
        raise RuleBroken(f"This referral is already {now}. Open it again to see what was decided.")


def check_something_was_said(said: str) -> None:
    """Raises RuleBroken."""
    if not said.strip():
        raise RuleBroken("Say why, in words that the referrer can read.")

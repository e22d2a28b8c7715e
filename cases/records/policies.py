"""May a case be opened, shared, added to? Sentences for people; nothing is changed here."""

from django.core.exceptions import PermissionDenied

from cases.records.models import Case, Share
from foundation.access.decisions import check_may
from foundation.access.words import Section, Verb
from foundation.accounts.models import Agency, Area, User
from foundation.accounts.roles import Role
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.vocabulary.models import Term


def check_can_open_case(user: User, area: Area) -> None:
    """Raises PermissionDenied unless the user coordinates in the area's hub team."""
    if not any(
        t.is_hub and t.area_id == area.pk and user.has_role_in(Role.COORDINATOR, t) for t in user.teams
    ):
        raise PermissionDenied(f"Only a coordinator of the hub team for {area} opens a case there.")


def check_can_share(user: User, case: Case) -> None:
    """Raises PermissionDenied."""
    check_may(user, Verb.COORDINATE, case)


def check_can_contribute(user: User, case: Case, section: Section) -> None:
    """Raises PermissionDenied."""
    check_may(user, Verb.CONTRIBUTE, case, section)


def check_somebody_still_coordinates(case: Case, without: Share) -> None:
    """A case that nobody coordinates could never be shared again. Raises RuleBroken."""
    others = case.shares.live().filter(verb=Verb.COORDINATE).exclude(pk=without.pk)
    if without.verb == Verb.COORDINATE and not others.exists():
        raise RuleBroken("Somebody must still coordinate this case. Share it with them first.")


def check_can_lead(professional: User, agency: Agency, case: Case) -> None:
    """Raises RuleBroken for an account that has ended or an agency of another partnership."""
    if not professional.is_active or not professional.case_workplaces:
        raise RuleBroken(f"{professional} does not work on cases now.")
    if agency.partnership_id != case.area.partnership_id:
        raise RuleBroken("This agency belongs to another partnership.")


def check_share_is_complete(share: Share) -> None:
    """A share says why, on what basis, and whether the family was told. Raises RuleBroken.

    Source: DfE information-sharing advice 2024, golden rules 2 and 7 (tell the family where it is safe;
    record the reasons).
    """
    if (share.team is None) == (share.user is None):
        raise RuleBroken("A share is with one team or one person.")
    if share.user and not share.user.case_workplaces:
        raise RuleBroken(f"{share.user} does not work on cases, so no case can be shared with them.")
    if share.team and share.team.agency.partnership_id != share.case.area.partnership_id:
        raise RuleBroken("This team belongs to another partnership.")
    if share.verb == Verb.COORDINATE and share.sections:
        raise RuleBroken("Whoever coordinates a case sees all of it. Leave the sections out, or share less.")
    if not Term.objects.of("lawful_basis").in_use().filter(code=share.lawful_basis).exists():
        raise RuleBroken("Choose the lawful basis for the share.")
    if not share.purpose.strip():
        raise RuleBroken("Say what the share is for.")
    if share.family_told is False and not share.not_told_because.strip():
        raise RuleBroken("Say why the child or family was not told.")
    if share.expires_at is not None and share.expires_at <= clock.now():
        raise RuleBroken("A share cannot end in the past.")

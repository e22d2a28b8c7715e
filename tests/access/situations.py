"""Every way in which somebody may stand to a case, with what they then have of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from cases.records.models import Case, Exclusion, Share, TeamGrant, UserGrant
from cases.records.services import ShareTerms, end_share, exclude, share_case
from foundation.access.words import Section, Verb, Visibility
from foundation.accounts import services as accounts
from foundation.accounts.models import Team, User
from foundation.accounts.roles import Role
from foundation.base import clock
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.factories import World

EVERYTHING = frozenset(Section.values)
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Situation:
    """`verb` is the furthest that `viewer` may go, None for no access; `sections` are those whose rows they read."""

    name: str
    viewer: Callable[[World], User]
    arrange: Callable[[World, Case], None]
    verb: Verb | None
    sections: frozenset[str] = EVERYTHING

    def __str__(self) -> str:
        return self.name


def share(
    world: World,
    case: Case,
    *,
    team: Team | None = None,
    user: User | None = None,
    verb: Verb = Verb.VIEW,
    sections: tuple[str, ...] = (),
    days: int | None = None,
) -> Share:
    terms = ShareTerms(
        purpose="To keep the child safe",
        lawful_basis="public_task",
        team=team,
        user=user,
        verb=verb,
        sections=sections,
        expires_at=clock.now() + timedelta(days=days) if days else None,
    )
    with acting_as(world.coordinator):
        return share_case(case_id=case.pk, terms=terms, actor=world.coordinator)


def end(world: World, made: Share) -> None:
    with acting_as(world.coordinator):
        end_share(share_id=made.pk, actor=world.coordinator)


def run_out(made: Share) -> None:
    """The share's time passes."""
    past = clock.now() - timedelta(days=1)
    with as_owner():
        Share.objects.filter(pk=made.pk).update(expires_at=past)
        for grants in (TeamGrant, UserGrant):
            grants.objects.filter(content_object=made.case_id, expires_at__isnull=False).update(
                expires_at=past
            )


def make(case: Case, visibility: Visibility) -> None:
    with as_owner():
        Case.objects.filter(pk=case.pk).update(visibility=visibility)


def nothing(world: World, case: Case) -> None:
    pass


def shared_with_team(**terms: object) -> Callable[[World, Case], None]:
    return lambda world, case: void(share(world, case, team=world.school, **terms))  # type: ignore[arg-type]


def shared_with_user(**terms: object) -> Callable[[World, Case], None]:
    return lambda world, case: void(share(world, case, user=world.school_lead, **terms))  # type: ignore[arg-type]


def void(_: object) -> None:
    pass


def expired(world: World, case: Case) -> None:
    run_out(share(world, case, team=world.school, verb=Verb.CONTRIBUTE, days=3))


def ended(world: World, case: Case) -> None:
    end(world, share(world, case, team=world.school, verb=Verb.CONTRIBUTE))


def short_whole_and_long_part(world: World, case: Case) -> tuple[Share, Share]:
    whole = share(world, case, team=world.school, verb=Verb.CONTRIBUTE, days=3)
    part = share(world, case, team=world.school, sections=(Section.HEALTH,), days=300)
    return whole, part


def both_live(world: World, case: Case) -> None:
    short_whole_and_long_part(world, case)


def whole_ended(world: World, case: Case) -> None:
    end(world, short_whole_and_long_part(world, case)[0])


def whole_ran_out(world: World, case: Case) -> None:
    whole, _ = short_whole_and_long_part(world, case)
    past = clock.now() - timedelta(days=1)
    with as_owner():
        Share.objects.filter(pk=whole.pk).update(expires_at=past)
        TeamGrant.objects.filter(content_object=case, sections=[], group=world.school.pk).update(
            expires_at=past
        )


def part_ended(world: World, case: Case) -> None:
    end(world, short_whole_and_long_part(world, case)[1])


def both_ended(world: World, case: Case) -> None:
    for made in short_whole_and_long_part(world, case):
        end(world, made)


def sealed_with_team(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.COORDINATE)
    make(case, Visibility.SEALED)


def sealed_with_named_person(world: World, case: Case) -> None:
    share(world, case, user=world.school_lead, verb=Verb.CONTRIBUTE)
    make(case, Visibility.SEALED)


def signposted(world: World, case: Case) -> None:
    make(case, Visibility.SIGNPOSTED)


def signposted_and_shared(world: World, case: Case) -> None:
    share(world, case, team=world.school)
    make(case, Visibility.SIGNPOSTED)


def excluded(user: Callable[[World], User]) -> Callable[[World, Case], None]:
    def arrange(world: World, case: Case) -> None:
        share(world, case, team=world.school, verb=Verb.COORDINATE)
        share(world, case, user=world.school_lead, verb=Verb.COORDINATE)
        with acting_as(world.coordinator):
            exclude(
                case_id=case.pk, user=user(world), reason="Related to the family", actor=world.coordinator
            )

    return arrange


def excluded_coordinator(world: World, case: Case) -> None:
    with as_owner():
        Exclusion.objects.create(case=case, user=world.coordinator, made_by=world.hub_minutes)


def in_two_teams(world: World, case: Case) -> None:
    share(world, case, team=world.school, sections=(Section.EDUCATION,))
    share(world, case, team=world.health, verb=Verb.CONTRIBUTE, sections=(Section.HEALTH,))
    with as_owner():
        accounts.join_team(user=world.school_lead, team=world.health, role=Role.PRACTITIONER)


def left_the_team(world: World, case: Case) -> None:
    share(world, case, team=world.school, verb=Verb.CONTRIBUTE)
    with as_owner():
        world.school_lead.groups.remove(world.school.group)


def school_lead(world: World) -> User:
    return world.school_lead


def coordinator(world: World) -> User:
    return world.coordinator


HEALTH_ONLY = frozenset({Section.HEALTH.value})
SITUATIONS = [
    Situation("no share", school_lead, nothing, None),
    Situation("the hub that opened it", coordinator, nothing, Verb.COORDINATE),
    Situation("a colleague in the hub", lambda w: w.hub_minutes, nothing, Verb.COORDINATE),
    Situation("another area's hub", lambda w: w.other_coordinator, nothing, None),
    Situation("an administrator", lambda w: w.administrator, nothing, None),
    Situation("an executive", lambda w: w.executive, nothing, None),
    Situation("a team that may read", school_lead, shared_with_team(verb=Verb.VIEW), Verb.VIEW),
    Situation("a team that may add", school_lead, shared_with_team(verb=Verb.CONTRIBUTE), Verb.CONTRIBUTE),
    Situation("a team that may share", school_lead, shared_with_team(verb=Verb.COORDINATE), Verb.COORDINATE),
    Situation("a team until a day to come", school_lead, shared_with_team(days=3), Verb.VIEW),
    Situation("another team's share", lambda w: w.nurse, shared_with_team(verb=Verb.COORDINATE), None),
    Situation("a person named", school_lead, shared_with_user(verb=Verb.CONTRIBUTE), Verb.CONTRIBUTE),
    Situation("a colleague of a person named", lambda w: w.school_colleague, shared_with_user(), None),
    Situation("an expired share", school_lead, expired, None),
    Situation("an ended share", school_lead, ended, None),
    Situation("a short whole and a long part", school_lead, both_live, Verb.CONTRIBUTE),
    Situation("the short whole ended", school_lead, whole_ended, Verb.VIEW, HEALTH_ONLY),
    Situation("the short whole ran out", school_lead, whole_ran_out, Verb.VIEW, HEALTH_ONLY),
    Situation("the long part ended", school_lead, part_ended, Verb.CONTRIBUTE),
    Situation("both ended", school_lead, both_ended, None),
    Situation("sealed, to a team's member", school_lead, sealed_with_team, None),
    Situation("sealed, to the hub", coordinator, sealed_with_team, None),
    Situation("sealed, to a person named", school_lead, sealed_with_named_person, Verb.CONTRIBUTE),
    Situation("sealed, to a colleague", lambda w: w.school_colleague, sealed_with_named_person, None),
    Situation("signposted, without a share", school_lead, signposted, None),
    Situation("signposted, with a share", school_lead, signposted_and_shared, Verb.VIEW),
    Situation("excluded, whatever is shared", school_lead, excluded(school_lead), None),
    Situation(
        "a colleague of who is excluded", lambda w: w.school_colleague, excluded(school_lead), Verb.COORDINATE
    ),
    Situation("an excluded coordinator", coordinator, excluded_coordinator, None),
    Situation(
        "in two teams",
        school_lead,
        in_two_teams,
        Verb.CONTRIBUTE,
        frozenset({Section.EDUCATION, Section.HEALTH}),
    ),
    Situation("left the team", school_lead, left_the_team, None),
    *(
        Situation(
            f"only {section.value}",
            school_lead,
            shared_with_team(verb=Verb.CONTRIBUTE, sections=(section.value,)),
            Verb.CONTRIBUTE,
            frozenset({section.value}),
        )
        for section in Section
    ),
]

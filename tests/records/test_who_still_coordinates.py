"""A case is never left without somebody who coordinates it, nor shared with people who work on none."""

import pytest

from cases.records.models import Share
from cases.records.services import ShareTerms, end_share, exclude, name_lead, share_case
from foundation.access.words import Verb
from foundation.accounts import services as accounts
from foundation.accounts.models import Partnership
from foundation.base.errors import RuleBroken
from foundation.base.pg.roles import as_owner
from foundation.base.pg.viewer import acting_as
from tests.factories import World, make_case, make_team


def test_the_last_share_that_coordinates_cannot_be_ended(world: World) -> None:
    case = make_case(world)
    with acting_as(world.coordinator):
        share = Share.objects.get(case=case, team=world.hub)
        with pytest.raises(RuleBroken, match="Somebody must still coordinate"):
            end_share(share_id=share.pk, actor=world.coordinator)


def test_nobody_excludes_themselves(world: World) -> None:
    case = make_case(world)
    with acting_as(world.coordinator), pytest.raises(RuleBroken, match="Somebody else"):
        exclude(case_id=case.pk, user=world.coordinator, reason="My cousin", actor=world.coordinator)


def test_no_case_is_shared_with_a_person_who_works_on_none(world: World) -> None:
    case = make_case(world)
    terms = ShareTerms(user=world.executive, verb=Verb.VIEW, purpose="To look", lawful_basis="public_task")
    with acting_as(world.coordinator), pytest.raises(RuleBroken, match="does not work on cases"):
        share_case(case_id=case.pk, terms=terms, actor=world.coordinator)


def test_no_case_is_shared_with_or_led_from_another_partnership(world: World) -> None:
    case = make_case(world)
    with as_owner():
        other = Partnership.objects.create(name="Another partnership")
        area = accounts.add_area(partnership=other, name="Elsewhere")
        agency = accounts.add_agency(partnership=other, name="Elsewhere Council", kind="social_care")
    team = make_team(agency, area, "Elsewhere team")
    terms = ShareTerms(team=team, verb=Verb.VIEW, purpose="To look", lawful_basis="public_task")
    with acting_as(world.coordinator):
        with pytest.raises(RuleBroken, match="another partnership"):
            share_case(case_id=case.pk, terms=terms, actor=world.coordinator)
        with pytest.raises(RuleBroken, match="another partnership"):
            name_lead(
                case_id=case.pk, professional=world.social_worker, agency=agency, actor=world.coordinator
            )

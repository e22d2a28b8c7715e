"""The short story that tests load which need no more than a few children."""

import pytest

from actionplan.models import Proposal
from cases.people.models import Person
from cases.records.models import Case
from demo.models import SentMail
from foundation.base.pg.roles import as_owner
from foundation.deadlines.models import Notice
from referrals.models import Progress, Referral, Status
from tests.demo.loading import load

REFERENCES = ["R-2ZTK-TD8G", "R-5DMM-R59Q", "R-XXKX-XPJ9"]


@pytest.mark.django_db
def test_in_short_it_is_three_children_two_cases_and_one_referral_that_waits() -> None:
    load("--short")
    with as_owner():
        assert Case.objects.count() == 2
        assert Person.objects.count() == 2
        assert sorted(Progress.objects.values_list("reference", flat=True)) == REFERENCES
        assert Progress.objects.filter(status=Status.SENT).count() == 1
        assert set(Referral.objects.values_list("child_name", flat=True)) == {
            "Jamie Carrow",
            "Tamsin Oakes",
            "Noah Fenwick",
        }
        assert Proposal.objects.count() == 23
        assert not Proposal.objects.exclude(version=0).exists()
        assert not Notice.objects.exists()
        assert not SentMail.objects.exists()

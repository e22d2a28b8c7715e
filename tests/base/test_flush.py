"""Transactional tests are emptied by the owner; what migrations wrote stays."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from foundation.accounts.models import User
from foundation.audit.models import AuditEvent
from foundation.base.pg.roles import as_owner
from foundation.vocabulary.models import Term, TimeLimit
from tests.base.sql import scalar
from tests.factories import make_case, make_world


@pytest.mark.django_db(transaction=True)
def test_flush_empties_case_data_accounts_and_audit_and_keeps_reference_rows() -> None:
    make_case(make_world())
    before = {model: model.objects.count() for model in (Permission, ContentType, Term, TimeLimit)}
    call_command("flush", interactive=False, verbosity=0)
    with as_owner():
        assert (User.objects.count(), Group.objects.count(), AuditEvent.objects.count()) == (0, 0, 0)
        assert scalar("SELECT count(*) FROM records_case") == 0
        assert scalar("SELECT count(*) FROM people_person") == 0
    assert {model: model.objects.count() for model in before} == before
    assert all(before.values())
    assert scalar("SELECT count(*) FROM django_migrations") > 0


def test_what_is_kept_refers_to_nothing_that_is_emptied(db: None) -> None:
    targets = [
        scalar(
            "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass"
            " AND NOT (confrelid::regclass::text = ANY (%s))",
            name,
            sorted(settings.FLUSH_KEEPS),
        )
        for name in settings.FLUSH_KEEPS
    ]
    assert set(targets) == {0}

"""Referrals that wait for a decision already get the deadline that every later one opens with."""

import uuid
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import migrations
from django.utils import timezone

from foundation.base.pg.roles import as_owner


def open_deadlines(apps, schema_editor):
    progress, deadline = apps.get_model("referrals", "Progress"), apps.get_model("deadlines", "Deadline")
    team = apps.get_model("accounts", "Team")
    london = ZoneInfo("Europe/London")
    with as_owner():
        hubs = dict(team.objects.filter(is_hub=True).values_list("area_id", "pk"))
        waiting = progress.objects.filter(status__in=["sent", "asked"]).select_related("referral")
        deadline.objects.bulk_create(
            deadline(
                id=uuid.uuid4(),
                kind="referral_decision",
                scope_id=each.pk,
                reference=each.reference,
                due_at=datetime.combine(each.decide_by, time.max, tzinfo=london),
                team_id=hubs[each.area_id],
                opened_by_id=each.referral.author_id,
                opened_at=each.sent_at,
                set_at=timezone.now(),
                look_at=timezone.now(),
            )
            for each in waiting
            if each.area_id in hubs
        )


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_wall"), ("deadlines", "0003_first_days_and_limits")]
    operations = [migrations.RunPython(open_deadlines, migrations.RunPython.noop)]

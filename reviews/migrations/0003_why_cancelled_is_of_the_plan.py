"""Why a review was cancelled moves to the chronology of its case, for those who read the plan."""

import uuid

from django.db import migrations
from django.utils import timezone

from foundation.base.pg.roles import as_owner


def carry_over(apps, schema_editor):
    move, item = apps.get_model("reviews", "Move"), apps.get_model("reviews", "AgendaItem")
    entry, part = apps.get_model("chronology", "Entry"), apps.get_model("chronology", "EntryPart")
    with as_owner():
        for each in move.objects.filter(after="cancelled").exclude(said="").select_related("meeting"):
            day = each.meeting.held_on
            for case_id, hub_id in item.objects.filter(meeting=each.meeting).values_list(
                "case", "originator"
            ):
                made = entry.objects.create(
                    id=uuid.uuid5(each.pk, f"{each.actor_id}:{case_id}"),
                    title=f"Review of {day.day} {day:%B %Y} cancelled",
                    happened_on=timezone.localtime(each.at).date(),
                    tone="neither",
                    recorded_at=each.at,
                    recorded_by_id=each.actor_id,
                    recorded_for_id=hub_id,
                )
                part.objects.create(
                    case_id=case_id, entry=made, text=each.said, section="plan", originator_id=hub_id
                )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_wall"), ("chronology", "0002_wall")]
    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RemoveField("move", "said"),
    ]

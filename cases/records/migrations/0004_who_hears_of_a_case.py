"""The sweep asks, before it tells a person of a case's deadline, if that person sees the case. Nobody else may ask."""

from django.db import migrations

from cases.records.wall import WALL
from foundation.base.pg.operations import DefinerFunction


class Migration(migrations.Migration):
    dependencies = [("records", "0003_opened_order"), ("deadlines", "0002_wall")]
    operations = [
        DefinerFunction(
            "hears_of(the_case uuid, the_person bigint)",
            "boolean",
            WALL.hears_of_body(),
            callers="sg_sweep, sg_owner",
        )
    ]

import uuid

import django.db.models.functions.text
from django.db import migrations, models

import foundation.base.clock
from foundation.base.pg.operations import ProtectTable

MINE = "owner = (SELECT wall.viewer())"


class Migration(migrations.Migration):
    initial = True
    dependencies = [("base", "0001_wall")]
    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("owner", models.BigIntegerField()),
                ("list", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=1000)),
                ("made_at", models.DateTimeField(default=foundation.base.clock.now)),
            ],
            options={"ordering": ["name"], "abstract": False, "base_manager_name": "objects"},
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                "owner", "list", django.db.models.functions.text.Lower("name"), name="one_view_per_name"
            ),
        ),
        ProtectTable("web_savedview", see=MINE, add=MINE, drop=MINE),
    ]

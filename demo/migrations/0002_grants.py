"""The outbox may be filled by the worker and read by everybody: the demo has no secrets."""

from django.db import migrations

from foundation.base.pg.operations import GrantTo


class Migration(migrations.Migration):
    dependencies = [("demo", "0001_outbox"), ("base", "0001_wall")]
    operations = [GrantTo("demo_sentmail", "SELECT, INSERT")]

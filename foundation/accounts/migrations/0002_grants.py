"""What the application may do with the tables that hold no case data.

Accounts are read-only to it, apart from what signing in writes. guardian's generic tables get nothing.
"""

from django.db import migrations

from foundation.base.pg.operations import GrantTo

READ = [
    "accounts_partnership",
    "accounts_area",
    "accounts_agency",
    "accounts_team",
    "accounts_membership",
    "accounts_user",
    "accounts_user_groups",
    "auth_group",
    "auth_permission",
    "auth_group_permissions",
    "django_content_type",
    "django_migrations",
    "account_emailaddress",
]
READ_AND_WRITE = [
    "django_session",
    "axes_accessattempt",
    "axes_accessattemptexpiration",
]
NEEDED_BY_DEFINER_FUNCTIONS = [
    "accounts_user_groups",
    "accounts_team",
    "accounts_membership",
    "auth_permission",
    "django_content_type",
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("base", "0001_wall"),
        ("sessions", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("axes", "0010_accessattemptexpiration"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        *(GrantTo(table) for table in READ),
        *(GrantTo(table, "SELECT, INSERT, UPDATE, DELETE") for table in READ_AND_WRITE),
        GrantTo("accounts_user", "UPDATE (last_login, password)"),
        *(GrantTo(table, role="sg_access") for table in NEEDED_BY_DEFINER_FUNCTIONS),
    ]

"""Schema `wall`: the two functions that every policy reads."""

from django.db import migrations

UP = """
CREATE SCHEMA wall;
GRANT USAGE, CREATE ON SCHEMA wall TO sg_access;
GRANT USAGE ON SCHEMA wall TO sg_app;
GRANT USAGE ON SCHEMA public TO sg_app, sg_access;
SET LOCAL ROLE sg_access;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
CREATE FUNCTION wall.viewer() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT NULLIF(current_setting('app.user_id', true), '')::bigint $$;
CREATE FUNCTION wall.teams() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT COALESCE(NULLIF(current_setting('app.teams', true), ''), '{}')::int[] $$;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA wall TO sg_app, sg_owner;
SET LOCAL ROLE sg_owner;
"""
DOWN = "DROP SCHEMA wall CASCADE"


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(UP, DOWN)]

"""Rows may be added, in one's own name, and nothing else: by privilege, by policy and by trigger."""

from django.db import migrations

from foundation.base.pg.operations import ProtectTable

UP = """
CREATE FUNCTION public.audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_rows BEFORE UPDATE OR DELETE ON audit_auditevent
  FOR EACH ROW EXECUTE FUNCTION public.audit_append_only();
CREATE TRIGGER audit_truncate BEFORE TRUNCATE ON audit_auditevent
  FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();
"""
DOWN = """
DROP TRIGGER audit_rows ON audit_auditevent;
DROP TRIGGER audit_truncate ON audit_auditevent;
DROP FUNCTION public.audit_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("base", "0001_wall")]
    operations = [
        migrations.RunSQL(UP, DOWN),
        ProtectTable("audit_auditevent", see=None, add="actor IS NOT DISTINCT FROM wall.viewer()"),
    ]

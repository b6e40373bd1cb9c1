"""The log of what staff did is never changed, not even by raw SQL."""

from django.db import migrations

TABLE = "accounts_auditentry"
SQLITE = f"""
CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE}
BEGIN SELECT RAISE(ABORT, '{TABLE} is never changed'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL = f"""
CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION accounts_refuse_change()
"""


def refuse_changes(apps, schema_editor):
    # No DELETE trigger on SQLite: the tests of that engine empty tables with DELETE between one another.
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE)
        return
    schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
    schema_editor.execute(POSTGRESQL)


def allow_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_update")
        return
    schema_editor.execute("DROP FUNCTION accounts_refuse_change CASCADE")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_first")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]

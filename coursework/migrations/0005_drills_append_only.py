"""What a drill set, and what was answered when, is never changed, not even by raw SQL."""

from django.db import migrations

TABLES = ["coursework_drill", "coursework_drillstep"]
SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END
"""
POSTGRESQL = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION coursework_refuse_change()
"""
DROP = {"sqlite": "DROP TRIGGER {table}_no_update", "postgresql": "DROP TRIGGER {table}_no_update ON {table}"}


def refuse_changes(apps, schema_editor):
    trigger = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for table in TABLES:
        schema_editor.execute(trigger.format(table=table))


def allow_changes(apps, schema_editor):
    for table in TABLES:
        schema_editor.execute(DROP[schema_editor.connection.vendor].format(table=table))


class Migration(migrations.Migration):
    dependencies = [("coursework", "0004_drills")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]

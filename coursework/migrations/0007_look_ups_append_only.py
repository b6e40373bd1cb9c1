"""What was looked up is never changed, not even by raw SQL. It goes only with its attempt."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER coursework_lookup_no_update BEFORE UPDATE ON coursework_lookup
BEGIN SELECT RAISE(ABORT, 'coursework_lookup is never changed'); END
"""
POSTGRESQL = """
CREATE TRIGGER coursework_lookup_no_update BEFORE UPDATE ON coursework_lookup
FOR EACH ROW EXECUTE FUNCTION coursework_refuse_change()
"""


def refuse_changes(apps, schema_editor):
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def allow_changes(apps, schema_editor):
    on_table = "" if schema_editor.connection.vendor == "sqlite" else " ON coursework_lookup"
    schema_editor.execute(f"DROP TRIGGER coursework_lookup_no_update{on_table}")


class Migration(migrations.Migration):
    dependencies = [("coursework", "0006_marks_and_look_ups")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]

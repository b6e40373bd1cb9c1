"""By which weights an institution graded is never changed, not even by raw SQL. A change is a new row."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER coursework_houseweights_no_update BEFORE UPDATE ON coursework_houseweights
BEGIN SELECT RAISE(ABORT, 'coursework_houseweights is never changed'); END
"""
POSTGRESQL = """
CREATE TRIGGER coursework_houseweights_no_update BEFORE UPDATE ON coursework_houseweights
FOR EACH ROW EXECUTE FUNCTION coursework_refuse_change()
"""


def refuse_changes(apps, schema_editor):
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def allow_changes(apps, schema_editor):
    on_table = "" if schema_editor.connection.vendor == "sqlite" else " ON coursework_houseweights"
    schema_editor.execute(f"DROP TRIGGER coursework_houseweights_no_update{on_table}")


class Migration(migrations.Migration):
    dependencies = [("coursework", "0008_house_weights")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]

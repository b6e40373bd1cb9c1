"""What was shown and what is right are never changed, not even by raw SQL. Explanations may be reworded."""

from django.db import migrations

# Table: the columns that no UPDATE may change; an empty list means none may.
IMMUTABLE = {
    "coursework_caseversion": [],
    "coursework_chartdocument": [],
    "coursework_keyline": ["key_id", "position", "system", "code", "poa", "line_class", "role", "accept"],
    "coursework_answerkey": ["case_version_id", "revision", "order", "key_hash"],
}

SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE {of} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION coursework_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE {of} ON {table}
FOR EACH ROW EXECUTE FUNCTION coursework_refuse_change()
"""


def refuse_changes(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if not is_sqlite:
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
    for table, columns in IMMUTABLE.items():
        of = "OF " + ", ".join(f'"{column}"' for column in columns) if columns else ""
        schema_editor.execute((SQLITE if is_sqlite else POSTGRESQL).format(table=table, of=of))


def allow_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in IMMUTABLE:
            schema_editor.execute(f"DROP TRIGGER {table}_no_update")
        return
    schema_editor.execute("DROP FUNCTION coursework_refuse_change CASCADE")


class Migration(migrations.Migration):
    dependencies = [("coursework", "0001_first")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]

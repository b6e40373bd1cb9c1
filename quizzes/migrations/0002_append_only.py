"""What was shown, what is right and what happened are never changed, not even by raw SQL."""

from django.db import migrations

IMMUTABLE = ["quizzes_sittingevent", "quizzes_itemversion", "quizzes_itemkey", "quizzes_formitem"]
LOG = "quizzes_sittingevent"

SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION quizzes_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Retention and the removal of a demo say so in their transaction; nothing else deletes a log.
    IF TG_OP = 'DELETE' AND current_setting('coderounds.may_delete', true) = 'yes' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_no_{word} BEFORE {act} ON {table}
FOR EACH ROW EXECUTE FUNCTION quizzes_refuse_change()
"""


def refuse_changes(apps, schema_editor):
    # SQLite gets no DELETE trigger: the tests of that engine empty tables with DELETE between one another.
    # A later migration that rebuilds one of these tables on SQLite drops its trigger and has to make it again;
    # tests/quizzes/test_append_only.py notices.
    if schema_editor.connection.vendor == "sqlite":
        for table in IMMUTABLE:
            schema_editor.execute(SQLITE.format(table=table))
        return
    schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
    for table in IMMUTABLE:
        schema_editor.execute(POSTGRESQL.format(table=table, word="update", act="UPDATE"))
    schema_editor.execute(POSTGRESQL.format(table=LOG, word="delete", act="DELETE"))


def allow_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in IMMUTABLE:
            schema_editor.execute(f"DROP TRIGGER {table}_no_update")
        return
    schema_editor.execute("DROP FUNCTION quizzes_refuse_change CASCADE")


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0001_first")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]

"""What was shown, what is right and what happened cannot be changed, by the ORM or by raw SQL."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from quizzes.models import FormItem, ItemKey, ItemVersion, SittingEvent
from tests.quizzes.conftest import save


@pytest.mark.parametrize(
    ("model", "field"), [(SittingEvent, "schema"), (ItemVersion, "number"), (ItemKey, "number"), (FormItem, "position")]
)
def test_a_row_is_never_changed(model, field, sitting):
    save(sitting, 1, ("a",))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.update(**{field: F(field) + 100})


def test_raw_sql_changes_no_event(sitting):
    save(sitting, 1, ("a",))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE quizzes_sittingevent SET payload = '{}'")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no DELETE trigger, see the migration")
def test_events_are_deleted_only_by_who_says_so(sitting):
    save(sitting, 1, ("a",))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        SittingEvent.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL coderounds.may_delete = 'yes'")

    assert SittingEvent.objects.all().delete()[0] == 1

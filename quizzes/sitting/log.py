"""Append to a sitting's log, in one statement that checks owner, state and the database's clock; and read the log."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime

from quizzes.sitting.fold import Answers, Event, fold
from quizzes.sitting.models import Sitting, SittingEvent

# On PostgreSQL the sitting is locked against the close (FOR UPDATE) and not against other saves; SQLite has one writer.
APPEND = """
INSERT INTO quizzes_sittingevent
  ("sitting_id", "kind", "slot", "revision", "payload", "schema", "idempotency_key", "client_at")
SELECT s.id, %(kind)s, %(slot)s, %(revision)s, %(payload)s, 1, %(key)s, %(client_at)s
FROM quizzes_sitting s JOIN quizzes_administration a ON a.id = s.administration_id
WHERE s.public_id = %(public_id)s AND s.user_id = %(user_id)s AND a.state <> 'withdrawn'
  AND s.state = 'open' AND s.accepts_until >= {now} AND %(slot)s BETWEEN 1 AND s.slot_count {answer} {lock}
ON CONFLICT DO NOTHING
RETURNING id, "at", (SELECT o.deadline_at FROM quizzes_sitting o WHERE o.id = sitting_id)
"""
# An answer follows the revision that it was based on, and is one that grading.items.accepts_response takes: options of
# its own item, and no more than it asks for. Said here again, as a read before the save would be one statement more.
IS_AN_ANSWER = """
  AND %(revision)s - 1 = (
    SELECT COALESCE(MAX(e.revision), 0) FROM quizzes_sittingevent e WHERE e.sitting_id = s.id AND e.slot = %(slot)s)
  AND EXISTS (
    SELECT 1 FROM quizzes_formitem f JOIN quizzes_itemversion v ON v.id = f.item_version_id
    WHERE f.form_id = a.form_id AND f.position = %(slot)s AND {of_the_item})
"""
OF_THE_ITEM = {
    "postgresql": """jsonb_path_query_array(v.body, '$.options[*].id') @> %(chosen)s::jsonb
      AND jsonb_array_length(%(chosen)s::jsonb) <= COALESCE((v.body->>'choose')::int, 1)""",
    "sqlite": """json_array_length(%(chosen)s) <= COALESCE(json_extract(v.body, '$.choose'), 1)
      AND NOT EXISTS (
        SELECT value FROM json_each(%(chosen)s)
        EXCEPT SELECT json_extract(value, '$.id') FROM json_each(v.body, '$.options'))""",
}
CLOCK = {"postgresql": "STATEMENT_TIMESTAMP()", "sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'NOW')"}
LOCK = {"postgresql": "FOR SHARE OF s", "sqlite": ""}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be appended."""

    kind: str
    slot: int
    revision: int | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None
    client_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Written:
    at: datetime
    deadline_at: datetime


def append(public_id: uuid.UUID, user_id: int, entry: Entry) -> Written | None:
    """None when nothing was written; who needs the reason reads a second time."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(entry), _parameters(public_id, user_id, entry))
        row = cursor.fetchone()
    return Written(_aware(row[1]), _aware(row[2])) if row else None


def answers_of(sitting: Sitting) -> Answers:
    return logs_of([sitting.pk])[sitting.pk]


def logs_of(sitting_ids: Iterable[int]) -> dict[int, Answers]:
    """The folded answers of each sitting, read in one statement."""
    events: dict[int, list[Event]] = defaultdict(list)
    fields = ("id", "kind", "slot", "revision", "payload", "schema")
    ids = list(sitting_ids)
    rows = SittingEvent.objects.filter(sitting_id__in=ids).order_by("id").values_list("sitting_id", *fields)
    for sitting_id, *values in rows:
        events[sitting_id].append(Event(*values))
    return {sitting_id: fold(events[sitting_id]) for sitting_id in ids}


def _statement(entry: Entry) -> str:
    engine = connection.vendor
    answer = IS_AN_ANSWER.format(of_the_item=OF_THE_ITEM[engine]) if entry.revision is not None else ""
    return APPEND.format(now=CLOCK[engine], lock=LOCK[engine], answer=answer)


def _parameters(public_id: uuid.UUID, user_id: int, entry: Entry) -> dict[str, Any]:
    public_id_field = Sitting._meta.get_field("public_id")
    return {
        "kind": entry.kind,
        "slot": entry.slot,
        "revision": entry.revision,
        "payload": json.dumps(entry.payload),
        "chosen": json.dumps(entry.payload.get("chosen", [])),
        "key": entry.key,
        "client_at": connection.ops.adapt_datetimefield_value(entry.client_at),
        "public_id": public_id_field.get_db_prep_value(public_id, connection),
        "user_id": user_id,
    }


def _aware(value: datetime | str) -> datetime:
    """SQLite gives text in UTC, PostgreSQL a time with its zone."""
    found = parse_datetime(value) if isinstance(value, str) else value
    if found is None:
        raise ValueError(f"The database gave {value!r} for a time.")
    return found if found.tzinfo else found.replace(tzinfo=UTC)

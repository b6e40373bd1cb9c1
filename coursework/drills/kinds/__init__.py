"""The kinds of find-it tasks. Each is one file: from the shelf and the dice it draws tasks with one right answer."""

from coursework.drills.kinds import (
    excludes_note,
    index_path,
    pcs_value,
    see_reference,
    seventh_character,
    table_cell,
)
from coursework.drills.tasks import Kind

KINDS: dict[str, Kind] = {
    "index_path": index_path.tasks,
    "seventh_character": seventh_character.tasks,
    "excludes_note": excludes_note.tasks,
    "see_reference": see_reference.tasks,
    "table_cell": table_cell.tasks,
    "pcs_value": pcs_value.tasks,
}

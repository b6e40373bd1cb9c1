"""The tasks of a drill: drawn from the loaded books, each with exactly one right answer."""

import re
from itertools import islice
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codesets.models import Code, IndexEntry, PcsRow, System
from coursework.book.index import STEP
from coursework.book.shelf import Shelf
from coursework.book.wording import DRUG_COLUMNS, NEOPLASM_COLUMNS
from coursework.drills.kinds import KINDS
from coursework.drills.run import draw
from coursework.drills.tasks import Step, Task

SOME = 12
QUOTED = re.compile("“([^”]+)”")
ON_THE_FIXTURE = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


def drawn(kind: str, books: Shelf, seed: int = 1) -> list[Task]:
    return list(islice(KINDS[kind](books, Random(seed)), SOME))


def answers(kind: str, books: Shelf) -> dict[str, str]:
    return {task.prompt: task.answer for task in drawn(kind, books)}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_finds_tasks_on_a_shelf_that_has_its_book(kind, books):
    assert drawn(kind, books)


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_book_a_kind_has_no_task(kind, db):
    assert drawn(kind, Shelf([])) == []


def test_a_term_of_the_index_leads_to_its_code(books):
    assert answers("index_path", books) == {
        "Find “Fever”. Which code does it lead to?": "R50.9",
        "Find “Fever › spotted”. Which code does it lead to?": "A77.9",
        "Find “Strangury”. Which code does it lead to?": "R30.0",
    }


def test_a_term_that_stands_twice_or_wants_more_characters_is_no_task(books):
    fever = IndexEntry.objects.get(path="Fever")
    IndexEntry.objects.create(release=fever.release, position=99, level=0, term="Fever", path="Fever", code="A77.9")

    found = answers("index_path", books)

    assert not [prompt for prompt in found if "“Fever”" in prompt or "femur" in prompt]


def test_an_excludes_note_leads_to_the_one_code_that_it_names(books):
    found = answers("excludes_note", books)

    assert found["Go to N15.9. Its Excludes 1 note sends another condition elsewhere: to which code?"] == "N39.0"


def test_a_cell_of_a_table_is_found_by_its_row_and_column(books):
    found = set(answers("table_cell", books).values())

    assert found
    assert found <= {"C67.1", "C67.9", "C79.11", "T62.2X1"}


def test_a_seventh_character_is_built_from_its_meaning(books):
    found = answers("seventh_character", books)

    assert [answer for prompt, answer in found.items() if "initial encounter for closed fracture" in prompt] == [
        "S72.002A"
    ]


def test_a_reference_is_followed_to_the_code_of_the_term_that_it_names(books):
    assert list(answers("see_reference", books).values()) == ["Y92.129"]


def test_a_value_of_a_table_is_its_character(books):
    found = answers("pcs_value", books)

    assert found
    assert not [answer for answer in found.values() if answer == "Z"]


def test_the_same_seed_draws_the_same_drill(books):
    first, again, other = (list(islice(draw(books, seed), SOME)) for seed in (3, 3, 4))

    assert first == again != other


def test_no_task_is_set_twice_in_a_drill(books):
    prompts = [task.prompt for task in islice(draw(books, 5), 30)]

    assert len(set(prompts)) == len(prompts)


@pytest.mark.parametrize("typed", ["S72.002A", "s72002a", " S72.OO2A ", "s72-002a"])
def test_an_answer_counts_however_it_is_typed(typed):
    assert task("S72.002A").is_right(typed)


@pytest.mark.parametrize("typed", ["S72.002D", "S72.002", "", "S72.002AA", "hip"])
def test_another_code_and_half_a_code_do_not_count(typed):
    assert not task("S72.002A").is_right(typed)


@pytest.mark.parametrize(("answer", "typed"), [("0", "O"), ("1", "i"), ("K", "k")])
def test_a_character_counts_like_a_code(answer, typed):
    assert task(answer).is_right(typed)


def task(answer: str) -> Task:
    return Task("Tabular List", "Find it.", answer, (Step("here", "/"),))


def test_a_stored_task_reads_as_it_was(books):
    first = next(draw(books, 1))

    assert Task.read(first.stored()) == first


@given(seed=st.integers(0, 2**32 - 1))
@ON_THE_FIXTURE
def test_every_task_of_any_drill_has_exactly_one_right_answer(seed, books):
    """Each answer is looked up again in the loaded rows, from the words of the task alone."""
    for each in islice(draw(books, seed), 30):
        assert all_answers(each) == {each.answer}, each


def all_answers(task: Task) -> set[str]:
    """Every answer that the books give to these words."""
    quoted = QUOTED.findall(task.prompt)
    if task.start == "ICD-10-PCS tables":
        return characters(task.prompt.split()[2].rstrip("."), *quoted, task.prompt.split(" as ")[-1].rstrip("?"))
    if not quoted:
        held = Code.objects.filter(code=task.answer.replace(".", ""), release__system=System.ICD10CM)
        return {code.dotted for code in held}
    lines = IndexEntry.objects.filter(path=quoted[0])
    if len(quoted) == 2:
        (column,) = (n for n, title in (*NEOPLASM_COLUMNS, *DRUG_COLUMNS) if title == quoted[1])
        return {line.cells[column] for line in lines}
    ends = [IndexEntry.objects.get(path=line.see.replace(", ", STEP)) if line.see else line for line in lines]
    return {end.code for end in ends}


def characters(table: str, value: str, axis: str) -> set[str]:
    axes = [each for row in PcsRow.objects.filter(table=table) for each in row.axes if each["title"] == axis]
    return {character for each in axes for character, words in each["values"].items() if words == value}

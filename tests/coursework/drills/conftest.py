"""A shelf with enough in it for a drill, and a learner who runs one."""

from datetime import timedelta

import pytest

from codesets.models import System
from coursework.book.shelf import Shelf, open_shelf
from coursework.drills import run
from coursework.drills.models import Drill
from tests.clock import NOON
from tests.codesets.excerpt import load_excerpt
from tests.coursework.book.conftest import small_book  # noqa: F401
from tests.shelf import DRUGS, HIP, INDEX, NEOPLASMS, stand_terms

CODES = [*HIP, "R50.9", "A77.9", "R30.0", "C67.1", "C67.9", "C79.11", "N15.9", "N39.0", "T62.2X1A", "Y92.129"]
PLACES = {
    "Place of occurrence": {},
    "Place of occurrence › convalescent home": {"see": "Place of occurrence, residence, institutional, nursing home"},
    "Place of occurrence › residence": {},
    "Place of occurrence › residence › institutional": {},
    "Place of occurrence › residence › institutional › nursing home": {"code": "Y92.129"},
}


@pytest.fixture
def books(procedure_books) -> Shelf:
    """Of each book some lines that lead to one code, and some that do not."""
    load_excerpt(CODES)
    stand_terms(System.CM_INDEX, INDEX | {"Strangury": {"code": "R30.0"}})
    stand_terms(System.CM_NEOPLASM, NEOPLASMS)
    stand_terms(System.CM_DRUG, DRUGS)
    stand_terms(System.CM_EXTERNAL, PLACES)
    return open_shelf()


@pytest.fixture
def drill(books, tia) -> Drill:
    return run.start_drill(tia, books, seed=7, now=NOON)


def after(seconds: int):
    return NOON + timedelta(seconds=seconds)


def right_answer(drill: Drill, place: int) -> str:
    return drill.task(place).answer

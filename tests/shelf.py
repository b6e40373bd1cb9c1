"""A few real lines of each book beside the codes, as FY2026: enough to go from a term to a finished code."""

from datetime import date
from typing import Any

import pytest

from codesets.models import GuidelineSection, IndexEntry, Release, System
from tests.codesets.excerpt import LOADED_AT, load_excerpt

HIP = ["S72.001", "S72.002", "S72.002A", "S72.002D", "S72.009", "S72.14"]
BRANCH = " › "

INDEX = {
    "Fever": {"code": "R50.9", "modifiers": "(of unknown origin) (with chills)"},
    "Fever › spotted": {"code": "A77.9"},
    "Fracture, traumatic": {"code": "T14.8", "see_also": "Fracture, pathological"},
    "Fracture, traumatic › femur, femoral": {"code": "S72.9-"},
    "Fracture, traumatic › femur, femoral › upper end": {"code": "S72.00-"},
    "Spotted fever": {"code": "A77.9", "see": "Fever, spotted"},
    "Arthritis": {"code": "M19.90"},
    "Arthritis › in": {},
    "Arthritis › in › acromegaly": {"code": "E22.0", "manifestation": "M14.8-"},
}
NEOPLASMS = {
    "Neoplasm, neoplastic": {"cells": {"2": "C80.1", "3": "C79.9", "4": "D09.9", "5": "D36.9"}},
    "Neoplasm, neoplastic › bladder": {"cells": {"2": "C67.9", "3": "C79.11"}, "modifiers": "(urinary)"},
    "Neoplasm, neoplastic › bladder › dome": {"cells": {"2": "C67.1", "3": "C79.11"}},
    "Neoplasm, neoplastic › blood vessel": {"see": "Neoplasm, connective tissue"},
}
DRUGS = {"Abrine": {"cells": {"2": "T62.2X1", "3": "T62.2X2"}}, "2,4-D": {"cells": {"2": "T60.3X1"}}}
EXTERNAL = {"Accident": {"code": "X58"}, "Accident › bare foot water skiier": {"code": "V94.4"}}
GUIDELINES = {
    "I": ("Conventions, general coding guidelines and chapter specific guidelines", ""),
    "I.A": ("Conventions for the ICD-10-CM", ""),
    "I.A.12": ("Excludes Notes", "The ICD-10-CM has two types of excludes notes."),
    "I.A.12.a": (
        "Excludes1",
        "A type 1 Excludes note is a pure excludes note. It means “NOT CODED\nHERE!”\n\nSee Section I.A.12.",
    ),
    "I.C.19.c": ("Coding of Traumatic Fractures", "An example is S72.0."),
}


def stand(system: System) -> Release:
    return Release.objects.create(
        system=system,
        label="FY2026",
        effective_from=date(2025, 10, 1),
        effective_to=date(2026, 9, 30),
        state=Release.State.READY,
        loaded_at=LOADED_AT,
        source="lines for tests",
        sha256=system,
    )


def stand_terms(system: System, terms: dict[str, dict[str, Any]]) -> Release:
    release = stand(system)
    places = {path: place for place, path in enumerate(terms)}
    for path, values in terms.items():
        *above, term = path.split(BRANCH)
        IndexEntry.objects.create(
            release=release, path=path, position=places[path], parent=places.get(BRANCH.join(above)), level=len(above),
            term=term, **values,
        )  # fmt: skip
    return release


@pytest.fixture
def shelf(db) -> Release:
    """The broken hip in the Tabular, and a few lines of every other book."""
    tabular = load_excerpt(HIP)
    stand_terms(System.CM_INDEX, INDEX)
    stand_terms(System.CM_NEOPLASM, NEOPLASMS)
    stand_terms(System.CM_DRUG, DRUGS)
    stand_terms(System.CM_EXTERNAL, EXTERNAL)
    guidelines = stand(System.CM_GUIDELINES)
    for place, (number, (title, text)) in enumerate(GUIDELINES.items()):
        GuidelineSection.objects.create(release=guidelines, number=number, title=title, text=text, position=place)
    return tabular

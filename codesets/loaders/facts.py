"""What a fresh install holds beyond the packages: our own files of facts, each with its source in the first line."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from codesets.loaders.edition import FACTS, Counts, Edition, edition_of, fact_rows, fiscal_year
from codesets.loaders.guidelines import SectionText
from codesets.loaders.indexes import STEP, IndexRow
from codesets.loaders.lists import DrgRow
from codesets.loaders.pcs_tables import TableRow, ValuesRow
from codesets.systems import System

YEAR = 2026
# The year that the rows were published for, where it is not the year they are used in.
INDEX_OF, TABLES_OF = "FY2026, main terms of FY2025", "FY2026, tables of FY2025"
IN_OUR_WORDS = "FY2026, in our own words"
Lines = list[dict[str, str]]


def edition(system: System, name: str, rows: Callable[[Lines], list[list[Any]]], label: str = "") -> Edition:
    content = (FACTS / name).read_bytes()
    lines = fact_rows(content)
    others, dates = rows(lines), fiscal_year(YEAR)
    counts = Counts(len(lines), sum(map(len, others)))
    dates |= {"label": label or dates["label"]}
    return edition_of(system, FACTS / name, content, *others, gives_way=True, counts=counts, **dates)


def table_5() -> Edition:
    return edition(System.MS_DRG, "ms-drg-fy2026.csv", lambda lines: [[_drg(line) for line in lines]])


def main_terms() -> Edition:
    return edition(System.CM_INDEX, "icd10cm-index.csv", lambda lines: [list(_terms(lines))], INDEX_OF)


def procedure_terms() -> Edition:
    return edition(System.PCS_INDEX, "icd10pcs-index.csv", lambda lines: [list(_terms(lines))], INDEX_OF)


def pcs_tables() -> Edition:
    return edition(System.PCS_TABLES, "icd10pcs-tables.csv", _tables, TABLES_OF)


def pcs_guidelines() -> Edition:
    """Until the official text is supplied: a paraphrase by section number, labelled as such."""
    return edition(
        System.PCS_GUIDELINES, "icd10pcs-guidelines.csv", lambda lines: [list(_sections(lines))], IN_OUR_WORDS
    )


def _sections(lines: Lines) -> Iterator[SectionText]:
    for position, line in enumerate(lines):
        yield SectionText(line["number"], line["title"], line["text"], position)


def _drg(line: dict[str, str]) -> DrgRow:
    flags = [line[name] == "yes" for name in ("is_post_acute", "is_special_pay")]
    weights = ("weight", "capped_weight", "geometric_mean_stay", "arithmetic_mean_stay")
    numbers = [Decimal(line[name]) if line[name] else None for name in weights]
    return DrgRow(line["number"], line["title"], line["mdc"], line["kind"], *flags, *numbers)


def _terms(lines: Lines) -> Iterator[IndexRow]:
    """A subterm stands below the nearest term above it that the selection holds; one without words of its own says
    what else its main term leads to."""
    places: dict[str, int] = {}
    for position, line in enumerate(lines):
        *above, term = line["path"].split(STEP)
        parents = [STEP.join(above[:length]) for length in range(len(above), 0, -1)]
        parent = next((places[path] for path in parents if path in places), None)
        path = line["path"].removesuffix(STEP)
        places.setdefault(path, position)
        leads = {name: line.get(name, "") for name in ("modifiers", "code", "see", "see_also", "use")}
        yield IndexRow(position, parent, len(above), term, path, **leads)


def _tables(lines: Lines) -> list[list[Any]]:
    """One line per row of a table; an axis is written "Approach: 0 Open | 4 Percutaneous Endoscopic"."""
    tables: dict[str, TableRow] = {}
    rows: list[ValuesRow] = []
    for line in lines:
        code = line["table"]
        words = (line["section"], line["body_system"], line["operation"], line["definition"])
        tables.setdefault(code, TableRow(code, *words, position=len(tables)))
        rows.append(ValuesRow(code, len(rows), [_axis(line[f"character_{place}"]) for place in range(4, 8)]))
    return [list(tables.values()), rows]


def _axis(text: str) -> dict[str, Any]:
    title, _, values = text.partition(": ")
    pairs = (value.split(" ", 1) for value in values.split(" | "))
    return {"title": title, "values": dict(pairs)}

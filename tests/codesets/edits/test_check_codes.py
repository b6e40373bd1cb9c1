"""manage.py check_codes: one claim, a file of claims, and lines that cannot be read."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from codesets.edits import wording
from codesets.models import Release
from tests.codesets.edits.claims import procedures

CLAIM = {"on": "2025-11-03", "setting": "clinic", "codes": [{"system": "icd10cm", "code": "E11.9"}]}


@pytest.fixture(autouse=True)
def release(excerpt):
    return excerpt(["E11.22", "E11.9", "E10.9", "I10", "N18.4", "H40.1111"])


def ask(*words: str, **options) -> tuple[str, str]:
    out, errors = StringIO(), StringIO()
    call_command("check_codes", *words, stdout=out, stderr=errors, **options)
    return out.getvalue(), errors.getvalue()


def check(*words: str) -> dict:
    return json.loads(ask("--on", "2025-11-03", "--setting", "inpatient", "--json", *words)[0])


@pytest.fixture
def batch(tmp_path):
    def write(*lines: object) -> str:
        file = tmp_path / "claims.jsonl"
        file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
        return f"--batch={file}"

    return write


def test_a_claim_on_the_command_line_is_answered_in_json():
    answer = check("E11.9:poa=Y", "E10.9:poa=Y", "I10:poa=Y", "--age", "60", "--sex", "F")
    pair = next(each for each in answer["findings"] if each["kind"] == "excludes1")

    assert pair["severity"] == "warning"
    assert pair["codes"] == ["E11.9", "E10.9"]
    assert pair["reference"] == "Excludes1 at E11"
    assert "type 1 diabetes mellitus (E10.-)" in pair["message"]
    assert set(pair) == {"severity", "kind", "codes", "message", "reference"}
    assert answer["codes_checked"][2] == {
        "code": "I10", "valid": True, "billable": True, "valid_from": None, "valid_to": None
    }  # fmt: skip


def test_a_header_is_valid_and_not_billable_and_an_unknown_code_neither():
    header, unknown = check("E11.2:poa=Y", "Q99.99")["codes_checked"]

    assert (header["valid"], header["billable"]) == (True, False)
    assert (unknown["valid"], unknown["billable"]) == (False, False)


def test_modifiers_units_and_system_stand_behind_the_code():
    answer = check("I10:poa=Y", "J1100:system=hcpcs:units=2:modifiers=25,59")

    assert answer["codes_checked"][1] == {
        "code": "J1100", "valid": None, "billable": None, "valid_from": None, "valid_to": None
    }  # fmt: skip


def test_a_procedure_that_begins_with_a_letter_is_told_from_a_diagnosis():
    procedures("B2111ZZ")

    assert [each["code"] for each in check("H401111", "B2111ZZ")["codes_checked"]] == ["H40.1111", "B2111ZZ"]


def test_for_reading_each_finding_is_a_line_with_its_reference():
    out, _ = ask("--on", "2025-11-03", "--setting", "clinic", "E11.2", "I10")

    assert out.startswith("error    header  E11.2 is a header and needs its 5th character.")
    assert out.strip().endswith("[I.B.2]")
    assert ask("--on", "2025-11-03", "--setting", "clinic", "I10")[0].strip() == wording.NOTHING_FOUND


def test_a_file_is_answered_line_by_line_and_unknown_fields_are_passed_on(batch):
    more = {**CLAIM, "id": 7, "note": {"é": [1]}, "age": 60, "sex": "F", "codes": [{"code": "E11.2"}, "I10"]}

    first, second = map(json.loads, ask(batch(CLAIM, "", more))[0].splitlines())

    assert first["codes"] == CLAIM["codes"]
    assert (second["id"], second["note"]) == (7, {"é": [1]})
    assert [each["kind"] for each in second["findings"]] == ["header"]
    assert [each["code"] for each in second["codes_checked"]] == ["E11.2", "I10"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "Line 2: this is not JSON"),
        ("[]", "Line 2: this is not an object."),
        ("{}", "Line 2: a claim has the day"),
        ({"on": "3.11.2025"}, "Line 2: '3.11.2025' is not a date"),
        ({**CLAIM, "setting": None}, "Line 2: a claim has a setting: one of inpatient"),
        ({**CLAIM, "setting": ["clinic"]}, "Line 2: the setting"),
        ({**CLAIM, "codes": None}, "Line 2: a claim has a list of codes"),
        ({**CLAIM, "codes": "I10"}, "Line 2: a claim has a list of codes"),
        ({**CLAIM, "codes": [None]}, "Line 2: 'None' is not a code"),
        ({**CLAIM, "codes": [{"code": " .- "}]}, "Line 2: .* is not a code"),
        ({**CLAIM, "codes": [{"code": "I" * 99}]}, "Line 2: .* is too long"),
        ({**CLAIM, "codes": [{"code": "I10", "poa": "Q"}]}, "Line 2: The POA indicator"),
        ({**CLAIM, "codes": [{"code": "I10", "units": -1}]}, "Line 2: The units"),
        ({**CLAIM, "codes": [{"code": "I10", "modifiers": "ABC"}]}, "Line 2: The modifier"),
        ({**CLAIM, "codes": [{"code": "I10", "system": "loinc"}]}, "Line 2: The code set 'loinc'"),
        ({**CLAIM, "codes": ["I10"] * 1_000}, "Line 2: 1000 codes are more"),
        ({**CLAIM, "age": "old"}, "Line 2: age is a whole number"),
        ({**CLAIM, "age": 400}, "Line 2: an age lies between"),
        ({**CLAIM, "sex": "X"}, "Line 2: the sex 'X'"),
        ('{"on": NaN}', "Line 2: NaN is not a number"),
        ("[" * 9_000, "Line 2: "),
    ],
)
def test_a_line_that_cannot_be_read_gets_one_sentence_after_those_before_it(batch, line, sentence):
    out = StringIO()

    with pytest.raises(CommandError, match=sentence) as problem:
        call_command("check_codes", batch(CLAIM, line, CLAIM), stdout=out)

    assert len(out.getvalue().splitlines()) == 1
    assert "\n" not in str(problem.value)


def test_a_line_without_a_release_says_so_and_those_after_it_are_answered(batch):
    out, _ = ask(batch({**CLAIM, "on": "2019-01-01", "id": 7}, CLAIM))

    without, answered = map(json.loads, out.splitlines())
    assert without["not_answered_because"].startswith("No ICD-10-CM release is loaded for 1 Jan 2019.")
    assert (without["id"], "findings" in without) == (7, False)
    assert answered["codes_checked"][0]["valid"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Give either codes or --batch FILE"),
        (["I10"], "A claim has the day"),
        (["I10", "--on", "2025-11-03"], "A claim has a setting"),
        (["I10:weight=3", "--on", "2025-11-03", "--setting", "clinic"], "'weight' of 'I10:weight=3' is not known"),
        (["--batch", "/nowhere/claims.jsonl"], "cannot be read"),
        (["I10", "--institution", "nowhere"], "No institution of this name"),
    ],
)
def test_a_wrong_question_is_one_sentence(words, sentence):
    with pytest.raises(CommandError, match=sentence):
        ask(*words)


def test_what_is_not_judged_is_said_once_beside_the_answers(batch):
    service = {**CLAIM, "codes": [{"system": "hcpcs", "code": "J1100"}]}

    out, errors = ask(batch(service, service))

    assert len(out.splitlines()) == 2
    assert errors.count("HCPCS Level II codes are checked by their form alone") == 1


def test_many_claims_ask_for_their_codes_together(batch, django_assert_max_num_queries):
    claims = [{**CLAIM, "codes": [{"code": code}]} for code in ("E11.9", "E11.22", "I10", "N18.4", "E10.9")] * 20

    with django_assert_max_num_queries(6):
        out, _ = ask(batch(*claims))

    assert len(out.splitlines()) == 100


def test_nothing_loaded_is_a_sentence():
    Release.objects.all().delete()

    with pytest.raises(CommandError, match="No ICD-10-CM release is loaded"):
        ask("I10", "--on", "2025-11-03", "--setting", "clinic")

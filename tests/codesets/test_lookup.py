import json

import pytest
from django.core.management import CommandError, call_command

from codesets.loaders import hcpcs, load
from tests.codesets.excerpt import LOADED_AT


def lookup(capsys, *args: str) -> str:
    call_command("lookup", *args)
    return capsys.readouterr().out


@pytest.fixture
def release(excerpt):
    return excerpt(["E11.22", "I10", "J18.9", "J18.0", "S52.531A"])


def test_text_names_the_release_and_one_code_per_line(release, capsys):
    first, second = lookup(capsys, "type 2 diabetes with ckd").splitlines()[:2]

    assert first == "ICD-10-CM FY2026"
    assert " ".join(second.split()) == "E11.22 Billable Type 2 diabetes mellitus with diabetic chronic kidney disease"


def test_json_is_one_object(release, capsys):
    answer = json.loads(lookup(capsys, "E11.22", "--json"))

    assert answer == {
        "query": "E11.22",
        "release": "FY2026",
        "releases": {"icd10cm": "FY2026"},
        "results": [
            {
                "system": "icd10cm",
                "code": "E11.22",
                "title": "Type 2 diabetes mellitus with diabetic chronic kidney disease",
                "billable": True,
            }
        ],
    }


def test_the_release_of_each_code_set_is_named(release, capsys):
    load.load(hcpcs.packaged_edition(), source="fixtures/codesets", now=LOADED_AT)

    answer = json.loads(lookup(capsys, "E0143", "--json"))

    assert answer["releases"] == {"icd10cm": "FY2026", "hcpcs": "October 2025, a selection"}
    assert answer["results"][0]["system"] == "hcpcs"
    assert lookup(capsys, "E0143").startswith("ICD-10-CM FY2026 · HCPCS Level II October 2025, a selection\n")


def test_limit_is_kept(release, capsys):
    assert len(json.loads(lookup(capsys, "J", "--json", "--limit", "2"))["results"]) == 2


@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_batch_echoes_unknown_fields_on_each_line(release, tmp_path, capsys, flags):
    batch = tmp_path / "queries.jsonl"
    batch.write_text('{"id": 7, "query": "htn", "note": ["é"]}\n\n{"query": "zzzz"}\n', encoding="utf-8")

    first, second = map(json.loads, lookup(capsys, "--batch", str(batch), *flags).splitlines())

    assert (first["id"], first["query"], first["note"]) == (7, "htn", ["é"])
    assert (first["release"], first["results"][0]["code"]) == ("FY2026", "I10")
    assert set(first["results"][0]) == {"system", "code", "title", "billable"}
    assert (second["release"], second["results"]) == ("FY2026", [])


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "Line 2: this is not JSON"),
        ("[]", "Line 2: this is not an object"),
        ('{"q": "htn"}', "Line 2: this has no query"),
        ('{"query": 5}', "Line 2: this has no query"),
    ],
)
def test_a_bad_line_is_named_by_its_number(release, tmp_path, line, sentence):
    batch = tmp_path / "queries.jsonl"
    batch.write_text(f'{{"query": "htn"}}\n{line}\n')

    with pytest.raises(CommandError, match=sentence):
        call_command("lookup", batch=batch)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("htn", "--on", "2024-01-03"), "No ICD-10-CM release is loaded for 3 Jan 2024. Loaded: FY2026"),
        (("htn", "--on", "3.1.2024"), "is not a date"),
        (("htn", "--limit", "0"), "--limit 0 shows nothing"),
        ((), "Give either words to look up, --batch FILE, --evaluate FILE or --benchmark"),
        (("--batch", "/no/such/file"), "cannot be read"),
    ],
)
def test_bad_input_gets_a_sentence(release, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("lookup", *arguments)


def test_nothing_found_is_said(release, capsys):
    assert "No code has these words" in lookup(capsys, "qqqqzzzz")


def test_a_site_without_codes_answers_with_one_sentence(db, capsys):
    with pytest.raises(CommandError, match=r"No ICD-10-CM release is loaded\."):
        lookup(capsys, "htn")

    assert capsys.readouterr().out == ""


def test_evaluation_tells_both_scores_and_the_misses(release, tmp_path, capsys):
    queries = tmp_path / "queries.csv"
    queries.write_text("query,kind,expected,reason\nhtn,abbreviation,I10,ward\nhtn,wrong,J18.9,none\n")

    report = lookup(capsys, "--evaluate", str(queries))

    assert "With the resource" in report
    assert "Without the resource" in report
    assert "htn: I10, not J189" in report


def test_a_warning_comes_before_the_codes(release, capsys):
    assert lookup(capsys, "urosepsis").startswith("Urosepsis is a nonspecific term")
    assert "I.C.1.d" in json.loads(lookup(capsys, "urosepsis", "--json"))["warning"]


def test_benchmark_tells_both_engines(release, capsys):
    report = lookup(capsys, "--benchmark")

    assert "tantivy" in report
    assert "SQLite FTS5" in report

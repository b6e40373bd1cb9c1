"""What may stand in a line of a batch file of lookup."""

import json

from django.core.management import call_command

from tests.codesets.excerpt import load_excerpt


def test_a_line_separator_inside_a_query_does_not_end_the_line(db, tmp_path, capsys):
    load_excerpt(["N18.4"])
    asked = [{"query": "kidney\u2028disease"}, {"query": "kidney\x85disease"}, {"query": "N18.4"}]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\r\n".join(json.dumps(line, ensure_ascii=False) for line in asked), encoding="utf-8")

    call_command("lookup", "--batch", str(batch))

    answered = [json.loads(line) for line in capsys.readouterr().out.strip().split("\n")]
    assert [line["query"] for line in answered] == [line["query"] for line in asked]

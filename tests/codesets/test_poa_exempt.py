from codesets.loaders import poa_exempt
from tests.codesets.excerpt import whole_tabular

RULES = poa_exempt.read_rules(poa_exempt.facts_file("FY2026"))


def exempt() -> frozenset[str]:
    return frozenset(
        row.code for row in whole_tabular().codes if row.billable and poa_exempt.is_exempt(row.code, RULES)
    )


def test_rules_give_as_many_codes_as_the_official_list():
    assert len(exempt()) == 38_349


def test_rules_give_exactly_the_official_list(poa_file):
    official = {line.split("\t")[1].strip().replace(".", "") for line in poa_file[1:] if line.strip()}

    assert exempt() == official


def test_every_rule_exempts_something():
    used = {
        (code[:length], seventh)
        for code in exempt()
        for length in range(1, len(code) + 1)
        for seventh in ("", code[6:])
    }

    assert used >= RULES


def test_later_visit_for_a_fracture_is_exempt_and_the_first_is_not():
    assert poa_exempt.is_exempt("S52501D", RULES)
    assert not poa_exempt.is_exempt("S52501A", RULES)

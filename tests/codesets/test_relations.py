from codesets.relations import relations_for
from grading.answers import CodeFacts


def test_facts_are_plain_values_by_dotted_code(excerpt):
    release = excerpt(["E11.22", "T07.XXXA"])

    facts = relations_for(["e1122"], release)

    assert facts == {
        "E11.22": CodeFacts(
            code="E11.22",
            title="Type 2 diabetes mellitus with diabetic chronic kidney disease",
            billable=True,
            ancestors=("E11", "E11.2"),
        )
    }


def test_ancestors_hold_no_placeholder(excerpt):
    release = excerpt(["T07.XXXA"])

    assert relations_for(["T07.XXXA"], release)["T07.XXXA"].ancestors == ("T07",)


def test_unknown_code_is_absent(excerpt):
    assert relations_for(["E11.999"], excerpt(["E11.22"])) == {}


def test_a_whole_sheet_takes_one_statement(excerpt, django_assert_num_queries):
    release = excerpt(["E11.22", "T07.XXXA"])

    with django_assert_num_queries(1):
        relations_for(["E11.22", "T07.XXXA", "E11.2"], release)

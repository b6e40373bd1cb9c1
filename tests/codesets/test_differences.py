from codesets.differences import Held, compare, is_revised

G35 = Held("Multiple sclerosis", True)


def test_added_deleted_and_revised_are_told_apart():
    old = {"A000": Held("Cholera", True), "I10": Held("Essential (primary) hypertension", True)}
    new = {"B8801": Held("Infestation by Amblyomma species", True), "I10": Held("Essential hypertension", True)}

    found = compare(old, new, against="FY2025")

    assert (found.added, found.deleted, found.revised) == (("B8801",), ("A000",), ("I10",))


def test_a_code_that_became_a_header_is_deleted_for_claims():
    found = compare({"G35": G35}, {"G35": Held("Multiple sclerosis", False), "G35D": G35}, against="FY2025")

    assert found.deleted == found.became_headers == ("G35",)
    assert found.added == ("G35D",)


def test_a_code_that_an_earlier_release_had_is_reinstated():
    found = compare({}, {"G35": G35}, against="FY2025", earlier={"G35"})

    assert found.reinstated == ("G35",)
    assert found.added == ()


def test_accents_and_case_do_not_revise_a_title():
    assert not is_revised("Sjögren syndrome", "Sjogren  Syndrome")
    assert is_revised("Sjogren syndrome", "Sicca syndrome")


def test_a_title_that_was_not_loaded_is_not_revised():
    assert not is_revised("", "Bypass Cerebral Ventricle")

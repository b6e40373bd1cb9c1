import lzma
from importlib import resources
from json import loads

import pytest

from codesets.headings import drg_family, drg_title, headings
from codesets.loaders import facts, hcpcs


def test_every_section_and_category_that_is_published_has_a_heading():
    letters = {row.code[0] for row in hcpcs.packaged_edition().codes if row.billable}
    categories = {row.mdc for row in facts.table_5().others[0]}

    assert letters <= headings("hcpcs").keys()
    assert categories == headings("mdc").keys()


def test_capitals_stay_where_they_mean_something():
    assert drg_title("HEART FAILURE AND SHOCK WITH MCC") == "Heart failure and shock with MCC"
    assert drg_title("CHIMERIC ANTIGEN RECEPTOR (CAR) T-CELL AND OTHER IMMUNOTHERAPIES").endswith(
        "(CAR) T-cell and other immunotherapies"
    )


def test_abbreviations_are_those_of_the_definitions_manual():
    drgpy = pytest.importorskip("drgpy", reason="drgpy is not installed: see requirements-codesets.txt.")
    packed = resources.files(drgpy).joinpath("runtime_data/v43.json.xz").read_bytes()
    manual = {number: held["desc"] for number, held in loads(lzma.decompress(packed))["drgmap"].items()}

    lost = {
        word
        for row in facts.table_5().others[0]
        for word in manual.get(row.number, "").replace("(", "").replace(")", "").replace(",", "").split()
        if sum(map(str.isupper, word)) > 1 and not {"-", "/"} & set(word) and word not in drg_title(row.title)
    }
    assert lost == set()


def test_a_family_differs_in_severity_alone():
    assert drg_family("HEART FAILURE AND SHOCK WITHOUT CC/MCC") == "HEART FAILURE AND SHOCK"
    assert drg_family("LIVER TRANSPLANT WITH MCC OR INTESTINAL TRANSPLANT") == "LIVER TRANSPLANT"

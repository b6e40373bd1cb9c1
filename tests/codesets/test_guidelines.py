import pytest

from codesets.loaders import guidelines, load, packages, registry
from codesets.loaders.archive import Refused
from codesets.models import GuidelineSection, Release
from tests.codesets.conftest import read_official
from tests.codesets.excerpt import LOADED_AT

TEXT = "guidelines/ICD-10-CM-October-2025-Guidelines.extracted.txt"
PDF = "guidelines/ICD-10-CM-October-2025-Guidelines.pdf"

SAMPLE = """Section I. Conventions ........ 7
A. Conventions for the ICD-10-CM ........ 7
Section I. Conventions, general coding guidelines and chapter specific guidelines
A. Conventions for the ICD-10-CM
1. The Alphabetic Index and Tabular List
The Index has these parts:
1. a list in the prose, which opens nothing
c. and another
2. Format and Structure:
Codes may be 3, 4, 5, 6 or 7 characters.
Page 8 of 121
B. General Coding Guidelines
1. Locating a code
a. First
1) A step
(a) of it
(i) in detail
(ii) again
2) Another step
"""


def numbers(text: str) -> list[str]:
    return [section.number for section in guidelines.split(text)]


def test_sections_are_numbered_as_they_are_cited():
    assert numbers(SAMPLE) == [
        "I", "I.A", "I.A.1", "I.A.2", "I.B", "I.B.1", "I.B.1.a", "I.B.1.a.1", "I.B.1.a.1.a", "I.B.1.a.1.a.i",
        "I.B.1.a.1.a.ii", "I.B.1.a.2",
    ]  # fmt: skip


def test_page_numbers_and_contents_are_no_text():
    (section,) = (each for each in guidelines.split(SAMPLE) if each.number == "I.A.2")

    assert section.text == "Codes may be 3, 4, 5, 6 or 7 characters."


@pytest.mark.parametrize(
    ("number", "title", "words"),
    [
        ("I.A.15", "“With”", "due to"),
        ("I.A.12.a", "Excludes1", "NOT CODED HERE"),
        ("I.C.1.d.4", "Sepsis or severe sepsis with a localized infection", "pneumonia"),
        ("I.C.9.a", "Hypertension", "heart involvement"),
        ("I.C.19.e.5.a", "Adverse Effect", "correctly prescribed"),
        ("II.H", "Uncertain Diagnosis", "probable"),
        ("IV.H", "Uncertain diagnosis", "probable"),
    ],
)
def test_sections_that_are_often_cited_are_found(number, title, words):
    sections = {section.number: section for section in read_official(TEXT).others[0]}

    assert sections[number].title.startswith(title)
    assert words in " ".join(sections[number].text.split())


def test_every_chapter_has_its_guidelines():
    found = {section.number for section in read_official(TEXT).others[0]}

    assert {f"I.C.{chapter}" for chapter in range(1, 23)} <= found
    assert {"II", "III", "IV", "Appendix I"} <= found


def test_pdf_gives_what_its_text_gives():
    pytest.importorskip("pypdf", reason="pypdf is not installed: see requirements.txt.")

    assert read_official(PDF).others == read_official(TEXT).others


def test_sections_are_loaded_with_their_dates(db):
    release = load.load(read_official(TEXT), source="test", now=LOADED_AT).release

    assert release.label == "FY2026"
    assert str(GuidelineSection.objects.get(release=release, number="II.H")) == "II.H Uncertain Diagnosis"


def test_a_pdf_that_is_none_is_refused(tmp_path):
    pytest.importorskip("pypdf", reason="pypdf is not installed: see requirements.txt.")
    path = tmp_path / "Guidelines 2026.pdf"
    path.write_bytes(b"%PDF-1.7 and nothing more")

    with pytest.raises(Refused, match="cannot be read as PDF"):
        registry.read(path)


def test_a_small_pdf_whose_pages_share_an_endless_text_is_refused_before_it_is_read_through(tmp_path, monkeypatch):
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed: see requirements.txt.")
    monkeypatch.setattr(guidelines, "MOST_STEPS", 5_000)
    book, text, path = pypdf.PdfWriter(), pypdf.generic.StreamObject(), tmp_path / "Guidelines 2026.pdf"
    name, fonts = pypdf.generic.NameObject, pypdf.generic.DictionaryObject()
    text.set_data(b"BT (Section I.) Tj ET\n" * 1_000)
    shared = book._add_object(text.flate_encode())
    for _ in range(20):
        page = book.add_blank_page(9, 9)
        page.update(
            {name("/Contents"): shared, name("/Resources"): pypdf.generic.DictionaryObject({name("/Font"): fonts})}
        )
    book.write(path)

    with pytest.raises(Refused, match="far longer than the Official Guidelines"):
        registry.read(path)


# To the published layout, in words of our own: the official text for procedures is not among the files at hand.
PROCEDURES = """ICD-10-PCS Official Guidelines for Coding and Reporting
2026
Conventions
A1
Every code has seven characters.
A2
One of 34 values may stand at each place; see A1
for their number.
Medical and Surgical Section Guidelines (section 0)
B3. Root Operation
Multiple procedures
B3.2
Several are coded when
a. their root operations differ,
b. or their body parts do.
B3.3 An operation that was left is coded as far as it went.
"""


def test_guidelines_for_procedures_are_numbered_as_they_are_cited():
    sections = list(guidelines.split_procedures(PROCEDURES))

    assert [(each.number, each.title) for each in sections] == [
        ("A1", "Conventions"),
        ("A2", "Conventions"),
        ("B3", "Medical and Surgical Section Guidelines (section 0)"),
        ("B3.2", "Multiple procedures"),
        ("B3.3", "Multiple procedures"),
    ]
    assert sections[3].text.splitlines()[-1] == "b. or their body parts do."
    assert [each.position for each in sections] == [0, 1, 2, 3, 4]


def test_a_supplied_text_for_procedures_takes_the_place_of_our_own_words(db, tmp_path):
    path = tmp_path / "pcs_guidelines.txt"
    path.write_text(PROCEDURES)
    _, (ours,) = packages.packaged("icd10pcs_guidelines")
    load.load(ours, source="facts", now=LOADED_AT)

    (edition,) = registry.read(path)
    load.load(edition, source=path.name, now=LOADED_AT)

    assert (edition.system, edition.label) == ("icd10pcs_guidelines", "FY2026")
    assert Release.objects.ready("icd10pcs_guidelines").get().guideline_sections.get(number="B3.2").title == (
        "Multiple procedures"
    )

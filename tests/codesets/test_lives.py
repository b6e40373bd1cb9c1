from datetime import UTC, date, datetime

import pytest

from codesets import lives
from codesets.lives import Life
from codesets.loaders import load
from codesets.loaders.edition import CodeRow, Edition, digest, fiscal_year
from codesets.models import Code, NoRelease, Release, System

NOW = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.fixture
def loaded(db):
    """loaded(2026, "G35", "I10"): a release of that fiscal year with these billable codes."""

    def write(year: int, *codes: str, system: System = System.ICD10CM) -> Release:
        rows = [CodeRow(code, f"Title of {code}", True) for code in codes]
        edition = Edition(
            system=system, member="m", sha256=digest(f"{year}{codes}".encode()), codes=rows, **fiscal_year(year)
        )
        return load.load(edition, source="test", now=NOW).release

    return write


def test_a_code_of_the_oldest_release_has_no_known_beginning(loaded):
    loaded(2025, "G35", "I10")
    loaded(2026, "I10")

    assert lives.lives_of("icd10cm", "I10") == [Life(None, None)]
    assert lives.lives_of("icd10cm", "G35") == [Life(None, date(2025, 9, 30))]


def test_a_new_code_lives_from_its_release_on(loaded):
    loaded(2025, "I10")
    loaded(2026, "I10", "G35D")

    (life,) = lives.lives_of("icd10cm", "g35.d")

    assert life == Life(date(2025, 10, 1), None)
    assert not life.covers(date(2025, 9, 30))


def test_a_reinstated_code_has_two_lives(loaded):
    loaded(2024, "I10", "Z681")
    loaded(2025, "I10")
    loaded(2026, "I10", "Z681")

    assert lives.lives_of("icd10cm", "Z68.1") == [Life(None, date(2024, 9, 30)), Life(date(2025, 10, 1), None)]


def test_a_code_nobody_has_heard_of_has_no_life(loaded):
    loaded(2026, "I10")

    assert lives.lives_of("icd10cm", "X99") == []


def test_with_one_release_nothing_is_deleted_and_a_date_outside_is_refused(loaded):
    release = loaded(2026, "I10")

    assert lives.stale_codes(release, ["I10", "G35"]) == {}
    with pytest.raises(NoRelease, match="Loaded: FY2026"):
        Release.objects.in_force("icd10cm", date(2025, 9, 30))


def test_stale_codes_are_those_that_content_must_look_at_again(loaded):
    loaded(2025, "I10", "G35", "Z681")
    release = loaded(2026, "I10", "G35D")

    assert lives.stale_codes(release, ["I10", "G35", "G35.D"]) == {"G35": lives.Change.DELETED}


def test_a_code_that_became_a_header_and_a_revised_title_are_stale(loaded):
    loaded(2025, "G35", "I10")
    release = loaded(2026, "G35", "I10")
    Code.objects.filter(release=release, code="G35").update(billable=False)
    Code.objects.filter(release=release, code="I10").update(title="Another title")

    changes = lives.stale_codes(release, ["G35", "I10"])

    assert changes == {"G35": lives.Change.HEADER, "I10": lives.Change.REVISED}


def test_a_hcpcs_code_that_has_ended_is_stale(loaded):
    loaded(2025, "J0696", system=System.HCPCS)
    release = loaded(2026, "J0696", system=System.HCPCS)
    Code.objects.filter(release=release).update(valid_to=date(2025, 9, 30))

    assert lives.stale_codes(release, ["J0696"]) == {"J0696": lives.Change.DELETED}

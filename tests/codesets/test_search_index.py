import shutil
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from codesets import search, search_index
from codesets.models import Code, Release
from tests.codesets.excerpt import LOADED_AT

CODES = ["E11.22", "J18.9", "I10", "N39.0", "S62.102A"]
# Another process takes the index away and builds it anew, over and over; it copies finished files instead of reading
# rows, because the rows of a test are seen by no other process.
REBUILDER = """
import os, shutil, sys
sys.path.insert(0, sys.argv[1])
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from pathlib import Path
from django.conf import settings
from codesets import search_index
from codesets.models import Code, Release
from tests.codesets.excerpt import LOADED_AT
folder, finished, pk, sha256 = Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), sys.argv[5]
settings.INDEX_DIR = folder
search_index._write = lambda beside, releases: shutil.copytree(finished, beside, dirs_exist_ok=True)
release = Release(pk=pk, sha256=sha256)
while True:
    shutil.rmtree(folder / search_index.fingerprint([release]), ignore_errors=True)
    search_index.build([release])
    print("built", flush=True)
"""


@pytest.fixture
def releases(excerpt, settings, tmp_path) -> list[Release]:
    settings.INDEX_DIR = tmp_path
    search_index._opened.clear()
    yield [excerpt(CODES)]
    search_index._opened.clear()


def folders(path: Path) -> list[str]:
    return sorted(each.name for each in path.iterdir())


def test_index_is_built_when_missing_and_opened_once(releases, tmp_path):
    first = search_index.open_index(releases)

    assert search_index.open_index(releases) is first
    assert folders(tmp_path) == [search_index.fingerprint(releases)]


def test_other_content_is_another_index(releases):
    before = search_index.fingerprint(releases)
    releases[0].sha256 = "changed"

    assert search_index.fingerprint(releases) != before


def test_a_damaged_index_is_built_again(releases, tmp_path):
    search_index.build(releases)
    (tmp_path / search_index.fingerprint(releases) / "meta.json").write_text("{")

    assert search.find("htn").results[0].code == "I10"


def test_old_indexes_are_removed_but_the_last(releases, tmp_path):
    for number in range(3):
        (tmp_path / f"old{number}").mkdir()

    search_index.build(releases)

    assert len(folders(tmp_path)) == search_index.KEPT


def test_an_open_reader_answers_after_its_files_are_gone(releases, tmp_path):
    index = search_index.open_index(releases)
    for file in (tmp_path / search_index.fingerprint(releases)).iterdir():
        file.unlink()

    assert search.search_rows(index, "htn", releases, 8)[0].code == "I10"


def test_search_never_fails_while_another_process_rebuilds(releases, tmp_path):
    finished = tmp_path.parent / f"{tmp_path.name}-finished"
    search_index.build(releases)
    shutil.copytree(tmp_path / search_index.fingerprint(releases), finished)
    place = [str(settings.BASE_DIR), str(tmp_path), str(finished), str(releases[0].pk), releases[0].sha256]
    answers = []

    with subprocess.Popen([sys.executable, "-c", REBUILDER, *place], stdout=subprocess.PIPE, text=True) as rebuilder:
        for _ in range(40):
            assert rebuilder.stdout.readline() == "built\n"
            search_index._opened.clear()
            answers.append(search.find("htn").results[0].code)
        assert rebuilder.poll() is None
        rebuilder.kill()

    assert set(answers) == {"I10"}


def test_threads_that_ask_at_once_build_one_index(releases, monkeypatch):
    built = []
    write = search_index._write
    monkeypatch.setattr(search_index, "_write", lambda *args: (built.append(1), write(*args)))
    found = []
    documents = list(search_index._documents(releases))
    monkeypatch.setattr(search_index, "_documents", lambda editions: documents if editions else [])

    threads = [threading.Thread(target=lambda: found.append(search_index.open_index(releases))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(built) == 1
    assert len(set(map(id, found))) == 1


def test_a_page_never_waits_for_a_large_index_and_finds_it_later(releases, monkeypatch):
    documents = list(search_index._documents(releases))
    monkeypatch.setattr(search_index, "_documents", lambda editions: documents if editions else [])
    monkeypatch.setattr(search_index, "AT_ONCE", 0)

    with pytest.raises(search_index.BeingBuilt, match="being prepared"):
        search.find("htn", waits=False)
    for thread in threading.enumerate():
        if thread.name == search_index.BUILDING:
            thread.join()

    assert search.find("htn", waits=False).results[0].code == "I10"


def test_what_two_editions_say_alike_is_one_row(db, settings, tmp_path):
    settings.INDEX_DIR = tmp_path
    older, newer = (edition_of(year) for year in (2025, 2026))
    Code.objects.filter(release=newer, code="I10").update(title="Hypertension, revised")

    index = search_index.build([older, newer])

    assert index.searcher.num_docs == 4
    assert [row.title for row in search.search_rows(index, "i10", [newer], 8)] == ["Hypertension, revised"]
    assert [row.title for row in search.search_rows(index, "i10", [older], 8)] == ["Essential (primary) hypertension"]
    assert len(search.search_rows(index, "n39", [older], 8)) == 2


def edition_of(year: int) -> Release:
    """I10, N39 and N39.0 in a release of that fiscal year."""
    dates = {"effective_from": date(year - 1, 10, 1), "effective_to": date(year, 9, 30)}
    release = Release.objects.create(
        system="icd10cm", label=f"FY{year}", state=Release.State.READY, loaded_at=LOADED_AT, sha256=str(year), **dates
    )
    rows = [("I10", "Essential (primary) hypertension", True), ("N39", "Other disorders of urinary system", False)]
    rows.append(("N390", "Urinary tract infection, site not specified", True))
    for position, (code, title, billable) in enumerate(rows):
        Code.objects.create(
            release=release, code=code, title=title, billable=billable, billable_length=len(code), position=position,
            parent="N39" if code == "N390" else "",
        )  # fmt: skip
    return release

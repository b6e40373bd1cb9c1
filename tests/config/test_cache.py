"""A full file cache loses what has expired; what still counts stays."""

import pytest

from config.cache import FileCache


@pytest.fixture
def full(tmp_path):
    """Nine entries that have expired and one that counts, in a cache of ten."""
    cache = FileCache(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 10}})
    cache.set("counter", [1, 2, 3], timeout=300)
    for number in range(9):
        cache.set(f"old-{number}", [], timeout=-1)
    return cache


def test_a_full_cache_drops_what_has_expired_and_keeps_what_counts(full, tmp_path):
    full.set("one-more", True, timeout=300)

    assert full.get("counter") == [1, 2, 3]
    assert len(list(tmp_path.iterdir())) == 2


def test_a_cache_that_is_full_of_what_counts_still_takes_more(tmp_path):
    cache = FileCache(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 10}})
    for number in range(30):
        cache.set(f"new-{number}", number, timeout=300)

    assert cache.get("new-29") == 29
    assert len(list(tmp_path.iterdir())) <= 10

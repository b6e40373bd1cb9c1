"""The product's settings with the wrong server of early_ack.py in the innermost place."""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE

MIDDLEWARE = [*MIDDLEWARE, "tests.faults.early_ack.AcknowledgeFirst"]

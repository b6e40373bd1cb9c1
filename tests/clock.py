"""The moment at which the tests happen."""

from datetime import UTC, datetime

NOON = datetime(2025, 12, 1, 12, 0, tzinfo=UTC)

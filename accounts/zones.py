"""The time zones that people choose from: those of the United States first, the others by region."""

from functools import cache
from zoneinfo import available_timezones

UTC = "UTC"
UNITED_STATES = {
    "America/New_York": "Eastern (New York)",
    "America/Chicago": "Central (Chicago)",
    "America/Denver": "Mountain (Denver)",
    "America/Phoenix": "Mountain without summer time (Phoenix)",
    "America/Los_Angeles": "Pacific (Los Angeles)",
    "America/Anchorage": "Alaska (Anchorage)",
    "Pacific/Honolulu": "Hawaii (Honolulu)",
}
# Other names for the same zones, kept by the zone database for old machines.
OLD_REGIONS = {"Brazil", "Canada", "Chile", "Etc", "Mexico", "US"}
Group = tuple[str, list[tuple[str, str]]]


@cache
def choices() -> list[tuple[str, str] | Group]:
    regions: dict[str, list[tuple[str, str]]] = {}
    for zone in sorted(available_timezones() - UNITED_STATES.keys()):
        region, _, place = zone.partition("/")
        if place and region not in OLD_REGIONS:
            regions.setdefault(region, []).append((zone, place.replace("_", " ").replace("/", ", ")))
    return [(UTC, UTC), ("United States", list(UNITED_STATES.items())), *regions.items()]


def is_known(zone: str) -> bool:
    return zone == UTC or any(zone in dict(group) for _, group in choices()[1:])

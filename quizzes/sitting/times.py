"""When a sitting ends and in which order it is shown. Pure: the same arguments give the same answer for ever."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """When an exam may be sat. With `must_finish` the closing time also ends the sittings that are running."""

    closes_at: datetime
    must_finish: bool


def deadline(started_at: datetime, seconds_allowed: int, window: Window) -> datetime:
    end = started_at + timedelta(seconds=seconds_allowed)
    return min(end, window.closes_at) if window.must_finish else end


def slot_order(seed: int, slot_count: int) -> list[int]:
    """The slots 1 to `slot_count` as this sitting shows them. Sorted by hash: no library's shuffle may change it."""
    return sorted(range(1, slot_count + 1), key=lambda slot: _rank(seed, f"slot {slot}"))


def option_order(seed: int, slot: int, options: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """The options as this sitting shows them; one that is `fixed_last` (none of the above) stays last."""
    ranked = sorted(options, key=lambda option: _rank(seed, f"slot {slot} option {option['id']}"))
    return sorted(ranked, key=lambda option: bool(option.get("fixed_last")))


def _rank(seed: int, name: str) -> bytes:
    return hashlib.sha256(f"{seed}:{name}".encode()).digest()

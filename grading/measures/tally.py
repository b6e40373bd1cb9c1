"""What every measure counts: wanted lines |K|, entered lines |C|, agreed lines |M|, and the parts of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

Measure = Fraction | None  # None: nothing was asked and nothing given, so there is nothing to measure (R4)
Part = tuple[int, int]  # right, of how many


@dataclass(frozen=True, slots=True)
class Tally:
    """Optional lines that were given and tolerated lines stand in none of the counts (R2). Lines agree as a whole,
    with modifiers and units; only `parts` and `nodes` look at the code alone."""

    wanted: int
    entered: int
    longer: int  # the longer of the two lists, chart by chart
    agreed: int
    credit: Fraction  # sum of the learning credit over the wanted lines
    parts: Mapping[str, Part]
    nodes: tuple[int, int, int]  # codes with everything above them: shared, of the key, of the sheet
    weights: Mapping[str, int]

    @property
    def extra(self) -> int:
        return self.entered - self.agreed

    def part(self, name: str) -> Measure:
        right, of = self.parts.get(name, (0, 0))
        return share(right, of)


def add_up(tallies: Iterable[Tally]) -> Tally:
    """The tally of a cohort, for pooled figures. At least one chart."""
    each = list(tallies)
    names = {name: None for tally in each for name in tally.parts}
    parts = {
        name: (sum(part[0] for part in found), sum(part[1] for part in found))
        for name in names
        for found in [[tally.parts.get(name, (0, 0)) for tally in each]]
    }
    shared, of_key, of_sheet = (sum(tally.nodes[place] for tally in each) for place in range(3))
    return Tally(
        wanted=sum(tally.wanted for tally in each),
        entered=sum(tally.entered for tally in each),
        longer=sum(tally.longer for tally in each),
        agreed=sum(tally.agreed for tally in each),
        credit=sum((tally.credit for tally in each), Fraction(0)),
        parts=parts,
        nodes=(shared, of_key, of_sheet),
        weights=each[0].weights,
    )


@lru_cache(maxsize=4096)
def share(part: int, whole: int) -> Measure:
    return Fraction(part, whole) if whole else None

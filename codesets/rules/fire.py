"""Which guideline rules a coded sheet breaks. Lines, setting, date, age and sex only: no database, no chart."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from codesets import formats
from codesets.edits.encounter import Encounter, Finding, Kind
from codesets.rules.conditions import Places, Sheet
from codesets.rules.ranges import CodeList
from codesets.rules.read import Rule, shipped

CODES_REMEMBERED = 65_536


class Pack:
    """Rules, found by the codes they need: most sheets try a dozen of them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._anywhere = [at for at, rule in enumerate(self.rules) if not rule.needs]
        self._needing: dict[CodeList, list[int]] = defaultdict(list)
        for at, rule in enumerate(self.rules):
            for each in rule.needs[:1]:
                self._needing[each].append(at)
        self._lists = tuple(dict.fromkeys(each for rule in self.rules for each in rule.lists))
        self.lists_near = cache(self._lists_near)
        self.lists_of = lru_cache(maxsize=CODES_REMEMBERED)(self._lists_of)

    def violations(self, encounter: Encounter) -> list[Finding]:
        sheet = Sheet(encounter, self.lists_of)
        broken = ((rule, lines_against(rule, sheet)) for rule in self._candidates(sheet))
        return [_finding(rule, sheet, places) for rule, places in broken if places is not None]

    def _lists_of(self, code: str) -> tuple[CodeList, ...]:
        """The lists that hold a code; remembered, for the same codes come again and again."""
        return tuple(each for each in self.lists_near(code[: formats.CATEGORY]) if each.holds(code))

    def _lists_near(self, prefix: str) -> list[CodeList]:
        """A category is looked for only among the lists of its letter."""
        among = self._lists if len(prefix) < 2 else self.lists_near(prefix[0])
        return [each for each in among if each.overlaps(prefix)]

    def _candidates(self, sheet: Sheet) -> list[Rule]:
        needed = [at for each in sheet.lists for at in self._needing.get(each, ())]
        return [self.rules[at] for at in sorted([*needed, *self._anywhere])]


def lines_against(rule: Rule, sheet: Sheet) -> Places | None:
    """The places of the lines that break the rule; None where it is kept or does not apply."""
    if not rule.holds_for(sheet.encounter):
        return None
    met = [condition.meets(sheet) for condition in rule.when]
    if None in met or any(condition.meets(sheet) is not None for condition in rule.unless):
        return None
    return sheet.of(rule.about) if rule.about else tuple({at for places in met for at in places or ()})


def violations(encounter: Encounter) -> list[Finding]:
    """What the shipped rules find, in order of their files."""
    return shipped_pack().violations(encounter)


@cache
def shipped_pack() -> Pack:
    return Pack(shipped())


def _finding(rule: Rule, sheet: Sheet, places: Places) -> Finding:
    lines = [sheet.encounter.lines[at] for at in sorted(places)]
    codes = tuple(dict.fromkeys(formats.written(line.system, line.code) for line in lines))
    return Finding(rule.severity, Kind.GUIDELINE, codes, rule.section, rule.advice)

"""Which entered line answers which line of the key? A maximum-weight assignment, never first come, first served.

Both sides are sorted before they are matched, so that the order of entry cannot move a tie.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grading.answers import (
    CPT,
    ICD10CM,
    ICD10PCS,
    Accept,
    Answer,
    CodedLine,
    Key,
    KeyLine,
    LineClass,
    Name,
    Payer,
    Relations,
    normal_code,
)
from grading.em import family_of, score_em
from grading.faults import NOT_WHOLE, ONE, SERVICES, credit_left, faults_of, less_faults, service_faults
from grading.pcs import pcs_credit
from grading.relations import CATEGORY, Relation, relate
from grading.weights import DEFAULT, Weights

# Each step outweighs 40 lines of all the steps below it together.
AGREED = 10**21  # a required line, by its own code or by an alternative with full credit
WHOLE = 10**19  # with its modifiers and units
AGREED_OPTIONAL = 10**17
MICRO_CREDIT = 10**9  # of a required line in the learning score, whatever lowers it there
OWN_CODE = 10**7  # the key's own code before an accepted alternative
CLOSENESS = 10**4  # a shared character of the code
FAULT = 2  # whatever it costs, even nothing; marked words count one
SOUND = 100  # of an optional line: without a fault, else what is left of it
BEYOND = AGREED * 10**6  # more than any sheet weighs


@dataclass(frozen=True, slots=True)
class Match:
    """An entered line beside a line of the key: how the codes stand, and what that earns before order and POA."""

    relation: Relation
    credit: Fraction
    is_agreed: bool
    accept: Accept | None
    weight: int


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What a pair of lines is weighed by."""

    payer: Payer
    relations: Relations | None
    weights: Weights


Edges = dict[tuple[int, int], Match]
Matches = dict[int, tuple[int, Match]]
SAME_CODE = Match(Relation.EXACT, ONE, is_agreed=True, accept=None, weight=AGREED + OWN_CODE)


def match_lines(key: Key, answer: Answer, relations: Relations | None = None, weights: Weights = DEFAULT) -> Matches:
    """From the index of a key line to the index of the entered line that answers it best, with the match."""
    yardstick, absent = Yardstick(key.payer, relations, weights), frozenset[int]()
    while True:
        matches = _match_present(key, answer, absent, yardstick)
        unmet = frozenset(key.conditional) - absent - asked_for(key, answer, matches)
        if not unmet:
            return matches
        absent |= unmet


def asked_for(key: Key, answer: Answer, matches: Matches) -> frozenset[int]:
    """Rule R18: a conditional line is asked for beside a right code, be it the key's own or an accepted one."""
    if not key.conditional:
        return frozenset()
    right = [
        (index, {answer.lines[entered].name[1], key.lines[index].name[1]})
        for index, (entered, match) in matches.items()
        if match.is_agreed
    ]
    return frozenset(
        index
        for index in key.conditional
        if any(normal_code(code) in codes for code in key.lines[index].when for at, codes in right if at != index)
    )


def _match_present(key: Key, answer: Answer, absent: frozenset[int], yardstick: Yardstick) -> Matches:
    # A code that the key tolerates or forbids was judged by the author; it is no near miss of another line.
    names, rows = [line.name for line in answer.lines], [index for index in key.matched if index not in absent]
    columns = [index for index, name in enumerate(names) if name not in key.judged]
    matches = _settle(key, rows, [(names[column], column) for column in columns])
    taken = {column for column, _ in matches.values()}
    rows = sorted((row for row in rows if row not in matches), key=lambda row: (key.lines[row].name, row))
    columns = sorted((at for at in columns if at not in taken), key=names.__getitem__)
    if len({names[at] for at in columns}) < len(columns):
        columns.sort(key=lambda at: _order(answer.lines[at], at))
    if rows and columns:
        edges = _edges([key.lines[row] for row in rows], [answer.lines[at] for at in columns], yardstick)
        for row, column in assign({pair: match.weight for pair, match in edges.items()}).items():
            matches[rows[row]] = (columns[column], edges[row, column])
    return matches


def _settle(key: Key, rows: Sequence[int], columns: Sequence[tuple[Name, int]]) -> Matches:
    """Lines whose code stands once on either side and is nobody's alternative: together in every best assignment,
    since an agreed line outweighs any two near misses."""
    offered = {(key.lines[row].system, normal_code(other.code)) for row in rows for other in key.lines[row].accept}
    wanted_once, entered_once = _once([(key.lines[row].name, row) for row in rows]), _once(columns)
    return {
        row: (entered_once[name], SAME_CODE)
        for name, row in wanted_once.items()
        if name in entered_once and name not in offered and not key.lines[row].accept
    }


def _once(named: Sequence[tuple[Name, int]]) -> dict[Name, int]:
    places = dict(named)
    if len(places) < len(named):
        often = Counter(name for name, _ in named)
        places = {name: index for name, index in named if often[name] == 1}
    return places


def _order(line: CodedLine, index: int) -> tuple[Name, str, int]:
    """Copies by all that was entered on a line. Of two equal ones the upper comes first, and an assignment takes the
    first of two equals."""
    entered = (line.poa, line.modifiers, line.units, line.role, line.support, line.em, line.evidence, line.is_corrected)
    return line.name, repr((entered, [normal_code(code) for code in line.pointers])), index


def _edges(wanted: Sequence[KeyLine], entered: Sequence[CodedLine], yardstick: Yardstick) -> Edges:
    by_stem: dict[Name, list[int]] = defaultdict(list)
    for column, line in enumerate(entered):
        by_stem[_stem(*line.name)].append(column)
    copies: set[int] | None = None
    edges: Edges = {}
    for row, key_line in enumerate(wanted):
        accepted = {normal_code(choice.code): choice for choice in key_line.accept}
        for stem in {_stem(key_line.system, code): None for code in (key_line.name[1], *accepted)}:
            for column in by_stem.get(stem, ()):
                match = _match(key_line, entered[column], accepted, yardstick)
                if match is not None and not match.is_agreed and copies is None:
                    copies = _copies(wanted, entered)
                if match is not None and (match.is_agreed or column not in (copies or ())):
                    edges[row, column] = match
    return edges


def _stem(system: str, code: str) -> Name:
    """What two codes must share to be compared at all."""
    if system == ICD10CM:
        return system, code[:CATEGORY]
    return system, code[:1] if system == ICD10PCS else (system == CPT and family_of(code)) or code


def _copies(wanted: Sequence[KeyLine], entered: Sequence[CodedLine]) -> set[int]:
    """Lines of a code entered more than once: they may agree, but a copy is no near miss of another line."""
    names = [line.name for line in entered]
    if len(set(names)) == len(names):
        return set()
    right = {line.name for line in wanted}
    right |= {(line.system, normal_code(other.code)) for line in wanted for other in line.accept if other.credit == 1}
    return {at for at, name in enumerate(names) if name in names[:at] or (name in right and names.count(name) > 1)}


def _match(key_line: KeyLine, line: CodedLine, accepted: Mapping[str, Accept], yardstick: Yardstick) -> Match | None:
    relation, weights = relation_of(key_line, line, yardstick.relations), yardstick.weights
    accept = accepted.get(line.name[1]) if relation is not Relation.EXACT else None
    if accept is None and relation is Relation.UNRELATED:
        return None
    if accept is not None:
        credit = accept.credit
    elif key_line.system == ICD10PCS and relation is Relation.SIBLING_CONDITION:
        credit = pcs_credit(line.code, key_line.code, yardstick.relations, weights)
    elif key_line.em and relation is Relation.SIBLING_CONDITION:
        credit = score_em(key_line.em, line.em, is_right_level=False)
    else:
        credit = weights.learning[relation]
    is_own = relation is Relation.EXACT
    is_agreed = is_own or (accept is not None and credit == 1)
    weight = is_own * OWN_CODE + _weight(key_line, line, yardstick, credit, is_agreed=is_agreed)
    return Match(relation, credit, is_agreed, accept, weight)


def relation_of(key_line: KeyLine, line: CodedLine, relations: Relations | None) -> Relation:
    """Codes of one stem. PCS codes and E/M levels are compared with their neighbours, other services are not."""
    mine, theirs = line.name[1], key_line.name[1]
    if key_line.system == ICD10CM:
        return relate(mine, theirs, relations)
    if mine == theirs:
        return Relation.EXACT
    if key_line.system == ICD10PCS:
        return Relation.HEADER if theirs.startswith(mine) else Relation.SIBLING_CONDITION
    is_level = key_line.system == CPT and family_of(mine) is not None and family_of(mine) == family_of(theirs)
    return Relation.SIBLING_CONDITION if is_level else Relation.UNRELATED


def _weight(key_line: KeyLine, line: CodedLine, yardstick: Yardstick, credit: Fraction, *, is_agreed: bool) -> int:
    """Among copies of one code the one without faults by the payer's rules, then the one that keeps most credit."""
    judge = faults_of if is_agreed else service_faults if key_line.system in SERVICES else None
    faults = judge(key_line, line, yardstick.payer) if judge else ()
    weight = (1 + _shared_characters(line.name[1], key_line.name[1])) * CLOSENESS - FAULT * len(faults)
    weight += bool(key_line.evidence and line.evidence)
    if faults and is_agreed:
        left = credit * credit_left(key_line, line, faults, yardstick.weights)
    else:
        left = less_faults(credit, faults, yardstick.weights)
    if key_line.line_class is LineClass.OPTIONAL:
        return weight + is_agreed * AGREED_OPTIONAL + int(left * SOUND)
    is_whole = is_agreed and NOT_WHOLE.isdisjoint(faults)
    micro_credits = left.numerator * 10**6 // left.denominator
    return weight + is_agreed * AGREED + is_whole * WHOLE + micro_credits * MICRO_CREDIT


def _shared_characters(mine: str, theirs: str) -> int:
    pairs = enumerate(zip(mine, theirs, strict=False))
    return next((position for position, (left, right) in pairs if left != right), min(len(mine), len(theirs)))


def assign(weights: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """The assignment of rows to columns with the greatest sum of positive weights; absent pairs stay apart."""
    chosen: dict[int, int] = {}
    for rows, columns in _components(weights):
        if len(rows) == len(columns) == 1:
            chosen[rows[0]] = columns[0]
        else:
            chosen |= _assign_component(rows, columns, weights)
    return chosen


def _components(weights: Mapping[tuple[int, int], int]) -> list[tuple[list[int], list[int]]]:
    """Rows and columns that hang together; most lines of a chart hang together with one other only."""
    components: list[tuple[set[int], set[int]]] = []
    for row, column in weights:
        touched = [part for part in components if row in part[0] or column in part[1]]
        rows, columns = {row}.union(*(part[0] for part in touched)), {column}.union(*(part[1] for part in touched))
        components = [part for part in components if part not in touched] + [(rows, columns)]
    return [(sorted(rows), sorted(columns)) for rows, columns in components]


def _assign_component(rows: list[int], columns: list[int], weights: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Every row also has a column of its own that costs nothing: to stay unmatched."""
    costs = [[-weights.get((row, column), 0) for column in columns] + [0] * len(rows) for row in rows]
    taken = _cheapest_columns(costs)
    pairs = {rows[row]: columns[column] for row, column in enumerate(taken) if column < len(columns)}
    return {row: column for row, column in pairs.items() if (row, column) in weights}


def _cheapest_columns(costs: Sequence[Sequence[int]]) -> list[int]:
    """Kuhn and Munkres with potentials: the column of each row, at the smallest total cost; rows ≤ columns.

    Each row looks for the shortest path to a free column; along it every owner moves on by one, which frees nothing."""
    height, width = len(costs), len(costs[0])
    of_row, of_column = [0] * (height + 1), [0] * (width + 1)  # potentials
    owner = [height] * (width + 1)  # the row that holds a column; `height` is nobody, column `width` a start
    for row in range(height):
        owner[width], column = row, width
        slack, came_from = [BEYOND] * width, [width] * width
        visited, free = [width], set(range(width))
        while owner[column] != height:
            held_by = owner[column]
            for candidate in free:
                reduced = costs[held_by][candidate] - of_row[held_by] - of_column[candidate]
                if reduced < slack[candidate]:
                    slack[candidate], came_from[candidate] = reduced, column
            column = min(free, key=lambda candidate: (slack[candidate], candidate))
            gap = slack[column]
            for passed in visited:
                of_row[owner[passed]] += gap
                of_column[passed] -= gap
            for candidate in free:
                slack[candidate] -= gap
            visited.append(column)
            free.remove(column)
        while column != width:
            owner[column], column = owner[came_from[column]], came_from[column]
    held = {row: column for column, row in enumerate(owner[:width])}
    return [held[row] for row in range(height)]

"""Which entered line answers which line of the key? A maximum-weight assignment, never first come, first served.

Both sides are sorted before they are matched, so that the order of entry cannot move a tie.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grading.answers import (
    CPT,
    DECISION,
    HCPCS,
    ICD10CM,
    ICD10PCS,
    MATCHED_CLASSES,
    Accept,
    Answer,
    CodedLine,
    Key,
    KeyLine,
    LineClass,
    Name,
    Relations,
    normal_code,
)
from grading.em import level_of
from grading.pcs import pcs_credit
from grading.relations import CATEGORY, Relation, relate
from grading.weights import DEFAULT, Weights

# Each step outweighs 40 lines of all the steps below it together.
AGREED = 10**16  # a required line, by its own code or by an alternative with full credit
AGREED_OPTIONAL = 10**14
MILLI_CREDIT = 10**9  # partial credit in the learning score
OWN_CODE = 10**7  # the key's own code before an accepted alternative
CLOSENESS = 10**4  # a shared character of the code
SAME_MODIFIERS, SHARED_MODIFIER, SAME_UNITS, SAME_POA = 60, 10, 20, 1

# How many first characters two codes must share to be compared at all; unlisted systems compare whole codes.
STEM = {ICD10CM: CATEGORY, ICD10PCS: 1, CPT: 4, HCPCS: 5, DECISION: 99}


@dataclass(frozen=True, slots=True)
class Match:
    """An entered line beside a line of the key: how the codes stand, and what that earns before order and POA."""

    relation: Relation
    credit: Fraction
    is_agreed: bool
    accept: Accept | None
    weight: int


Edges = dict[tuple[int, int], Match]
Matches = dict[int, tuple[int, Match]]
ONE = Fraction(1)
SAME_CODE = Match(Relation.EXACT, ONE, is_agreed=True, accept=None, weight=AGREED + OWN_CODE)


def match_lines(key: Key, answer: Answer, relations: Relations | None = None, weights: Weights = DEFAULT) -> Matches:
    """From the index of a key line to the index of the entered line that answers it best, with the match."""
    absent: set[int] = set()
    while True:
        matches = _match_present(key, answer, absent, relations, weights)
        unmet = _unmet_conditions(key, answer, matches, absent)
        if not unmet:
            return matches
        absent |= unmet


def _unmet_conditions(key: Key, answer: Answer, matches: Matches, absent: set[int]) -> set[int]:
    """Rule R18: a conditional line is asked for beside a matched code only."""
    waiting = [
        index
        for index, line in enumerate(key.lines)
        if line.line_class is LineClass.CONDITIONAL and index not in absent
    ]
    if not waiting:
        return set()
    right = {
        index: normal_code(answer.lines[entered].code) for index, (entered, match) in matches.items() if match.is_agreed
    }
    return {
        index
        for index in waiting
        if not any(
            normal_code(code) == other for code in key.lines[index].when for row, other in right.items() if row != index
        )
    }


def _match_present(
    key: Key, answer: Answer, absent: set[int], relations: Relations | None, weights: Weights
) -> Matches:
    key_names, names = [line.name for line in key.lines], [line.name for line in answer.lines]
    rows = [index for index, line in enumerate(key.lines) if line.line_class in MATCHED_CLASSES and index not in absent]
    # A code that the key tolerates or forbids was judged by the author; it is no near miss of another line.
    judged = {key_names[index] for index, line in enumerate(key.lines) if line.line_class not in MATCHED_CLASSES}
    columns = [index for index, name in enumerate(names) if name not in judged]
    matches = _settle(key, [(row, key_names[row]) for row in rows], [(column, names[column]) for column in columns])
    taken = {column for column, _ in matches.values()}
    wanted = sorted((row for row in rows if row not in matches), key=lambda row: _key_order(key.lines[row], row))
    entered = sorted(
        (column for column in columns if column not in taken), key=lambda column: _order(answer.lines[column], column)
    )
    if wanted and entered:
        best = match_all([key.lines[row] for row in wanted], [answer.lines[at] for at in entered], relations, weights)
        for row, (column, match) in best.items():
            matches[wanted[row]] = (entered[column], match)
    return matches


def match_all(
    wanted: Sequence[KeyLine],
    entered: Sequence[CodedLine],
    relations: Relations | None = None,
    weights: Weights = DEFAULT,
) -> Matches:
    """The assignment itself, of both lists as they stand: what they share, weighed pair by pair."""
    edges = _edges(wanted, entered, relations, weights)
    chosen = assign({pair: match.weight for pair, match in edges.items()})
    return {row: (column, edges[row, column]) for row, column in chosen.items()}


def _settle(key: Key, rows: Sequence[tuple[int, Name]], columns: Sequence[tuple[int, Name]]) -> Matches:
    """Lines whose code stands once on either side and is nobody's alternative: together in every best assignment,
    since an agreed line outweighs any two near misses."""
    offered = {(key.lines[row].system, normal_code(other.code)) for row, _ in rows for other in key.lines[row].accept}
    wanted_once, entered_once = _once(rows), _once(columns)
    return {
        row: (entered_once[name], SAME_CODE)
        for name, row in wanted_once.items()
        if name in entered_once and name not in offered and not key.lines[row].accept
    }


def _once(named: Sequence[tuple[int, Name]]) -> dict[Name, int]:
    places = {name: index for index, name in named}
    if len(places) < len(named):
        often = Counter(name for _, name in named)
        places = {name: index for name, index in places.items() if often[name] == 1}
    return places


def assign(weights: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """The assignment of rows to columns with the greatest sum of positive weights; absent pairs stay apart."""
    chosen: dict[int, int] = {}
    for rows, columns in _components(weights):
        if len(rows) == len(columns) == 1:
            chosen[rows[0]] = columns[0]
        else:
            chosen |= _assign_component(rows, columns, weights)
    return chosen


def _key_order(line: KeyLine, index: int) -> tuple[str, str, str, str, int]:
    return line.system, line.name[1], line.line_class, line.role or "", index


def _order(line: CodedLine, index: int) -> tuple[str, str, str, tuple[str, ...], int, int]:
    """Of a line entered twice the upper copy comes first, and an assignment takes the first of two equals."""
    return line.name[1], line.system, line.poa or "", line.modifiers, line.units or 0, index


def _edges(
    wanted: Sequence[KeyLine], entered: Sequence[CodedLine], relations: Relations | None, weights: Weights
) -> Edges:
    by_stem: dict[Name, list[int]] = defaultdict(list)
    for column, line in enumerate(entered):
        by_stem[_stem(line.system, line.code)].append(column)
    copies: set[int] | None = None
    edges: Edges = {}
    for row, key_line in enumerate(wanted):
        accepted = {normal_code(choice.code): choice for choice in key_line.accept}
        for stem in {_stem(key_line.system, code): None for code in (key_line.code, *accepted)}:
            for column in by_stem.get(stem, ()):
                match = _match(key_line, entered[column], accepted, relations, weights)
                if match is not None and not match.is_agreed and copies is None:
                    copies = _copies(wanted, entered)
                if match is not None and (match.is_agreed or column not in (copies or ())):
                    edges[row, column] = match
    return edges


def _stem(system: str, code: str) -> Name:
    return system, normal_code(code)[: STEM.get(system, len(code))]


def _copies(wanted: Sequence[KeyLine], entered: Sequence[CodedLine]) -> set[int]:
    """Lines of a code entered more than once: they may agree, but a copy is no near miss of another line."""
    columns_of: dict[Name, list[int]] = defaultdict(list)
    for column, line in enumerate(entered):
        columns_of[line.name].append(column)
    if len(columns_of) == len(entered):
        return set()
    right = {(line.system, code) for line in wanted for code in _full_credit_codes(line)}
    repeated = [(name, columns) for name, columns in columns_of.items() if len(columns) > 1]
    return {column for name, columns in repeated for column in (columns if name in right else columns[1:])}


def _full_credit_codes(line: KeyLine) -> Iterable[str]:
    return [line.name[1], *(normal_code(choice.code) for choice in line.accept if choice.credit == 1)]


def _match(
    key_line: KeyLine,
    line: CodedLine,
    accepted: Mapping[str, Accept],
    relations: Relations | None,
    weights: Weights,
) -> Match | None:
    relation = relation_of(key_line, line, relations)
    accept = accepted.get(line.name[1]) if relation is not Relation.EXACT else None
    if accept is None and relation is Relation.UNRELATED:
        return None
    if accept is not None:
        credit = accept.credit
    elif key_line.system == ICD10PCS and relation is Relation.SIBLING_CONDITION:
        credit = pcs_credit(line.code, key_line.code, relations, weights)
    else:
        credit = weights.learning[relation]
    weight = _weight(key_line, line, credit, is_own=relation is Relation.EXACT)
    return Match(relation, credit, is_agreed=credit == 1, accept=accept, weight=weight)


def relation_of(key_line: KeyLine, line: CodedLine, relations: Relations | None) -> Relation:
    """Codes of one stem. PCS codes and E/M levels are compared with their neighbours, other services are not."""
    mine, theirs = line.name[1], key_line.name[1]
    if key_line.system == ICD10CM:
        return relate(mine, theirs, relations)
    if mine == theirs:
        return Relation.EXACT
    if key_line.system == ICD10PCS:
        return Relation.HEADER if theirs.startswith(mine) else Relation.SIBLING_CONDITION
    is_level = level_of(mine) is not None and level_of(theirs) is not None
    return Relation.SIBLING_CONDITION if is_level and mine[:4] == theirs[:4] else Relation.UNRELATED


def _weight(key_line: KeyLine, line: CodedLine, credit: Fraction, *, is_own: bool) -> int:
    is_required = key_line.line_class is not LineClass.OPTIONAL
    if credit == 1:
        base = AGREED if is_required else AGREED_OPTIONAL
    else:
        base = int(credit * 1000) * MILLI_CREDIT if is_required else 0
    shared = _shared_characters(line.name[1], key_line.name[1])
    return base + is_own * OWN_CODE + (1 + shared) * CLOSENESS + _sameness(key_line, line)


def _sameness(key_line: KeyLine, line: CodedLine) -> int:
    """Among copies of one code: which of them has the modifiers, units and letter of this line of the key?"""
    mine, theirs = set(line.modifiers), set(key_line.modifiers)
    shared = SAME_MODIFIERS if mine == theirs else SHARED_MODIFIER * min(3, len(mine & theirs))
    same_units = (line.units or 1) == (key_line.units or 1)
    return shared + same_units * SAME_UNITS + (line.poa == key_line.poa) * SAME_POA


def _shared_characters(mine: str, theirs: str) -> int:
    for position, (left, right) in enumerate(zip(mine, theirs, strict=False)):
        if left != right:
            return position
    return min(len(mine), len(theirs))


def _components(weights: Mapping[tuple[int, int], int]) -> list[tuple[list[int], list[int]]]:
    """Rows and columns that hang together; most lines of a chart hang together with one other only."""
    columns_of: dict[int, list[int]] = defaultdict(list)
    rows_of: dict[int, list[int]] = defaultdict(list)
    for row, column in weights:
        columns_of[row].append(column)
        rows_of[column].append(row)
    components, seen = [], set[int]()
    for start in sorted(columns_of):
        if start not in seen:
            rows, columns = _reach(start, columns_of, rows_of)
            seen |= rows
            components.append((sorted(rows), sorted(columns)))
    return components


def _reach(
    start: int, columns_of: Mapping[int, list[int]], rows_of: Mapping[int, list[int]]
) -> tuple[set[int], set[int]]:
    rows, columns, waiting = {start}, set[int](), [start]
    while waiting:
        for column in columns_of[waiting.pop()]:
            if column not in columns:
                columns.add(column)
                fresh = [row for row in rows_of[column] if row not in rows]
                rows.update(fresh)
                waiting += fresh
    return rows, columns


def _assign_component(rows: list[int], columns: list[int], weights: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Every row also has a column of its own that costs nothing: to stay unmatched."""
    costs = [[-weights.get((row, column), 0) for column in columns] + [0] * len(rows) for row in rows]
    taken = _cheapest_columns(costs)
    pairs = {rows[row]: columns[column] for row, column in enumerate(taken) if column < len(columns)}
    return {row: column for row, column in pairs.items() if (row, column) in weights}


def _cheapest_columns(costs: Sequence[Sequence[int]]) -> list[int]:
    """Kuhn and Munkres with potentials: the column of each row, at the smallest total cost; rows ≤ columns."""
    height, width = len(costs), len(costs[0])
    row_potential, column_potential = [0] * (height + 1), [0] * (width + 1)
    owner = [height] * (width + 1)  # the row that holds a column; `height` is nobody, column `width` a start
    for row in range(height):
        owner[width] = row
        path = _shortest_path(costs, owner, row_potential, column_potential)
        column = path[0]
        for previous in path[1:]:
            owner[column], column = owner[previous], previous
    held = {row: column for column, row in enumerate(owner[:width]) if row < height}
    return [held[row] for row in range(height)]


def _shortest_path(
    costs: Sequence[Sequence[int]], owner: list[int], row_potential: list[int], column_potential: list[int]
) -> list[int]:
    """Columns from a free one back to the start; moving each owner one column along frees nothing and costs least."""
    width, nobody = len(costs[0]), len(costs)
    slack: list[int | None] = [None] * width
    came_from, visited, column = [width] * width, [width], width
    while owner[column] != nobody:
        row, gap, nearest = owner[column], None, width
        for candidate in range(width):
            if candidate in visited:
                continue
            reduced = costs[row][candidate] - row_potential[row] - column_potential[candidate]
            known = slack[candidate]
            if known is None or reduced < known:
                slack[candidate] = known = reduced
                came_from[candidate] = column
            if gap is None or known < gap:
                gap, nearest = known, candidate
        _move_potentials(gap or 0, visited, slack, owner, row_potential, column_potential)
        column = nearest
        visited.append(column)
    path = [column]
    while column != width:
        column = came_from[column]
        path.append(column)
    return path


def _move_potentials(
    gap: int,
    visited: list[int],
    slack: list[int | None],
    owner: list[int],
    row_potential: list[int],
    column_potential: list[int],
) -> None:
    for column in visited:
        row_potential[owner[column]] += gap
        column_potential[column] -= gap
    for column, known in enumerate(slack):
        if known is not None and column not in visited:
            slack[column] = known - gap

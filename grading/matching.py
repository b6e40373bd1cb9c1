"""Which entered line answers which line of the key? A maximum-weight assignment, never first come, first served.

Both sides are sorted before they are matched, so that the order of entry cannot move a tie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grading.answers import Answer, CodedLine, Key, KeyLine, LineClass, Relations, normal_code
from grading.relations import CATEGORY, CREDIT, Relation, relate

# Each step outweighs 40 lines of all the steps below it together.
AGREED = 10**14  # a required line, by its own code or by an alternative with full credit
AGREED_OPTIONAL = 10**12
MILLI_CREDIT = 10**7  # partial credit in the learning score
OWN_CODE = 10**5  # the key's own code before an accepted alternative
CLOSENESS = 10**2  # a shared character of the code
SAME_POA = 1

MATCHED_CLASSES = (LineClass.REQUIRED, LineClass.OPTIONAL)

Edges = dict[tuple[int, int], "Match"]


@dataclass(frozen=True, slots=True)
class Match:
    """An entered line beside a line of the key: how the codes stand, and what that earns before order and POA."""

    relation: Relation
    credit: Fraction
    is_agreed: bool
    is_alternative: bool
    weight: int


def match_lines(key: Key, answer: Answer, relations: Relations | None = None) -> dict[int, tuple[int, Match]]:
    """From the index of a key line to the index of the entered line that answers it best, with the match."""
    wanted = sorted(_matchable(key), key=lambda index: _key_order(key.lines[index], index))
    entered = sorted(_answering(key, answer), key=lambda index: _answer_order(answer.lines[index], index))
    edges = _edges([key.lines[index] for index in wanted], [answer.lines[index] for index in entered], relations)
    chosen = assign({pair: match.weight for pair, match in edges.items()})
    return {wanted[row]: (entered[column], edges[row, column]) for row, column in chosen.items()}


def assign(weights: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """The assignment of rows to columns with the greatest sum of positive weights; absent pairs stay apart."""
    chosen: dict[int, int] = {}
    for rows, columns in _components(weights):
        if len(rows) == len(columns) == 1:
            chosen[rows[0]] = columns[0]
        else:
            chosen |= _assign_component(rows, columns, weights)
    return chosen


def _matchable(key: Key) -> list[int]:
    return [index for index, line in enumerate(key.lines) if line.line_class in MATCHED_CLASSES]


def _answering(key: Key, answer: Answer) -> list[int]:
    """A code that the key tolerates or forbids was judged by the author; it is no near miss of another line."""
    judged = {(line.system, normal_code(line.code)) for line in key.lines if line.line_class not in MATCHED_CLASSES}
    return [index for index, line in enumerate(answer.lines) if (line.system, normal_code(line.code)) not in judged]


def _key_order(line: KeyLine, index: int) -> tuple[str, str, str, int]:
    return normal_code(line.code), line.line_class, line.role or "", index


def _answer_order(line: CodedLine, index: int) -> tuple[str, str, str, int]:
    """Of a line entered twice the upper copy comes first, and an assignment takes the first of two equals."""
    return normal_code(line.code), line.system, line.poa or "", index


def _edges(wanted: Sequence[KeyLine], entered: Sequence[CodedLine], relations: Relations | None) -> Edges:
    by_category: dict[str, list[int]] = defaultdict(list)
    for column, line in enumerate(entered):
        by_category[normal_code(line.code)[:CATEGORY]].append(column)
    copies = _copies(wanted, entered)
    edges: Edges = {}
    for row, key_line in enumerate(wanted):
        accepted = {normal_code(choice.code): choice.credit for choice in key_line.accept}
        for category in {code[:CATEGORY]: None for code in (normal_code(key_line.code), *accepted)}:
            for column in by_category.get(category, ()):
                match = _match(key_line, entered[column], accepted, relations)
                if match is not None and (match.is_agreed or column not in copies):
                    edges[row, column] = match
    return edges


def _copies(wanted: Sequence[KeyLine], entered: Sequence[CodedLine]) -> set[int]:
    """Lines of a code entered more than once: they may agree, but a copy is no near miss of another line."""
    right = {(line.system, code) for line in wanted for code in _full_credit_codes(line)}
    columns_of: dict[tuple[str, str], list[int]] = defaultdict(list)
    for column, line in enumerate(entered):
        columns_of[line.system, normal_code(line.code)].append(column)
    repeated = [(name, columns) for name, columns in columns_of.items() if len(columns) > 1]
    return {column for name, columns in repeated for column in (columns if name in right else columns[1:])}


def _full_credit_codes(line: KeyLine) -> list[str]:
    accepted = [normal_code(choice.code) for choice in line.accept if choice.credit == 1]
    return [normal_code(line.code), *accepted]


def _match(
    key_line: KeyLine, line: CodedLine, accepted: Mapping[str, Fraction], relations: Relations | None
) -> Match | None:
    if line.system != key_line.system:
        return None
    relation = relate(line.code, key_line.code, relations)
    alternative = accepted.get(normal_code(line.code)) if relation is not Relation.EXACT else None
    if alternative is None and relation is Relation.UNRELATED:
        return None
    credit = CREDIT[relation] if alternative is None else alternative
    is_agreed = credit == 1
    weight = _weight(key_line, line, credit, is_own=relation is Relation.EXACT)
    return Match(relation, credit, is_agreed, alternative is not None, weight)


def _weight(key_line: KeyLine, line: CodedLine, credit: Fraction, *, is_own: bool) -> int:
    is_required = key_line.line_class is LineClass.REQUIRED
    if credit == 1:
        base = AGREED if is_required else AGREED_OPTIONAL
    else:
        base = int(credit * 1000) * MILLI_CREDIT if is_required else 0
    shared = _shared_characters(normal_code(line.code), normal_code(key_line.code))
    return base + is_own * OWN_CODE + (1 + shared) * CLOSENESS + (line.poa == key_line.poa) * SAME_POA


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

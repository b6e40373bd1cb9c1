"""Score a coded chart against its key. Knows nothing of users, databases or wording; see coursework.keys for rows."""

from __future__ import annotations

from grading.answers import Answer, ChartGrade, Key, Relations
from grading.matching import match_lines
from grading.measures import count, measure_all
from grading.sequence import read_order
from grading.verdicts import judge_lines


def grade_chart(key: Key, answer: Answer, relations: Relations | None = None) -> ChartGrade:
    matches = match_lines(key, answer, relations)
    agreed = {index: entered for index, (entered, match) in matches.items() if match.is_agreed}
    order = read_order(key, answer, agreed)
    lines = judge_lines(key, answer, matches, order, relations)
    return ChartGrade(lines=lines, measures=measure_all(count(key, answer, lines, order)))

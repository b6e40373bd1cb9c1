"""The tables of coursework, written beside their journeys."""

from coursework.authoring.models import Pack
from coursework.book.models import Mark
from coursework.cases.models import AnswerKey, Case, CaseVersion, ChartDocument, KeyLine
from coursework.drills.models import Drill, DrillStep
from coursework.lessons.models import Check, CheckAnswer, Course, Lesson
from coursework.practice.models import Attempt, AttemptLine, Grade, LineVerdict, LookUp
from coursework.weights.models import HouseWeights

__all__ = [
    "AnswerKey",
    "Attempt",
    "AttemptLine",
    "Case",
    "CaseVersion",
    "ChartDocument",
    "Check",
    "CheckAnswer",
    "Course",
    "Drill",
    "DrillStep",
    "Grade",
    "HouseWeights",
    "KeyLine",
    "Lesson",
    "LineVerdict",
    "LookUp",
    "Mark",
    "Pack",
]

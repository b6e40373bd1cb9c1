"""All rows of this app; each journey keeps its own."""

from quizzes.bank.models import Item, ItemKey, ItemVersion
from quizzes.forms.models import Administration, Blueprint, ExamForm, FormItem
from quizzes.scoring.models import ScoreRun, SittingScore
from quizzes.sitting.models import Sitting, SittingEvent, SittingResult

__all__ = [
    "Administration",
    "Blueprint",
    "ExamForm",
    "FormItem",
    "Item",
    "ItemKey",
    "ItemVersion",
    "ScoreRun",
    "Sitting",
    "SittingEvent",
    "SittingResult",
    "SittingScore",
]

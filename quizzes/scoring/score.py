"""Score closed sittings in the current run of their administration. Grading does the work; this reads and writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef

from grading.items import ItemScore, grade_item
from grading.scores import score_form
from quizzes.forms.models import Administration, FormItem
from quizzes.scoring.models import ScoreRun, SittingScore
from quizzes.sitting.models import Sitting, SittingQuerySet


@dataclass(frozen=True, slots=True)
class ScoredSlot:
    """One slot with the key that the run holds for it: all that its score depends on."""

    slot: int
    domain: str
    points_milli: int
    body: dict[str, Any]
    key: dict[str, Any]
    key_id: int

    def grade(self, chosen: Sequence[str]) -> ItemScore:
        score = grade_item(self.body["kind"], self.body, self.key, {"chosen": list(chosen)})
        return replace(score, earned=self._weighted(score), possible=self.points_milli)

    def _weighted(self, score: ItemScore) -> int:
        return score.earned * self.points_milli // score.possible


def score_closed(sittings: Iterable[Sitting]) -> None:
    """Sittings that carry their result and their administration; a second scoring in the same run writes nothing."""
    by_administration = sorted(sittings, key=lambda sitting: sitting.administration_id)
    for _, group in groupby(by_administration, key=lambda sitting: sitting.administration_id):
        rows = list(group)
        run = rows[0].administration.current_run
        slots = scored_slots(run)
        scores = [score_sitting(sitting, run, slots) for sitting in rows]
        SittingScore.objects.bulk_create(scores, ignore_conflicts=True)


def score_waiting(*administrations: Administration) -> None:
    score_closed(_waiting().filter(administration__in=administrations))


def score_all_waiting() -> None:
    score_closed(_waiting())


def _waiting() -> SittingQuerySet:
    """Closed sittings without a score in the current run: the close commits first, the score may be retried."""
    scored = SittingScore.objects.filter(sitting=OuterRef("pk"), run=OuterRef("administration__current_run"))
    return Sitting.objects.closed().filter(~Exists(scored)).with_form().select_related("result")


def scored_slots(run: ScoreRun) -> list[ScoredSlot]:
    """One statement, whatever the number of items; only the keys that the run pinned count."""
    version, key = "item_version", "item_version__keys"
    slots = FormItem.objects.filter(
        form__administrations=run.administration_id, item_version__keys__in=run.keys.values()
    )
    rows = slots.order_by("position").values_list(
        "position", "domain", "points_milli", f"{version}__body", f"{key}__key", f"{key}__id"
    )
    return [ScoredSlot(*row) for row in rows]


def score_sitting(sitting: Sitting, run: ScoreRun, slots: Sequence[ScoredSlot]) -> SittingScore:
    answers = sitting.result.answers
    items = {slot.slot: slot.grade(answers.get(str(slot.slot), ())) for slot in slots}
    domains = {slot.slot: slot.domain for slot in slots}
    cut = Fraction(sitting.administration.form.blueprint.cut_score_milli, 1000)
    total = score_form(items, domains, cut)
    numbers = list(domains.values())
    return SittingScore(
        run=run,
        sitting=sitting,
        earned_milli=total.earned,
        possible_milli=total.possible,
        passed=total.passed,
        items={slot.slot: [items[slot.slot].earned, items[slot.slot].possible, slot.key_id] for slot in slots},
        domains={slug: [score.earned, score.possible, numbers.count(slug)] for slug, score in total.by_domain.items()},
    )

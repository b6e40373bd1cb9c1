"""The report of one sitting, read only after the release: score, domains, and every item with its reasons."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grading.scores import points_to_pass
from kit.tables import Column, Table
from kit.templatetags.kit import percent
from quizzes.bank.models import ItemKey
from quizzes.forms.models import FormItem
from quizzes.scoring.models import SittingScore
from quizzes.sitting import times
from quizzes.sitting.models import Sitting
from quizzes.sitting.pages import ShownOption, shown_options


@dataclass(frozen=True, slots=True)
class DomainLine:
    title: str
    count: int
    earned: int
    possible: int

    @property
    def share(self) -> int:
        return share_milli(self.earned, self.possible)


@dataclass(frozen=True, slots=True)
class ExplainedOption:
    shown: ShownOption
    is_right: bool
    why: str

    @property
    def badge(self) -> tuple[str, str] | None:
        """Shape and word; an option that is wrong and was left alone needs neither."""
        if self.is_right:
            return ("exact", "Right, and chosen") if self.shown.is_chosen else ("missed", "Right, not chosen")
        return ("wrong", "Chosen") if self.shown.is_chosen else None


@dataclass(frozen=True, slots=True)
class ItemReport:
    position: int
    stem: str
    domain: str
    earned: int
    possible: int
    is_answered: bool
    options: list[ExplainedOption]
    rule: str
    guideline: str
    cpt_year: int | None

    @property
    def badge(self) -> tuple[str, str]:
        if self.earned == self.possible:
            return "exact", "Right"
        return ("wrong", "Wrong") if self.is_answered else ("missed", "Not answered")


@dataclass(frozen=True, slots=True)
class SittingReport:
    earned: int
    possible: int
    passed: bool
    points_needed: int
    domains: list[DomainLine]
    items: list[ItemReport]

    @property
    def share(self) -> int:
        return share_milli(self.earned, self.possible)

    @property
    def points(self) -> str:
        return f"{points(self.earned)} of {points(self.possible)}"


def share_milli(earned: int, possible: int) -> int:
    """Rounded down, so that no score reads as a pass that is none."""
    return earned * 1000 // possible if possible else 0


def points(milli: int) -> str:
    return f"{milli / 1000:g}"


def sitting_report(sitting: Sitting, score: SittingScore) -> SittingReport:
    blueprint = sitting.administration.form.blueprint
    cut = Fraction(blueprint.cut_score_milli, 1000)
    return SittingReport(
        earned=score.earned_milli,
        possible=score.possible_milli,
        passed=score.passed,
        points_needed=points_to_pass(score.possible_milli, cut) // 1000,
        domains=domain_lines(blueprint.domains, score),
        items=_item_reports(sitting, score, {domain["slug"]: domain["title"] for domain in blueprint.domains}),
    )


def domain_lines(domains: list[dict[str, str]], score: SittingScore) -> list[DomainLine]:
    """In the order of the blueprint; a domain without items in this form is left out."""
    return [
        DomainLine(domain["title"], count, earned, possible)
        for domain in domains
        if domain["slug"] in score.domains
        for earned, possible, count in [score.domains[domain["slug"]]]
    ]


def domain_table(report: SittingReport) -> Table:
    columns = (
        Column("Domain"),
        Column("Items", kind="number"),
        Column("Points", kind="number"),
        Column("Score", kind="number"),
    )
    rows = [
        (line.title, line.count, f"{points(line.earned)} of {points(line.possible)}", percent(line.share))
        for line in report.domains
    ]
    return Table("Your score by domain", columns, tuple(rows))


def _item_reports(sitting: Sitting, score: SittingScore, titles: dict[str, str]) -> list[ItemReport]:
    slots = FormItem.objects.filter(form_id=sitting.administration.form_id).select_related("item_version")
    by_slot = {slot.position: slot for slot in slots}
    keys = ItemKey.objects.in_bulk([key_id for _, _, key_id in score.items.values()])
    order = times.slot_order(sitting.order_seed, sitting.slot_count)
    reports = []
    for position, slot in enumerate(order, start=1):
        earned, possible, key_id = score.items[str(slot)]
        title = titles.get(by_slot[slot].domain, by_slot[slot].domain)
        reports.append(_item_report(sitting, by_slot[slot], keys[key_id], (position, title, earned, possible)))
    return reports


def _item_report(sitting: Sitting, slot: FormItem, key: ItemKey, line: tuple[int, str, int, int]) -> ItemReport:
    position, title, earned, possible = line
    chosen = tuple(sitting.result.answers.get(str(slot.position), ()))
    body: dict[str, Any] = slot.item_version.body
    options = [
        ExplainedOption(option, option.id in key.key["right"], key.rationale["why"].get(option.id, ""))
        for option in shown_options(sitting, slot.position, body, chosen)
    ]
    rule, guideline = key.rationale["rule"], key.rationale["guideline"]
    return ItemReport(
        position, body["stem"], title, earned, possible, bool(chosen), options, rule, guideline, body.get("cpt")
    )

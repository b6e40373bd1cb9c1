"""The results of an administration as its instructor sees them: the students, and how each item went."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import Membership, User
from accounts.roles import Capability, Role, roles_with
from kit.tables import Column, Table
from kit.templatetags.kit import percent
from quizzes import wording
from quizzes.forms.models import Administration, FormItem
from quizzes.scoring.models import SittingScore
from quizzes.scoring.report import share_milli
from quizzes.sitting.models import Sitting, SittingQuerySet


@dataclass(frozen=True, slots=True)
class Results:
    students: Table
    items: Table
    still_open: int
    closed: int


def results_of(administration: Administration) -> Results:
    domains = administration.form.blueprint.domains
    sittings = {
        sitting.user_id: sitting for sitting in students_sittings(administration).select_related("result", "user")
    }
    scores = {score.sitting_id: score for score in _scores(administration, sittings)}
    people = _students(administration) | {pk: sitting.user for pk, sitting in sittings.items()}
    rows = [_student_row(user, sittings.get(pk), scores, domains) for pk, user in sorted(people.items(), key=_by_name)]
    open_count = sum(sitting.is_open for sitting in sittings.values())
    return Results(
        students=Table(
            "Students", _student_columns(domains), tuple(rows), empty="No students yet. Share the join code."
        ),
        items=_item_table(administration, list(scores.values())),
        still_open=open_count,
        closed=len(sittings) - open_count,
    )


def students_sittings(administration: Administration) -> SittingQuerySet:
    """Without the sittings of staff: who can see the results does not belong to the population."""
    cohort = administration.cohort
    staff = Membership.objects.filter(role__in=roles_with(Capability.SEE_RESULTS)).filter(
        Q(cohort=cohort) | Q(cohort=None, institution=cohort.institution_id)
    )
    return Sitting.objects.filter(administration=administration).exclude(user__in=staff.values("user"))


def _students(administration: Administration) -> dict[int, User]:
    members = Membership.objects.filter(cohort=administration.cohort, role=Role.STUDENT).select_related("user")
    return {member.user_id: member.user for member in members}


def _by_name(person: tuple[int, User]) -> tuple[str, int]:
    return str(person[1]).casefold(), person[0]


def _scores(administration: Administration, sittings: dict[int, Sitting]) -> list[SittingScore]:
    ids = [sitting.pk for sitting in sittings.values()]
    return list(SittingScore.objects.filter(run=administration.current_run_id, sitting__in=ids))


def _student_columns(domains: list[dict[str, str]]) -> tuple[Column, ...]:
    numbers = ["Answered", "Score", *(domain["title"] for domain in domains)]
    return (Column("Student"), Column("State"), *(Column(title, kind="number") for title in numbers))


def _student_row(
    user: User, sitting: Sitting | None, scores: dict[int, SittingScore], domains: list[dict[str, str]]
) -> tuple[str, ...]:
    state = wording.STATE[sitting.state if sitting else None]
    score = scores.get(sitting.pk) if sitting else None
    if sitting is None or score is None:
        return (str(user), state, *["–"] * (2 + len(domains)))
    by_domain = (score.domains.get(domain["slug"]) for domain in domains)
    shares = (percent(share_milli(found[0], found[1])) if found else "–" for found in by_domain)
    total = f"{percent(share_milli(score.earned_milli, score.possible_milli))} · {wording.PASSED[score.passed]}"
    return (str(user), state, f"{sitting.result.answered} of {sitting.slot_count}", total, *shares)


def _item_table(administration: Administration, scores: list[SittingScore]) -> Table:
    """Facility: the share of the points that the students who closed their sitting earned on the item."""
    earned: Counter[str] = Counter()
    possible: Counter[str] = Counter()
    for score in scores:
        for slot, (won, most, _) in score.items.items():
            earned[slot] += won
            possible[slot] += most
    titles = {domain["slug"]: domain["title"] for domain in administration.form.blueprint.domains}
    slots = FormItem.objects.filter(form=administration.form_id).select_related("item_version__item")
    rows = tuple(
        (
            f"{slot.position} · {slot.item_version.item.slug}",
            titles.get(slot.domain, slot.domain),
            _facility(earned[str(slot.position)], possible[str(slot.position)]),
        )
        for slot in slots
    )
    return Table("Items", (Column("Item"), Column("Domain"), Column("Facility", kind="number")), rows)


def _facility(earned: int, possible: int) -> str:
    return f"{earned / possible:.2f}" if possible else "–"

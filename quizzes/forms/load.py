"""Load an authored exam: its rules become a blueprint, its list of items a form. Loading it again writes nothing."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Institution
from coursework.authoring.hashes import content_hash
from coursework.authoring.read_pack import ContentError
from quizzes.bank.models import ItemVersion
from quizzes.bank.parse import NOT_A_SLUG, NOT_FIELDS, is_slug, named
from quizzes.forms.models import Blueprint, ExamForm, FormItem

NEEDED = ("slug", "title", "minutes", "cut", "books", "domains", "items")
LONGEST = {"title": 150, "sentence": 300, "books": 200, "short_form_of": 100}
MOST_MINUTES = 24 * 60


class UnloadableForm(ContentError):
    """An authored exam that cannot be loaded; the message is the sentence to show."""

    def __init__(self, mapping: object, sentence: str) -> None:
        super().__init__(f"{named('Exam', mapping)}: {sentence}")


@transaction.atomic
def load_forms(
    institution: Institution, mappings: Iterable[Mapping[str, Any]], *, namespace: str = ""
) -> list[ExamForm]:
    """All exams of a namespace: one that is gone is archived. What was scheduled of it goes on."""
    forms = [load_form(institution, mapping, namespace=namespace) for mapping in mappings]
    if len({form.pk for form in forms}) < len(forms):
        raise UnloadableForm({"slug": forms[-1].slug}, "two exams of the pack have one slug; give one of them another.")
    shown = Blueprint.objects.filter(institution=institution, namespace=namespace, archived_at=None)
    shown.exclude(slug__in=[form.slug for form in forms]).update(archived_at=Now())
    return forms


@transaction.atomic
def load_form(institution: Institution, mapping: Mapping[str, Any], *, namespace: str = "") -> ExamForm:
    """A form that was never scheduled is rewritten; a frozen one stays, and the change makes the next number."""
    _refuse_unreadable(mapping)
    versions = _versions(institution, mapping)
    fields = _blueprint_fields(mapping) | {"namespace": namespace}
    text_hash = _text_hash(fields, versions)
    newest = _newest(institution, mapping, namespace) or _renamed(institution, mapping.get("was"), fields, versions)
    if newest and newest.archived_at:
        Blueprint.objects.filter(institution=institution, slug=newest.slug).update(archived_at=None)
    if newest and newest.text_hash == text_hash:
        return newest.forms.get()
    if newest and newest.forms.filter(frozen_at=None).exists():
        newest.forms.all().delete()
        Blueprint.objects.filter(pk=newest.pk).update(**fields, text_hash=text_hash)
        newest.refresh_from_db()
    else:
        number = newest.number + 1 if newest else 1
        newest = Blueprint.objects.create(institution=institution, number=number, text_hash=text_hash, **fields)
    return _write_form(newest, mapping, versions)


def _text_hash(fields: Mapping[str, Any], versions: list[ItemVersion]) -> str:
    return content_hash([fields, [version.pk for version in versions]])


def _newest(institution: Institution, mapping: Mapping[str, Any], namespace: str) -> Blueprint | None:
    newest = Blueprint.objects.filter(institution=institution, slug=mapping["slug"]).order_by("-number").first()
    if newest and newest.namespace != namespace:
        owner = newest.namespace or "this site"
        raise UnloadableForm(mapping, f"an exam of {owner} has this slug; give this one another.")
    return newest


def _renamed(
    institution: Institution, was: str | None, fields: dict[str, Any], versions: list[ItemVersion]
) -> Blueprint | None:
    """Every number of the exam that had the old slug, under the new one. A new name alone makes no new number."""
    numbers = Blueprint.objects.filter(institution=institution, namespace=fields["namespace"], slug=was)
    newest = numbers.order_by("-number").first() if was else None
    if newest is None:
        return None
    is_same = newest.text_hash == _text_hash(fields | {"slug": was}, versions)
    ExamForm.objects.filter(blueprint__in=numbers).update(slug=fields["slug"])
    numbers.update(slug=fields["slug"])
    if is_same:
        Blueprint.objects.filter(pk=newest.pk).update(text_hash=_text_hash(fields, versions))
    newest.refresh_from_db()
    return newest


def _refuse_unreadable(mapping: object) -> None:
    if not isinstance(mapping, Mapping):
        raise UnloadableForm(mapping, NOT_FIELDS)
    for field in NEEDED:
        if mapping.get(field) in (None, "", []):
            raise UnloadableForm(mapping, f"it has no {field}; add one.")
    for field in ("slug", "was"):
        if mapping.get(field) and not is_slug(mapping[field]):
            raise UnloadableForm(mapping, NOT_A_SLUG.format(field=field, value=mapping[field]))
    for field, longest in LONGEST.items():
        written = mapping.get(field) or ""
        if not isinstance(written, str) or len(written) > longest:
            raise UnloadableForm(mapping, f"its {field} is no text of at most {longest} characters; write one.")
    _refuse_unreadable_numbers(mapping)
    _refuse_unreadable_lists(mapping)


def _refuse_unreadable_numbers(mapping: Mapping[str, Any]) -> None:
    if type(mapping["cut"]) not in (int, float) or not 0 <= mapping["cut"] <= 1:
        raise UnloadableForm(mapping, f"the cut is {mapping['cut']}; write a share from 0 to 1, like 0.70.")
    if type(mapping["minutes"]) is not int or not 1 <= mapping["minutes"] <= MOST_MINUTES:
        raise UnloadableForm(mapping, f"the minutes are {mapping['minutes']}; write a whole number up to a day's.")


def _refuse_unreadable_lists(mapping: Mapping[str, Any]) -> None:
    domains, items = mapping["domains"], mapping["items"]
    if not isinstance(domains, list) or not all(_is_domain(domain) for domain in domains):
        raise UnloadableForm(mapping, "its domains are not a list, each with a slug and a title; write them so.")
    if not isinstance(items, list) or not all(is_slug(item) for item in items):
        raise UnloadableForm(mapping, "its items are not a list of slugs; write them so.")
    if len(set(items)) < len(items):
        raise UnloadableForm(mapping, "an item stands in it twice; list each item once.")


def _is_domain(domain: object) -> bool:
    return isinstance(domain, Mapping) and is_slug(domain.get("slug")) and isinstance(domain.get("title"), str)


def cut_score_milli(mapping: Mapping[str, Any]) -> int:
    return round(Fraction(str(mapping["cut"])) * 1000)


def _versions(institution: Institution, mapping: Mapping[str, Any]) -> list[ItemVersion]:
    found = {}
    shown = ItemVersion.objects.filter(item__institution=institution, item__archived_at=None)
    rows = shown.filter(item__slug__in=mapping["items"])
    for version in rows.select_related("item").order_by("number"):
        found[version.item.slug] = version
    domains = {domain["slug"] for domain in mapping["domains"]}
    for slug in mapping["items"]:
        if slug not in found:
            raise UnloadableForm(mapping, f"there is no item {slug}; load it first or take it out.")
        if found[slug].item.domain not in domains:
            raise UnloadableForm(
                mapping, f"item {slug} belongs to {found[slug].item.domain}, which is none of its domains."
            )
    return [found[slug] for slug in mapping["items"]]


def _blueprint_fields(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "slug": mapping["slug"],
        "title": mapping["title"],
        "sentence": mapping.get("sentence") or "",
        "domains": [{"slug": domain["slug"], "title": domain["title"]} for domain in mapping["domains"]],
        "minutes": mapping["minutes"],
        "cut_score_milli": cut_score_milli(mapping),
        "books": mapping["books"],
        "short_form_of": mapping.get("short_form_of") or "",
    }


def _write_form(blueprint: Blueprint, mapping: Mapping[str, Any], versions: list[ItemVersion]) -> ExamForm:
    form = ExamForm.objects.create(
        blueprint=blueprint, slug=mapping["slug"], title=mapping["title"], slot_count=len(versions)
    )
    FormItem.objects.bulk_create(
        FormItem(form=form, position=position, item_version=version, domain=version.item.domain)
        for position, version in enumerate(versions, start=1)
    )
    return form

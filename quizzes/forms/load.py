"""Load an authored exam: its rules become a blueprint, its list of items a form. Loading it again writes nothing."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.db import transaction

from accounts.models import Institution
from quizzes.bank.models import ItemVersion
from quizzes.bank.text import digest
from quizzes.forms.models import Blueprint, ExamForm, FormItem

NEEDED = ("slug", "title", "minutes", "cut", "books", "domains", "items")


class UnloadableForm(ValueError):
    """An authored exam that cannot be loaded; the message is the sentence to show."""

    def __init__(self, slug: object, sentence: str) -> None:
        super().__init__(f"Exam {slug}: {sentence}")


@transaction.atomic
def load_form(institution: Institution, mapping: Mapping[str, Any], *, namespace: str = "") -> ExamForm:
    """A form that was never scheduled is rewritten; a frozen one stays, and the change makes the next number."""
    _refuse_unreadable(mapping)
    versions = _versions(institution, mapping)
    fields = _blueprint_fields(mapping) | {"namespace": namespace}
    text_hash = digest([fields, [version.pk for version in versions]])
    newest = Blueprint.objects.filter(institution=institution, slug=mapping["slug"]).order_by("-number").first()
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


def _refuse_unreadable(mapping: Mapping[str, Any]) -> None:
    slug = mapping.get("slug") or "without a slug"
    for field in NEEDED:
        if mapping.get(field) in (None, "", []):
            raise UnloadableForm(slug, f"it has no {field}; add one.")
    if not 0 <= cut_score_milli(mapping) <= 1000:
        raise UnloadableForm(slug, f"the cut is {mapping['cut']}; write a share from 0 to 1, like 0.70.")
    if type(mapping["minutes"]) is not int or mapping["minutes"] < 1:
        raise UnloadableForm(slug, f"the minutes are {mapping['minutes']}; write a whole number.")
    if len(set(mapping["items"])) < len(mapping["items"]):
        raise UnloadableForm(slug, "an item stands in it twice; list each item once.")


def cut_score_milli(mapping: Mapping[str, Any]) -> int:
    return round(Fraction(str(mapping["cut"])) * 1000)


def _versions(institution: Institution, mapping: Mapping[str, Any]) -> list[ItemVersion]:
    found = {}
    rows = ItemVersion.objects.filter(item__institution=institution, item__slug__in=mapping["items"])
    for version in rows.select_related("item").order_by("number"):
        found[version.item.slug] = version
    domains = {domain["slug"] for domain in mapping["domains"]}
    for slug in mapping["items"]:
        if slug not in found:
            raise UnloadableForm(mapping["slug"], f"there is no item {slug}; load it first or take it out.")
        if found[slug].item.domain not in domains:
            raise UnloadableForm(
                mapping["slug"], f"item {slug} belongs to {found[slug].item.domain}, which is none of its domains."
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

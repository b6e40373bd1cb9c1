"""Write the cases of a pack: a changed text is a new version, a changed key a new revision, changed notes an update."""

from datetime import datetime
from typing import Any

from django.db import transaction

from coursework.authoring.check_case import LINE_CLASSES, problems
from coursework.authoring.hashes import content_hash
from coursework.authoring.models import Pack
from coursework.authoring.read_pack import ContentError
from coursework.cases.header import as_date
from coursework.cases.models import AnswerKey, Case, CaseVersion, ChartDocument, KeyLine

TEXT = ["title", "summary", "minutes", "level", "worked", "header", "documents"]
KEY_FIELDS = ["code", "role", "poa", "accept"]
NOTE_FIELDS = ["evidence", "rationale", "guideline", "index", "nearest_wrong"]
FIRST_REASON = "First key"
LATER_REASON = "Changed in the pack, without a reason"


@transaction.atomic
def load_cases(cases: list[dict[str, Any]], pack: Pack, *, now: datetime) -> int:
    """How many cases were new or changed. One case with a problem refuses the whole pack."""
    for case in cases:
        if found := problems(case):
            raise ContentError(f"{case['file']}: {' '.join(found)}")
    written = sum(load_case(case, pack, now=now) for case in cases)
    kept = [case["slug"] for case in cases]
    pack.cases.filter(archived_at=None).exclude(slug__in=kept).update(archived_at=now)
    return written


def load_case(text: dict[str, Any], pack: Pack, *, now: datetime) -> bool:
    if text.get("was"):
        pack.cases.filter(slug=text["was"]).update(slug=text["slug"])
    case, _ = Case.objects.get_or_create(institution=pack.institution, slug=text["slug"], defaults={"pack": pack})
    if case.pack_id != pack.pk:
        raise ContentError(f"{text['file']}: another pack has a case {text['slug']}. Choose another slug.")
    is_new_version = load_version(case, text, now=now)
    is_new_key = load_key(case.current, text["key"], now=now)
    lessons = text.get("lessons") or []
    Case.objects.filter(pk=case.pk).exclude(archived_at=None, lessons=lessons).update(archived_at=None, lessons=lessons)
    return is_new_version or is_new_key


def load_version(case: Case, text: dict[str, Any], *, now: datetime) -> bool:
    text_hash = content_hash({name: text.get(name) for name in TEXT})
    if case.current and case.current.text_hash == text_hash:
        return False
    values = {name: text.get(name) or 0 for name in ("title", "summary", "minutes", "level", "worked")}
    version = CaseVersion.objects.create(
        case=case,
        number=case.versions.count() + 1,
        face_sheet=jsonable(text["header"]),
        text_hash=text_hash,
        published_at=now,
        **values,
    )
    ChartDocument.objects.bulk_create(
        ChartDocument(
            case_version=version,
            position=position,
            **{name: document[name] for name in ("slug", "title", "author", "text")},
            dated_on=as_date(document["dated_on"]),
        )
        for position, document in enumerate(text["documents"], start=1)
    )
    case.current = version
    case.save(update_fields=["current"])
    return True


def load_key(version: CaseVersion, text: dict[str, Any], *, now: datetime) -> bool:
    key_hash, notes_hash = key_hashes(text)
    current = version.keys.order_by("-revision").first()
    if current and current.key_hash == key_hash:
        return current.notes_hash != notes_hash and reword_notes(current, text, notes_hash)
    key = AnswerKey.objects.create(
        case_version=version,
        revision=current.revision + 1 if current else 1,
        lesson=text["lesson"],
        order=text.get("order") or [],
        key_hash=key_hash,
        notes_hash=notes_hash,
        reason=text.get("reason") or (LATER_REASON if current else FIRST_REASON),
        created_at=now,
    )
    KeyLine.objects.bulk_create(key_lines(key, text))
    return True


def key_hashes(text: dict[str, Any]) -> tuple[str, str]:
    """What decides a score, and what explains it."""
    lines = {name: text.get(name) or [] for name in LINE_CLASSES}
    scored = {name: [{field: line.get(field) for field in KEY_FIELDS} for line in of] for name, of in lines.items()}
    notes = {name: [{field: line.get(field) for field in NOTE_FIELDS} for line in of] for name, of in lines.items()}
    return content_hash([scored, text.get("order")]), content_hash([notes, text["lesson"]])


def key_lines(key: AnswerKey, text: dict[str, Any]) -> list[KeyLine]:
    wanted = [(line, line_class) for name, line_class in LINE_CLASSES.items() for line in text.get(name) or []]
    return [
        KeyLine(
            key=key,
            position=position,
            code=line["code"],
            line_class=line_class,
            role=(line.get("role") or "").lower(),
            poa=line.get("poa") or "",
            accept=[{"code": other} if isinstance(other, str) else other for other in line.get("accept") or []],
            **notes_of(line),
        )
        for position, (line, line_class) in enumerate(wanted, start=1)
    ]


def notes_of(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "evidence": line.get("evidence") or [],
        "rationale": line["rationale"],
        "guideline": line["guideline"],
        "index_path": line.get("index", ""),
        "nearest_wrong": line.get("nearest_wrong") or {},
    }


def reword_notes(key: AnswerKey, text: dict[str, Any], notes_hash: str) -> bool:
    """Explanations may be improved in place; how they read before is kept with the key."""
    fresh = {line.position: line for line in key_lines(key, text)}
    stored = list(key.lines.all())
    key.earlier_notes.append({line.code: line.rationale for line in stored} | {"lesson": key.lesson})
    for line in stored:
        for name in ("evidence", "rationale", "guideline", "index_path", "nearest_wrong"):
            setattr(line, name, getattr(fresh[line.position], name))
    KeyLine.objects.bulk_update(stored, ["evidence", "rationale", "guideline", "index_path", "nearest_wrong"])
    key.lesson, key.notes_hash = text["lesson"], notes_hash
    key.save(update_fields=["lesson", "notes_hash", "earlier_notes"])
    return True


def jsonable(value: Any) -> Any:
    """Dates of YAML as ISO text, all the way down."""
    if isinstance(value, dict):
        return {key: jsonable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [jsonable(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value

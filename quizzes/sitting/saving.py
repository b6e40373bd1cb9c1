"""Where answers arrive: as JSON from the page's own script, or as the page's form when no script runs."""

import json
import re
import uuid
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from quizzes import wording
from quizzes.sitting import log, pages, save, times
from quizzes.sitting.models import Sitting, SittingEvent
from quizzes.sitting.views import own_sitting, render_item, takes_answers

MOST_OPTIONS = 26
LONGEST_ID = 40
LONGEST_BODY = 16_000
# Without a space: the keys that the server makes itself, like "viewed 3", cannot be taken by a client.
KEY = re.compile(r"[0-9A-Za-z_-]{8,40}")
YEARS = range(1970, 2200)


class UnreadableAnswer(ValueError):
    """What arrived is no answer of any kind: a shape, never a wrong choice."""


@login_required
@require_POST
@never_cache
def save_answer(request: HttpRequest, public_id: uuid.UUID, position: int) -> HttpResponse:
    """`position` is the slot of the form: it means the same item in every window, whatever the order shown."""
    if request.content_type == "application/json":
        return _save_from_script(request, public_id, position)
    sitting = own_sitting(request, public_id)
    return _save_from_form(request, sitting, position) or _go_on(request, sitting, position)


@login_required
@require_POST
@never_cache
def flag_item(request: HttpRequest, public_id: uuid.UUID, position: int) -> HttpResponse:
    """Sets or takes away the flag, and saves the answer that came with it."""
    sitting = own_sitting(request, public_id)
    if not 1 <= position <= sitting.slot_count:
        raise Http404
    if "key" in request.POST and (refused := _save_from_form(request, sitting, position)):
        return refused
    kind = SittingEvent.Kind.UNFLAGGED if request.POST.get("flag") == "0" else SittingEvent.Kind.FLAGGED
    log.append(public_id, request.user.pk, log.Entry(kind, position))
    return _go_on(request, sitting, position, stay=True)


def _save_from_script(request: HttpRequest, public_id: uuid.UUID, slot: int) -> HttpResponse:
    try:
        acknowledged = save.save_answer(public_id, request.user.pk, _answer_from_script(request, slot))
    except (UnreadableAnswer, save.NoAnswerToItem):
        return JsonResponse({"sentence": wording.BAD_SHAPE}, status=422)
    except save.KeyReused:
        return JsonResponse({"sentence": wording.KEY_REUSED}, status=422)
    except save.NoSuchSlot:
        return JsonResponse({"sentence": wording.NO_SUCH_SLOT}, status=404)
    except save.AnswerMoved as moved:
        stored = {"revision": moved.stored.revision, "answer": list(moved.stored.chosen)}
        return JsonResponse({"sentence": wording.ANSWER_MOVED, **stored}, status=409)
    except save.SittingClosed:
        receipt = reverse("sitting_receipt", args=[public_id])
        return JsonResponse({"sentence": wording.CLOSED, "receipt": receipt}, status=410)
    return JsonResponse(
        {
            "revision": acknowledged.revision,
            "saved_at": acknowledged.saved_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "remaining_ms": acknowledged.remaining_ms,
        }
    )


def _answer_from_script(request: HttpRequest, slot: int) -> save.SlotAnswer:
    try:
        # Bounded before it is read, as deep nesting costs the reader its stack.
        sent = json.loads(request.body if len(request.body) <= LONGEST_BODY else "")
        base, key, chosen = sent["base"], sent["key"], sent["answer"]
    except (ValueError, TypeError, KeyError, RecursionError, RequestDataTooBig) as fault:
        raise UnreadableAnswer from fault
    if not isinstance(chosen, list):
        raise UnreadableAnswer
    return _checked(slot, base, key, chosen, _client_time(sent.get("at")))


def _checked(slot: int, base: Any, key: Any, chosen: list[Any], client_at: datetime | None = None) -> save.SlotAnswer:
    """The shape only. Which options the item has is asked where its text is at hand: in the save."""
    ids_are_fine = all(_is_option_id(option) for option in chosen)
    base_is_fine = type(base) is int and 0 <= base < 100_000
    key_is_fine = isinstance(key, str) and KEY.fullmatch(key) is not None
    if not (ids_are_fine and base_is_fine and key_is_fine) or len(set(chosen)) != len(chosen):
        raise UnreadableAnswer
    if len(chosen) > MOST_OPTIONS or slot > 32_000:
        raise UnreadableAnswer
    return save.SlotAnswer(slot, base, key, tuple(sorted(chosen)), client_at)


def _is_option_id(option: Any) -> bool:
    # Not printable are U+0000 and lone surrogates, among others: jsonb refuses them.
    return isinstance(option, str) and 0 < len(option) <= LONGEST_ID and option.isprintable()


def _client_time(text: Any) -> datetime | None:
    try:
        found = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found and found.tzinfo and found.year in YEARS else None


def _save_from_form(request: HttpRequest, sitting: Sitting, slot: int) -> HttpResponse | None:
    """None when the answer is in the log, or already was; otherwise the page that says why not."""
    if not 1 <= slot <= sitting.slot_count:
        raise Http404
    answers, chosen = log.answers_of(sitting), request.POST.getlist("option")
    if "key" not in request.POST:
        return _come_back(request, sitting, slot, None, status=422)
    if sorted(chosen) == sorted(answers.of(slot).chosen):
        _note_seen(request, sitting, slot, answers)
        return None
    try:
        answer = _checked(slot, _base_of(request), request.POST.get("key"), chosen)
        save.save_answer(sitting.public_id, request.user.pk, answer)
    except save.NoAnswerToItem:
        return _come_back(request, sitting, slot, tuple(chosen), status=422)
    except (UnreadableAnswer, save.KeyReused):
        return _come_back(request, sitting, slot, None, status=422)
    except save.AnswerMoved:
        return _come_back(request, sitting, slot, None, status=409)
    except save.SittingClosed:
        return redirect("sitting_receipt", sitting.public_id)
    return None


def _base_of(request: HttpRequest) -> int | None:
    base = request.POST.get("base", "")
    return int(base) if len(base) <= 5 and base.isdecimal() else None


def _note_seen(request: HttpRequest, sitting: Sitting, slot: int, answers: log.Answers) -> None:
    if not answers.of(slot).is_seen:
        entry = log.Entry(SittingEvent.Kind.VIEWED, slot, key=f"viewed {slot}")
        log.append(sitting.public_id, request.user.pk, entry)


def _come_back(
    request: HttpRequest, sitting: Sitting, slot: int, chosen: tuple[str, ...] | None, *, status: int
) -> HttpResponse:
    position = _position(sitting, slot)
    item = pages.item_page(sitting, log.answers_of(sitting), position, chosen=chosen)
    too_many = wording.TOO_MANY.format(most=item.choose) if item.chosen > item.choose else wording.BAD_SHAPE
    sentence = wording.ANSWER_MOVED if status == 409 else too_many
    return render_item(request, sitting, item, sentence=sentence, status=status)


def _go_on(request: HttpRequest, sitting: Sitting, slot: int, *, stay: bool = False) -> HttpResponse:
    if not takes_answers(sitting):
        return redirect("sitting_receipt", sitting.public_id)
    here = _position(sitting, slot)
    positions = {str(place): place for place in range(1, sitting.slot_count + 1)}
    positions |= {"back": max(1, here - 1), "stay": here, "review": sitting.slot_count + 1}
    position = positions.get("stay" if stay else request.POST.get("go", "next"), here + 1)
    if position > sitting.slot_count:
        return redirect("review_sitting", sitting.public_id)
    return redirect("sitting_item", sitting.public_id, position)


def _position(sitting: Sitting, slot: int) -> int:
    return times.slot_order(sitting.order_seed, sitting.slot_count).index(slot) + 1

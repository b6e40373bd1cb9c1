"""The pages of one sitting: its items, the review, the submit, the receipt and the clock."""

import secrets
import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from codesets.open_book import Book
from quizzes import wording
from quizzes.sitting import close, log, pages
from quizzes.sitting.models import Sitting

SECONDS_UNTIL_RECEIPT = 5


def own_sitting(request: HttpRequest, public_id: uuid.UUID) -> Sitting:
    """One's own sitting, closed first if its time is over. Anybody else's does not exist."""
    sitting = get_object_or_404(Sitting.objects.with_form().sat_by(request.user), public_id=public_id)
    close.close_if_overdue(sitting, now=timezone.now())
    return sitting


@login_required
@require_safe
@never_cache
def sitting(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    sitting = own_sitting(request, public_id)
    if not takes_answers(sitting):
        return redirect("sitting_receipt", public_id)
    unseen = pages.first_unseen(pages.places_of(sitting, log.answers_of(sitting)))
    return redirect("sitting_item", public_id, unseen) if unseen else redirect("review_sitting", public_id)


@login_required
@require_safe
@never_cache
def sitting_item(request: HttpRequest, public_id: uuid.UUID, position: int) -> HttpResponse:
    sitting = own_sitting(request, public_id)
    if not 1 <= position <= sitting.slot_count:
        raise Http404
    if not takes_answers(sitting):
        return redirect("sitting_receipt", public_id)
    answers = log.answers_of(sitting)
    return render_item(request, sitting, pages.item_page(sitting, answers, position))


@login_required
@require_safe
@never_cache
def review_sitting(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    sitting = own_sitting(request, public_id)
    if not takes_answers(sitting):
        return redirect("sitting_receipt", public_id)
    answers = log.answers_of(sitting)
    places = pages.places_of(sitting, answers)
    context = runner_context(sitting) | {"places": pages.for_review(places), "answered": answers.answered}
    return render(request, "quizzes/review.html", context)


@login_required
@require_POST
@never_cache
def submit_sitting(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    close.submit_sitting(submitted_sitting(request, public_id), now=timezone.now())
    return redirect("sitting_receipt", public_id)


@login_required
@require_safe
@never_cache
def sitting_receipt(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    sitting = own_sitting(request, public_id)
    if sitting.is_open and takes_answers(sitting):
        return redirect("review_sitting", public_id)
    context = {"sitting": sitting, "blueprint": sitting.administration.form.blueprint}
    if sitting.is_open:
        # The grace: answers on their way still arrive. The receipt is there when it is over.
        response = render(request, "quizzes/receipt.html", context)
        response["Refresh"] = str(SECONDS_UNTIL_RECEIPT)
        return response
    context |= {"sentence": wording.closed(sitting, request.user), "result": sitting.result}
    return render(request, "quizzes/receipt.html", context)


@login_required
@require_safe
@never_cache
def sitting_clock(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    sitting = own_sitting(request, public_id)
    remaining = sitting.remaining_ms(timezone.now()) if sitting.is_open else 0
    return JsonResponse({"remaining_ms": remaining, "is_open": sitting.is_open})


def submitted_sitting(request: HttpRequest, public_id: uuid.UUID) -> Sitting:
    return get_object_or_404(Sitting.objects.sat_by(request.user), public_id=public_id)


def takes_answers(sitting: Sitting) -> bool:
    """Pages end at the deadline; the grace after it is for answers that are already on their way."""
    return sitting.is_open and timezone.now() < sitting.deadline_at


def runner_context(sitting: Sitting) -> dict[str, object]:
    return {
        "sitting": sitting,
        "blueprint": sitting.administration.form.blueprint,
        "may_open_book": sitting.administration.book != Book.NONE,
        "save_words": wording.SAVE_WITHOUT_SCRIPT,
        "remaining_ms": sitting.remaining_ms(timezone.now()),
        "minutes_left": sitting.remaining_ms(timezone.now()) // 60_000,
    }


def render_item(
    request: HttpRequest, sitting: Sitting, item: pages.ItemPage, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    # A hundred links of the navigator are short because they are relative, where the page stands at its own address.
    is_at_home = request.resolver_match.url_name == "sitting_item"
    root = "../../" if is_at_home else reverse("sitting", args=[sitting.public_id])
    context = runner_context(sitting) | {
        "item": item,
        "root": root,
        "items": "../" if is_at_home else f"{root}items/",
        "save_key": secrets.token_hex(8),
        "chosen_words": wording.chosen_of(item.choose, item.chosen),
        "too_many": wording.TOO_MANY.format(most=item.choose),
        "sentence": sentence,
    }
    return render(request, "quizzes/item.html", context, status=status)

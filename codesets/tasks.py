"""Supplied files in the background. The rows are the queue: a call with an id is a hint, one without is the sweep."""

from celery import shared_task
from django.utils import timezone

from codesets.models import Supplied
from codesets.supply.work import tidy, work_on


@shared_task(name="codesets.tasks.work_on_supplied")
def work_on_supplied(pk: int | None = None) -> int:
    if pk is None:
        tidy(now=timezone.now())
    waiting = Supplied.objects.waiting(timezone.now()).select_related("institution").order_by("pk")
    chosen = waiting if pk is None else waiting.filter(pk=pk)
    return sum(work_on(each, now=timezone.now()) for each in chosen)

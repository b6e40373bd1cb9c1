"""The sweep of the worker. The pages close what they meet themselves; this closes what nobody looks at."""

from celery import shared_task
from django.utils import timezone

from quizzes.sitting import close


@shared_task(name="quizzes.tasks.close_overdue")
def close_overdue() -> int:
    return close.close_overdue(now=timezone.now())

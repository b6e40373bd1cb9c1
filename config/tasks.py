"""The worker's sign of life."""

from celery import shared_task
from django.utils import timezone

from config.models import Heartbeat


@shared_task
def heartbeat() -> None:
    Heartbeat.objects.update_or_create(part="worker", defaults={"beat_at": timezone.now()})

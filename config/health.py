"""Is the process up (/healthz), and can it serve (/readyz)? Open to everyone, so neither says more than that."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.models import Heartbeat

WORKER_IS_LATE_AFTER = timedelta(minutes=2)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The token tells the starter that its own server answered, not another one on the same port."""
    return HttpResponse(settings.HEALTH_TOKEN or "ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """503 when the database or its tables are missing; a late worker is reported and delays nothing that matters."""
    try:
        is_migrated = has_all_migrations()
        worker = "on time" if worker_is_on_time() else "late"
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=503)
    answer = {"database": "ok", "migrations": "applied" if is_migrated else "missing", "worker": worker}
    return JsonResponse(answer, status=200 if is_migrated else 503)


def has_all_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def worker_is_on_time() -> bool:
    since = timezone.now() - WORKER_IS_LATE_AFTER
    return Heartbeat.objects.filter(part="worker", beat_at__gte=since).exists()

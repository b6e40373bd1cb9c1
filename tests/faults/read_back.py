"""Prints what the database holds after the faults: every log, every deadline, every packed result."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from quizzes.models import Sitting, SittingEvent, SittingResult  # noqa: E402


def main() -> dict[str, object]:
    events = SittingEvent.objects.filter(kind__in=["answered", "cleared"]).select_related("sitting")
    return {
        "events": {
            event.idempotency_key: [str(event.sitting.public_id), event.slot, event.revision, event.payload["chosen"]]
            for event in events
        },
        "deadlines": {str(sitting.public_id): sitting.deadline_at.isoformat() for sitting in Sitting.objects.all()},
        "results": {
            str(result.sitting.public_id): result.answers for result in SittingResult.objects.select_related("sitting")
        },
    }


if __name__ == "__main__":
    print(json.dumps(main()))

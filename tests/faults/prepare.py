"""Makes a database with one exam and many running sittings, and prints who is logged in with which session."""

import json
import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.membership import join_cohort, open_cohort  # noqa: E402
from accounts.models import Institution, User  # noqa: E402
from quizzes.bank.load import load_items  # noqa: E402
from quizzes.forms.load import load_form  # noqa: E402
from quizzes.forms.schedule import schedule_administration  # noqa: E402
from quizzes.sitting.start import start_sitting  # noqa: E402
from tests.quizzes.content import content  # noqa: E402


def main(count: int) -> list[dict[str, object]]:
    call_command("migrate", verbosity=0)
    now, catalogue = timezone.now(), Institution.objects.catalogue()
    cohort = open_cohort(Institution.objects.create(slug="harbor", name="Harbor School"), "Evening class")
    load_items(catalogue, content()["items"])
    form = load_form(catalogue, content()["exam"])
    exam = schedule_administration(form, cohort, opens_at=now, closes_at=now + timedelta(hours=2), now=now)
    return [running_sitting(exam, cohort, number, now) for number in range(count)]


def running_sitting(exam, cohort, number, now) -> dict[str, object]:
    user = User.objects.create_user(f"student{number}@example.org", name=f"Student {number}")
    join_cohort(user, cohort, now=now)
    sitting, client = start_sitting(exam, user, now=now), Client()
    client.force_login(user)
    return {"sitting": str(sitting.public_id), "session": client.cookies[settings.SESSION_COOKIE_NAME].value}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))

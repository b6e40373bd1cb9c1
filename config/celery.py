"""The worker: its broker and its periodic jobs. Every job is safe to run twice and has a command of its own."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("coderounds")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["config", "codesets", "quizzes"])
app.conf.update(
    accept_content=["json"],
    task_ignore_result=True,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    beat_schedule={
        "heartbeat": {"task": "config.tasks.heartbeat", "schedule": 15},
        "close-overdue": {"task": "quizzes.tasks.close_overdue", "schedule": 30},
        "supplied-files": {"task": "codesets.tasks.work_on_supplied", "schedule": 60},
    },
)

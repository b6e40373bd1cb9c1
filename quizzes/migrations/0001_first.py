import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import quizzes.sitting.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sitting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=quizzes.sitting.models.random_public_id, editable=False, unique=True),
                ),
                ("assignment_id", models.BigIntegerField(blank=True, null=True)),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("started_at", models.DateTimeField()),
                ("seconds_allowed", models.PositiveIntegerField()),
                ("deadline_at", models.DateTimeField()),
                ("accepts_until", models.DateTimeField()),
                ("slot_count", models.PositiveSmallIntegerField()),
                ("order_seed", models.BigIntegerField(default=quizzes.sitting.models.random_seed)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "In progress"), ("submitted", "Submitted"), ("lapsed", "Time ran out")],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "close_reason",
                    models.CharField(
                        blank=True,
                        choices=[("submitted", "Submitted by the student"), ("time", "Time ran out")],
                        max_length=9,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Blueprint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("namespace", models.CharField(blank=True, max_length=100)),
                ("slug", models.SlugField(max_length=100)),
                ("number", models.PositiveIntegerField(default=1)),
                ("title", models.CharField(max_length=150)),
                ("sentence", models.CharField(blank=True, max_length=300)),
                ("domains", models.JSONField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("cut_score_milli", models.PositiveSmallIntegerField()),
                ("books", models.CharField(max_length=200)),
                ("short_form_of", models.CharField(blank=True, max_length=100)),
                ("text_hash", models.CharField(max_length=64)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blueprints",
                        to="accounts.institution",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ExamForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=100)),
                ("title", models.CharField(max_length=150)),
                ("slot_count", models.PositiveSmallIntegerField(default=0)),
                ("frozen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "blueprint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forms",
                        to="quizzes.blueprint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Administration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opens_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("seconds_allowed", models.PositiveIntegerField()),
                (
                    "window_policy",
                    models.CharField(
                        choices=[
                            ("start_by", "Start before the window closes, then have the full time"),
                            ("finish_by", "Finish before the window closes"),
                        ],
                        default="start_by",
                        max_length=9,
                    ),
                ),
                ("grace_seconds", models.PositiveSmallIntegerField(default=15)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("scheduled", "Scheduled"),
                            ("released", "Scores released"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="scheduled",
                        max_length=9,
                    ),
                ),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="administrations",
                        to="accounts.cohort",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="administrations",
                        to="quizzes.examform",
                    ),
                ),
            ],
            options={
                "ordering": ["opens_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("namespace", models.CharField(blank=True, max_length=100)),
                ("slug", models.SlugField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[("single", "Single choice"), ("choose", "Choose several")], max_length=20
                    ),
                ),
                ("domain", models.SlugField(max_length=100)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="accounts.institution"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ItemVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("body", models.JSONField()),
                ("text_hash", models.CharField(max_length=64)),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="quizzes.item",
                    ),
                ),
            ],
            options={
                "ordering": ["item", "number"],
            },
        ),
        migrations.CreateModel(
            name="ItemKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("key", models.JSONField()),
                ("rationale", models.JSONField()),
                ("key_hash", models.CharField(max_length=64)),
                ("notes_hash", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=200)),
                (
                    "item_version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
                        to="quizzes.itemversion",
                    ),
                ),
            ],
            options={
                "ordering": ["item_version", "number"],
            },
        ),
        migrations.CreateModel(
            name="FormItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("domain", models.SlugField(max_length=100)),
                ("points_milli", models.PositiveIntegerField(default=1000)),
                (
                    "form",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slots",
                        to="quizzes.examform",
                    ),
                ),
                (
                    "item_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="slots", to="quizzes.itemversion"
                    ),
                ),
            ],
            options={
                "ordering": ["form", "position"],
            },
        ),
        migrations.CreateModel(
            name="ScoreRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("scorer_version", models.PositiveIntegerField()),
                ("policy", models.CharField(choices=[("first", "First scoring")], default="first", max_length=20)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "administration",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="quizzes.administration",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="administration",
            name="current_run",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quizzes.scorerun",
            ),
        ),
        migrations.CreateModel(
            name="SittingResult",
            fields=[
                (
                    "sitting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="result",
                        serialize=False,
                        to="quizzes.sitting",
                    ),
                ),
                ("answers", models.JSONField()),
                ("answered", models.PositiveSmallIntegerField()),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddField(
            model_name="sitting",
            name="administration",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sittings",
                to="quizzes.administration",
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sittings", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.CreateModel(
            name="SittingEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answered", "Answered"),
                            ("cleared", "Cleared"),
                            ("flagged", "Flagged"),
                            ("unflagged", "Unflagged"),
                            ("viewed", "Viewed"),
                            ("submitted", "Submitted"),
                            ("lapsed", "Lapsed"),
                            ("late_refused", "Late Refused"),
                        ],
                        max_length=12,
                    ),
                ),
                ("slot", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("revision", models.PositiveIntegerField(blank=True, null=True)),
                ("payload", models.JSONField(default=dict)),
                ("schema", models.PositiveSmallIntegerField(default=1)),
                ("idempotency_key", models.CharField(blank=True, max_length=40, null=True)),
                ("client_at", models.DateTimeField(blank=True, null=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "sitting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="quizzes.sitting",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SittingScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("earned_milli", models.PositiveIntegerField()),
                ("possible_milli", models.PositiveIntegerField()),
                ("passed", models.BooleanField()),
                ("items", models.JSONField()),
                ("domains", models.JSONField()),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="quizzes.scorerun",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="quizzes.sitting"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="blueprint",
            constraint=models.UniqueConstraint(
                fields=("institution", "slug", "number"), name="blueprint_number_once_per_institution"
            ),
        ),
        migrations.AddConstraint(
            model_name="blueprint",
            constraint=models.CheckConstraint(
                condition=models.Q(("cut_score_milli__lte", 1000)), name="cut_score_is_a_share"
            ),
        ),
        migrations.AddConstraint(
            model_name="blueprint",
            constraint=models.CheckConstraint(condition=models.Q(("minutes__gt", 0)), name="blueprint_allows_time"),
        ),
        migrations.AddConstraint(
            model_name="examform",
            constraint=models.UniqueConstraint(fields=("blueprint", "slug"), name="form_slug_once_per_blueprint"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("institution", "slug"), name="item_slug_once_per_institution"),
        ),
        migrations.AddConstraint(
            model_name="itemversion",
            constraint=models.UniqueConstraint(fields=("item", "number"), name="item_version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="itemkey",
            constraint=models.UniqueConstraint(fields=("item_version", "number"), name="item_key_number_once"),
        ),
        migrations.AddConstraint(
            model_name="formitem",
            constraint=models.UniqueConstraint(fields=("form", "position"), name="form_position_once"),
        ),
        migrations.AddConstraint(
            model_name="formitem",
            constraint=models.UniqueConstraint(fields=("form", "item_version"), name="form_item_once"),
        ),
        migrations.AddConstraint(
            model_name="formitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gt", 0)), name="form_positions_start_at_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="scorerun",
            constraint=models.UniqueConstraint(fields=("administration", "number"), name="score_run_number_once"),
        ),
        migrations.AddConstraint(
            model_name="administration",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="window_closes_after_it_opens"
            ),
        ),
        migrations.AddConstraint(
            model_name="administration",
            constraint=models.CheckConstraint(
                condition=models.Q(("seconds_allowed__gt", 0)), name="administration_allows_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="administration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at__isnull", False), ("released_by__isnull", False), ("state", "released")),
                    models.Q(
                        models.Q(("state", "released"), _negated=True),
                        ("released_at__isnull", True),
                        ("released_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="release_has_time_and_actor",
            ),
        ),
        migrations.AddField(
            model_name="sittingresult",
            name="last_event",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="quizzes.sittingevent"
            ),
        ),
        migrations.AddIndex(
            model_name="sitting",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["accepts_until"], name="open_sittings_by_end"
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("administration", "user"),
                name="one_open_sitting_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.UniqueConstraint(fields=("administration", "user", "number"), name="sitting_number_once"),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(("deadline_at__gt", models.F("started_at"))), name="deadline_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepts_until__gte", models.F("deadline_at"))), name="grace_after_deadline"
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("close_reason", ""), ("closed_at__isnull", True), ("state", "open")),
                    models.Q(("close_reason", "submitted"), ("closed_at__isnull", False), ("state", "submitted")),
                    models.Q(("close_reason", "time"), ("closed_at__isnull", False), ("state", "lapsed")),
                    _connector="OR",
                ),
                name="closed_sitting_has_time_and_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True),
                    models.Q(("closed_at__gte", models.F("started_at")), ("closed_at__lte", models.F("deadline_at"))),
                    _connector="OR",
                ),
                name="closed_between_start_and_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="sittingevent",
            constraint=models.UniqueConstraint(fields=("sitting", "idempotency_key"), name="event_once_per_key"),
        ),
        migrations.AddConstraint(
            model_name="sittingevent",
            constraint=models.UniqueConstraint(fields=("sitting", "slot", "revision"), name="one_event_per_revision"),
        ),
        migrations.AddConstraint(
            model_name="sittingevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["answered", "cleared"]), _negated=True),
                    models.Q(("idempotency_key__isnull", False), ("revision__gt", 0), ("slot__isnull", False)),
                    _connector="OR",
                ),
                name="answers_have_slot_and_revision",
            ),
        ),
        migrations.AddConstraint(
            model_name="sittingscore",
            constraint=models.UniqueConstraint(fields=("run", "sitting"), name="sitting_score_once_per_run"),
        ),
        migrations.AddConstraint(
            model_name="sittingscore",
            constraint=models.CheckConstraint(
                condition=models.Q(("earned_milli__lte", models.F("possible_milli"))), name="earned_is_within_possible"
            ),
        ),
    ]

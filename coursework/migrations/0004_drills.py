import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("coursework", "0003_grade_consequence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Drill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seed", models.BigIntegerField()),
                ("tasks", models.JSONField()),
                ("started_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drills", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="DrillStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(choices=[("shown", "Shown"), ("answered", "Answered")], max_length=8)),
                ("typed", models.CharField(blank=True, max_length=40)),
                ("is_right", models.BooleanField(default=None, null=True)),
                ("at", models.DateTimeField()),
                (
                    "drill",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="coursework.drill",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("drill", "place", "kind"), name="task_shown_and_answered_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_right__isnull", False), ("kind", "answered")),
                            models.Q(("is_right", None), ("kind", "shown"), ("typed", "")),
                            _connector="OR",
                        ),
                        name="only_answers_are_right_or_wrong",
                    ),
                ],
            },
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0004_pin_keys_of_runs")]

    operations = [
        migrations.AddField(
            model_name="blueprint", name="archived_at", field=models.DateTimeField(blank=True, null=True)
        ),
    ]

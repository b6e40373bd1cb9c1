from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0002_append_only")]

    operations = [
        migrations.AddField(model_name="scorerun", name="keys", field=models.JSONField(default=dict)),
    ]

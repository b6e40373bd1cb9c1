from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0005_blueprint_archived_at")]

    operations = [
        migrations.AddField(
            model_name="administration",
            name="book",
            field=models.CharField(
                choices=[("with_search", "With search"), ("book_mode", "Book mode"), ("none", "None")],
                default="with_search",
                max_length=11,
            ),
        ),
        migrations.AddConstraint(
            model_name="administration",
            constraint=models.CheckConstraint(
                condition=models.Q(("book__in", ["with_search", "book_mode", "none"])),
                name="administration_book_is_known",
            ),
        ),
    ]

"""A run keeps the keys that its first score was made with; without a score, the newest keys of its form."""

from django.db import migrations


def pin_keys(apps, schema_editor):
    ScoreRun = apps.get_model("quizzes", "ScoreRun")
    for run in ScoreRun.objects.filter(keys={}).select_related("administration"):
        run.keys = newest_keys(apps, run.administration.form_id) | keys_of_first_score(run)
        run.save(update_fields=["keys"])


def newest_keys(apps, form_id):
    keys = apps.get_model("quizzes", "ItemKey").objects.filter(item_version__slots__form=form_id).order_by("number")
    return {str(slot): key for slot, key in keys.values_list("item_version__slots__position", "pk")}


def keys_of_first_score(run):
    score = run.scores.order_by("pk").first()
    return {slot: key for slot, (_, _, key) in score.items.items()} if score else {}


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0003_score_run_keys")]

    operations = [migrations.RunPython(pin_keys, migrations.RunPython.noop)]

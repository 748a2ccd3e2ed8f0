from django.db import migrations

from brygga.core.richtext import from_plain
from brygga.core.richtext.markup import is_markup

TEXTS = (("Dialogue", "background"), ("Mandate", "information_text"))


def make_rich(apps, _schema_editor):
    """A plain text becomes its paragraphs, so that an editor that saves it changes nothing."""
    for model_name, field in TEXTS:
        model = apps.get_model("dialogues", model_name)
        for key, text in model.objects.exclude(**{field: ""}).values_list("pk", field).iterator():
            if not is_markup(text):
                model.objects.filter(pk=key).update(**{field: from_plain(text)})


class Migration(migrations.Migration):
    dependencies = [("dialogues", "0007_invitation_texts")]
    operations = [migrations.RunPython(make_rich, migrations.RunPython.noop, elidable=True)]

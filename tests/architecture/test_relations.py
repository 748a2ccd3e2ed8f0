"""String foreign keys bypass imports, so the database's own arrows are checked here."""

from django.apps import apps
from django.conf import settings
from django.db import models

from tests.architecture.floors import may_use


def upward_relations(all_models):
    user = settings.AUTH_USER_MODEL.lower()
    for model in all_models:
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not (isinstance(field, models.Field) and target and ours(target)):
                continue
            if target._meta.label_lower != user and not may_use(
                model.__module__, target.__module__
            ):
                yield f"{model._meta.label}.{field.name} → {target._meta.label}"


def ours(model):
    return model.__module__.startswith("brygga.")


def test_no_foreign_key_points_upwards_or_sideways():
    assert list(upward_relations(filter(ours, apps.get_models()))) == []


def test_an_upward_foreign_key_is_caught():
    class Breach(models.Model):  # noqa: DJ008 – it lives for one test
        decision = models.ForeignKey("outcomes.Decision", models.CASCADE, related_name="+")

        class Meta:
            app_label = "dialogues"

    Breach.__module__ = "brygga.dialogues.models.breach"
    apps.all_models["dialogues"].pop("breach")
    apps.clear_cache()
    assert list(upward_relations([Breach])) == ["dialogues.Breach.decision → outcomes.Decision"]

"""Every field that can hold personal data is declared, with why and how long, or excused."""

from collections import Counter

from django.apps import apps
from django.db import models
from procrastinate.contrib.django import app as jobs

from brygga.config.personal_data_reference import personal_data_page
from brygga.core.registry.personal_data import (
    PLACES,
    Declaration,
    Excused,
    Hook,
    PersonalData,
    Whose,
    declarations,
)
from tests.architecture.floors import ROOT

# In any model: random marks of the row or of the form that made it.
MARKS = {"public_id", "client_key"}
OF_PEOPLE = {
    "accounts.User",
    "accounts.Membership",
    "dialogues.Participant",
    "files.StoredFile",
} | {"dialogues.Contribution"}
TEXTS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
    models.UUIDField,
    models.GeneratedField,
)


def can_hold(field):
    """Tell whether a field could hold something of a person, by its type alone."""
    if field.is_relation:
        return field.related_model._meta.label in OF_PEOPLE
    if field.name in MARKS or getattr(field, "choices", None):
        return False
    return isinstance(field, TEXTS) or type(field).__name__ == "ArrayField"


def fields_that_can(model):
    own = [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]
    return {
        f"{model._meta.label}.{field.name}"
        for field in own
        if can_hold(field) and not (field.name == "language" and not is_of_somebody(model))
    }


def is_of_somebody(model):
    """A language tells something where the row stands for a person or what they said."""
    return any(
        field.name in {"email", "recipient", "participant", "user"}
        or (field.name == "secret_hash" and not field.null)
        for field in model._meta.local_concrete_fields
    )


def named(wheres):
    return [
        f"{place}.{name}" for where in wheres for place, names in where.items() for name in names
    ]


def told(declared):
    held = [each.where for one in declared for each in one.holds]
    excused = [each.where for one in declared for each in one.excused]
    return named(held), named(excused)


def undeclared(all_models, declared):
    held, excused = told(declared)
    can = set().union(*(fields_that_can(model) for model in all_models))
    return sorted(can - set(held) - set(excused))


def test_every_field_that_can_hold_personal_data_is_declared_or_excused():
    assert undeclared(apps.get_models(), declarations().values()) == []


def test_a_declaration_names_what_there_is_and_nothing_twice():
    known = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]
    }
    held, excused = told(declarations().values())
    in_models = [name for name in [*held, *excused] if name.split(".")[0] not in PLACES]
    assert set(in_models) - known == set()
    assert [name for name, times in Counter(in_models).items() if times > 1] == []


def test_whatever_empties_is_a_hook_or_a_job_that_runs_by_itself():
    periodic = {task.task.name for task in jobs.periodic_registry.periodic_tasks.values()}
    names = {
        name for one in declarations().values() for each in one.holds for name in each.emptied_by
    }
    assert names - periodic - set(Hook.values) == set()


def test_the_reference_page_is_what_the_apps_declare():
    page = (ROOT / "docs/reference/personal-data.md").read_text()
    assert page == personal_data_page(), "run `make docs`"


class Diary(models.Model):
    """A made-up model that nobody has declared."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    address = models.EmailField()
    secrets = models.JSONField()
    from_ip = models.GenericIPAddressField()
    kept = models.FileField()
    pages = models.IntegerField()

    class Meta:
        app_label = "made_up"
        managed = False

    def __str__(self):
        return self.address


def test_an_undeclared_model_is_found_and_a_declared_one_is_not():
    everything = ["address", "from_ip", "kept", "secrets", "user"]
    assert undeclared([Diary], []) == [f"made_up.Diary.{name}" for name in everything]
    held = PersonalData(Whose.STAFF, "a", "b", "c", {"made_up.Diary": everything[:3]})
    rest = Excused("d", {"made_up.Diary": everything[3:]})
    assert undeclared([Diary], [Declaration((held,))]) == [
        "made_up.Diary.secrets",
        "made_up.Diary.user",
    ]
    assert undeclared([Diary], [Declaration((held,), (rest,))]) == []

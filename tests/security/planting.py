"""Hostile words planted in every text of every row, as if each form had let them through."""

from itertools import product

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

# Formula, markup, attribute, template, typesetting and terminal at once: harmless only as text.
HOSTILE = (
    "=1+cmd|' /C calc'!A0\"'><svg onload=alert(7)><script>alert(7)</script>"
    '{{ 7|add:7 }}#read("/etc/passwd")</textarea></title>'
)
SHORT = "=<svg onload=alert(7)>"
# Words of the machine, which no form writes: keys, hashes, codes, names of code, secrets.
MACHINE = (
    "public_id slug sort_key search_trigrams client_key secret_hash key_hash address_hash language",
    "password email registrar_email opinion_to municipality_code region_code organisation_number",
    "accent method method_version tool owner_kind owner_id kind subject key back_url result_url",
    "message_id recipient template unsubscribe_url body_html stored_as thumbnail_stored_as",
    "media_type sha256 session_key session_data secret_kept issuer fingerprint voter_id code salt",
    "form place_id action subject_type domain sent_to body_text",
)
LEFT_ALONE = {name for line in MACHINE for name in line.split()}
FORGOTTEN = {("ModerationEvent", "ground"), ("Presence", "place")}


def fields():
    for model in apps.get_models():
        if model.__module__.startswith("brygga."):
            for field in model._meta.concrete_fields:
                is_text = isinstance(field, models.CharField | models.TextField)
                known = field.name in LEFT_ALONE or (model.__name__, field.name) in FORGOTTEN
                if is_text and not (field.choices or field.unique or known):
                    yield model, field


def plant():
    """Write the hostile words wherever the database lets them in; give what was reached."""
    reached = set()
    for model, field in fields():
        room = field.max_length or len(HOSTILE)
        words = next((text for text in (HOSTILE, SHORT, "<b>") if len(text) <= room), "")
        if not words:
            continue
        distinct = Concat(Value(words[: room - 8]), F("pk"), output_field=field)
        written = model.objects.exclude(**{field.name: ""})
        for rows, value in product((model.objects.all(), written), (Value(words), distinct)):
            if put(rows, field, value):
                reached.add(f"{model.__name__}.{field.name}")
                break
    return reached


def put(rows, field, value):
    try:
        with transaction.atomic():
            return rows.update(**{field.name: value})
    except DatabaseError:  # unique among its like, empty by its nature, or not that word at all
        return 0

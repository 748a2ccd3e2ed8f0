"""Tables of a dialogue that can be taken along as files. Their columns are contracts."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from brygga.core.exports import Column, Kind, Table
from brygga.dialogues.models import Contribution, Perspective, ProcessLogEntry


def voices_to_export(voices: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Let each voice bring its perspectives along, in the same question to the database."""
    shared = Perspective.objects.filter(contributions=OuterRef("pk")).order_by("title", "pk")
    return voices.prefetch_related(None).annotate(
        perspective_titles=ArraySubquery(shared.values("title"))
    )


VOICES: Table[Contribution] = Table(
    name="voices",
    version=1,
    title=_("What has been said"),
    columns=(
        Column("id", _("Voice number"), Kind.TEXT, lambda voice: voice.public_id),
        Column("received_at", _("Received"), Kind.MOMENT, lambda voice: voice.received_at),
        Column(
            "channel", _("How it reached us"), Kind.TEXT, lambda voice: voice.get_channel_display()
        ),
        Column("language", _("Language"), Kind.TEXT, lambda voice: voice.language),
        Column("text", _("In their own words"), Kind.TEXT, lambda voice: voice.text),
        Column("state", _("State"), Kind.TEXT, lambda voice: voice.get_state_display()),
        Column("reason", _("Reason"), Kind.TEXT, lambda voice: voice.state_reason),
        Column("said_on", _("Said on"), Kind.DAY, lambda voice: voice.said_on),
        Column("place", _("Place"), Kind.TEXT, lambda voice: voice.place),
        Column(
            "perspectives",
            _("Perspectives"),
            Kind.TEXT,
            lambda voice: ", ".join(voice.perspective_titles),
        ),
    ),
).declare()

DIARY: Table[ProcessLogEntry] = Table(
    name="diary",
    version=1,
    title=_("Process diary"),
    columns=(
        Column("at", _("When"), Kind.MOMENT, lambda entry: entry.at),
        Column("kind", _("Kind of entry"), Kind.TEXT, lambda entry: entry.get_kind_display()),
        Column("text", _("What was chosen"), Kind.TEXT, lambda entry: entry.text),
        Column("reason", _("Reason"), Kind.TEXT, lambda entry: entry.reason),
        Column("by", _("Written by"), Kind.TEXT, lambda entry: str(entry.by or "")),
        Column("is_public", _("Shown in public"), Kind.YES_OR_NO, lambda entry: entry.is_public),
    ),
).declare()

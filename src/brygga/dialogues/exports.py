"""Tables of a dialogue that can be taken along as files. Their columns are contracts."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import User
from brygga.core.exports import Column, Kind, Table
from brygga.dialogues.models import (
    Actor,
    Contribution,
    ModerationCase,
    ModerationEvent,
    Obstacle,
    Perspective,
    ProcessLogEntry,
)
from brygga.dialogues.queries.grounds import label_of
from brygga.dialogues.queries.plan import Row


def voices_to_export(voices: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Let each voice bring its perspectives along, in the same question to the database."""
    shared = Perspective.objects.filter(contributions=OuterRef("pk")).order_by("title", "pk")
    return voices.prefetch_related(None).annotate(
        perspective_titles=ArraySubquery(shared.values("title"))
    )


def _name(person: User | None) -> str:
    return str(person) if person else ""


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

ACTORS: Table[Actor] = Table(
    name="actors",
    version=1,
    title=_("Actor map"),
    columns=(
        Column("name", _("Name"), Kind.TEXT, lambda actor: actor.name),
        Column("kind", _("Kind"), Kind.TEXT, lambda actor: actor.get_kind_display()),
        Column("relation", _("To do with the issue"), Kind.TEXT, lambda actor: actor.relation),
        Column("affected", _("Affected"), Kind.TEXT, lambda actor: actor.get_affected_display()),
        Column(
            "how_affected", _("How are they affected?"), Kind.TEXT, lambda actor: actor.how_affected
        ),
        Column("reached_on", _("Reached on"), Kind.DAY, lambda actor: actor.reached_on),
        Column(
            "reached_by",
            _("By which activity?"),
            Kind.TEXT,
            lambda actor: str(actor.reached_by or actor.reached_how),
        ),
        Column(
            "suggested_by",
            _("Suggested by"),
            Kind.TEXT,
            lambda actor: str(actor.suggested_by or _("The team")),
        ),
        Column(
            "obstacles", _("Obstacles"), Kind.TEXT, lambda actor: "; ".join(actor.obstacle_texts)
        ),
        Column("is_public", _("Shown in public"), Kind.YES_OR_NO, lambda actor: actor.is_public),
    ),
).declare()


def actors_to_export(actors: QuerySet[Actor]) -> QuerySet[Actor]:
    """Let each actor bring its obstacles along, in the same question to the database."""
    here = Obstacle.objects.filter(actor=OuterRef("pk")).order_by("position")
    told = Concat("text", Value(": "), "measure")
    return actors.annotate(obstacle_texts=ArraySubquery(here.annotate(told=told).values("told")))


PLAN: Table[Row] = Table(
    name="plan",
    version=1,
    title=_("Plan"),
    columns=(
        Column("when", _("When"), Kind.MOMENT, lambda row: row.at),
        Column("what", _("What"), Kind.TEXT, lambda row: row.what),
        Column("kind", _("Kind"), Kind.TEXT, lambda row: row.kind_label),
        Column("to_whom", _("Who is told?"), Kind.TEXT, lambda row: row.to_whom),
        Column("step", _("Step"), Kind.TEXT, lambda row: row.step_label),
        Column(
            "responsible",
            _("Responsible"),
            Kind.TEXT,
            lambda row: str(row.thing.responsible or ""),
        ),
        Column("place", _("Place"), Kind.TEXT, lambda row: row.place),
        Column("state", _("State"), Kind.TEXT, lambda row: row.state_label),
        Column("attended", _("How many came?"), Kind.NUMBER, lambda row: row.attended),
        Column("cost", _("Cost"), Kind.NUMBER, lambda row: row.cost),
    ),
).declare()

QUEUE: Table[ModerationCase] = Table(
    name="moderation-queue",
    version=1,
    title=_("What waits to be read"),
    columns=(
        Column("id", _("Voice number"), Kind.TEXT, lambda case: case.contribution.public_id),
        Column("dialogue", _("Dialogue"), Kind.TEXT, lambda case: case.dialogue.title),
        Column("text", _("In their own words"), Kind.TEXT, lambda case: case.contribution.text),
        Column("cause", _("Why"), Kind.TEXT, lambda case: case.get_cause_display()),
        Column("opened_at", _("Has waited since"), Kind.MOMENT, lambda case: case.opened_at),
        Column("due_on", _("Last day"), Kind.DAY, lambda case: case.due_on),
        Column("assigned_to", _("Who takes it?"), Kind.TEXT, lambda case: _name(case.assigned_to)),
    ),
).declare()

STEPS_TAKEN: Table[ModerationEvent] = Table(
    name="moderation-steps",
    version=1,
    title=_("What has been done"),
    columns=(
        Column("at", _("When"), Kind.MOMENT, lambda step: step.at),
        Column("id", _("Voice number"), Kind.TEXT, lambda step: step.contribution.public_id),
        Column("step", _("What"), Kind.TEXT, lambda step: step.get_kind_display()),
        Column("from", _("State before"), Kind.TEXT, lambda step: step.get_from_state_display()),
        Column("to", _("State after"), Kind.TEXT, lambda step: step.get_to_state_display()),
        Column(
            "ground",
            _("Reason"),
            Kind.TEXT,
            lambda step: label_of(step.ground) if step.ground else "",
        ),
        Column("words", _("To the author, or from them"), Kind.TEXT, lambda step: step.words),
        Column("note", _("Note for the team"), Kind.TEXT, lambda step: step.note),
        Column("by", _("Who"), Kind.TEXT, lambda step: _name(step.by)),
    ),
).declare()

"""The actor map: organisations, roles and groups, and never what a person thinks."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.enums import ActorKind, Affected
from brygga.dialogues.models.dialogue import Dialogue


class Actor(models.Model):
    """Whom the issue concerns, or who can do something about it."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="actors")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    name = models.CharField(max_length=140)
    sort_key = models.CharField(max_length=600, db_collation="C")
    kind = models.CharField(max_length=12, choices=ActorKind)
    relation = models.TextField(max_length=600, blank=True)
    affected = models.CharField(max_length=10, choices=Affected)
    how_affected = models.TextField(max_length=1_000, blank=True)
    suggested_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="suggestions"
    )
    reached_on = models.DateField(null=True, blank=True)
    reached_by = models.ForeignKey(
        "dialogues.Activity",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="has_reached",
    )
    reached_how = models.CharField(max_length=200, blank=True)
    is_public = models.BooleanField(default=False)
    forgotten_code = models.SlugField(max_length=40, blank=True)
    added_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    client_key = models.CharField(max_length=64, null=True, blank=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["dialogue", "sort_key"], name="actor_of_dialogue")]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "sort_key"], name="actor_once_by_name"),
            models.UniqueConstraint(
                fields=["dialogue", "forgotten_code"],
                condition=~Q(forgotten_code=""),
                name="actor_once_from_the_checklist",
            ),
            models.CheckConstraint(
                condition=Q(suggested_by__isnull=True) | ~Q(suggested_by=F("id")),
                name="actor_suggested_by_another",
            ),
            models.CheckConstraint(
                condition=Q(reached_on__isnull=False)
                | (Q(reached_by__isnull=True) & Q(reached_how="")),
                name="actor_reached_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Obstacle(models.Model):
    """What keeps an actor from taking part, and what we do about it."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="obstacles")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    measure = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "position"], name="obstacle_once_per_place")
        ]

    def __str__(self) -> str:
        return self.text


class ActorContact(models.Model):
    """How an actor is reached: a name and a way, until a day. Nothing about the person."""

    actor = models.OneToOneField(Actor, on_delete=models.CASCADE, related_name="contact")
    name = models.CharField(max_length=120)
    way = models.CharField(max_length=200)
    keep_until = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["keep_until"], name="contact_to_dispose_of")]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class SetAsideGroup(models.Model):
    """A group on the checklist of those often forgotten that the issue does not concern."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="set_aside")
    code = models.SlugField(max_length=40)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "code"], name="group_set_aside_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="group_set_aside_with_reason"),
        ]

    def __str__(self) -> str:
        return self.code

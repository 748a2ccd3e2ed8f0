from django.conf import settings
from django.db import models
from django.db.models import F, Q

from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.enums import FollowerState, TeamRole
from brygga.dialogues.models.dialogue import Dialogue


class TeamMember(models.Model):
    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="team_memberships"
    )
    role = models.CharField(max_length=16, choices=TeamRole)
    starts_on = models.DateField()
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "user", "role"],
                condition=Q(last_day__isnull=True),
                name="team_role_once",
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("starts_on")),
                name="team_role_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class Participant(models.Model):
    """A pseudonym in one dialogue: no name, no address, only the hash of a return link's secret."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="participants")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    secret_hash = models.CharField(max_length=64, unique=True)
    joined_at = models.DateTimeField()
    language = models.CharField(max_length=12, default="sv")
    person_mark = models.CharField(max_length=64, blank=True)  # a keyed hash; empty: not identified

    class Meta:
        indexes = [models.Index(fields=["dialogue", "id"], name="participant_of_dialogue")]
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "person_mark"],
                condition=~Q(person_mark=""),
                name="person_once_in_dialogue",
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class Follower(models.Model):
    """An address to write to. It has no key to any participant, on purpose."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="followers")
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=12, default="sv")
    state = models.CharField(max_length=10, choices=FollowerState, default=FollowerState.PENDING)
    secret_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "email"], name="follower_once"),
            models.CheckConstraint(
                condition=~Q(state=FollowerState.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="follower_confirmed_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"follower {self.pk}"

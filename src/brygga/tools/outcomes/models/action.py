from django.conf import settings
from django.db import models
from django.db.models import Q

from brygga.accounts.models import Body
from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.models import Dialogue
from brygga.tools.outcomes.enums import ActionKind, ActionState
from brygga.tools.outcomes.models.decision import Decision
from brygga.tools.outcomes.models.proposal import Proposal


class Action(models.Model):
    """A measure of the owner, or a commitment by anybody: who does what by when."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="actions")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    kind = models.CharField(max_length=10, choices=ActionKind)
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    what = models.CharField(max_length=300)
    who = models.CharField(max_length=160)
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.PROMISED)
    is_public = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    client_key = models.CharField(max_length=64, null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state", "due_on"], name="action_of_owner"),
            models.Index(fields=["dialogue", "due_on"], name="action_of_dialogue"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "client_key"], name="action_sent_once"),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(who=""), name="action_says_who_does_what"
            ),
        ]

    def __str__(self) -> str:
        return self.what


class ActionUpdate(models.Model):
    """A step in following an action up, in public and with a reason where it changed."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    state = models.CharField(max_length=10, choices=ActionState)
    text = models.TextField(max_length=2_000)
    due_on = models.DateField(null=True, blank=True)  # a new date, where it was moved
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    client_key = models.CharField(max_length=64, null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["action", "-at"], name="update_of_action")]
        constraints = [
            models.UniqueConstraint(fields=["action", "client_key"], name="action_update_once"),
            models.CheckConstraint(condition=~Q(text=""), name="action_update_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

from django.db import models
from django.db.models import Q

from brygga.dialogues.models import Participant
from brygga.tools.perspectives.enums import VoteValue
from brygga.tools.perspectives.models.statement import Statement, StatementRound

IS_A_VOTE = Q(value__in=[choice.value for choice in VoteValue])


class VoteEvent(models.Model):
    """Every vote as it came in. Rows are only added; a trigger holds that."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="vote_events")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="vote_events"
    )
    value = models.SmallIntegerField(choices=VoteValue)
    is_important = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["participant", "statement", "-id"], name="vote_event_latest")
        ]
        constraints = [models.CheckConstraint(condition=IS_A_VOTE, name="vote_event_value")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.value} {self.statement_id}"


class CurrentVote(models.Model):
    """The latest vote of a participant on a statement, derived from the events."""

    round = models.ForeignKey(StatementRound, on_delete=models.PROTECT, related_name="votes")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="votes")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="votes")
    value = models.SmallIntegerField(choices=VoteValue)
    is_important = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["round", "statement"], name="vote_of_round")]
        constraints = [
            models.UniqueConstraint(fields=["participant", "statement"], name="vote_once"),
            models.CheckConstraint(condition=IS_A_VOTE, name="vote_value"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.value} {self.statement_id}"


class VoteImport(models.Model):
    """A Pol.is export that was read in, so that reading it again adds nothing."""

    round = models.ForeignKey(StatementRound, on_delete=models.PROTECT, related_name="imports")
    fingerprint = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    statements = models.PositiveIntegerField()
    participants = models.PositiveIntegerField()
    votes = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "fingerprint"], name="import_once")]

    def __str__(self) -> str:
        return self.fingerprint[:12]


class ImportedVoter(models.Model):
    """Which participant an export's voter became in a round."""

    round = models.ForeignKey(
        StatementRound, on_delete=models.PROTECT, related_name="imported_voters"
    )
    voter_id = models.CharField(max_length=40)
    participant = models.OneToOneField(
        Participant, on_delete=models.PROTECT, related_name="imported_voter"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "voter_id"], name="imported_voter_once")
        ]

    def __str__(self) -> str:
        return self.voter_id

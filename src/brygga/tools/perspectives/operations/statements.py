"""Statements: seeds by the team, residents' own with their voice behind them, and moderation."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.core.text import clean
from brygga.core.text.personal_data import Finding, personal_data
from brygga.dialogues.enums import Channel, ContributionState
from brygga.dialogues.models import Contribution, Dialogue, Participant
from brygga.dialogues.operations.moderation import arrives_as, put_in_queue
from brygga.dialogues.operations.participants import ensure_identified
from brygga.tools.perspectives.enums import Moderation, StatementState
from brygga.tools.perspectives.models import Statement, StatementRound
from brygga.tools.perspectives.operations.votes import NotInThisRoundError, ensure_open

LONGEST = 280
TOOL = "perspectives"


class HoldsPersonalDataError(Exception):
    """The text seems to point somebody out; its author is asked to look again."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(", ".join(finding.kind for finding in findings))
        self.findings = findings


class HasAVoiceError(Exception):
    """A resident's statement is moderated with the contribution that it stands on."""


class ReasonIsMissingError(Exception):
    """A statement is never hidden without a reason."""


@transaction.atomic
def add_seed_statements(
    *, statement_round: StatementRound, texts: Sequence[str], by: User, at: datetime
) -> list[Statement]:
    """Add statements of the team's own; those that stand there already are left out."""
    first = _next_number(statement_round)
    standing = set(statement_round.statements.values_list("text", flat=True))
    fresh = dict.fromkeys(clean(text, limit=LONGEST).strip() for text in texts)
    statements = Statement.objects.bulk_create(
        Statement(
            round=statement_round,
            number=number,
            text=text,
            language=statement_round.language,
            state=StatementState.PUBLISHED,
            created_at=at,
        )
        for number, text in enumerate((t for t in fresh if t and t not in standing), first)
    )
    record(action="perspectives.seeds_added", subject=statement_round, by=by, at=at)
    return statements


@transaction.atomic
def suggest_statement(
    *,
    statement_round: StatementRound,
    participant: Participant,
    text: str,
    language: str,
    client_key: str,
    author_is_sure: bool,
    at: datetime,
) -> Statement:
    """Take in a resident's own statement, once per client key.

    What seems to hold personal data waits for review even where others are published at once, and
    everything does in the dialogue's strict mode.
    """
    ensure_open(statement_round, participant, at)
    ensure_identified(participant)
    if not statement_round.residents_may_add:
        raise NotInThisRoundError
    text = clean(text, limit=LONGEST).strip()
    if (findings := personal_data(text)) and not author_is_sure:
        raise HoldsPersonalDataError(findings)
    dialogue = Dialogue.objects.get(pk=statement_round.dialogue_id)
    reads_first = statement_round.moderation == Moderation.BEFORE
    wanted = ContributionState.WAITING if reads_first else ContributionState.PUBLISHED
    heard_as = arrives_as(dialogue, text, wanted)
    number = _next_number(statement_round)
    voice, is_new = _hear(statement_round, participant, text, language, client_key, heard_as, at)
    if not is_new:
        return Statement.objects.get(contribution=voice, round=statement_round)
    put_in_queue([voice], at=at)
    return Statement.objects.create(
        round=statement_round,
        number=number,
        text=text,
        language=language,
        contribution=voice,
        state=StatementState(heard_as),
        created_at=at,
    )


def _hear(
    statement_round: StatementRound,
    participant: Participant,
    text: str,
    language: str,
    client_key: str,
    state: ContributionState,
    at: datetime,
) -> tuple[Contribution, bool]:
    return Contribution.objects.get_or_create(
        dialogue_id=statement_round.dialogue_id,
        client_key=client_key,
        defaults={
            "participant": participant,
            "channel": Channel.WEB,
            "tool": TOOL,
            "language": language,
            "text": text,
            "state": state,
            "received_at": at,
        },
    )


@transaction.atomic
def hide_seed(*, statement: Statement, reason: str, by: User, at: datetime) -> None:
    """Take a statement of the team's own back, with a reason; residents' are moderated."""
    reason = clean(reason, limit=500).strip()
    if not reason:
        raise ReasonIsMissingError
    if statement.contribution_id is not None:
        raise HasAVoiceError
    locked = Statement.objects.select_for_update().get(pk=statement.pk)
    locked.state, locked.state_reason = StatementState.HIDDEN, reason
    locked.save(update_fields=["state", "state_reason"])
    record(action="perspectives.statement_hidden", subject=statement, by=by, at=at)


def _next_number(statement_round: StatementRound) -> int:
    """Give the next free number; the round stays locked until the transaction ends."""
    StatementRound.objects.select_for_update().get(pk=statement_round.pk)
    highest = statement_round.statements.aggregate(highest=Max("number"))["highest"]
    return 0 if highest is None else highest + 1

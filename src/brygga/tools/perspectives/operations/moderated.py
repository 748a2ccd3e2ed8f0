"""Statements by residents stand as their voices do."""

from datetime import datetime

from brygga.core.audit.operations import record
from brygga.dialogues.enums import ContributionState
from brygga.dialogues.models import Contribution
from brygga.dialogues.operations.standing_for import AnswersWouldBeLostError
from brygga.tools.perspectives.enums import StatementState
from brygga.tools.perspectives.models import Statement
from brygga.tools.perspectives.operations.maps import request_map
from brygga.tools.perspectives.queries.counted import answers_go_on_counting

LONGEST_STORED = 1_200  # as the column


def follow_voice(*, contribution: Contribution, at: datetime) -> None:
    """Let a resident's statement stand as its voice does after a decision on it, or a merge."""
    statement = Statement.objects.filter(contribution=contribution).select_related("round").first()
    if statement is None:
        return
    if contribution.state == ContributionState.MERGED and not answers_go_on_counting(statement):
        raise AnswersWouldBeLostError
    kept_back = (ContributionState.HIDDEN, ContributionState.INTERNAL)
    if contribution.state == ContributionState.PUBLISHED:
        statement.state, statement.state_reason = StatementState.PUBLISHED, ""
    elif contribution.state in kept_back:
        state = ContributionState(contribution.state)
        statement.state = StatementState.HIDDEN
        statement.state_reason = contribution.state_reason or str(state.label)
    statement.text = contribution.text[:LONGEST_STORED]
    statement.save(update_fields=["state", "state_reason", "text"])
    record(action="perspectives.statement_moderated", subject=statement, by=None, at=at)
    request_map(statement_round=statement.round)

"""When a round is open. Who may do what in it follows from the dialogue."""

from datetime import datetime

from brygga.tools.perspectives.enums import ResultVisibility
from brygga.tools.perspectives.models import StatementRound


def is_open(statement_round: StatementRound, at: datetime) -> bool:
    """A round is open from its opening to its closing; one without an opening has not begun."""
    opens, closes = statement_round.opens_at, statement_round.closes_at
    return opens is not None and opens <= at and (closes is None or at < closes)


def is_closed(statement_round: StatementRound, at: datetime) -> bool:
    return statement_round.closes_at is not None and statement_round.closes_at <= at


def may_see_results(statement_round: StatementRound, answered: int, at: datetime) -> bool:
    """Tell whether a resident who has answered so many statements sees what others answered."""
    if statement_round.results_shown == ResultVisibility.TEAM_ONLY:
        return False
    if statement_round.results_shown == ResultVisibility.ALWAYS or is_closed(statement_round, at):
        return True
    return answered >= statement_round.answers_needed


def may_see_groups(statement_round: StatementRound) -> bool:
    """Groups, and where one stands among them, stay closed until the process leader opens them."""
    return statement_round.groups_opened_at is not None

"""What all public views of a round begin with: who is asking, and what they may do now."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from brygga.core.http.human import read_token
from brygga.core.limits.requests import count_request
from brygga.dialogues.models import IdentityDemand, Participant
from brygga.dialogues.operations.participants import join, remember
from brygga.dialogues.queries import reader_permissions
from brygga.dialogues.queries.identity import demand_of
from brygga.dialogues.queries.participants import participant_of, secret_in
from brygga.dialogues.rules import Permission
from brygga.tools.perspectives import rules
from brygga.tools.perspectives.models import StatementRound
from brygga.tools.perspectives.queries import rounds

NEW_PEOPLE_PER_ADDRESS = 2_000  # a day; a whole school may sit behind one address


@dataclass
class Visit:
    request: HttpRequest
    round: StatementRound
    at: datetime
    participant: Participant | None
    may_speak: bool
    secret: str
    is_new: bool = False
    demand: IdentityDemand | None = None

    @property
    def must_identify(self) -> bool:
        """Tell whether a rule of the dialogue asks who this is, and we do not know it yet."""
        return self.demand is not None and not (self.participant and self.participant.person_mark)

    def page(self, template: str, status: int = 200, **context: object) -> HttpResponse:
        dialogue = self.round.dialogue
        context |= {"round": self.round, "dialogue": dialogue, "visit": self}
        context |= dialogue.organisation.as_owner()
        response = render(self.request, template, context, status=status)
        return self.remembered(response)

    def remembered(self, response: HttpResponse) -> HttpResponse:
        if self.is_new:
            remember(response, self.round.dialogue, self.secret)
        return response

    def take_part(self, token: str) -> Participant:
        """Give the participant, made now if this is the first thing that they do."""
        if self.participant is None:
            dialogue = self.round.dialogue
            count_request(
                self.request,
                scope=f"join:{dialogue.public_id}",
                limit=NEW_PEOPLE_PER_ADDRESS,
                at=self.at,
            )
            _, once = read_token(token)
            joined = join(dialogue=dialogue, language=language(), at=self.at, once=once)
            self.participant, self.secret, self.is_new = joined.participant, joined.secret, True
        return self.participant


def visit(request: HttpRequest, public_id: str) -> Visit:
    at = timezone.now()
    statement_round = rounds.get_round_for_reader(public_id, request.user)
    dialogue = statement_round.dialogue
    may = reader_permissions(dialogue, request.user)
    return Visit(
        request=request,
        round=statement_round,
        at=at,
        participant=participant_of(dialogue, request.COOKIES),
        may_speak=Permission.SPEAK in may and rules.is_open(statement_round, at),
        secret=secret_in(dialogue, request.COOKIES),
        demand=demand_of(dialogue),
    )


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE

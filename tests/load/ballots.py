"""Make ready votes: people who have joined, and for each statement the request that they send.

Run as a program on the database that DATABASE_URL names, with the number of people; prints JSON.
"""

import json
import secrets
import sys
from datetime import timedelta

import django
from django.urls import reverse
from django.utils import timezone

STATEMENTS = 50


def main():
    django.setup()
    from brygga.dialogues.enums import StepKind  # noqa: PLC0415 - models need Django set up
    from brygga.dialogues.models import Participant  # noqa: PLC0415
    from brygga.dialogues.queries.participants import (  # noqa: PLC0415
        cookie_name,
        hash_of,
        signer_of,
    )
    from tests.factories.dialogues import dialogue_in  # noqa: PLC0415
    from tests.factories.perspectives import (  # noqa: PLC0415
        StatementFactory,
        StatementRoundFactory,
    )

    now = timezone.now()
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    held = StatementRoundFactory(dialogue=dialogue, opens_at=now - timedelta(days=1))
    statements = StatementFactory.create_batch(STATEMENTS, round=held)
    words = [secrets.token_urlsafe(24) for _ in range(int(sys.argv[1]))]
    Participant.objects.bulk_create(
        Participant(dialogue=dialogue, secret_hash=hash_of(word), joined_at=now) for word in words
    )
    signer = signer_of(dialogue)
    ballots = {
        "path": reverse("perspectives:take_part", args=[held.public_id]),
        "statements": [statement.public_id for statement in statements],
        "cookies": [f"{cookie_name(dialogue)}={signer.sign(word)}" for word in words],
    }
    json.dump(ballots, sys.stdout)


if __name__ == "__main__":
    main()

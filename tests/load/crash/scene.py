"""Make what the writers write in: an open round, a dialogue to follow, and somebody who decides.

Run as a program on the database that DATABASE_URL names; prints where everything is, as JSON.
"""

import json
import sys
from datetime import timedelta

import django
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

STATEMENTS = 12


def main():
    django.setup()
    from brygga.accounts.enums import Role  # noqa: PLC0415 - models need Django set up
    from brygga.dialogues.enums import StepKind  # noqa: PLC0415
    from tests.factories.accounts import BodyFactory, person_with  # noqa: PLC0415
    from tests.factories.dialogues import dialogue_in  # noqa: PLC0415
    from tests.factories.perspectives import StatementFactory, StatementRoundFactory  # noqa: PLC0415

    now = timezone.now()
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    body = BodyFactory(organisation=dialogue.organisation)
    dialogue.bodies.set([body])
    held = StatementRoundFactory(dialogue=dialogue, opens_at=now - timedelta(days=1))
    for number in range(STATEMENTS):
        StatementFactory(round=held, number=number)
    followers = list(make_followers(dialogue, 2, now))
    leader = Client()
    leader.force_login(
        person_with(Role.OWNER, dialogue.organisation),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    scene = {
        "take_part": reverse("perspectives:take_part", args=[held.public_id]),
        "own_words": reverse("perspectives:own_words", args=[held.public_id]),
        "follow": reverse("dialogues:follow", args=[dialogue.slug, dialogue.public_id]),
        "decide": reverse("outcomes:decision_new", args=[dialogue.public_id]),
        "body": body.public_id,
        "session": [
            settings.SESSION_COOKIE_NAME,
            leader.cookies[settings.SESSION_COOKIE_NAME].value,
        ],
        "followers": [follower.email for follower in followers],
    }
    json.dump(scene, sys.stdout)


def make_followers(dialogue, count, now):
    from brygga.dialogues.enums import FollowerState  # noqa: PLC0415
    from tests.factories.dialogues import FollowerFactory  # noqa: PLC0415

    for number in range(count):
        yield FollowerFactory(
            dialogue=dialogue,
            email=f"faithful{number}@example.test",
            state=FollowerState.CONFIRMED,
            confirmed_at=now,
        )


if __name__ == "__main__":
    main()

"""Random names for things that the outside world may link to."""

import secrets

# Without 0, 1, i, l and o, so that an id can be read aloud and typed off a poster.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 10


def new_public_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))

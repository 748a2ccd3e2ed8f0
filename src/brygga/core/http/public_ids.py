"""Random ids for addresses: they reveal neither number nor order, and can be read out aloud."""

import secrets

# Without 0, 1 and l, which look like O and I, and without vowels, so that no id spells a word.
_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"

PUBLIC_ID_LENGTH = 10
PUBLIC_ID_PATTERN = f"[{_ALPHABET}]{{{PUBLIC_ID_LENGTH}}}"


def new_public_id() -> str:
    """Draw a new id: 10 of 27 characters, 2e14 possibilities; a unique column catches the rest."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))

import re
from collections import Counter

from brygga.core.http import PUBLIC_ID_LENGTH, PUBLIC_ID_PATTERN, new_public_id


def test_ids_have_ten_characters_that_cannot_be_confused_or_spell_a_word() -> None:
    drawn = [new_public_id() for _ in range(500)]
    assert all(re.fullmatch(PUBLIC_ID_PATTERN, public_id) for public_id in drawn)
    assert {len(public_id) for public_id in drawn} == {PUBLIC_ID_LENGTH} == {10}
    assert not set("".join(drawn)) & set("01loiaeuyåäöABCXYZ")


def test_ids_do_not_repeat_or_count_upwards() -> None:
    drawn = [new_public_id() for _ in range(2000)]
    assert len(set(drawn)) == len(drawn)
    assert drawn != sorted(drawn)


def test_every_character_is_drawn_at_every_place() -> None:
    drawn = [new_public_id() for _ in range(2000)]
    for place in range(PUBLIC_ID_LENGTH):
        assert len(Counter(public_id[place] for public_id in drawn)) == 27


def test_the_pattern_refuses_what_no_id_can_be() -> None:
    for wrong in ("2345678", "bcdfghjkmnp", "bcdfghjkml", "BCDFGHJKMN", "bcdfghjkm\n"):
        assert not re.fullmatch(PUBLIC_ID_PATTERN, wrong)

"""Text as people write it: order, search, cleaning, readability, personal data."""

from brygga.core.text.direction import is_right_to_left
from brygga.core.text.hygiene import TextTooLongError, clean
from brygga.core.text.lix import lix
from brygga.core.text.person_names import looks_like_person
from brygga.core.text.personal_data import Finding, Kind, personal_data
from brygga.core.text.sorting import sort_key
from brygga.core.text.trigrams import coverage, similarity, trigrams

__all__ = [
    "Finding",
    "Kind",
    "TextTooLongError",
    "clean",
    "coverage",
    "is_right_to_left",
    "lix",
    "looks_like_person",
    "personal_data",
    "similarity",
    "sort_key",
    "trigrams",
]

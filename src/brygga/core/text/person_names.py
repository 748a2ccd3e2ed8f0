"""Names that look like a person's, so that somebody can be asked before they are written down.

A hint to a human, not a filter: it would rather miss a rare name than stop at every society.
"""

import re

_WORD = re.compile(r"[A-ZÅÄÖÉÜ][a-zåäöéü]+(?:-[A-ZÅÄÖÉÜ][a-zåäöéü]+)*")
_MOST_WORDS = 4
_GIVEN_NAMES = frozenset(
    """
    Adam Agnes Ahmed Ali Alice Alma Amina Anders Andreas Anna Anton Arne Astrid Axel Bengt
    Birgitta Björn Bo Britt Carina Carl Cecilia Christer Christian Daniel David Elin Elisabeth
    Ella Emil Emma Erik Erika Eva Fatima Filip Fredrik Gunilla Gunnar Gustav Göran Hanna Hans
    Hassan Helena Henrik Hugo Håkan Ida Inger Ingrid Jan Jenny Jens Johan Johanna Johannes John
    Jonas Julia Karin Karl Katarina Kerstin Kjell Klara Kristina Lars Lena Lennart Leif Lina
    Linda Linnea Lisa Louise Lovisa Magnus Maja Malin Margareta Maria Marie Martin Mats Mattias
    Mikael Mohamed Monica Nils Nina Ola Oliver Olof Omar Oskar Patrik Per Pernilla Peter Pia
    Pontus Rebecka Robert Roger Rolf Rune Sara Signe Sofia Sofie Stefan Stig Susanne Sven
    Therese Thomas Tobias Tomas Tove Ulf Ulla Ulrika Urban Viktor Vilhelm Ylva Yusuf Åke Åsa
    Örjan
    """.split()  # noqa: SIM905 - read as prose, one name after the other
)
_SURNAME_ENDINGS = ("sson", "qvist", "kvist", "ström", "gren", "lund", "stedt", "löf", "blad")
_BODIES = frozenset(
    """
    AB HB Bolag Byalag Förening Församling Kommun Kyrka Kyrkan Lag Region Råd Skola Skolan
    Stiftelse Byrå Bank Förbund Förlag Gård Hus Museum Teater Vänner
    """.split()  # noqa: SIM905 - read as prose, one name after the other
)


def looks_like_person(name: str) -> bool:
    """Tell whether a name, or what stands before its first comma, reads as a given name and more.

    “Anna Lind”, “Per-Olof Åkesson, granne” do; “Sjövikens byalag” and “Anna Lindhs gata” do not.
    """
    words = name.split(",", maxsplit=1)[0].split("(", maxsplit=1)[0].split()
    if not 1 < len(words) <= _MOST_WORDS or not all(_WORD.fullmatch(word) for word in words):
        return False
    if _BODIES & set(words):
        return False
    return words[0].split("-")[0] in _GIVEN_NAMES or words[-1].endswith(_SURNAME_ENDINGS)

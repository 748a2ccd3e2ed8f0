"""What PostgreSQL makes of our keys: no ICU, no pg_trgm, only bytes and arrays."""

import pytest
from django.db import connection

from brygga.core.text import sort_key, trigrams

pytestmark = pytest.mark.django_db

IN_ORDER = """
    SELECT name FROM unnest(%s::text[], %s::text[]) AS given(name, key) ORDER BY key COLLATE "C"
"""
NEAREST = """
    SELECT word FROM words WHERE trigrams && %(wanted)s::text[]
    ORDER BY (SELECT count(*) FROM unnest(trigrams) AS own WHERE own = ANY(%(wanted)s)) DESC
"""


def test_the_database_sorts_keys_in_swedish_order() -> None:
    names = ["Örebro", "Älvdalen", "steg 10", "Åmål", "steg 2", "Idé", "ide", "مدرسة", "Ödeshög"]
    with connection.cursor() as cursor:
        cursor.execute(IN_ORDER, [names, [sort_key(name) for name in names]])
        found = [name for (name,) in cursor.fetchall()]
    assert found == [
        "ide", "Idé", "steg 2", "steg 10", "Åmål", "Älvdalen", "Ödeshög", "Örebro", "مدرسة"
    ]  # fmt: skip


def test_a_gin_index_finds_a_misspelt_word() -> None:
    wanted = {"wanted": trigrams("skolnedlägning")}
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE words (word text, trigrams text[])")
        cursor.execute("CREATE INDEX ON words USING gin (trigrams)")
        for word in ["kollektivtrafik", "skolnedläggning", "skolskjuts", "ro"]:
            cursor.execute("INSERT INTO words VALUES (%s, %s)", [word, trigrams(word)])
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(NEAREST, wanted)
        found = [word for (word,) in cursor.fetchall()]
        cursor.execute(f"EXPLAIN {NEAREST}", wanted)
        plan = "".join(line for (line,) in cursor.fetchall())
    assert found[0] == "skolnedläggning"
    assert "ro" not in found
    assert "Index" in plan

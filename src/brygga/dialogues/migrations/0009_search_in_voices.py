"""Indexes to search in what people have said; the function that makes spellings comes first."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations

import brygga.core.spelling

# The dictionary leaves the ending of "badhuset" in place, so that it is taken off here as well.
# Then a stem, and what is left of it without any one of its letters. Short ones would meet
# too many, and a number is itself only.
MAKE = """
CREATE FUNCTION brygga_spellings(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(
    SELECT DISTINCT spelling
    FROM pg_catalog.unnest(
        pg_catalog.tsvector_to_array(pg_catalog.to_tsvector('pg_catalog.swedish'::regconfig, words))
    ) AS word,
    LATERAL (
        SELECT word
        UNION ALL
        SELECT pg_catalog.left(word, -2) WHERE word ~ '....et$'
    ) AS forms (stem),
    LATERAL (
        SELECT stem
        UNION ALL
        SELECT pg_catalog.left(stem, place - 1) || pg_catalog.substr(stem, place + 1)
        FROM pg_catalog.generate_series(1, pg_catalog.length(stem)) AS place
        WHERE pg_catalog.length(stem) BETWEEN 5 AND 24 AND stem !~ '[0-9]'
    ) AS made (spelling)
)
"""


class Migration(migrations.Migration):
    dependencies = [("dialogues", "0008_rich_texts")]

    operations = [
        migrations.RunSQL(MAKE, "DROP FUNCTION brygga_spellings(text)"),
        migrations.AddIndex(
            model_name="contribution",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("text", config="swedish"),
                name="contribution_words",
            ),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=django.contrib.postgres.indexes.GinIndex(
                brygga.core.spelling.Spellings("text"), name="contribution_spellings"
            ),
        ),
    ]

"""Search in long texts: word forms by the Swedish dictionary, typos by spellings.

Trigrams suit titles. In a long text nearly every trigram occurs, so there we compare spellings: a
word's stem, and the stem with any one letter left out. Two stems that differ by one letter share
one of these, so that an index finds them. PostgreSQL makes them (`brygga_spellings`, made by the
migration of the first model that uses it); nothing is stored beside the text but the index.
"""

import re
from typing import TypeVar, cast

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    SearchVector,
)
from django.db import connection
from django.db.models import F, Func, Model, Q, QuerySet, TextField, Value

from brygga.core.search import LONGEST_QUERY, SWEDISH

MOST_WORDS = 8
BEGIN, END = "\ue000", "\ue001"  # for private use in Unicode: no text of ours means them

Found = TypeVar("Found", bound=Model)


class Spellings(Func):
    function = "brygga_spellings"
    arity = 1
    output_field = ArrayField(TextField())


def text_indexes(field: str, name: str) -> list[GinIndex]:
    """Give the two indexes that `find_in_text` uses."""
    return [
        GinIndex(SearchVector(field, config=SWEDISH), name=f"{name}_words"),
        GinIndex(Spellings(field), name=f"{name}_spellings"),
    ]


def find_in_text(things: QuerySet[Found], words: str, *, field: str = "text") -> QuerySet[Found]:
    """Give the things whose text is about the words, best first, each with a `snippet`.

    Quotes, `or` and a minus mean what they mean in web search; then nothing is forgiven. Without
    words the things come as they are, with an empty snippet.
    """
    asked = words[:LONGEST_QUERY].replace("\0", " ").strip()
    if not asked:
        return cast("QuerySet[Found]", things.annotate(snippet=Value("")))
    query = SearchQuery(asked, config=SWEDISH, search_type="websearch")
    vector = SearchVector(field, config=SWEDISH)
    matching = Q(vector=query)
    spelled = [] if _is_exact(asked) else spellings_of(asked)
    if spelled:
        near = Q()
        for spellings in spelled:
            near &= Q(spellings__overlap=Value(spellings, output_field=ArrayField(TextField())))
        matching |= near
    found = (
        things.alias(vector=vector, spellings=Spellings(F(field)))
        .filter(matching)
        .annotate(
            rank=SearchRank(vector, query),
            snippet=SearchHeadline(
                field,
                query,
                config=SWEDISH,
                start_sel=BEGIN,
                stop_sel=END,
                max_words=60,
                min_words=30,
            ),
        )
        .order_by("-rank", "-pk")
    )
    return cast("QuerySet[Found]", found)  # the stubs lose the model in alias()


def snippets(things: QuerySet[Found], words: str, *, field: str) -> QuerySet[Found]:
    """Give each thing a `snippet` of a field with the words marked, found in whichever way."""
    asked = words[:LONGEST_QUERY].replace("\0", " ").strip()
    query = SearchQuery(asked, config=SWEDISH, search_type="websearch")
    marked = SearchHeadline(
        field, query, config=SWEDISH, start_sel=BEGIN, stop_sel=END, highlight_all=True
    )
    return cast("QuerySet[Found]", things.annotate(snippet=marked if asked else Value("")))


def spellings_of(words: str) -> list[list[str]]:
    """Give the spellings of each word that means something, for at most a few words."""
    each = words.split()[:MOST_WORDS]
    with connection.cursor() as cursor:
        cursor.execute("SELECT brygga_spellings(word) FROM unnest(%s::text[]) AS word", [each])
        return [spellings for (spellings,) in cursor.fetchall() if spellings]


def _is_exact(asked: str) -> bool:
    return bool(re.search(r'"|(^|\s)-\w|\bor\b', asked, re.IGNORECASE))

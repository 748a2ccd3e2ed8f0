"""Search that knows Swedish word forms and forgives typos, for any model with two columns.

The model has `search` (a generated tsvector with a GIN index, see `search_column`) and
`search_trigrams` (a text array with a GIN index, filled with `trigrams_of` by its operations).
"""

import operator
from functools import reduce
from math import ceil
from typing import TypeVar, cast

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.db.models import (
    F,
    Func,
    GeneratedField,
    IntegerField,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
)

from brygga.core.text import trigrams

SWEDISH = "swedish"
LONGEST_QUERY = 100
ENOUGH = 0.45  # share of the asked trigrams that a text must hold: two letters swapped in a word

Found = TypeVar("Found", bound=Model)


class SharedTrigrams(Func):
    """How many trigrams two arrays have in common."""

    template = "cardinality(ARRAY(SELECT unnest(%(expressions)s)))"
    arg_joiner = ") INTERSECT SELECT unnest("
    arity = 2
    output_field = IntegerField()


def search_column(**weights: str) -> GeneratedField:
    """Make the generated column: names of text columns with their weight, A to D."""
    vectors = [
        SearchVector(column, weight=weight, config=SWEDISH) for column, weight in weights.items()
    ]
    combined = reduce(operator.add, vectors)
    return GeneratedField(expression=combined, output_field=SearchVectorField(), db_persist=True)


def trigrams_of(*texts: str) -> list[str]:
    return trigrams(" ".join(texts))


def find(things: QuerySet[Found], words: str) -> QuerySet[Found]:
    """Give what the words are about, best first; unfiltered and unordered where there are none."""
    asked = words[:LONGEST_QUERY].replace("\0", " ")
    grams = trigrams(asked)
    if not grams:
        return things
    query = SearchQuery(asked, config=SWEDISH, search_type="websearch")
    asked_grams = Value(grams, output_field=ArrayField(TextField()))
    weighed = things.alias(
        rank=SearchRank(F("search"), query),
        shared=SharedTrigrams(F("search_trigrams"), asked_grams),
    )
    near = Q(search_trigrams__overlap=grams, shared__gte=ceil(ENOUGH * len(grams)))
    found = weighed.filter(Q(search=query) | near).order_by("-rank", "-shared", "pk")
    return cast("QuerySet[Found]", found)  # the stubs lose the model in alias()

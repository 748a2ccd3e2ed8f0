"""How many there are of each kind, asked of the database in one question for all the kinds."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet, Value

Rows = Mapping[str, QuerySet[Any]]


def count_each(rows: Rows) -> dict[str, int]:
    """Give the number of rows behind each name, in the order of the names."""
    questions = [
        some.order_by()
        .annotate(counted_kind=Value(name))
        .values("counted_kind")
        .annotate(counted_rows=Count("pk"))
        .values_list("counted_kind", "counted_rows")
        for name, some in rows.items()
    ]
    if not questions:
        return {}
    first, *others = questions
    found = dict(first.union(*others, all=True) if others else first)
    return {name: found.get(name, 0) for name in rows}

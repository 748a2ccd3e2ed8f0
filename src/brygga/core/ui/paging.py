"""Pages of a list that may be very long."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

MOST_COUNTED = 100_000

Thing = TypeVar("Thing", bound=Model)


class LongPaginator(Paginator):  # type: ignore[type-arg]  # generic for the type checker only
    """Counts up to a limit only: counting millions takes seconds, and nobody turns to page 9,000.

    `has_more` tells that there are more; a filter or a search reaches them.
    """

    most = MOST_COUNTED

    @cached_property
    def _counted(self) -> int:
        things = self.object_list
        assert isinstance(things, QuerySet)
        return things.order_by()[: self.most + 1].count()

    @property
    def count(self) -> int:
        return min(self._counted, self.most)

    @property
    def has_more(self) -> bool:
        return self._counted > self.most


def page_of(
    request: HttpRequest, things: QuerySet[Thing], per_page: int, *, name: str = "page"
) -> "Page[Thing]":
    """Give the page that the address asks for; beyond the end the last, for nonsense the first."""
    return LongPaginator(things, per_page).get_page(request.GET.get(name))

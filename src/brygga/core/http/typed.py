"""What was typed, as a form reads it: without NUL bytes, which nobody types and nothing stores."""

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """Give what was sent with the page, or None when it was only asked for."""
    return without_nul(request.POST) if request.method == "POST" else None


def asked(request: HttpRequest) -> QueryDict:
    """Give what the address asks for."""
    return without_nul(request.GET)


def without_nul(data: QueryDict) -> QueryDict:
    if not any("\x00" in text for name, texts in data.lists() for text in (name, *texts)):
        return data
    cleaned = QueryDict(mutable=True)
    for name, texts in data.lists():
        cleaned.setlist(name.replace("\x00", ""), [text.replace("\x00", "") for text in texts])
    return cleaned

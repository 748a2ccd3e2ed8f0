"""What every page knows."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from brygga.core.ui.theme import COOKIE, THEMES


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    href: str
    address: str
    is_current: bool


def page(request: HttpRequest) -> dict[str, object]:
    theme = request.COOKIES.get(COOKIE, "")
    return {
        "site_address": settings.BRYGGA_ADDRESS,
        "page_path": request.path,
        "languages": settings.LANGUAGES,
        "language_links": list(_language_links(request)),
        "theme": theme if theme in THEMES else "",
    }


def _language_links(request: HttpRequest) -> list[LanguageLink]:
    links = []
    for code, name in settings.LANGUAGES:
        query = request.GET.copy()
        query["lang"] = code
        address = f"{settings.BRYGGA_ADDRESS}{request.path}?lang={code}"
        links.append(
            LanguageLink(code, name, f"?{query.urlencode()}", address, code == get_language())
        )
    return links

"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, object]:
    return {
        "site_address": settings.BRYGGA_ADDRESS,
        "page_path": request.path,
        "languages": settings.LANGUAGES,
    }

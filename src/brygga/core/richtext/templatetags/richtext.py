"""Filters that show rich text; every template has them without loading them."""

from django import template
from django.utils.safestring import SafeString

from brygga.core.richtext import TOP_LEVEL, plain, shown

register = template.Library()


@register.filter
def rich(text: str, top: int = TOP_LEVEL) -> SafeString:
    """Write the text as HTML, its first heading one level below what it stands under."""
    return shown(text or "", int(top))


@register.filter
def rich_plain(text: str) -> str:
    return plain(text or "")

from django import template

from brygga.dialogues.queries.grounds import label_of

register = template.Library()


@register.filter
def ground_name(code: str) -> str:
    return label_of(code)

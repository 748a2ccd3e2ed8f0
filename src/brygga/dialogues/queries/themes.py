from django.db.models import QuerySet

from brygga.dialogues.models import Theme


def themes() -> QuerySet[Theme]:
    return Theme.objects.order_by("name_sv", "pk")

from django.db.models import Model, QuerySet

from brygga.core.audit.models import AuditRow


def trail(subject: Model) -> QuerySet[AuditRow]:
    """Give what happened to one thing, the latest first."""
    return (
        AuditRow.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
        .select_related("by")
        .order_by("-at", "-pk")
    )

"""Tables of an organisation that can be taken along as files. Their columns are contracts."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from brygga.accounts.enums import Role
from brygga.accounts.models import Membership, RoleAssignment
from brygga.core.exports import Column, Kind, Table


def people_to_export(people: QuerySet[Membership], *, day: date) -> QuerySet[Membership]:
    """Let each member bring present and coming roles along, in the same question."""
    roles = (
        RoleAssignment.objects.filter(membership=OuterRef("pk"))
        .filter(Q(last_day__isnull=True) | Q(last_day__gte=day))
        .order_by("starts_on", "pk")
    )
    held = JSONObject(role="role", body="body__name", first="starts_on", last="last_day")
    return people.prefetch_related(None).annotate(held=ArraySubquery(roles.values(held=held)))


def _roles(membership: Membership) -> str:
    return ", ".join(_role(**held) for held in getattr(membership, "held", []))


def _role(role: str, body: str | None, first: str, last: str | None) -> str:
    where = f" – {body}" if body else ""
    return f"{Role(role).label}{where} ({first} – {last or ''})".replace(" – )", " –)")


PEOPLE: Table[Membership] = Table(
    name="people",
    version=1,
    title=_("People"),
    columns=(
        Column("name", _("Name"), Kind.TEXT, lambda member: member.user.name),
        Column("email", _("E-mail address"), Kind.TEXT, lambda member: member.user.email),
        Column("roles", _("Roles"), Kind.TEXT, _roles),
        Column("joined_at", _("Member since"), Kind.MOMENT, lambda member: member.joined_at),
    ),
).declare()

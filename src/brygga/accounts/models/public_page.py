"""What an organisation tells everybody of how it works with dialogue."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from brygga.accounts.models.organisation import Body, Organisation
from brygga.core.http import new_public_id


class OrganisationPage(models.Model):
    """The page "Så arbetar vi med dialog"; a draft until it is published."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="public_page"
    )
    lead = models.TextField(max_length=600, blank=True)
    desk_name = models.CharField(max_length=120, blank=True)
    desk_email = models.EmailField(max_length=254, blank=True)
    desk_phone = models.CharField(max_length=40, blank=True)
    protection_name = models.CharField(max_length=120, blank=True)
    protection_email = models.EmailField(max_length=254, blank=True)  # of the officer
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"The page of {self.organisation}"


class Principles(models.Model):
    """Principles for dialogue as a body adopted them. Published ones stay as they were."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="principles"
    )
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=20_000)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    adopted_on = models.DateField(null=True)
    dnr = models.CharField(max_length=60, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "principles"
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="principles_number"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(published_at__isnull=True),
                name="principles_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | (~Q(text="") & ~Q(dnr="") & Q(body__isnull=False) & Q(adopted_on__isnull=False)),
                name="principles_published_with_their_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.number}"


class DialogueFunction(models.Model):
    """Who does what in the work with dialogue: a function, and a name only if one is chosen."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="dialogue_functions"
    )
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    title = models.CharField(max_length=120)
    does = models.TextField(max_length=600)
    person = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)  # gone the night after

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title"],
                condition=models.Q(removed_at__isnull=True),
                name="function_title_once",
            )
        ]

    def __str__(self) -> str:
        return self.title

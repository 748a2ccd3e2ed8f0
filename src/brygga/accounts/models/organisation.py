from django.db import models
from django.db.models import Q

from brygga.accounts.enums import BodyKind, OrganisationKind, RecordRules
from brygga.core.files.models import StoredFile
from brygga.core.http import new_public_id

RECORD_RULES = {
    OrganisationKind.MUNICIPALITY: RecordRules.AUTHORITY,
    OrganisationKind.REGION: RecordRules.AUTHORITY,
    OrganisationKind.MUNICIPALITY_AND_REGION: RecordRules.AUTHORITY,
    OrganisationKind.NATIONAL_BODY: RecordRules.ASSOCIATION,
    OrganisationKind.ASSOCIATION: RecordRules.ASSOCIATION,
    OrganisationKind.COMPANY: RecordRules.COMPANY,
}

MUNICIPAL_KINDS = (OrganisationKind.MUNICIPALITY, OrganisationKind.MUNICIPALITY_AND_REGION)
REGIONAL_KINDS = (OrganisationKind.REGION, OrganisationKind.MUNICIPALITY_AND_REGION)
ONE_OF_A_KIND = (BodyKind.COUNCIL, BodyKind.EXECUTIVE_BOARD)


class Organisation(models.Model):
    """Who owns dialogues. Without a code it is fictional, an association or a company."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    kind = models.CharField(max_length=30, choices=OrganisationKind)
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=400, db_collation="C")
    slug = models.SlugField(max_length=80, unique=True)
    municipality_code = models.CharField(max_length=4, null=True, unique=True)
    region_code = models.CharField(max_length=2, null=True, unique=True)
    organisation_number = models.CharField(max_length=12, blank=True)
    accent = models.CharField(max_length=7, blank=True)
    logo = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="organisation"
    )
    is_fictional = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["sort_key", "id"], name="organisation_sorted")]
        constraints = [
            models.CheckConstraint(
                condition=Q(municipality_code__isnull=True)
                | Q(kind__in=MUNICIPAL_KINDS, municipality_code__regex=r"^\d{4}$"),
                name="organisation_municipality_code",
            ),
            models.CheckConstraint(
                condition=Q(region_code__isnull=True)
                | Q(kind__in=REGIONAL_KINDS, region_code__regex=r"^\d{2}$"),
                name="organisation_region_code",
            ),
            models.CheckConstraint(
                condition=Q(accent="") | Q(accent__regex=r"^#[0-9A-F]{6}$"),
                name="organisation_accent_is_a_colour",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def as_owner(self) -> dict[str, str]:
        """Give what a page hands to its template when it is this organisation's."""
        return {
            "owner_name": self.name,
            "owner_slug": self.slug,
            "owner_accent": self.accent,
            "owner_logo": self.logo_address,
        }

    @property
    def logo_address(self) -> str:
        return self.logo.get_absolute_url() if self.logo else ""

    @property
    def record_rules(self) -> RecordRules:
        return RECORD_RULES[OrganisationKind(self.kind)]


class Body(models.Model):
    """A part of an organisation that decides; in a municipality each is an authority of its own."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField(max_length=30, choices=BodyKind)
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=400, db_collation="C")
    registrar_email = models.EmailField(blank=True)
    dnr_series = models.CharField(max_length=20, blank=True)
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="body_name_once"),
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(kind__in=ONE_OF_A_KIND),
                name="body_one_council_and_one_executive_board",
            ),
        ]

    def __str__(self) -> str:
        return self.name

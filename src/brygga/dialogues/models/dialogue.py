from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from brygga.accounts.models import Body, Organisation
from brygga.core.http.public_ids import new_public_id
from brygga.core.search import search_column
from brygga.dialogues.enums import DialogueForm, DialogueState, PlaceKind, Visibility


class Theme(models.Model):
    code = models.SlugField(max_length=40, unique=True)
    name_sv = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name_sv


IS_PUBLIC = Q(visibility=Visibility.PUBLIC, published_at__isnull=False) & ~Q(
    state=DialogueState.DRAFT
)


class Dialogue(models.Model):
    """One issue that an organisation takes up with those whom it concerns."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    slug = models.SlugField(max_length=80)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="dialogues"
    )
    bodies = models.ManyToManyField(Body, related_name="dialogues")
    themes = models.ManyToManyField(Theme, related_name="dialogues", blank=True)
    title = models.CharField(max_length=140)
    summary = models.TextField(max_length=600)
    background = models.TextField(max_length=20_000, blank=True)
    sort_key = models.CharField(max_length=600, db_collation="C")
    language = models.CharField(max_length=12, default="sv")
    form = models.CharField(max_length=10, choices=DialogueForm)
    state = models.CharField(max_length=12, choices=DialogueState, default=DialogueState.DRAFT)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    place_kind = models.CharField(max_length=14, choices=PlaceKind, default=PlaceKind.MUNICIPALITY)
    place_name = models.CharField(max_length=120, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    earlier = models.ManyToManyField(
        "self", through="DialogueLink", symmetrical=False, related_name="later"
    )
    reads_first = models.BooleanField(default=False)  # strict mode: nothing is shown unread
    notice = models.CharField(max_length=300, blank=True)  # fictional, demonstration, attribution
    is_planning = models.BooleanField(default=False)  # under plan- och bygglagen
    opinion_to = models.CharField(max_length=200, blank=True)
    opinion_how = models.TextField(max_length=1_000, blank=True)
    opinion_by = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    information_reason = models.TextField(max_length=2_000, blank=True)
    cancel_reason = models.TextField(max_length=2_000, blank=True)
    cancel_feedback = models.TextField(max_length=4_000, blank=True)
    version = models.PositiveIntegerField(default=1)
    client_key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    search = search_column(title="A", place_name="B", summary="C")
    search_trigrams = ArrayField(models.TextField(), default=list, editable=False)

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="dialogue_search"),
            GinIndex(fields=["search_trigrams"], name="dialogue_trigrams"),
            models.Index(fields=["state", "visibility", "-published_at"], name="dialogue_listed"),
            models.Index(fields=["organisation", "sort_key"], name="dialogue_of_organisation"),
            # The public lists: whoever turns a page reads twenty rows in order, and no others.
            models.Index(
                F("published_at").desc(), "id", condition=IS_PUBLIC, name="dialogue_by_time"
            ),
            models.Index(F("sort_key"), "id", condition=IS_PUBLIC, name="dialogue_by_title"),
            models.Index(
                "organisation",
                F("published_at").desc(),
                condition=IS_PUBLIC,
                name="dialogue_by_organisation",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DialogueState.CANCELLED)
                | (~Q(cancel_reason="") & ~Q(cancel_feedback="")),
                name="dialogue_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=DialogueState.INFORMATION) | ~Q(information_reason=""),
                name="dialogue_information_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[
                        DialogueState.PUBLISHED,
                        DialogueState.INFORMATION,
                        DialogueState.CLOSED,
                    ]
                )
                | Q(published_at__isnull=False),
                name="dialogue_published_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(place_kind=PlaceKind.POINT)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="dialogue_point_has_coordinates",
            ),
            models.CheckConstraint(
                condition=Q(is_planning=False) | (~Q(opinion_to="") & ~Q(opinion_how="")),
                name="dialogue_planning_tells_of_formal_opinions",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dialogues:detail", args=[self.slug, self.public_id])


class DialogueLink(models.Model):
    """A dialogue builds on an earlier one, and says how."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="links")
    earlier = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "earlier"], name="dialogue_link_once"),
            models.CheckConstraint(
                condition=~Q(dialogue=F("earlier")), name="dialogue_link_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dialogue} ← {self.earlier}"

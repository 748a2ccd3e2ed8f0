"""The actor map: who is on it, who tipped us off about them, and who is missing."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.http import Http404
from django.utils.translation import get_language

from brygga.dialogues.enums import ActorKind, Affected
from brygga.dialogues.models import Activity, Actor, Dialogue, SetAsideGroup

NEAREST_FIRST = Case(
    *[When(affected=value, then=Value(place)) for place, value in enumerate(Affected.values)],
    output_field=IntegerField(),
)
SORTS = {
    "name": ("sort_key",),
    "kind": ("kind", "sort_key"),
    "affected": ("nearness", "sort_key"),
    "reached": ("reached_on", "sort_key"),
}


@dataclass(frozen=True)
class ForgottenGroup:
    """A point of our own checklist of groups that are often forgotten."""

    code: str
    sv: str
    en: str

    @property
    def text(self) -> str:
        return self.en if get_language() == "en" else self.sv


@dataclass(frozen=True)
class Missing:
    """Who has not been heard: on the map and not reached, or not even thought of."""

    not_reached: tuple[Actor, ...]
    not_thought_of: tuple[ForgottenGroup, ...]
    set_aside: tuple[tuple[ForgottenGroup, SetAsideGroup], ...]
    total: int

    @property
    def directly(self) -> tuple[Actor, ...]:
        return tuple(actor for actor in self.not_reached if actor.affected == Affected.DIRECTLY)

    @property
    def reached_count(self) -> int:
        return self.total - len(self.not_reached)

    @property
    def is_anybody(self) -> bool:
        return bool(self.not_reached or self.not_thought_of)


def actors_of(
    dialogue: Dialogue,
    *,
    words: str = "",
    kind: str = "",
    affected: str = "",
    reached: str = "",
    sort: str = "affected",
    is_descending: bool = False,
) -> QuerySet[Actor]:
    """List the map, those most affected first, each with how many obstacles it meets."""
    actors = Actor.objects.filter(dialogue=dialogue)
    for word in words.split():
        actors = actors.filter(
            Q(name__icontains=word) | Q(relation__icontains=word) | Q(how_affected__icontains=word)
        )
    if kind:
        actors = actors.filter(kind=kind)
    if affected:
        actors = actors.filter(affected=affected)
    if reached:
        actors = actors.filter(reached_on__isnull=reached == "no")
    first, *rest = SORTS[sort]
    order = F(first).desc(nulls_last=True) if is_descending else F(first).asc(nulls_last=True)
    return (
        actors.select_related("suggested_by", "reached_by")
        .annotate(
            nearness=NEAREST_FIRST,
            obstacle_count=Count("obstacles", distinct=True),
            unmet_count=Count("obstacles", filter=Q(obstacles__measure=""), distinct=True),
        )
        .order_by(order, *rest, "pk")
    )


def get_actor_in(dialogue: Dialogue, public_id: str) -> Actor:
    actor = (
        Actor.objects.filter(dialogue=dialogue, public_id=public_id)
        .select_related("suggested_by", "reached_by", "contact", "dialogue")
        .first()
    )
    if actor is None:
        raise Http404
    return actor


def others_on_the_map(dialogue: Dialogue, but: Actor | None = None) -> QuerySet[Actor]:
    """Give those who may have suggested an actor."""
    others = Actor.objects.filter(dialogue=dialogue).order_by("sort_key", "pk")
    return others.exclude(pk=but.pk) if but and but.pk else others


def chain_of(actor: Actor) -> list[Actor]:
    """Give who suggested the actor, who suggested them, and so on up to the team's own idea."""
    by_key = Actor.objects.filter(dialogue=actor.dialogue_id).in_bulk()
    chain: list[Actor] = []
    above = actor.suggested_by_id
    while above is not None and above in by_key and len(chain) < len(by_key):
        chain.append(by_key[above])
        above = by_key[above].suggested_by_id
    return chain


def suggested_by(actor: Actor) -> QuerySet[Actor]:
    return actor.suggestions.order_by("sort_key", "pk")


def activities_reaching(actor: Actor) -> QuerySet[Activity]:
    return actor.activities.order_by("starts_at", "pk")


@cache
def often_forgotten() -> tuple[ForgottenGroup, ...]:
    source = files("brygga.dialogues").joinpath("checklists", "often_forgotten.toml")
    groups = tomllib.loads(source.read_text(encoding="utf-8"))["group"]
    return tuple(ForgottenGroup(**group) for group in groups)


def forgotten_group(code: str) -> ForgottenGroup | None:
    return next((group for group in often_forgotten() if group.code == code), None)


def who_is_missing(dialogue: Dialogue) -> Missing:
    actors = list(
        Actor.objects.filter(dialogue=dialogue)
        .annotate(nearness=NEAREST_FIRST)
        .order_by("nearness", "sort_key", "pk")
    )
    aside = {row.code: row for row in SetAsideGroup.objects.filter(dialogue=dialogue)}
    thought_of = {actor.forgotten_code for actor in actors}
    return Missing(
        not_reached=tuple(actor for actor in actors if actor.reached_on is None),
        not_thought_of=tuple(
            group for group in often_forgotten() if group.code not in thought_of | aside.keys()
        ),
        set_aside=tuple(
            (group, aside[group.code]) for group in often_forgotten() if group.code in aside
        ),
        total=len(actors),
    )


@dataclass(frozen=True)
class PublicActors:
    """The groups that the leader has chosen to tell of: names of groups, never more."""

    heard: Sequence[str]
    wanted: Sequence[str]

    @property
    def total(self) -> int:
        return len(self.heard) + len(self.wanted)


def public_actors_of(dialogue: Dialogue) -> PublicActors:
    return public_actors(list(chosen_actors(dialogue.pk).values("name", "reached_on")))


def chosen_actors(dialogue: object) -> QuerySet[Actor]:
    """List what the leader tells of; `dialogue` is a key, or a reference from a query around."""
    return (
        Actor.objects.filter(dialogue=dialogue, is_public=True)  # type: ignore[misc]  # a key or an OuterRef
        .exclude(kind=ActorKind.ROLE)
        .order_by("sort_key", "pk")
    )


def public_actors(rows: Sequence[Mapping[str, object]]) -> PublicActors:
    return PublicActors(
        heard=tuple(str(row["name"]) for row in rows if row["reached_on"]),
        wanted=tuple(str(row["name"]) for row in rows if not row["reached_on"]),
    )

"""The providers of search itself: pages of the navigation, units, and regulations."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.registry import Registry
from khuevan.kernel.vietnamese import fold
from khuevan.platform.organizations.api import OrgUnitVersion, UnitKind, versions_on
from khuevan.platform.regulations.api import regulations_named
from khuevan.platform.search.providers import SearchHit
from khuevan.ui.shell import nav

SCHOOL_ICON, OFFICE_ICON = "school", "landmark"


@dataclass(frozen=True, slots=True)
class UnitAddress:
    """The route that opens a unit's page by its code, and the permission that page asks for."""

    route: str
    permission: Permission


unit_addresses: Registry[UnitAddress] = Registry("unit address")
"""Unit kind to its page; registered by the app that has the page."""


def find_pages(actor: Actor, words: str, limit: int) -> Iterable[SearchHit]:
    """Return the lines of the actor's navigation whose label has all the words."""
    hat = getattr(actor, "hat", None)
    code = hat.code if hat else ""
    seen = [
        SearchHit(str(item.label), reverse(item.route), str(item.group), item.icon)
        for item in sorted(nav, key=lambda item: item.order)
        if actor.may(item.permission) and (not item.hats or code in item.hats)
    ]
    wanted = words.split()
    return [hit for hit in seen if all(word in fold(hit.label) for word in wanted)][:limit]


def find_units(actor: Actor, words: str, limit: int) -> Iterable[SearchHit]:
    """Return units whose page the actor may open, by name or code; names that begin so first."""
    within = Q()
    for word in words.split():
        within &= Q(search_name__contains=word)
    found = (
        versions_on(actor.today)
        .filter(within | Q(unit__code__iexact=words))
        .filter(_openable(actor))
        .order_by("sort_key", "unit_id")[: limit * 5]
    )
    ranked = sorted(found, key=lambda version: not version.search_name.startswith(words))
    return [_unit_hit(version) for version in ranked[:limit]]


def find_regulations(_actor: Actor, words: str, limit: int) -> Iterable[SearchHit]:
    """Return the legal texts whose number or title has all the words, newest first."""
    return [
        SearchHit(text.number, reverse("regulations:one", args=[text.code]), text.title, "gavel")
        for text in regulations_named(words, limit=limit)
    ]


def _openable(actor: Actor) -> Q:
    """Return the predicate for the units whose page is within the actor's reach."""
    within = Q(pk__in=[])
    for kind, address in unit_addresses.items():
        reach = actor.reach(address.permission, "school")
        of_kind = Q(unit__kind=kind)
        within |= of_kind if reach.everything else of_kind & Q(unit_id__in=reach.ids)
    return within


def _unit_hit(version: OrgUnitVersion) -> SearchHit:
    unit = version.unit
    kind = UnitKind(unit.kind)
    return SearchHit(
        label=version.name,
        url=reverse(unit_addresses.get(kind).route, args=[unit.code]),
        detail=f"{kind.label} · {unit.code}",
        icon=SCHOOL_ICON if kind == UnitKind.SCHOOL else OFFICE_ICON,
    )


def names_of(ids: Collection[int], *, on: date) -> dict[int, str]:
    """Return the names of units on a date; an ended unit keeps its last one."""
    versions = OrgUnitVersion.objects.filter(unit_id__in=ids, starts_on__lte=on)
    return dict(versions.order_by("unit_id", "starts_on").values_list("unit_id", "name"))


def units_like(text: str, *, limit: int = 200) -> set[int]:
    """Return the units whose name, of any time, or code has a text."""
    words = Q(search_name__contains=fold(text)) | Q(unit__code__iexact=text.strip())
    found = OrgUnitVersion.objects.filter(words).order_by("unit_id").distinct("unit_id")
    return set(found.values_list("unit_id", flat=True)[:limit])

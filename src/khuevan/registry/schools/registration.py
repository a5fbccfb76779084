"""What the schools app hangs into the shell, the search box and the pages of one school."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.memo import memo
from khuevan.platform.access.api import AnchorKindNames, NamedAnchor, anchor_kinds, year_labels
from khuevan.platform.audit.api import VIEW_AUDIT
from khuevan.platform.organizations.api import placings
from khuevan.platform.search.api import Provider, provide
from khuevan.registry.schools import (
    audit_codes,
    finding,
    jobs,
    permissions,
    published,
    selectors,
)
from khuevan.registry.schools.facts import facts_of
from khuevan.registry.schools.figures import SchoolFigure, figures
from khuevan.registry.schools.frame import SchoolTab, tabs
from khuevan.registry.schools.managers import require_manager
from khuevan.registry.schools.models import EducationLevel, HomeroomClass, School
from khuevan.ui.formats import number
from khuevan.ui.request import Request
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "jobs", "published"]

SECTOR_HATS = ("officer", "admin", "protection", "support")
SCHOOL_HATS = ("principal", "clerk", "teacher")


def class_names(ids: Collection[int]) -> dict[int, NamedAnchor]:
    """Return the names of classes that grants are anchored on."""
    rows = (
        HomeroomClass.objects.unscoped(because="a grant tells its holder which class it is for")
        .filter(pk__in=ids)
        .values_list("pk", "name", "school_id", "uuid")
    )
    return {row[0]: NamedAnchor(*row) for row in rows}


def class_choices(actor: Actor, unit_id: int) -> list[NamedAnchor]:
    """Return a school's classes of this year, as far as the actor sees them."""
    year = selectors.academic_year_on(actor.today)
    if year is None:
        return []
    rows = selectors.classes(actor=actor, year=year, on=actor.today).filter(school_id=unit_id)
    return [NamedAnchor(row.pk, row.name, row.school_id, row.uuid) for row in rows]


def year_label(request: Request) -> str:
    """Return the school year and term of the hat's school, else of the province's main level."""
    actor = request.actor
    term = selectors.term_on(actor.today, level=_level_of(actor))
    if term is None:
        year = selectors.academic_year_on(actor.today)
        return str(year) if year else ""
    roman = {1: "I", 2: "II"}.get(term.number, str(term.number))
    return gettext("%(year)s · Term %(term)s") % {"year": term.academic_year, "term": roman}


def _level_of(actor: Any) -> str:
    unit_id = actor.hat.unit_id if actor.hat else None
    return _highest_level(unit_id, actor.today) if unit_id else EducationLevel.LOWER_SECONDARY


@memo(seconds=60, size=4096)
def _highest_level(unit_id: int, today: date) -> str:
    facts = facts_of([unit_id], on=today).get(unit_id)
    return facts.levels[-1] if facts and facts.levels else EducationLevel.LOWER_SECONDARY


def class_kpi(actor: Actor, school: School, on: date) -> dict[str, Any]:
    """Return how many classes a school has this year."""
    count = selectors.class_counts(actor, [school.pk], on).get(school.pk, 0)
    year = selectors.academic_year_on(on)
    return {
        "value": number(count),
        "basis": gettext("school year %(year)s") % {"year": year or "–"},
    }


placings.register("schools", require_manager)
nav.register(
    "schools",
    NavItem(
        label=_("Schools and classes"),
        route="schools:list",
        icon="school",
        permission=permissions.VIEW_SCHOOLS,
        group=_("Sector records"),
        hats=SECTOR_HATS,
        order=310,
        prefix="/schools/",
        bottom=True,
    ),
)
nav.register(
    "school",
    NavItem(
        label=_("School and classes"),
        route="schools:list",
        icon="school",
        permission=permissions.VIEW_SCHOOLS,
        group=_("School records"),
        hats=SCHOOL_HATS,
        order=330,
        prefix="/schools/",
        bottom=True,
    ),
)
nav.register(
    "years",
    NavItem(
        label=_("School year"),
        route="schools:years",
        icon="calendar-days",
        permission=permissions.VIEW_SCHOOLS,
        group=_("Sector records"),
        hats=SECTOR_HATS,
        order=340,
        prefix="/years/",
    ),
)
tabs.register(
    "overview", SchoolTab(_("Overview"), "schools:school", permissions.VIEW_SCHOOLS, order=10)
)
tabs.register(
    "campuses",
    SchoolTab(
        _("Campuses and rooms"),
        "schools:campuses",
        permissions.VIEW_SCHOOLS,
        order=50,
        group="place",
    ),
)
tabs.register(
    "calendar",
    SchoolTab(
        _("School year"), "schools:calendar", permissions.VIEW_SCHOOLS, order=52, group="place"
    ),
)
tabs.register(
    "facts",
    SchoolTab(_("Legal facts"), "schools:facts", permissions.VIEW_SCHOOLS, order=80, group="law"),
)
tabs.register(
    "history", SchoolTab(_("History"), "schools:history", VIEW_AUDIT, order=90, group="law")
)
figures.register(
    "classes",
    SchoolFigure(
        _("Classes"), permissions.VIEW_SCHOOLS, selectors.class_counts, class_kpi, order=10
    ),
)
provide(Provider("schools", _("Schools"), permissions.VIEW_SCHOOLS, finding.find_schools, order=30))
provide(
    Provider(
        "school pages",
        _("Pages of the school"),
        permissions.VIEW_SCHOOLS,
        finding.find_school_pages,
        order=32,
        shortest=3,
    )
)
year_labels.register("academic year", year_label)
anchor_kinds.register(
    "class", AnchorKindNames(_("Class"), names=class_names, choices=class_choices)
)

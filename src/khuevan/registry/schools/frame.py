"""What stands around every page of one school: its name, its levels, and the tabs of all apps."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.registry import Registry
from khuevan.platform.organizations.api import Handed, names_on, successors_of
from khuevan.registry.schools.models import EducationLevel, HomeroomClass, School, SchoolType
from khuevan.registry.schools.permissions import VIEW_SCHOOLS
from khuevan.ui.formats import day
from khuevan.ui.request import Request


@dataclass(frozen=True, slots=True)
class SchoolTab:
    """A page of a school, at a route that takes the school's code."""

    label: str | Promise
    route: str
    permission: Permission
    order: int = 100
    group: str = ""
    """One of `GROUPS`: pages of a group share one tab and stand in a row below it."""
    levels: tuple[str, ...] = ()
    """Of schools that teach one of these levels; of all where none is named."""


GROUPS: dict[str, str | Promise] = {
    "pupils": gettext_lazy("Classes and pupils"),
    "marks": gettext_lazy("Marks"),
    "staff": gettext_lazy("Staff"),
    "place": gettext_lazy("Places and year"),
    "law": gettext_lazy("Law and history"),
}


@dataclass(frozen=True, slots=True)
class SchoolAction:
    """Something to do with a school: a button on its overview and on the pages of its group."""

    label: str | Promise
    route: str
    icon: str
    permission: Permission
    order: int = 100
    group: str = ""


OF_OTHERS = ("overview", "facts", "history")
"""The pages of a school that has closed or opens later; the others are of a school at work."""
class_pages: Registry[str] = Registry("page of a class")
"""The one route of a class's page, which stands in a higher app: it takes code and uuid."""


def class_url(school: School, room: HomeroomClass) -> str:
    """Return the page of a class, or nothing where no app has one."""
    route = next(iter(class_pages), "")
    return reverse(route, args=[school.code, room.uuid]) if route else ""


tabs: Registry[SchoolTab] = Registry("school tab")
actions: Registry[SchoolAction] = Registry("school action")


def school_frame(request: Request, school: School, current: str) -> dict[str, Any]:
    """Return what `schools/school.html` draws around the tab `current`."""
    actor: Actor = request.actor
    at_work = works_on(school, actor.today)
    return {
        "school": school,
        "notice": "" if at_work else _notice(school, actor.today),
        "school_name": name_of(school),
        "levels": [EducationLevel(level).label for level in school.levels],
        "about": about(school),
        "crumbs": _crumbs(actor, school),
        **_tabs(actor, school, current, only=() if at_work else OF_OTHERS),
        "actions": _actions(actor, school, current) if at_work else [],
    }


def works_on(school: School, on: date) -> bool:
    """Return whether a school is open on a day: it has begun, and has not closed."""
    has_closed = school.closed_on is not None and school.closed_on <= on
    opens_on: date | None = getattr(school, "opens_on", None)
    return not has_closed and (opens_on is None or opens_on <= on)


def _notice(school: School, on: date) -> str:
    """Return from or since when a school isn't open."""
    opens_on: date | None = getattr(school, "opens_on", None)
    if opens_on is not None and opens_on > on:
        return _("The school opens on %(day)s.") % {"day": day(opens_on)}
    return _closed(school)


def _closed(school: School) -> str:
    """Return since when a school is closed, and who took over from it."""
    said = _("The school is closed since %(day)s.") % {"day": day(school.closed_on)}
    heirs = successors_of(school.pk, handed=Handed.REGISTERS)
    names = names_on([one.pk for one in heirs], school.closed_on or date.max)
    if not names:
        return said
    kept = _("Its registers are kept by %(school)s.") % {"school": ", ".join(names.values())}
    return f"{said} {kept}"


def name_of(school: School) -> str:
    """Return the name a school has on the day it was looked up for."""
    return str(getattr(school, "name", "") or school.code)


def about(school: School) -> str:
    """Return a line on a school: kind, place, code."""
    kind = SchoolType(school.school_type).label
    parts = (str(kind), str(getattr(school, "area_name", "") or ""), school.code)
    return " · ".join(part for part in parts if part)


def held_on(actor: Actor, permission: Permission, school: School) -> bool:
    """Return whether the actor holds a permission on the whole school."""
    return school.pk in actor.reach(permission, "school")


def sees_several(actor: Actor) -> bool:
    """Return whether the actor reaches more than one school, so that a list of them makes sense."""
    reach = actor.reach(VIEW_SCHOOLS, "school")
    return reach.everything or len(reach.ids) > 1


def _crumbs(actor: Actor, school: School) -> list[dict[str, str]]:
    here = {"label": name_of(school), "url": ""}
    if not sees_several(actor):
        return []
    return [{"label": _("Schools"), "url": reverse("schools:list")}, here]


def _tabs(
    actor: Actor, school: School, current: str, *, only: Collection[str] = ()
) -> dict[str, Any]:
    """Return the tabs, one for each group, and the pages of the group we are in."""
    allowed = [
        (key, tab)
        for key, tab in tabs.items()
        if actor.may(tab.permission)
        and (not only or key in only)
        and (not tab.levels or key == current or set(tab.levels) & set(school.levels))
    ]
    groups: dict[str, list[dict[str, Any]]] = {}
    labels: dict[str, str | Promise] = {}
    for key, tab in sorted(allowed, key=lambda pair: pair[1].order):
        url = reverse(tab.route, args=[school.code])
        pages = groups.setdefault(tab.group or key, [])
        pages.append({"label": tab.label, "url": url, "current": key == current})
        labels[tab.group or key] = GROUPS.get(tab.group, tab.label)
    here = next((pages for pages in groups.values() if any(one["current"] for one in pages)), [])
    shown = [
        pages[0]
        if len(pages) == 1
        else {**pages[0], "label": labels[key], "current": pages is here}
        for key, pages in groups.items()
    ]
    return {"tabs": shown, "pages_here": here if len(here) > 1 else []}


def _actions(actor: Actor, school: School, current: str) -> list[dict[str, Any]]:
    """Return what can be done here: the overview offers everything, a page what belongs to it."""
    group = tabs.get(current).group if current in tabs else ""
    allowed = [
        one
        for one in actions
        if one.group in ({group} if group else {one.group})
        and held_on(actor, one.permission, school)
    ]
    return [
        {
            "label": one.label,
            "url": reverse(one.route, args=[school.code]),
            "icon": one.icon,
            "kind": "primary" if place == 0 else "plain",
        }
        for place, one in enumerate(sorted(allowed, key=lambda one: one.order))
    ]

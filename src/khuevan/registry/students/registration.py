"""What the students app hangs into the shell, search, the log and the pages of one school."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.platform.access.api import FactSource, fact_sources
from khuevan.platform.audit.api import RecordGuard, field_labels, record_guards, record_parts
from khuevan.platform.search.api import Provider, provide
from khuevan.registry.people.api import (
    CodeKind,
    RoleSource,
    code_homes,
    name_followers,
    representatives,
    role_sources,
)
from khuevan.registry.schools.api import (
    MANAGE_CLASSES,
    VIEW_CLASSES,
    School,
    SchoolAction,
    SchoolFigure,
    SchoolPanel,
    SchoolTab,
    class_pages,
    figures,
    held_on,
    panels,
    school_actions,
    school_tabs,
)
from khuevan.registry.students import (
    audit_codes,
    facts,
    finding,
    frame,
    holdings,
    permissions,
    published,
    retention,
    roles,
    selectors,
)
from khuevan.registry.students.models import Student
from khuevan.ui.formats import number
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "holdings", "published", "retention"]

GROUPS = {
    "students of the sector": (_("Sector records"), ("officer", "support"), 320),
    "students of a school": (_("School records"), ("principal", "clerk", "teacher"), 310),
}
PARTS = {
    "overview": _("Overview of the record"),
    "family": _("Family and addresses"),
    "schooling": _("Schooling"),
    "history": _("History of the record"),
    "views": _("Who has looked"),
    "sensitive": _("Personal number and private facts"),
    "former": _("The record as it was on the last day"),
    "edit": _("The form to correct the record"),
}


def pupil_kpi(actor: Actor, school: School, on: date) -> dict[str, Any]:
    """Return how many pupils a school has, how many are girls, how many sit in no class yet."""
    told = selectors.school_counts(actor=actor, school_id=school.pk, on=on)
    rows = reverse("students:school", args=[school.code])
    kpi: dict[str, Any] = {
        "value": number(told.pupils),
        "basis": gettext("%(girls)s girls") % {"girls": number(told.girls)},
        "url": rows if held_on(actor, permissions.VIEW_STUDENTS, school) else "",
    }
    if told.away:
        kpi["basis"] += " · " + gettext("%(count)s on leave") % {"count": number(told.away)}
    if told.unplaced:
        kpi["alarm"] = gettext("%(count)s without a class") % {"count": number(told.unplaced)}
    return kpi


def number_kpi(actor: Actor, school: School, on: date) -> dict[str, Any]:
    """Return how many pupils have a personal number, out of how many."""
    told = selectors.school_counts(actor=actor, school_id=school.pk, on=on)
    if not told.pupils:
        return {
            "label": gettext("With a personal number"),
            "missing": gettext("none yet"),
            "basis": gettext("no pupils"),
        }
    rows = reverse("students:school", args=[school.code])
    query = urlencode({"lacking": "personal-number"})
    share = (told.pupils - told.without_number) * 100 / told.pupils
    kpi: dict[str, Any] = {
        "value": number(share, 1),
        "label": gettext("With a personal number"),
        "unit": "%",
        "basis": gettext("%(with)s of %(all)s pupils")
        % {"with": number(told.pupils - told.without_number), "all": number(told.pupils)},
        "url": f"{rows}?{query}" if held_on(actor, permissions.VIEW_STUDENTS, school) else "",
    }
    if told.without_number:
        kpi["basis"] += " ·"
        kpi["alarm"] = gettext("%(count)s missing") % {"count": number(told.without_number)}
    return kpi


def without_number(actor: Actor, school_ids: Any, on: date) -> dict[int, int]:
    """Return how many pupils of each school have no personal number yet."""
    return selectors.pupil_counts(actor, school_ids, on, without_number=True)


OUTSIDE = {
    selectors.UNPLACED: _("Not in a class yet"),
    selectors.AWAY: _("On long leave"),
}
"""Who is on roll and in no grade."""


def _rows_of(path: str, code: str) -> str:
    """Return the list of the pupils counted; there is none of those on leave alone."""
    if code == selectors.AWAY:
        return ""
    asked = {"lacking": "unplaced"} if code == selectors.UNPLACED else {"grade": code}
    return f"{path}?{urlencode(asked)}"


def grades_panel(actor: Actor, school: School, on: date) -> dict[str, Any]:
    """Return classes and pupils by grade, each opening to its rows where the actor may see them."""
    rows = reverse("students:school", args=[school.code])
    opens = held_on(actor, permissions.VIEW_STUDENTS, school)
    grades = selectors.grade_counts(actor=actor, school_id=school.pk, on=on)
    return {
        "rows": [
            {
                "grade": one,
                "name": OUTSIDE.get(one.code) or one.name,
                "is_grade": one.code not in OUTSIDE,
                "url": _rows_of(rows, one.code) if opens else "",
            }
            for one in grades
        ],
        "classes": sum(one.classes for one in grades),
        "pupils": sum(one.pupils for one in grades),
        "girls": sum(one.girls for one in grades),
        "classes_url": reverse("students:classes", args=[school.code]),
        "open_url": reverse("students:class_open", args=[school.code])
        if held_on(actor, MANAGE_CLASSES, school)
        else "",
    }


class_pages.register("students", "students:class")
for name, (group, hats, order) in GROUPS.items():
    nav.register(
        name,
        NavItem(
            label=_("Pupils"),
            route="students:list",
            icon="users",
            permission=permissions.VIEW_STUDENTS,
            group=group,
            hats=hats,
            order=order,
            prefix="/students/",
            bottom=True,
        ),
    )

school_tabs.register(
    "classes", SchoolTab(_("Classes"), "students:classes", VIEW_CLASSES, 20, group="pupils")
)
school_tabs.register(
    "students",
    SchoolTab(_("Pupils"), "students:school", permissions.VIEW_STUDENTS, 30, group="pupils"),
)
school_tabs.register(
    "registry",
    SchoolTab(
        pgettext_lazy("the book", "Registry book"),
        "students:registry",
        permissions.VIEW_REGISTRY,
        35,
        group="pupils",
    ),
)
school_actions.register(
    "new student",
    SchoolAction(
        _("Add a pupil"), "students:new", "user-plus", permissions.EDIT_STUDENTS, 10, "pupils"
    ),
)
school_actions.register(
    "open class",
    SchoolAction(_("Open a class"), "students:class_open", "plus", MANAGE_CLASSES, 20, "pupils"),
)
figures.register(
    "pupils",
    SchoolFigure(
        _("Pupils"), permissions.COUNT_STUDENTS, selectors.pupil_counts, pupil_kpi, order=20
    ),
)
figures.register(
    "numbers",
    SchoolFigure(_("No number"), permissions.COUNT_STUDENTS, without_number, number_kpi, order=40),
)
panels.register(
    "grades",
    SchoolPanel(
        permissions.COUNT_STUDENTS, "students/grades_panel.html", grades_panel, width=8, order=10
    ),
)
provide(
    Provider("students", _("Pupils"), permissions.VIEW_STUDENTS, finding.find_students, order=10)
)
provide(Provider("classes", _("Classes"), VIEW_CLASSES, finding.find_classes, order=20, shortest=1))
for part, words in PARTS.items():
    record_parts.register(part, words)
field_labels.register("moet_code", _("Ministry code"))
frame.register_tabs()
fact_sources.register("students", FactSource("students.", ends=facts.ends_of_facts))


def _records(actor: Actor) -> QuerySet[Any]:
    return Student.objects.visible_to(actor, permissions.VIEW_STUDENTS)


record_guards.register("students", RecordGuard("students.", _records))
role_sources.register("students", RoleSource(roles.roles, roles.events, roles.homes, roles.records))
code_homes.register(CodeKind.MOET_PUPIL, roles.MOET_CODE)
name_followers.register("students", roles.follow_name)
representatives.register("students", roles.guardians_on)

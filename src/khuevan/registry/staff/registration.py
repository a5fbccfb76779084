"""What the staff app hangs into the shell and the pages of one school."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.platform.access.api import FactSource, fact_sources
from khuevan.platform.search.api import Provider, provide
from khuevan.registry.people.api import CodeKind, RoleSource, code_homes, role_sources
from khuevan.registry.schools.api import (
    School,
    SchoolAction,
    SchoolFigure,
    SchoolTab,
    figures,
    school_actions,
    school_tabs,
)
from khuevan.registry.staff import (
    audit_codes,
    facts,
    finding,
    frame,
    holdings,
    homerooms,
    permissions,
    published,
    roles,
    selectors,
)
from khuevan.ui.formats import number
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "holdings", "homerooms", "published"]

GROUPS = {
    "staff of the sector": (_("Sector records"), ("officer", "admin", "protection"), 330),
    "staff of a school": (_("School records"), ("principal", "clerk", "teacher"), 320),
}


def staff_kpi(actor: Actor, school: School, on: date) -> dict[str, Any]:
    """Return how many people work in a school, and how many of them teach."""
    count = selectors.staff_counts(actor, [school.pk], on).get(school.pk, 0)
    teachers = selectors.teacher_count(actor=actor, unit_id=school.pk, on=on)
    return {
        "value": number(count),
        "basis": gettext("%(count)s of them teach") % {"count": number(teachers)},
        "url": reverse("staff:school", args=[school.code]) + "?counted=1",
    }


for name, (group, hats, order) in GROUPS.items():
    nav.register(
        name,
        NavItem(
            label=_("Staff"),
            route="staff:list",
            icon="id-card",
            permission=permissions.VIEW_STAFF,
            group=group,
            hats=hats,
            order=order,
            prefix="/staff/",
        ),
    )
school_tabs.register(
    "staff", SchoolTab(_("Staff"), "staff:school", permissions.VIEW_STAFF, 40, group="staff")
)
school_tabs.register(
    "absences",
    SchoolTab(_("Who stands in"), "staff:absences", permissions.MANAGE_STAFF, 44, group="staff"),
)
figures.register(
    "staff",
    SchoolFigure(_("Staff"), permissions.VIEW_STAFF, selectors.staff_counts, staff_kpi, order=30),
)
school_actions.register(
    "new staff",
    SchoolAction(
        _("Add a staff member"), "staff:new", "user-plus", permissions.MANAGE_STAFF, 30, "staff"
    ),
)
provide(Provider("staff", _("Staff"), permissions.VIEW_STAFF, finding.find_staff, order=15))
frame.register_tabs()
fact_sources.register("staff", FactSource("staff.", specs=facts.specs_of))
role_sources.register("staff", RoleSource(roles.roles, roles.events, roles.homes, roles.records))
code_homes.register(CodeKind.MOET_STAFF, roles.MOET_CODE)

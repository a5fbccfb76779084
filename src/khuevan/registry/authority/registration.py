"""What the authority app hangs into the shell and the pages of one school."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.access.api import people_working_at, roles_working_at
from khuevan.platform.organizations.api import (
    VIEW_UNITS,
    Consequence,
    Sight,
    UnitKind,
    UnitPanel,
    consequences,
    names_on,
    sights,
    unit_pages,
    unit_panels,
)
from khuevan.platform.search.api import UnitAddress, unit_addresses
from khuevan.registry.authority.permissions import VIEW_AUTHORITY
from khuevan.registry.authority.school_powers import decider_of, types_of
from khuevan.registry.authority.unit_powers import powers_panel
from khuevan.registry.schools.api import (
    PowersOfSchools,
    SchoolTab,
    deciders,
    get_school_for,
    school_tabs,
)
from khuevan.ui.formats import number
from khuevan.ui.shell import NavItem, nav
from khuevan.ui.tables import Cell, Head, ReadyTable, Row

nav.register(
    "authority",
    NavItem(
        label=_("Who is competent"),
        route="authority:ask",
        icon="scale",
        permission=VIEW_AUTHORITY,
        group=_("Sector records"),
        hats=("officer", "principal", "clerk"),
        order=350,
        prefix="/authority/",
    ),
)
school_tabs.register(
    "authority",
    SchoolTab(_("Authority"), "authority:school", VIEW_AUTHORITY, order=82, group="law"),
)


def school_page(actor: Actor, code: str) -> str:
    """Return the page of a school, for whoever may open it."""
    try:
        return reverse("schools:school", args=[get_school_for(actor, code).code])
    except NotFound:
        return ""


def people_touched(units: Collection[int], on: date) -> int:
    """Return how many people work in offices that gain or lose something by a change."""
    return people_working_at(units, on=on)


def sight_table(gained: Collection[int], lost: Collection[int], on: date) -> ReadyTable:
    """Return who sees more and who sees less after a change, by office and role."""
    names = names_on({*gained, *lost}, on)
    said = ((_("Will see them"), gained), (_("Will no longer see them"), lost))
    rows = [
        Row(
            label=names.get(unit_id, ""),
            cells=(Cell(role), Cell(number(count), css="r num"), Cell(str(what))),
        )
        for what, units in said
        for unit_id, role, count in roles_working_at(units, on=on)
    ]
    heads = (
        Head(_("Unit they work in")),
        Head(_("Role")),
        Head(_("People"), "r"),
        Head(_("What changes")),
    )
    return ReadyTable(_("Who sees more, who sees less"), heads, rows)


for kind in UnitKind:
    if kind != UnitKind.SCHOOL:
        unit_addresses.register(kind, UnitAddress("units:unit", VIEW_UNITS))
unit_pages.register(UnitKind.SCHOOL, school_page)
unit_panels.register("authority", UnitPanel(powers_panel, order=30))
consequences.register("people", Consequence(_("People whose reach changes"), people_touched))
deciders.register("authority", PowersOfSchools(decider_of, types_of))
sights.register("roles", Sight(sight_table))

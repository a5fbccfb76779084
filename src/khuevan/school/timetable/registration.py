"""What timetables hang into the pages of one school."""

import re

from django.utils.translation import gettext_lazy as _

from khuevan.registry.curriculum.api import week_shapes
from khuevan.registry.schools.api import SchoolTab, school_tabs
from khuevan.school.timetable import (
    audit_codes,
    cards,
    notices,
    permissions,
    published,
    reversal,
)
from khuevan.school.timetable.selectors.shapes import class_shapes
from khuevan.ui import home
from khuevan.ui.home import Card, TaskSource
from khuevan.ui.request import Request
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "notices", "published", "reversal"]

SCHOOLS_OWN = re.compile(r"/schools/[^/]+/timetables/")


def _among_timetables(request: Request) -> bool:
    """Tell whether a page is of a school's timetables, wherever its address begins."""
    return request.path.startswith("/timetables/") or SCHOOLS_OWN.match(request.path) is not None


nav.register(
    "timetables",
    NavItem(
        label=_("Timetable"),
        route="timetable:start",
        icon="calendar-days",
        permission=permissions.VIEW_TIMETABLES,
        group=_("School records"),
        hats=("principal", "clerk"),
        order=332,
        lights_up=_among_timetables,
    ),
)
nav.register(
    "own timetable",
    NavItem(
        label=_("My timetable"),
        route="timetable:own",
        icon="calendar",
        permission=permissions.VIEW_OWN,
        group=_("School records"),
        hats=("teacher",),
        order=310,
        bottom=True,
        short=_("My lessons"),
    ),
)
home.cards.register(
    "timetable.lessons",
    Card(
        permissions.VIEW_OWN,
        "timetable/cards/lessons.html",
        cards.lessons_card,
        ("teacher",),
        5,
        10,
    ),
)
home.tasks.register(
    "timetable.school",
    TaskSource(permissions.MANAGE_TIMETABLES, cards.school_tasks, ("principal", "clerk")),
)

school_tabs.register(
    "timetables",
    SchoolTab(
        _("Timetable"), "timetable:versions", permissions.VIEW_TIMETABLES, 32, group="pupils"
    ),
)

week_shapes.register("timetable", class_shapes)

"""The pages of windows and of what is missing among those of a school."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from khuevan.registry.duplicates.api import pupil_followers
from khuevan.registry.schools.api import SchoolTab, school_tabs
from khuevan.registry.students.api import StudentAction, record_actions
from khuevan.school.gradebooks.actions.following import refresh_moved
from khuevan.school.gradebooks.permissions import (
    CONFIRM_CORRECTIONS,
    DECIDE_CORRECTIONS,
    MANAGE_BOOKS,
)
from khuevan.school.gradebooks.selectors.corrections import waiting_for
from khuevan.ui import home
from khuevan.ui.home import Task, TaskSource
from khuevan.ui.request import Request

LEVELS = ("TH", "THCS", "THPT", "GDTX")
"""Those of which gradebooks are kept."""

school_tabs.register(
    "marks missing",
    SchoolTab(
        _("Marks missing"), "gradebooks:missing", MANAGE_BOOKS, 36, group="marks", levels=LEVELS
    ),
)
school_tabs.register(
    "mark windows",
    SchoolTab(
        _("Days of entering"), "gradebooks:windows", MANAGE_BOOKS, 38, group="marks", levels=LEVELS
    ),
)
school_tabs.register(
    "mark corrections",
    SchoolTab(
        _("Corrections of marks"),
        "gradebooks:school_corrections",
        MANAGE_BOOKS,
        37,
        group="marks",
        levels=LEVELS,
    ),
)


def waiting_corrections(request: Request) -> Iterator[Task]:
    """Yield how many corrections of marks wait for this person."""
    count = waiting_for(request.actor).count()
    if count:
        said = ngettext(
            "%(count)s correction of a mark waits for you",
            "%(count)s corrections of marks wait for you",
            count,
        )
        yield Task(
            said % {"count": count},
            reverse("gradebooks:corrections"),
            "pencil",
            count=count,
            order=30,
        )


home.tasks.register(
    "gradebooks.corrections",
    TaskSource(CONFIRM_CORRECTIONS, waiting_corrections, ("teacher",)),
)
home.tasks.register(
    "gradebooks.decisions",
    TaskSource(DECIDE_CORRECTIONS, waiting_corrections, ("principal",)),
)

pupil_followers.register("gradebooks", refresh_moved)
record_actions.register(
    "assessment",
    StudentAction(
        _("Assessment and marks brought along"),
        "gradebooks:arrangements",
        "clipboard-check",
        MANAGE_BOOKS,
        70,
    ),
)

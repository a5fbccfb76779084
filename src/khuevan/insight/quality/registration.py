"""What data quality hangs into the shell, the home pages and the log."""

from django.utils.translation import gettext_lazy as _

from khuevan.insight.quality import audit_codes, cards, jobs
from khuevan.insight.quality.permissions import VIEW_OWN_CLASS, VIEW_SCORES
from khuevan.ui import home
from khuevan.ui.home import Card, TaskSource
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "jobs"]

nav.register(
    "quality",
    NavItem(
        label=_("Data quality"),
        route="quality:index",
        icon="list-checks",
        permission=VIEW_SCORES,
        group=_("Follow"),
        order=117,
        prefix="/quality/",
    ),
)
nav.register(
    "quality of the own class",
    NavItem(
        label=_("Records of the own class"),
        route="quality:own_class",
        icon="list-checks",
        permission=VIEW_OWN_CLASS,
        group=_("School records"),
        hats=("teacher",),
        order=320,
    ),
)
home.cards.register(
    "quality.school",
    Card(
        VIEW_SCORES,
        "quality/cards/school.html",
        cards.school_card,
        ("principal", "clerk"),
        5,
        32,
    ),
)
home.tasks.register("quality.low", TaskSource(VIEW_SCORES, cards.low_schools, ("officer",)))

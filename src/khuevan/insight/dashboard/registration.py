"""What the dashboard hangs into the shell and the home pages."""

from django.utils.translation import gettext_lazy as _

from khuevan.insight.dashboard import audit_codes, cards, finding, tasks
from khuevan.insight.dashboard.permissions import VIEW_DASHBOARD, VIEW_FIGURES
from khuevan.kernel.actor import SIGNED_IN
from khuevan.platform.access.api import VIEW_SUPPORT, VIEW_USERS
from khuevan.platform.audit.api import VIEW_AUDIT, VIEW_RECORD_VIEWS
from khuevan.platform.jobs.api import VIEW_JOBS
from khuevan.platform.search.api import Provider, provide
from khuevan.registry.schools.api import VIEW_CLASSES
from khuevan.registry.students.api import IMPORT_STUDENTS
from khuevan.ui import home
from khuevan.ui.home import Card, TaskSource
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes"]

OFFICE = ("officer", "admin", "protection", "principal", "clerk", "teacher", "support")
SCHOOL = ("principal", "clerk")

nav.register(
    "home",
    NavItem(
        label=_("Home"),
        route="dashboard:home",
        icon="house",
        permission=SIGNED_IN,
        hats=OFFICE,
        order=10,
        bottom=True,
        prefix="/",
    ),
)
nav.register(
    "figures",
    NavItem(
        label=_("Figures"),
        route="dashboard:figures",
        icon="chart-column",
        permission=VIEW_FIGURES,
        group=_("Follow"),
        order=110,
        prefix="/figures/",
    ),
)

home.tasks.register(
    "dashboard.unlisted", TaskSource(VIEW_DASHBOARD, tasks.schools_without_list, ("officer",))
)
home.tasks.register(
    "dashboard.over_norm",
    TaskSource(VIEW_FIGURES, tasks.classes_over_norm, ("officer", "principal")),
)
home.tasks.register("dashboard.imports", TaskSource(IMPORT_STUDENTS, tasks.imports_waiting, SCHOOL))
home.tasks.register(
    "dashboard.homeroom", TaskSource(VIEW_CLASSES, tasks.families_to_ask, ("teacher",))
)
home.tasks.register("dashboard.gaps", TaskSource(VIEW_FIGURES, tasks.facts_to_fill_in, SCHOOL))

home.cards.register(
    "dashboard.school_figures",
    Card(VIEW_FIGURES, "dashboard/cards/figures.html", cards.school_figures, SCHOOL, 12, 10),
)
home.cards.register(
    "dashboard.classes",
    Card(VIEW_FIGURES, "dashboard/cards/classes.html", cards.classes_by_grade, SCHOOL, 7, 30),
)
home.cards.register(
    "dashboard.homeroom",
    Card(VIEW_CLASSES, "dashboard/cards/homeroom.html", cards.homeroom_card, ("teacher",), 7, 20),
)
home.cards.register(
    "dashboard.taught",
    Card(SIGNED_IN, "dashboard/cards/taught.html", cards.taught_card, ("teacher",), 5, 30),
)
home.cards.register(
    "dashboard.imports",
    Card(IMPORT_STUDENTS, "dashboard/cards/imports.html", cards.imports_card, SCHOOL, 7, 35),
)
home.cards.register(
    "dashboard.looks",
    Card(
        VIEW_RECORD_VIEWS,
        "dashboard/cards/looks.html",
        cards.looks_card,
        ("principal", "protection"),
        5,
        40,
    ),
)
home.cards.register(
    "dashboard.actions",
    Card(
        VIEW_AUDIT,
        "dashboard/cards/actions.html",
        cards.actions_card,
        ("protection", "admin"),
        7,
        50,
    ),
)
home.cards.register(
    "dashboard.watched",
    Card(VIEW_AUDIT, "dashboard/cards/figures.html", cards.watched_card, ("protection",), 12, 10),
)
home.cards.register(
    "dashboard.accounts",
    Card(VIEW_USERS, "dashboard/cards/figures.html", cards.accounts_card, ("admin",), 12, 10),
)
home.cards.register(
    "dashboard.work",
    Card(VIEW_JOBS, "dashboard/cards/work.html", cards.work_card, ("admin",), 7, 30),
)
home.cards.register(
    "dashboard.health",
    Card(VIEW_JOBS, "dashboard/cards/health.html", cards.health_card, ("admin",), 5, 20),
)
home.cards.register(
    "dashboard.support",
    Card(SIGNED_IN, "dashboard/cards/support.html", cards.support_card, ("support",), 12, 10),
)
home.cards.register(
    "dashboard.support_recent",
    Card(
        VIEW_SUPPORT,
        "dashboard/cards/support_recent.html",
        cards.recent_support_card,
        ("support",),
        7,
        20,
    ),
)

provide(Provider("figures", _("Figures"), VIEW_FIGURES, finding.find_figures, order=60))

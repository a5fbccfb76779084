"""What the family app hangs into the shell: its first page for two hats, and their bottom bar."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.community.family import pages
from khuevan.community.family.permissions import VIEW_CHILD
from khuevan.kernel.actor import SIGNED_IN
from khuevan.platform.audit.api import record_parts
from khuevan.ui.home import Card, cards, homes
from khuevan.ui.request import Request
from khuevan.ui.shell import NavItem, nav, shells_by_hat

FAMILY = ("guardian", "student")
LOOKS = ("family:looks", "family:child_looks")
RECORD = ("family:record", "family:child", "family:child_number")


def _at(*routes: str) -> Callable[[Request], bool]:
    """Return whether a request is at one of these routes."""

    def lights_up(request: Request) -> bool:
        match = request.resolver_match
        return match is not None and match.view_name in routes

    return lights_up


def _at_home(request: Request) -> bool:
    """Return whether a request is at the first page, which is `/` as well."""
    return request.path in ("/", reverse("family:home"))


record_parts.register("copy", _("Copy of the whole record"))
for hat in FAMILY:
    homes.register(hat, pages.home)
    shells_by_hat.register(hat, "ui/family.html")

cards.register(
    "family.grown_up",
    Card(SIGNED_IN, "family/grown_up_card.html", pages.grown_up_card, ("",), 7, 10),
)
nav.register(
    "family",
    NavItem(
        label=_("Today"),
        route="family:home",
        icon="house",
        permission=VIEW_CHILD,
        hats=FAMILY,
        order=10,
        bottom=True,
        lights_up=_at_home,
    ),
)
nav.register(
    "family.record",
    NavItem(
        label=_("Record"),
        route="family:record",
        icon="id-card",
        permission=VIEW_CHILD,
        hats=FAMILY,
        order=20,
        bottom=True,
        lights_up=_at(*RECORD),
    ),
)
nav.register(
    "family.looks",
    NavItem(
        label=_("Views"),
        route="family:looks",
        icon="shield-check",
        permission=VIEW_CHILD,
        hats=FAMILY,
        order=30,
        bottom=True,
        lights_up=_at(*LOOKS),
    ),
)

"""What gradebooks hang into the shell and the pages of one school."""

import re

from django.utils.translation import gettext_lazy as _

from khuevan.registry.schools.api import SchoolTab, school_tabs
from khuevan.school.gradebooks import (
    audit_codes,
    notices,
    permissions,
    reversal,
    window_registration,
)
from khuevan.ui.request import Request
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "notices", "permissions", "reversal", "window_registration"]

SCHOOLS_OWN = re.compile(r"/schools/[^/]+/gradebooks/")


def _among_gradebooks(request: Request) -> bool:
    """Tell whether a page is of gradebooks, wherever its address begins."""
    starts = ("/gradebooks/", "/my/gradebooks/")
    return request.path.startswith(starts) or SCHOOLS_OWN.match(request.path) is not None


nav.register(
    "own gradebooks",
    NavItem(
        label=_("Gradebooks"),
        route="gradebooks:own",
        icon="notebook-pen",
        permission=permissions.ENTER_MARKS,
        group=_("School records"),
        hats=("teacher",),
        order=312,
        bottom=True,
        short=_("Marks"),
        lights_up=_among_gradebooks,
    ),
)
nav.register(
    "gradebooks",
    NavItem(
        label=_("Gradebooks"),
        route="gradebooks:start",
        icon="notebook-pen",
        permission=permissions.VIEW_MARKS,
        group=_("School records"),
        hats=("principal", "clerk"),
        order=334,
        lights_up=_among_gradebooks,
    ),
)
school_tabs.register(
    "gradebooks",
    SchoolTab(_("Gradebooks"), "gradebooks:school", permissions.VIEW_MARKS, 34, group="marks"),
)

"""What the roll-up hangs into the shell."""

from django.utils.translation import gettext_lazy as _

from khuevan.insight.rollup import audit_codes, published
from khuevan.insight.rollup.permissions import VIEW_COUNTS
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "published"]

nav.register(
    "counts",
    NavItem(
        label=_("Counts"),
        route="rollup:table",
        icon="table",
        permission=VIEW_COUNTS,
        group=_("Follow"),
        order=115,
        prefix="/counts/",
    ),
)

"""What the cutover app hangs into the shell, the log and the import wizard."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import Follower, followers
from khuevan.registry.cutover import audit_codes
from khuevan.registry.cutover.actions import join_live
from khuevan.registry.cutover.permissions import VIEW_CUTOVERS
from khuevan.registry.cutover.shown import errand_of
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes"]

followers.register("cutover", Follower(join_live, errand_of))
GROUPS = {
    "cutovers of the sector": (_("Sector records"), ("officer",), 347),
    "cutover of a school": (_("School records"), ("principal", "clerk"), 337),
}
for name, (group, hats, order) in GROUPS.items():
    nav.register(
        name,
        NavItem(
            label=_("Move-over"),
            route="cutover:list",
            icon="git-compare-arrows",
            permission=VIEW_CUTOVERS,
            group=group,
            hats=hats,
            order=order,
            prefix="/cutovers/",
        ),
    )

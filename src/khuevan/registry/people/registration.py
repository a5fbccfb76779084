"""What the people app hangs into the shell, search and the log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import record_parts
from khuevan.registry.people import audit_codes, permissions, published
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "published"]

record_parts.register("person", _("The person: names, codes, contacts"))
record_parts.register("life", _("Course of life"))
record_parts.register("photo", _("Photo of the record"))
nav.register(
    "consents of a school",
    NavItem(
        label=_("Who may be shown"),
        route="people:allowed",
        icon="clipboard-check",
        permission=permissions.VIEW_CONSENTS,
        group=_("School records"),
        hats=("principal", "clerk", "teacher"),
        order=340,
        prefix="/people/allowed/",
    ),
)
GROUPS = {
    "numbers of the sector": (_("Sector records"), ("officer",), 340),
    "numbers of a school": (_("School records"), ("principal", "clerk"), 330),
}
for name, (group, hats, order) in GROUPS.items():
    nav.register(
        name,
        NavItem(
            label=_("Numbers to check"),
            route="people:doubts",
            icon="badge-check",
            permission=permissions.VIEW_DOUBTS,
            group=group,
            hats=hats,
            order=order,
            prefix="/people/numbers/",
        ),
    )

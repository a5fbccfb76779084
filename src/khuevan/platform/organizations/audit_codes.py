"""What the organizations app writes into the audit log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

UNIT_OPENED = declare_code("organizations.unit.opened", _("%(unit)s: unit opened"))
UNIT_MOVED = declare_code("organizations.unit.moved", _("%(unit)s: new name or place in the tree"))
UNITS_MOVED = declare_code(
    "organizations.units.moved", _("%(count)s units: new parent or area from %(on)s")
)
UNIT_CLOSED = declare_code("organizations.unit.closed", _("%(unit)s: unit closed"))

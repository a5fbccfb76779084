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
UNIT_RENAMED = declare_code("organizations.unit.renamed", _("%(unit)s: new name or kind"))
UNITS_MERGED = declare_code(
    "organizations.units.merged", _("%(count)s units merged into %(unit)s from %(on)s")
)
UNIT_SPLIT = declare_code("organizations.unit.split", _("%(unit)s: divided among %(count)s units"))
CHANGE_UNDONE = declare_code(
    "organizations.unit.change_undone", _("%(unit)s: the change of %(on)s taken back: %(reason)s")
)
UNITS_OPENED = declare_code("organizations.units.opened", _("%(count)s units opened on %(on)s"))
UNITS_CLOSED = declare_code("organizations.units.closed", _("%(count)s units closed on %(on)s"))
LICENSE_PASSED = declare_code(
    "organizations.license.passed", _("%(unit)s: the license passes to %(into)s")
)
ALIAS_ADDED = declare_code(
    "organizations.alias.added", _("%(unit)s: code %(code)s of %(source)s added")
)
LINK_ADDED = declare_code("organizations.link.added", _("%(unit)s: linked to %(into)s"))
LINK_ENDED = declare_code("organizations.link.ended", _("%(unit)s: link to %(into)s ended"))

"""What the roll-up writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

NAMES_OPENED = declare_code(
    "rollup.names_opened", _("Names behind a count of %(on)s opened: %(count)s pupils")
)
MOVES_OPENED = declare_code(
    "rollup.moves_opened",
    _("Names behind a comparison of %(first)s and %(second)s opened: %(count)s pupils"),
)
FROZEN_OPENED = declare_code(
    "rollup.frozen_opened",
    _("Names behind a frozen number of %(on)s opened: %(count)s pupils"),
)
FROZEN_STAFF_OPENED = declare_code(
    "rollup.frozen_staff_opened",
    _("Names behind a frozen number of %(on)s opened: %(count)s people on the staff"),
)
CENSUS_OPENED = declare_code("rollup.census_opened", _("Census of %(on)s decided"))
CENSUS_FROZEN = declare_code(
    "rollup.census_frozen", _("Census of %(on)s frozen, version %(number)s: %(pupils)s pupils")
)
CENSUS_REOPENED = declare_code(
    "rollup.census_reopened", _("Census of %(on)s opened again: %(reason)s")
)

"""What the results app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

DECIDED = declare_code(
    "results.decided", _("Conduct and absences of class %(class)s: %(count)s pupils")
)
SETTLED = declare_code("results.settled", _("Results of class %(class)s settled: %(stage)s"))
APPROVED = declare_code("results.approved", _("Results of class %(class)s approved: %(stage)s"))
RETURNED = declare_code(
    "results.returned", _("Results of class %(class)s given back (%(stage)s): %(reason)s")
)
PUPIL_DECIDED = declare_code("results.pupil_decided", _("Decided on a pupil's year: %(decision)s"))
SUMMER = declare_code("results.summer", _("Summer of a pupil of class %(class)s recorded"))
COMPUTED = declare_code("results.computed", _("Results reckoned anew: %(count)s classes"))

"""What the transfers app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

ASKED = declare_code("transfers.asked", _("Transfer requested"))
ACCEPTED = declare_code("transfers.accepted", _("Transfer accepted by the new school"))
REFUSED = declare_code("transfers.refused", _("Transfer refused"))
DECIDED = declare_code("transfers.decided", _("Transfer decided by the office: %(number)s"))
TURNED_DOWN = declare_code("transfers.turned_down", _("Transfer not agreed to by the office"))
RELEASED = declare_code("transfers.released", _("Released to another school"))
TAKEN_BACK = declare_code("transfers.taken_back", _("Release to another school taken back"))
RECEIVED = declare_code("transfers.received", _("Received from another school"))
PLACED = declare_code("transfers.placed", _("Placed after the transfer"))
WITHDRAWN = declare_code("transfers.withdrawn", _("Transfer withdrawn"))
PAPER_GIVEN = declare_code("transfers.paper_given", _("Paper added to a transfer"))
PAPER_TAKEN = declare_code("transfers.paper_taken", _("Paper taken out of a transfer"))
PASSED_ON = declare_code(
    "transfers.passed_on", _("Transfer file handed over by %(unit)s to %(into)s")
)
EXPORTED = declare_code("transfers.exported", _("List of transfers exported: %(count)s rows"))

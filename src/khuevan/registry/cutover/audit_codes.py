"""What the cutover app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

BEGUN = declare_code("cutover.cutover.begun", _("Move-over from another product begun"))
LIST_JOINED = declare_code("cutover.list.joined", _("List counted in with a move-over"))
LIST_LEFT = declare_code("cutover.list.left", _("List no longer counted in with a move-over"))
TOTALS_SAVED = declare_code("cutover.totals.saved", _("The school's own totals entered"))
EXPLAINED = declare_code("cutover.difference.explained", _("Difference of a move-over explained"))
SUBMITTED = declare_code("cutover.cutover.submitted", _("Reconciliation submitted for signature"))
SIGNED = declare_code("cutover.cutover.signed", _("Reconciliation of a move-over signed"))
WITHDRAWN = declare_code("cutover.record.withdrawn", _("Signature of a move-over withdrawn"))
ABANDONED = declare_code("cutover.cutover.abandoned", _("Move-over given up"))
RECORD_TAKEN = declare_code("cutover.record.taken", _("Record of a move-over taken out"))

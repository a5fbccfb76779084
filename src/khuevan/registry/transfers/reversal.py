"""What taking something back means for transfers: an opened case relies on the record."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules

for column in ("person", "student", "staff_member"):
    rules.binds.register(f"transfers.Transfer.{column}", "the case tells of the record")
for label in ("Transfer", "TransferDecision", "TransferPaper", "TransferStep", "TravellingRecord"):
    rules.row_words.register(f"transfers.{label}", _("a transfer"))

"""What other apps may use of the remarks app."""

from khuevan.school.remarks.permissions import VIEW_OWN_REMARKS, VIEW_REMARKS, WRITE_REMARKS
from khuevan.school.remarks.selectors.approved import Approved, approved_remarks

__all__ = [
    "VIEW_OWN_REMARKS",
    "VIEW_REMARKS",
    "WRITE_REMARKS",
    "Approved",
    "approved_remarks",
]

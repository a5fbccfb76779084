"""What the change feed carries of transfers: who goes from where to where, and how far it is."""

from khuevan.platform.feed.api import Publication, Reference, publish
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import VIEW_RECORDS, StaffMember
from khuevan.registry.students.api import Student
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.permissions import VIEW_TRANSFERS

_CASE: dict[str, str | Reference] = {
    "route": "route",
    "from_school": Reference("from_school_id", School, "code"),
    "to_school": Reference("to_school_id", School, "code"),
    "asked_on": "asked_on",
    "moves_on": "moves_on",
    "state": "state",
    "due_on": "due_on",
}

publish(
    Publication(
        "transfers",
        Transfer,
        VIEW_TRANSFERS,
        fields={"student": Reference("student_id", Student), **_CASE},
        only={"subject": "PUPIL"},
    )
)
publish(
    Publication(
        "staff_moves",
        Transfer,
        VIEW_RECORDS,
        fields={"staff_member": Reference("staff_member_id", StaffMember), **_CASE},
        only={"subject": "STAFF"},
    )
)

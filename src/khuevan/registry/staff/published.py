"""What the change feed carries of staff: who, where, which classes. Names, never numbers."""

from khuevan.kernel.scoping import Via
from khuevan.platform.accounts.api import Person
from khuevan.platform.feed.api import Publication, Reference, publish
from khuevan.platform.organizations.api import OrgUnit
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.staff.models import (
    Appointment,
    HomeroomAssignment,
    StaffLeave,
    StaffMember,
    Substitution,
    TeachingAssignment,
)
from khuevan.registry.staff.permissions import MANAGE_STAFF, VIEW_STAFF

_MEMBER = Reference("staff_member_id", StaffMember)
_PERIOD = {"starts_on": "starts_on", "ends_on": "ends_on"}
_DUTY = {
    "school": Reference("school_id", School, "code"),
    "class": Reference("homeroom_class_id", HomeroomClass),
    "staff_member": _MEMBER,
}

publish(
    Publication(
        "staff",
        StaffMember,
        VIEW_STAFF,
        fields={"person": Reference("person_id", Person), "moet_code": "moet_code"},
    )
)
publish(
    Publication(
        "staff_people",
        Person,
        VIEW_STAFF,
        fields={
            "family_name": "family_name",
            "middle_name": "middle_name",
            "given_name": "given_name",
            "sex": "sex",
            "birth_date": "birth_date",
        },
        anchors={"school": Via("staff.Appointment", "person_id", "unit_id", ahead=True)},
    )
)
publish(
    Publication(
        "appointments",
        Appointment,
        VIEW_STAFF,
        fields={
            "staff_member": _MEMBER,
            "unit": Reference("unit_id", OrgUnit, "code"),
            "position": "position",
            "is_primary": "is_primary",
            **_PERIOD,
        },
    )
)
publish(
    Publication("homeroom_assignments", HomeroomAssignment, VIEW_STAFF, fields={**_DUTY, **_PERIOD})
)
publish(
    Publication(
        "teaching_assignments",
        TeachingAssignment,
        VIEW_STAFF,
        fields={**_DUTY, "subject": "subject_name", **_PERIOD},
    )
)
publish(
    Publication(
        "staff_leaves",
        StaffLeave,
        MANAGE_STAFF,
        fields={
            "school": Reference("school_id", School, "code"),
            "staff_member": _MEMBER,
            "kind": "kind",
            "expected_on": "expected_on",
            "pauses_classes": "pauses_classes",
            **_PERIOD,
        },
    )
)
publish(
    Publication(
        "substitutions",
        Substitution,
        VIEW_STAFF,
        fields={**_DUTY, "duty": "duty", "subject": "subject_name", **_PERIOD},
    )
)

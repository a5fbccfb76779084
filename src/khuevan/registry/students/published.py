"""What the change feed carries of pupils: who, which school and class, which family.

Personal numbers, ethnicity, disability and addresses are read at the record, where it is logged.
A number of the registry book is written with an enrollment, so the versions of enrollments tell it.
"""

from khuevan.kernel.scoping import Via
from khuevan.platform.accounts.api import Person
from khuevan.platform.feed.api import Publication, Reference, publish
from khuevan.registry.schools.api import GradeLevel, HomeroomClass, School
from khuevan.registry.students.models import (
    ClassPlacement,
    Enrollment,
    Guardianship,
    GuardianshipLimit,
    RegistryBook,
    Student,
    StudyBreak,
)
from khuevan.registry.students.permissions import (
    RECORD_GUARDIANS,
    VIEW_GUARDIANS,
    VIEW_REGISTRY,
    VIEW_STUDENTS,
)

_STUDENT = Reference("student_id", Student)
_SCHOOL = Reference("school_id", School, "code")
_PERIOD = {"starts_on": "starts_on", "ends_on": "ends_on"}

publish(
    Publication(
        "students",
        Student,
        VIEW_STUDENTS,
        fields={"person": Reference("person_id", Person), "moet_code": "moet_code"},
    )
)
publish(
    Publication(
        "student_people",
        Person,
        VIEW_STUDENTS,
        fields={
            "family_name": "family_name",
            "middle_name": "middle_name",
            "given_name": "given_name",
            "sex": "sex",
            "birth_date": "birth_date",
        },
        anchors={
            "person": "pk",
            "school": Via("students.Enrollment", "person_id", "school_id", ahead=True),
            "class": Via("students.ClassPlacement", "person_id", "homeroom_class_id"),
        },
    )
)
publish(
    Publication(
        "enrollments",
        Enrollment,
        VIEW_STUDENTS,
        fields={
            "student": _STUDENT,
            "school": _SCHOOL,
            "is_primary": "is_primary",
            "entry_kind": "entry_kind",
            "exit_kind": "exit_kind",
            **_PERIOD,
        },
    )
)
publish(
    Publication(
        "placements",
        ClassPlacement,
        VIEW_STUDENTS,
        fields={
            "student": _STUDENT,
            "school": _SCHOOL,
            "class": Reference("homeroom_class_id", HomeroomClass),
            "further_grade": Reference("grade_level_id", GradeLevel, "code"),
            **_PERIOD,
        },
    )
)
publish(
    Publication(
        "guardianships",
        Guardianship,
        VIEW_GUARDIANS,
        fields={
            "student": _STUDENT,
            "guardian": Reference("guardian_id", Person),
            "relation": "relation",
            "on_behalf_of": "on_behalf_of",
            "contact_order": "contact_order",
            **_PERIOD,
        },
    )
)
publish(
    Publication(
        "guardianship_limits",
        GuardianshipLimit,
        RECORD_GUARDIANS,
        fields={"student": _STUDENT, "kind": "kind", "paper": "paper", **_PERIOD},
    )
)
publish(
    Publication(
        "study_breaks",
        StudyBreak,
        VIEW_STUDENTS,
        fields={
            "student": _STUDENT,
            "school": _SCHOOL,
            "expected_back_on": "expected_back_on",
            **_PERIOD,
        },
    )
)
publish(
    Publication(
        "registry_numbers",
        Enrollment,
        VIEW_REGISTRY,
        fields={"student": _STUDENT, "school": _SCHOOL, "number": "registry_number"},
    )
)
publish(
    Publication(
        "registry_books",
        RegistryBook,
        VIEW_REGISTRY,
        fields={
            "school": _SCHOOL,
            "number_format": "number_format",
            "last_number": "last_number",
            "gives_numbers": "gives_numbers",
        },
        is_personal=False,
    )
)

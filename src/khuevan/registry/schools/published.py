"""What the change feed carries of schools and classes."""

from khuevan.platform.feed.api import Publication, Reference, publish
from khuevan.platform.organizations.api import OrgUnit
from khuevan.registry.schools.models import (
    AcademicYear,
    Campus,
    ClassGrade,
    Closure,
    GradeLevel,
    HomeroomClass,
    MakeUpDay,
    Room,
    School,
    SchoolCode,
    SchoolDecision,
    SchoolVersion,
    Term,
    YearFrame,
)
from khuevan.registry.schools.permissions import VIEW_CLASSES, VIEW_SCHOOLS

_PERIOD = {"starts_on": "starts_on", "ends_on": "ends_on"}
_OF_SCHOOL = Reference("school_id", School, "code")

publish(Publication("schools", School, VIEW_SCHOOLS, fields={"code": "code"}, is_personal=False))
publish(
    Publication(
        "campuses",
        Campus,
        VIEW_SCHOOLS,
        fields={
            "school": _OF_SCHOOL,
            "name": "name",
            "is_main": "is_main",
            "address": "address",
            **_PERIOD,
        },
        is_personal=False,
    )
)
publish(
    Publication(
        "rooms",
        Room,
        VIEW_SCHOOLS,
        fields={
            "school": _OF_SCHOOL,
            "campus": Reference("campus_id", Campus),
            "name": "name",
            "kind": "kind",
            "capacity": "capacity",
            **_PERIOD,
        },
        is_personal=False,
    )
)
publish(
    Publication(
        "classes",
        HomeroomClass,
        VIEW_CLASSES,
        fields={
            "school": _OF_SCHOOL,
            "academic_year": Reference("academic_year_id", AcademicYear, "code"),
            "grade": Reference("grade_level_id", GradeLevel, "code"),
            "campus": Reference("campus_id", Campus),
            "name": "name",
            "room": Reference("room_id", Room),
            "session": "session",
            "closed_on": "closed_on",
        },
        is_personal=False,
    )
)
publish(
    Publication(
        "school_facts",
        SchoolVersion,
        VIEW_SCHOOLS,
        fields={
            "school": _OF_SCHOOL,
            "type": "school_type",
            "ownership": "ownership",
            "levels": "levels",
            "boarding": "boarding",
            "is_disadvantaged": "is_disadvantaged",
            "national_standard": "national_standard",
            "decision": "decision",
            **_PERIOD,
        },
        is_personal=False,
    )
)
publish(
    Publication(
        "school_codes",
        SchoolCode,
        VIEW_SCHOOLS,
        fields={"school": _OF_SCHOOL, "code": "code", "decision": "decision", **_PERIOD},
        is_personal=False,
    )
)
publish(
    Publication(
        "academic_years",
        AcademicYear,
        VIEW_SCHOOLS,
        fields={"code": "code", **_PERIOD},
        is_personal=False,
    )
)
publish(
    Publication(
        "terms",
        Term,
        VIEW_SCHOOLS,
        fields={
            "academic_year": Reference("academic_year_id", AcademicYear, "code"),
            "level": "level",
            "number": "number",
            "decision": "decision",
            **_PERIOD,
        },
        is_personal=False,
    )
)
publish(
    Publication(
        "school_decisions",
        SchoolDecision,
        VIEW_SCHOOLS,
        fields={
            "school": _OF_SCHOOL,
            "matter": "matter",
            "number": "number",
            "decided_on": "decided_on",
            "counts_from": "counts_from",
            "office": "office",
            "source": "source",
            "confidence": "confidence",
            "is_withdrawn": "is_withdrawn",
        },
        is_personal=False,
    )
)
publish(
    Publication(
        "year_frames",
        YearFrame,
        VIEW_SCHOOLS,
        fields={
            "academic_year": Reference("academic_year_id", AcademicYear, "code"),
            "level": "level",
            "returns_on": "returns_on",
            "decision": "decision",
            **_PERIOD,
        },
        is_personal=False,
    )
)
publish(
    Publication(
        "closures",
        Closure,
        VIEW_SCHOOLS,
        fields={
            "unit": Reference("unit_id", OrgUnit, "code"),
            "levels": "levels",
            "reason": "reason",
            "decision": "decision",
            "is_withdrawn": "is_withdrawn",
            **_PERIOD,
        },
        is_personal=False,
    )
)
publish(
    Publication(
        "make_up_days",
        MakeUpDay,
        VIEW_SCHOOLS,
        fields={"closure": Reference("closure_id", Closure), "on": "on"},
        is_personal=False,
    )
)
publish(
    Publication(
        "class_grades",
        ClassGrade,
        VIEW_CLASSES,
        fields={
            "class": Reference("homeroom_class_id", HomeroomClass),
            "grade": Reference("grade_level_id", GradeLevel, "code"),
        },
        is_personal=False,
    )
)

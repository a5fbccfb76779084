"""What other apps may use of the schools app."""

from khuevan.registry.schools.actions import SchoolData, build_class, open_class, open_school
from khuevan.registry.schools.errors import ClassNameTaken, CodeTaken, GradeNotTaught
from khuevan.registry.schools.models import (
    AcademicYear,
    Campus,
    EducationLevel,
    GradeLevel,
    HomeroomClass,
    Ownership,
    School,
    SchoolType,
    Session,
    Term,
)
from khuevan.registry.schools.permissions import (
    MANAGE_CLASSES,
    MANAGE_SCHOOLS,
    VIEW_CLASSES,
    VIEW_SCHOOLS,
)
from khuevan.registry.schools.rules import class_match_name, class_sort_key
from khuevan.registry.schools.selectors import (
    academic_year_on,
    classes,
    get_class_for,
    get_school_for,
    grade_levels,
    schools,
    term_on,
    terms_of,
)

__all__ = [
    "MANAGE_CLASSES",
    "MANAGE_SCHOOLS",
    "VIEW_CLASSES",
    "VIEW_SCHOOLS",
    "AcademicYear",
    "Campus",
    "ClassNameTaken",
    "CodeTaken",
    "EducationLevel",
    "GradeLevel",
    "GradeNotTaught",
    "HomeroomClass",
    "Ownership",
    "School",
    "SchoolData",
    "SchoolType",
    "Session",
    "Term",
    "academic_year_on",
    "build_class",
    "class_match_name",
    "class_sort_key",
    "classes",
    "get_class_for",
    "get_school_for",
    "grade_levels",
    "open_class",
    "open_school",
    "schools",
    "term_on",
    "terms_of",
]

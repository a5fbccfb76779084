"""What other apps may use of the schools app."""

from khuevan.registry.schools.actions import SchoolData, build_class, open_class, open_school
from khuevan.registry.schools.errors import ClassNameTaken, CodeTaken, GradeNotTaught
from khuevan.registry.schools.figures import SchoolFigure, SchoolPanel, figures, panels
from khuevan.registry.schools.frame import (
    SchoolAction,
    SchoolTab,
    held_on,
    name_of,
    school_frame,
    sees_several,
)
from khuevan.registry.schools.frame import actions as school_actions
from khuevan.registry.schools.frame import tabs as school_tabs
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
    class_counts,
    class_names,
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
    "SchoolAction",
    "SchoolData",
    "SchoolFigure",
    "SchoolPanel",
    "SchoolTab",
    "SchoolType",
    "Session",
    "Term",
    "academic_year_on",
    "build_class",
    "class_counts",
    "class_match_name",
    "class_names",
    "class_sort_key",
    "classes",
    "figures",
    "get_class_for",
    "get_school_for",
    "grade_levels",
    "held_on",
    "name_of",
    "open_class",
    "open_school",
    "panels",
    "school_actions",
    "school_frame",
    "school_tabs",
    "schools",
    "sees_several",
    "term_on",
    "terms_of",
]

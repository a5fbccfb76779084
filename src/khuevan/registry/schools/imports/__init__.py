"""Lists of schools and classes as kinds of imports; found by the sheets app at the start."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import (
    AcademicYears,
    Importer,
    Outgoing,
    academic_years,
    fault_texts,
    importers,
)
from khuevan.registry.schools import beginning
from khuevan.registry.schools.imports import (
    class_plan,
    class_write,
    school_plan,
    school_write,
)
from khuevan.registry.schools.imports.class_layout import CLASS_LAYOUT
from khuevan.registry.schools.imports.offices import whose
from khuevan.registry.schools.imports.outgoing import class_rows, school_rows
from khuevan.registry.schools.imports.school_layout import SCHOOL_LAYOUT
from khuevan.registry.schools.imports.texts import FAULT_TEXTS
from khuevan.registry.schools.permissions import (
    MANAGE_CLASSES,
    MANAGE_SCHOOLS,
    VIEW_CLASSES,
    VIEW_SCHOOLS,
)

SCHOOLS = importers.register(
    "schools.register",
    Importer(
        code="schools.register",
        word="schools",
        label=_("Load a list of schools"),
        permission=MANAGE_SCHOOLS,
        layouts=(SCHOOL_LAYOUT,),
        shown=("code", "name", "levels", "school_type", "ownership", "commune"),
        context=school_plan.context,
        plan=school_plan.plan,
        write=school_write.write,
        names=school_plan.names_of,
        whose=whose,
        record="schools.School",
        outgoing=Outgoing(VIEW_SCHOOLS, school_rows, is_of_offices=True),
    ),
)

CLASSES = importers.register(
    "schools.classes",
    Importer(
        code="schools.classes",
        word="classes",
        label=_("Load a list of classes"),
        permission=MANAGE_CLASSES,
        stands_alone=True,
        layouts=(CLASS_LAYOUT,),
        shown=("grade", "name", "teacher", "session", "campus"),
        context=class_plan.context,
        plan=class_plan.plan,
        write=class_write.write,
        names=class_plan.names_of,
        outgoing=Outgoing(VIEW_CLASSES, class_rows),
        record="schools.HomeroomClass",
        done_route="students:classes",
        done_label=_("See the classes"),
    ),
)

academic_years.register(
    "schools", AcademicYears(beginning.day_of, beginning.begin, beginning.known)
)

for code, text in FAULT_TEXTS.items():
    fault_texts.register(code, text)

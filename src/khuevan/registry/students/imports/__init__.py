"""The list of pupils, and that of codes alone, as kinds of imports; found at the start."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import Importer, Outgoing, fault_texts, importers
from khuevan.registry.students.imports.classes import OPEN_CLASSES
from khuevan.registry.students.imports.codes import CODES
from khuevan.registry.students.imports.codes import FAULT_TEXTS as CODE_TEXTS
from khuevan.registry.students.imports.context import context, remark
from khuevan.registry.students.imports.effects import EFFECTS
from khuevan.registry.students.imports.newcomers import DOUBTS
from khuevan.registry.students.imports.outgoing import rows
from khuevan.registry.students.imports.plan import names_of, plan
from khuevan.registry.students.imports.practice import practice
from khuevan.registry.students.imports.texts import FAULT_TEXTS
from khuevan.registry.students.imports.write import write
from khuevan.registry.students.permissions import EXPORT_STUDENTS, IMPORT_STUDENTS
from khuevan.registry.students.results_layout import RESULTS_LAYOUT
from khuevan.registry.students.student_layout import STUDENT_LAYOUT

IMPORTER = importers.register(
    "students.list",
    Importer(
        code="students.list",
        word="students",
        label=_("Load a list of pupils"),
        permission=IMPORT_STUDENTS,
        stands_alone=True,
        layouts=(STUDENT_LAYOUT, RESULTS_LAYOUT),
        shown=(
            "full_name",
            "family_middle_name",
            "given_name",
            "personal_number",
            "birth_date",
            "sex",
            "class_name",
        ),
        context=context,
        plan=plan,
        write=write,
        doubts=DOUBTS,
        remedies=(OPEN_CLASSES,),
        effects=EFFECTS,
        names=names_of,
        remark=remark,
        practice=practice,
        outgoing=Outgoing(EXPORT_STUDENTS, rows),
        stays=_("Numbers of the registry book that were given are not given to anybody else."),
        record="students.Student",
        done_route="students:classes",
        done_label=_("See the classes"),
    ),
)

importers.register(CODES.code, CODES)

for code, text in {**FAULT_TEXTS, **CODE_TEXTS}.items():
    fault_texts.register(code, text)

"""A timetable made elsewhere as a kind of import; found by the sheets app when it starts."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import Importer, fault_texts, importers
from khuevan.registry.curriculum.api import ASSIGNMENTS, NAME_KINDS
from khuevan.school.timetable.imports.layouts import CODE, LAYOUT
from khuevan.school.timetable.imports.plan import context, plan
from khuevan.school.timetable.imports.texts import FAULT_TEXTS
from khuevan.school.timetable.imports.write import write
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES

IMPORTER = importers.register(
    CODE,
    Importer(
        code=CODE,
        word="timetable",
        label=_("Load a timetable made elsewhere"),
        permission=MANAGE_TIMETABLES,
        layouts=(LAYOUT,),
        shown=("teacher", "subject", "classes", "weekday", "period", "says"),
        context=context,
        plan=plan,
        write=write,
        name_kinds=NAME_KINDS,
        names_of=ASSIGNMENTS,
        done_route="timetable:versions",
        done_label=_("See the timetables"),
    ),
)

for code, text in FAULT_TEXTS.items():
    fault_texts.register(code, text)

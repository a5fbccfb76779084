"""Files of marks as kinds of import; found by the sheets app when the program starts."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import Importer, Outgoing, fault_texts, importers
from khuevan.school.gradebooks.imports.layouts import (
    CODE,
    MARKS_LAYOUT,
    RESULTS,
    RESULTS_LAYOUT,
)
from khuevan.school.gradebooks.imports.outgoing import mark_rows, result_rows
from khuevan.school.gradebooks.imports.plan import context, plan
from khuevan.school.gradebooks.imports.texts import FAULT_TEXTS
from khuevan.school.gradebooks.imports.write import write
from khuevan.school.gradebooks.permissions import IMPORT_MARKS

STAYS = _("Marks that were taken in stay in their gradebooks; each keeps what was there before.")

importers.register(
    CODE,
    Importer(
        code=CODE,
        word="marks",
        label=_("Load marks"),
        permission=IMPORT_MARKS,
        layouts=(MARKS_LAYOUT,),
        shown=("class_name", "subject", "term", "full_name", "midterm", "final"),
        context=context,
        plan=plan,
        write=write,
        outgoing=Outgoing(IMPORT_MARKS, mark_rows),
        stays=STAYS,
        stands_alone=True,
    ),
)
importers.register(
    RESULTS,
    Importer(
        code=RESULTS,
        word="primary-results",
        label=_("Load results of primary pupils"),
        permission=IMPORT_MARKS,
        layouts=(RESULTS_LAYOUT,),
        shown=("class_name", "term", "full_name", "math_level", "vietnamese_level"),
        context=context,
        plan=plan,
        write=write,
        outgoing=Outgoing(IMPORT_MARKS, result_rows),
        stays=STAYS,
        stands_alone=True,
    ),
)

for code, text in FAULT_TEXTS.items():
    fault_texts.register(code, text)

"""The list of staff as a kind of import; found by the sheets app when the program starts."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import Importer, Outgoing, fault_texts, importers
from khuevan.registry.staff.imports.newcomers import DOUBTS
from khuevan.registry.staff.imports.outgoing import rows
from khuevan.registry.staff.imports.plan import context, names_of, plan
from khuevan.registry.staff.imports.staff_layout import CODE, STAFF_LAYOUT
from khuevan.registry.staff.imports.texts import FAULT_TEXTS
from khuevan.registry.staff.imports.write import write
from khuevan.registry.staff.permissions import MANAGE_STAFF

IMPORTER = importers.register(
    CODE,
    Importer(
        code=CODE,
        word="staff",
        label=_("Load a list of staff"),
        permission=MANAGE_STAFF,
        layouts=(STAFF_LAYOUT,),
        shown=("full_name", "birth_date", "sex", "personal_number", "moet_code", "position"),
        context=context,
        plan=plan,
        write=write,
        doubts=DOUBTS,
        names=names_of,
        outgoing=Outgoing(MANAGE_STAFF, rows),
        record="staff.StaffMember",
        done_route="staff:school",
        done_label=_("See the staff"),
    ),
)

for code, text in FAULT_TEXTS.items():
    fault_texts.register(code, text)

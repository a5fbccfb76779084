"""The list of lessons as a kind of import; found by the sheets app when the program starts."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import AlsoOut, Importer, Outgoing, fault_texts, importers
from khuevan.registry.curriculum.imports.beside import beside
from khuevan.registry.curriculum.imports.layouts import CODE, FLAT_LAYOUT, VNEDU, VNEDU_LAYOUT
from khuevan.registry.curriculum.imports.names import NAME_KINDS
from khuevan.registry.curriculum.imports.outgoing import flat_rows, vnedu_lists, vnedu_rows
from khuevan.registry.curriculum.imports.plan import context, plan
from khuevan.registry.curriculum.imports.remedies import PLANS_FOLLOW
from khuevan.registry.curriculum.imports.texts import FAULT_TEXTS
from khuevan.registry.curriculum.imports.write import write
from khuevan.registry.staff.api import MANAGE_STAFF

IMPORTER = importers.register(
    CODE,
    Importer(
        code=CODE,
        word="assignments",
        label=_("Load a list of lessons"),
        permission=MANAGE_STAFF,
        layouts=(FLAT_LAYOUT, VNEDU_LAYOUT),
        shown=(
            "teacher",
            "subject",
            "classes",
            "periods",
            "first_term",
            "second_term",
            "from_day",
            "answers",
        ),  # fmt: skip
        context=context,
        plan=plan,
        write=write,
        remedies=(PLANS_FOLLOW,),
        name_kinds=NAME_KINDS,
        beside=beside,
        outgoing=Outgoing(
            MANAGE_STAFF, flat_rows, also=(AlsoOut("vnedu", VNEDU, vnedu_rows, vnedu_lists),)
        ),
        done_route="curriculum:teaching",
        done_label=_("See who teaches whom"),
    ),
)

for code, text in FAULT_TEXTS.items():
    fault_texts.register(code, text)

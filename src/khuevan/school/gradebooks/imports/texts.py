"""Sentences of the faults that only a comparison with gradebooks can find."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import FaultText

FAULT_TEXTS = {
    "gradebooks.unknown_class": FaultText(
        _("No class with gradebooks is called “%(name)s” this year."),
        _("Write it as the school does, for example 6A; or open its gradebooks first."),
    ),
    "gradebooks.unknown_subject": FaultText(
        _("No gradebook is of the subject “%(name)s”."),
        _("Write the subject as the class's plan has it."),
    ),
    "gradebooks.unknown_code": FaultText(
        _("Nobody in this class has the code %(code)s."),
        _("Load the sheet of the right class; do not change the hidden codes."),
    ),
    "gradebooks.code_and_name": FaultText(
        _("The code %(code)s is %(name)s's: the name in this row is another."),
        _("Rows have been shifted. Make the sheet anew, or put names and codes together again."),
    ),
    "gradebooks.unknown_pupil": FaultText(
        _("Nobody in this class is called so."),
        _("Correct the name, or write the pupil's code."),
    ),
    "gradebooks.several_pupils": FaultText(
        _("Several in this class are called so."), _("Write the pupil's code.")
    ),
    "gradebooks.same_as_row": FaultText(
        _("The pupil stands in row %(row)s already."), _("Leave one of the two out.")
    ),
    "gradebooks.no_mark": FaultText(
        _("This is no mark and no level of the column."),
        _("Marks go from 0 to 10 with one decimal: write 7,5 and not 75."),
    ),
    "gradebooks.no_column": FaultText(
        _("The class's gradebook has no such column."), _("Leave the cell empty.")
    ),
    "gradebooks.no_book": FaultText(
        _("The class has no gradebook of %(subject)s; the column is left out."),
        _("If the class learns it, plan the subject and open its gradebook."),
    ),
    "gradebooks.locked": FaultText(
        _("The column is closed: its marks change by correction alone."),
        _("Leave the cell as it was, and ask for a correction."),
    ),
}

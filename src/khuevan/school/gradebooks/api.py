"""What other apps may use of the gradebooks app."""

from khuevan.school.gradebooks.actions import bulk_open_books, enter_marks, open_books
from khuevan.school.gradebooks.actions.recomputing import recompute_averages
from khuevan.school.gradebooks.averages import Columns, Results, results_of
from khuevan.school.gradebooks.cells import read_cell, write_cell
from khuevan.school.gradebooks.column_names import short_name as slot_short_name
from khuevan.school.gradebooks.models import (
    Arrangement,
    ArrangementKind,
    Gradebook,
    Mark,
    SubjectResult,
)
from khuevan.school.gradebooks.periods import period_name
from khuevan.school.gradebooks.permissions import (
    ENTER_MARKS,
    IMPORT_MARKS,
    MANAGE_BOOKS,
    VIEW_MARKS,
    VIEW_OWN_MARKS,
)
from khuevan.school.gradebooks.selectors.shut import period_shut
from khuevan.school.gradebooks.selectors.teaching import teaches
from khuevan.school.gradebooks.selectors.windows import Shut
from khuevan.school.gradebooks.slots import (
    FINAL,
    LEVEL,
    MIDTERM,
    BookForm,
    Content,
    How,
    Slot,
    Word,
    content_of,
    is_regular,
    period_of,
    place_of,
    slot,
)

__all__ = [
    "FINAL",
    "LEVEL",
    "MIDTERM",
    "Shut",
    "period_name",
    "period_shut",
    "slot_short_name",
    "teaches",
    "ENTER_MARKS",
    "IMPORT_MARKS",
    "MANAGE_BOOKS",
    "VIEW_MARKS",
    "VIEW_OWN_MARKS",
    "Arrangement",
    "ArrangementKind",
    "BookForm",
    "Columns",
    "Content",
    "Gradebook",
    "How",
    "Mark",
    "Results",
    "Slot",
    "SubjectResult",
    "Word",
    "bulk_open_books",
    "content_of",
    "enter_marks",
    "is_regular",
    "open_books",
    "period_of",
    "place_of",
    "read_cell",
    "recompute_averages",
    "results_of",
    "slot",
    "write_cell",
]

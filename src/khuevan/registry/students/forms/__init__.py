"""Forms of pupils and classes: they check what is typed, and save nothing."""

from khuevan.registry.students.forms.classes import PlaceForm
from khuevan.registry.students.forms.family import (
    EndGuardianForm,
    GuardianForm,
    LiftForm,
    LimitForm,
)
from khuevan.registry.students.forms.leaving import (
    BackForm,
    BreakForm,
    EndSecondForm,
    LeaveForm,
    NumberingForm,
    PupilExportForm,
    SecondForm,
)
from khuevan.registry.students.forms.record import (
    EditStudentForm,
    NewStudentForm,
    RecordForm,
)
from khuevan.registry.students.forms.texts import as_text, texts_of

__all__ = [
    "BackForm",
    "BreakForm",
    "NumberingForm",
    "EditStudentForm",
    "EndGuardianForm",
    "GuardianForm",
    "LiftForm",
    "LimitForm",
    "LeaveForm",
    "NewStudentForm",
    "PlaceForm",
    "SecondForm",
    "EndSecondForm",
    "PupilExportForm",
    "RecordForm",
    "as_text",
    "texts_of",
]

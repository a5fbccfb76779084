"""The forms of transfers: they check what was typed and never save."""

from khuevan.registry.transfers.forms.asking import ComeForm, LeaveForm, NewcomerForm
from khuevan.registry.transfers.forms.staff import (
    OwnMoveForm,
    StaffComeForm,
    StaffLeaveForm,
    StaffNewcomerForm,
)
from khuevan.registry.transfers.forms.steps import (
    ArriveForm,
    DecideForm,
    NoteForm,
    PaperForm,
    PlaceForm,
    ReasonForm,
    ReceiveForm,
    ReleaseForm,
)

__all__ = [
    "ArriveForm",
    "ComeForm",
    "DecideForm",
    "LeaveForm",
    "NewcomerForm",
    "NoteForm",
    "OwnMoveForm",
    "PaperForm",
    "PlaceForm",
    "ReasonForm",
    "ReceiveForm",
    "ReleaseForm",
    "StaffComeForm",
    "StaffLeaveForm",
    "StaffNewcomerForm",
]

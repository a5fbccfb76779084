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
    DraftForm,
    NoteForm,
    PaperForm,
    PlaceForm,
    ReasonForm,
    ReceiveForm,
    RefusalForm,
    ReleaseForm,
)

__all__ = [
    "ArriveForm",
    "ComeForm",
    "DecideForm",
    "DraftForm",
    "LeaveForm",
    "NewcomerForm",
    "NoteForm",
    "OwnMoveForm",
    "PaperForm",
    "PlaceForm",
    "ReasonForm",
    "ReceiveForm",
    "RefusalForm",
    "ReleaseForm",
    "StaffComeForm",
    "StaffLeaveForm",
    "StaffNewcomerForm",
]

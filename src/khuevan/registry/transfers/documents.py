"""The documents of transfers that programs read and send."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from ninja import Field, Query, Schema

from khuevan.platform.audit.api import RECORD_PURPOSES
from khuevan.platform.organizations.api import SignedIn
from khuevan.registry.transfers.models import Transfer
from khuevan.ui.rest import StrictSchema

Reason = Annotated[str, Field(min_length=1, max_length=300)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[str, Field(max_length=24)]
Purpose = Annotated[
    str,
    Query(
        max_length=200,
        description="Why the case is opened, for an office without a part in it: "
        f"{', '.join(one for one in RECORD_PURPOSES if one != 'OTHER')}, or words. "
        "Those concerned read it.",
    ),
]
State = Literal[
    "REQUESTED", "ACCEPTED_BY_RECEIVER", "REFUSED", "WITHDRAWN", "RELEASED", "RECEIVED", "PLACED"
]


class DecisionOut(Schema):
    """What an office decides, and what it decided."""

    side: str
    unit: str
    office: str
    matters: list[str]
    state: str
    number: str
    decided_on: date | None
    signer: str
    signer_position: str
    signed_as: str
    """HEAD, KT, TM, TM_KT, TL or TUQ (Decree 30/2020, article 13)."""
    authorization: str
    """Of one signed TUQ.: number of the paper that authorizes the signer, and its day."""
    authorized_on: date | None
    regulation: str
    confidence: str


class TransferOut(Schema):
    """A pupil's transfer: where it stands, who is next, until when."""

    uuid: UUID
    student: UUID | None
    """Given to the school that has the pupil, to the offices and to the family."""
    full_name: str
    birth_date: date | None
    grade: str
    level: str
    route: str
    from_school: str
    to_school: str
    outside_school: str
    outside_province: str
    outside_code: str
    """Of the province on the day of the move, or of the country."""
    asked_by: str
    asked_on: date
    moves_on: date
    reason: str
    in_usual_time: bool
    state: str
    waits_for: list[str]
    due_on: date | None
    released_on: date | None
    received_on: date | None

    @classmethod
    def of(cls, row: Transfer, *, sees_record: bool = False) -> Self:
        """Return the document of a transfer."""
        return cls(**values_of(row, sees_record=sees_record))


class CasePaperOut(Schema):
    """A paper handed over, by which side; its uuid takes it out again before the release."""

    uuid: UUID
    paper: str
    given_by: str
    note: str
    has_file: bool


class CaseOut(TransferOut):
    """A transfer with the decisions it needs and the papers it still lacks."""

    decisions: list[DecisionOut]
    missing_papers: list[str]
    papers: list[CasePaperOut]


class TransferPage(Schema):
    """A part of the list; `next` is given as `after` to get the following one."""

    items: list[TransferOut]
    next: str


class OutsideIn(StrictSchema):
    """A school of another province or country."""

    school: Line
    province: Annotated[
        str,
        Field(
            min_length=1,
            max_length=80,
            description="Code or name of a province of the day of the move, or of a country"
            " (code list `nationalities`).",
        ),
    ]


class WishIn(StrictSchema):
    """When and why."""

    moves_on: date
    reason: Reason


class GroundsIn(WishIn):
    """When and why; from a private to a public upper secondary school, in which case."""

    grounds: Literal["", "NO_PRIVATE", "HARDSHIP"] = ""


class EndIn(StrictSchema):
    """Where somebody goes: a school by its code, or one of another province."""

    to_school: Code = ""
    outside: OutsideIn | None = None


class SoughtIn(StrictSchema):
    """Somebody of another school, as the request or application names them."""

    to_school: Code
    from_school: Code
    full_name: Line
    birth_date: date
    number: Annotated[str, Field(min_length=1, max_length=20)]


class ComerIn(StrictSchema):
    """Somebody from another province."""

    to_school: Code
    outside: OutsideIn
    full_name: Line
    birth_date: date
    sex: Literal["FEMALE", "MALE"]
    personal_number: Annotated[str, Field(pattern=r"^(\d{12})?$")] = ""


class GoIn(GroundsIn, EndIn):
    """A pupil goes to another school."""


class ComeIn(GroundsIn, SoughtIn):
    """A pupil of another school comes."""


class NewcomerIn(WishIn, ComerIn):
    """A pupil from another province comes, into a grade."""

    grade: Annotated[str, Field(min_length=1, max_length=10)]


class CaseReasonIn(StrictSchema):
    """Why."""

    reason: Reason


class RefuseIn(CaseReasonIn):
    """Why a school refuses; number, day and signer of its letter, where it wrote one."""

    number: Annotated[str, Field(max_length=60)] = ""
    dated_on: date | None = None
    signer: Annotated[str, Field(max_length=160)] = ""


class NoteIn(StrictSchema):
    """A word to go with it."""

    note: Annotated[str, Field(max_length=300)] = ""


class DecideIn(SignedIn):
    """What the competent office decided, and who signed it: written down by its own people."""

    is_granted: bool
    matter: Literal["", "LETTER", "CHECK", "EXCEPTION", "PUBLIC", "MOVE"] = ""
    """Needed where the office decides several matters, each on a paper of its own."""
    reason: Annotated[str, Field(max_length=300)] = ""


class DayIn(StrictSchema):
    """The day from which it holds."""

    on: date


class WishedDayIn(DayIn):
    """The day from which it holds; one before the day that was asked for has to be confirmed."""

    is_day_sure: bool = False


class ReceiveIn(WishedDayIn):
    """The first day at the new school, and the class when it is known."""

    class_uuid: UUID | None = None
    is_sure: bool = False
    plan: Annotated[str, Field(max_length=500)] = ""


class PlaceIn(DayIn):
    """The class and the first day in it."""

    class_uuid: UUID
    is_sure: bool = False


class CasePaperIn(StrictSchema):
    """A paper that was handed over; scans are added on the page of the case."""

    paper: Annotated[str, Field(min_length=1, max_length=20)]
    note: Annotated[str, Field(max_length=200)] = ""


StaffCaseState = Literal[
    "REQUESTED", "ACCEPTED_BY_RECEIVER", "REFUSED", "WITHDRAWN", "RELEASED", "RECEIVED"
]


class StaffCaseOut(Schema):
    """A colleague's move: where it stands, who is next, until when."""

    uuid: UUID
    member: UUID | None
    full_name: str
    move: str
    position: str
    route: str
    from_school: str
    to_school: str
    outside_school: str
    outside_province: str
    outside_code: str
    """Of the province on the day of the move, or of the country."""
    asked_by: str
    asked_on: date
    moves_on: date
    returns_on: date | None
    reason: str
    state: str
    consents: list[str]
    waits_for: list[str]
    due_on: date | None
    released_on: date | None
    received_on: date | None
    decisions: list[DecisionOut] = []
    """In the answer on one move; a list leaves them out."""
    missing_papers: list[str] = []
    papers: list[CasePaperOut] = []

    @classmethod
    def of(cls, row: Transfer, **more: Any) -> Self:
        """Return the document of a move."""
        plain = (
            "uuid", "full_name", "move", "position", "route", "outside_school",
            "outside_province", "outside_code", "asked_by", "asked_on", "moves_on", "returns_on",
            "reason", "state", "consents", "waits_for", "due_on", "released_on", "received_on",
        )  # fmt: skip
        return cls(
            member=row.staff_member.uuid if row.staff_member else None,
            from_school=row.from_school.code if row.from_school else "",
            to_school=row.to_school.code if row.to_school else "",
            **{name: getattr(row, name) for name in plain},
            **more,
        )


class StaffCasePage(Schema):
    """A part of the list; `next` is given as `after` to get the following one."""

    items: list[StaffCaseOut]
    next: str


class OwnMoveIn(WishIn, EndIn):
    """One goes to another school oneself."""

    position: Line = "TEACHER"


class StaffWishIn(WishIn):
    """On what footing, as what, from when; a secondment until when."""

    move: Literal["WISH", "NEED", "SECONDMENT"] = "WISH"
    position: Line = "TEACHER"
    returns_on: date | None = None


class StaffGoIn(StaffWishIn, EndIn):
    """A colleague goes to another school."""


class StaffComeIn(StaffWishIn, SoughtIn):
    """A colleague of another school comes."""


class StaffNewcomerIn(StaffWishIn, ComerIn):
    """A colleague from another province comes."""


def values_of(row: Transfer, *, sees_record: bool) -> dict[str, Any]:
    """Return what every document of a transfer tells; without the record hardly more than names."""
    return {
        "uuid": row.uuid,
        "student": row.student.uuid if sees_record and row.student else None,
        "full_name": row.full_name,
        "birth_date": row.birth_date,
        "grade": row.grade_level.code if row.grade_level else "",
        "level": row.level,
        "route": row.route,
        "from_school": row.from_school.code if row.from_school else "",
        "to_school": row.to_school.code if row.to_school else "",
        "outside_school": row.outside_school,
        "outside_province": row.outside_province,
        "outside_code": row.outside_code,
        "asked_by": row.asked_by,
        "asked_on": row.asked_on,
        "moves_on": row.moves_on,
        "reason": row.reason,
        "in_usual_time": row.in_window,
        "state": row.state,
        "waits_for": row.waits_for,
        "due_on": row.due_on,
        "released_on": row.released_on,
        "received_on": row.received_on,
    }

"""What the endpoints of pupils share: the router, the forms of names and numbers, the purpose."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import AfterValidator, Field

from khuevan.kernel.personal_number import check_format
from khuevan.kernel.phone import phone_digits
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.audit.api import LIST_PURPOSES, RECORD_PURPOSES, codes_of
from khuevan.registry.students.data import GuardianData
from khuevan.ui.rest import Router, StrictSchema

router = Router(tags=["students"])


def _twelve_digits(text: str) -> str:
    checked = check_format(text)
    if text and not checked.is_valid:
        raise ValueError(_("A personal number has 12 digits."))
    return checked.digits if text else ""


Name = Annotated[str, AfterValidator(normalize), Field(min_length=1, max_length=180)]
Code = Annotated[str, Field(max_length=20)]
Grade = Annotated[str, Field(max_length=10)]
Phone = Annotated[str, AfterValidator(phone_digits), Field(max_length=20)]
PersonalNumber = Annotated[str, AfterValidator(_twelve_digits), Field(max_length=30)]
Sex = Literal["MALE", "FEMALE"]
AddressKinds = Literal["BIRTHPLACE", "HOMETOWN", "PERMANENT", "CURRENT"]
PolicyCodes = Annotated[list[Annotated[str, Field(max_length=20)]], Field(max_length=15)]
Addresses = dict[AddressKinds, Annotated[str, Field(max_length=250)]]
Purpose = Annotated[
    str,
    Query(
        max_length=200,
        description="Why the record is opened, for whoever works outside the pupil's school: "
        f"{codes_of(RECORD_PURPOSES)}, or words. "
        "The family reads it.",
    ),
]
ListPurpose = Annotated[
    str,
    Query(
        max_length=200,
        description="What an office needs the names for: "
        f"{codes_of(LIST_PURPOSES)}, or words. It is kept.",
    ),
]
ASKED: dict[int, Any] = {
    428: {
        "description": "Refused until a purpose is given: the actor works outside the school",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
}
Paper = Annotated[str, AfterValidator(normalize), Field(max_length=200)]


class GuardianIn(StrictSchema):
    """Somebody who answers for the pupil."""

    relation: Literal["FATHER", "MOTHER", "GUARDIAN", "OTHER"]
    full_name: Name
    birth_year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    occupation: Annotated[str, Field(max_length=80)] = ""
    phone: Phone = ""

    def data(self) -> GuardianData:
        """Return the plain value."""
        return GuardianData(**self.dict())

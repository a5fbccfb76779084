"""The fields of a signed decision, for every form that asks for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.platform.organizations import errors
from khuevan.platform.organizations.signing import Signed, SigningForm
from khuevan.ui.forms import DayField, Form, LineField

SIGNED = (
    "number", "decided_on", "signed_as", "authorization", "authorized_on", "signer",
    "signer_position",
)  # fmt: skip
"""The names of the fields, in their order."""


class SignedFields(Form):
    """Number and day of a decision, who signed it, in which form and position."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.NumberUnfit: "number",
        errors.SignerNeeded: "signer",
        errors.SignedOtherwise: "signed_as",
        errors.PositionUnfit: "signer_position",
        errors.BodyUnfit: "signer_position",
        errors.SignUnfit: "number",
        errors.AuthorizationNeeded: "authorization",
        errors.AuthorizationUnfit: "authorization",
    }

    number = LineField(
        label=_("Number of the decision"), help_text=_("For example 412/QĐ-UBND"), max_length=60
    )
    decided_on = DayField(label=_("Dated"))
    signed_as = forms.ChoiceField(label=_("Signed as"), choices=SigningForm.choices)
    authorization = LineField(
        label=_("Number of the authorization"), max_length=60, required=False,
        help_text=_("For example 12/UQ-UBND"),
    )  # fmt: skip
    authorized_on = DayField(label=_("Authorization dated"), required=False)
    signer = LineField(label=_("Signed by"), max_length=160)
    signer_position = LineField(
        label=_("Position of the signer"), max_length=120,
        help_text=_("As it stands under the signature."),
    )  # fmt: skip

    def __init__(self, *args: Any, signing: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signing:
            known = [(code, SigningForm(code).label) for code in signing]
            self.offer("signed_as", known)
        for name in ("authorization", "authorized_on"):
            self.fields[name].asked_by_choice = "TUQ"  # type: ignore[attr-defined]  # field.html reads it

    @property
    def signed(self) -> Signed:
        """Return number, day and signature."""
        said = self.cleaned_data
        is_authorized = said["signed_as"] == SigningForm.AUTHORIZED
        return Signed(
            said["number"],
            said["decided_on"],
            said["signer"],
            said["signer_position"],
            said["signed_as"],
            said["authorization"] if is_authorized else "",
            said["authorized_on"] if is_authorized else None,
            said.get("upload"),
        )

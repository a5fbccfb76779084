"""The forms that open the case of a colleague."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.registry.staff.api import Position, positions_to_move_to
from khuevan.registry.transfers.actions import StaffNewcomer, StaffWish
from khuevan.registry.transfers.errors import (
    AlreadyMoving,
    ColleagueNotFound,
    DayTooFar,
    ReturnNeeded,
    SchoolIsClosed,
    WorksThere,
)
from khuevan.registry.transfers.forms.asking import ComerFields, SoughtFields, WhereFields
from khuevan.registry.transfers.kinds import Move
from khuevan.ui.forms import DayField, Form, LineField


def _positions() -> list[tuple[str, Any]]:
    return [(code, Position(code).label) for code in positions_to_move_to()]


class StaffWishFields(Form):
    """On what footing, as what, from when, why."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        WorksThere: "school",
        SchoolIsClosed: "school",
        DayTooFar: "moves_on",
        ReturnNeeded: "returns_on",
    }
    move = forms.ChoiceField(
        label=_("Kind of move"), choices=Move.choices, widget=forms.RadioSelect, initial=Move.WISH
    )
    position = forms.ChoiceField(
        label=_("Position at the new school"), choices=_positions, initial=Position.TEACHER
    )
    moves_on = DayField(label=_("First day of work wished for"))
    returns_on = DayField(
        label=_("First day back at the old school"),
        help_text=_("For a secondment alone."),
        required=False,
    )
    reason = LineField(label=_("Reason"), max_length=300)

    def clean(self) -> dict[str, Any]:
        """Ask for the day of return where somebody is sent for a while, and there alone."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "move" in self.fields and "returns_on" in cleaned:
            is_secondment = cleaned.get("move") == Move.SECONDMENT
            if is_secondment != bool(cleaned["returns_on"]):
                self.add_error("returns_on", str(ReturnNeeded.message))
        return cleaned

    @property
    def wish(self) -> StaffWish:
        """Return the wish as the actions take it."""
        values = self.cleaned_data
        return StaffWish(
            moves_on=values["moves_on"],
            reason=values["reason"],
            move=values.get("move", Move.WISH),
            position=values["position"],
            returns_on=values.get("returns_on"),
        )


class StaffLeaveForm(StaffWishFields, WhereFields):
    """A colleague of one's own school goes to another."""

    field_order = (
        "move", "where", "school", "school_code", "outside_school", "outside_province",
        "position", "moves_on", "returns_on", "reason",
    )  # fmt: skip


class OwnMoveForm(StaffLeaveForm):
    """One goes to another school oneself, by wish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("move", "returns_on"):
            del self.fields[name]


class StaffComeForm(SoughtFields, StaffWishFields):
    """A colleague of another school of the province, as the application names them."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        **StaffWishFields.refused_fields,
        ColleagueNotFound: "number",
        AlreadyMoving: "number",
    }
    field_order = (
        "full_name", "birth_date", "number", "school", "school_code", "move", "position",
        "moves_on", "returns_on", "reason",
    )  # fmt: skip


class StaffNewcomerForm(ComerFields, StaffWishFields):
    """A colleague who comes from a school of another province."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        **StaffWishFields.refused_fields,
        **ComerFields.refused_fields,
        AlreadyMoving: "personal_number",
    }
    field_order = (
        "full_name", "birth_date", "sex", "personal_number", "outside_school",
        "outside_province", "move", "position", "moves_on", "returns_on", "reason",
    )  # fmt: skip

    @property
    def newcomer(self) -> StaffNewcomer:
        """Return who comes."""
        return StaffNewcomer(**self.comer)

"""What is asked for each kind of change of the tree: units to pick, the day, the decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import RECORDED_FROM
from khuevan.platform.areas.api import areas_on
from khuevan.platform.organizations.models import OrgUnitVersion, UnitKind
from khuevan.platform.organizations.papers import Decided
from khuevan.platform.organizations.picking import Pick, Picker, only_match, picker
from khuevan.platform.organizations.reorganizing import Change, Plan, shares_of, units_by_code
from khuevan.ui.formats import day
from khuevan.ui.forms import DayField, Form, LineField

EITHER = {UnitKind.ATTACHED.value: _("Unit attached to the department, or another of the province")}
KINDS = [
    (kind, EITHER.get(kind, label)) for kind, label in UnitKind.choices if kind != UnitKind.SCHOOL
]
UNITS = Pick(
    "units",
    _("Units that change"),
    _("Offices, and schools when they move."),
    many=True,
    schools=True,
)
OFFICES = Pick("units", _("Units that change"), many=True)
UNIT = Pick("units", _("Unit that changes"))
INTO = Pick("into", _("Unit they come to"))
HEIRS = Pick("heirs", _("Units it is divided among"), many=True)
REGISTERS = Pick(
    "registers",
    _("Unit that takes over the registers and archive"),
    _("Leave it empty when they go where the rest goes."),
    required=False,
)
AREA = Pick("area", _("Administrative area"), areas=True, required=False)


class ChangeForm(Form):
    """The day and the decision, which every change has."""

    picks: ClassVar[Sequence[Pick]] = ()
    on = DayField(label=_("From the day"), earliest=RECORDED_FROM)
    decision = LineField(label=_("Number of the decision"), max_length=120)
    signed_on = DayField(label=_("Signed on"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor
        self.picked: dict[str, list[OrgUnitVersion]] = {}
        self.area_id: int | None = None

    def clean(self) -> dict[str, Any]:
        """Find what was picked, and say where nothing was."""
        asked = super().clean() or {}
        if asked.get("on"):
            for pick in self.picks:
                self._find(pick, asked["on"])
        return asked

    def pickers(self) -> list[Picker]:
        """Return the places to pick in, with what is chosen and found."""
        return [self.picker(one.name) for one in self.picks]

    def picker(self, name: str) -> Picker:
        """Return one place to pick in."""
        pick = next(one for one in self.picks if one.name == name)
        return picker(
            pick,
            actor=self._actor,
            on=self._day(),
            chosen=self._codes(name),
            text=str(self.data.get(f"{name}_q", "")),
            errors=[str(one) for one in self._picked_wrong.get(name, ())],
        )

    def plan(self, upload: File[bytes] | None = None) -> Plan:
        """Return what is asked for."""
        said = self.cleaned_data
        into = self._ids("into")
        registers = self._ids("registers")
        units = self.picked.get("units", [])
        heirs = self.picked.get("heirs", [])
        return Plan(
            change=self.change,
            unit_ids=tuple(one.unit_id for one in units),
            into_id=into[0] if into else 0,
            on=said["on"],
            decision=Decided(said["decision"], said["signed_on"], upload),
            registers_id=registers[0] if registers else None,
            shares=shares_of(units, heirs, said["on"], self.data) if heirs else {},
            heir_ids=tuple(one.unit_id for one in heirs),
            area_id=self.area_id,
            **{name: said.get(name, "") for name in ("code", "kind", "name", "short_name")},
        )

    change: ClassVar[Change]

    @property
    def _picked_wrong(self) -> dict[str, list[str]]:
        return getattr(self, "_wrong", {})

    def _ids(self, name: str) -> list[int]:
        return [one.unit_id for one in self.picked.get(name, [])]

    def _day(self) -> date:
        """Return the day typed, else the one shown at first."""
        try:
            return DayField(earliest=RECORDED_FROM).clean(self.data.get("on")) or self._actor.today
        except forms.ValidationError:
            return self._actor.today

    def _codes(self, name: str) -> list[str]:
        data = self.data if self.is_bound else self.initial
        listed = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [str(one) for one in ([listed] if isinstance(listed, str) else listed) if one]

    def _find(self, pick: Pick, on: date) -> None:
        codes = self._codes(pick.name)
        text = str(self.data.get(f"{pick.name}_q", "")).strip()
        if not codes and text:
            code = only_match(pick, self._actor, on, text)
            codes = [code] if code else []
        if not codes:
            if pick.required or text:
                self._refuse(pick, _("Type a name or code, then choose from the list."))
            return
        if pick.areas:
            self.area_id = areas_on(on).filter(code=codes[0]).values_list("pk", flat=True).first()
            return
        try:
            self.picked[pick.name] = units_by_code(self._actor, codes, on)
        except NotFound:
            said = {"code": ", ".join(codes), "on": day(on)}
            self._refuse(pick, _("No unit has the code %(code)s on %(on)s.") % said)

    def _refuse(self, pick: Pick, sentence: Any) -> None:
        wrong: dict[str, list[str]] = getattr(self, "_wrong", {})
        wrong.setdefault(pick.name, []).append(str(sentence))
        self._wrong = wrong
        self.add_error(None, forms.ValidationError(sentence, code=pick.name))


class MoveForm(ChangeForm):
    """Units come under another one."""

    change = Change.MOVE
    picks = (UNITS, INTO)


class MergeForm(ChangeForm):
    """Units end; all they had goes to another one."""

    change = Change.MERGE
    picks = (OFFICES, INTO)


class SplitForm(ChangeForm):
    """A unit ends; what stands under it is divided."""

    change = Change.SPLIT
    picks = (UNIT, HEIRS, REGISTERS)


class CloseForm(ChangeForm):
    """Units under which nothing stands end."""

    change = Change.CLOSE
    picks = (OFFICES, INTO, REGISTERS)


class AddForm(ChangeForm):
    """A new office."""

    change = Change.ADD
    picks = (Pick("into", _("Unit above")), AREA)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    name = LineField(label=_("Name"), max_length=200)
    short_name = LineField(label=_("Short name"), max_length=80)
    code = LineField(label=_("Code"), max_length=35)
    field_order = ("kind", "name", "short_name", "code", "on", "decision", "signed_on")


class RenameForm(ChangeForm):
    """Another name, or another kind of unit, from a day on."""

    change = Change.RENAME
    picks = (UNIT,)
    name = LineField(label=_("New name of the unit"), max_length=200)
    short_name = LineField(label=_("New short name"), max_length=80)
    kind = forms.ChoiceField(
        label=_("New kind"), choices=[("", _("As it is")), *KINDS], required=False
    )
    field_order = ("name", "short_name", "kind", "on", "decision", "signed_on")


FORMS: dict[str, type[ChangeForm]] = {
    form.change: form for form in (AddForm, RenameForm, MoveForm, MergeForm, SplitForm, CloseForm)
}

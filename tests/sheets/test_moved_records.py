"""A record that somebody edits between the check and the writing is shown, and not overwritten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast, actor_of
from tests.factories import NOW, TODAY, make_province
from tests.sheets import test_classes_list, test_schools_list, test_staff_list
from tests.sheets.loading import fresh, row, run_jobs

from khuevan.kernel.actor import Actor
from khuevan.platform.access.api import operator_actor
from khuevan.platform.sheets import actions
from khuevan.platform.sheets.errors import RecordsMoved
from khuevan.platform.sheets.models import ImportState, SheetImport
from khuevan.registry.schools.actions import (
    ClassDetails,
    RegisterCorrection,
    correct_register,
    edit_class,
)
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.staff.actions import correct_identity, identity_of
from khuevan.registry.staff.models import StaffMember

WHY = "a test looks"
Cells = dict[str, str]


@dataclass(frozen=True)
class Kind:
    """A list, what it changes, how somebody else changes the same, and what stands there then."""

    code: str
    first: Cells
    changed: Cells
    field: str
    edit: Callable[[Actor], None]
    stands: Callable[[], str]


def the_class() -> HomeroomClass:
    return HomeroomClass.objects.unscoped(because=WHY).get(name="6C")


def the_member() -> StaffMember:
    rows = StaffMember.objects.unscoped(because=WHY).select_related("person")
    return rows.get(moet_code=test_staff_list.ROW["Mã định danh Bộ GD&ĐT"])


def the_school() -> School:
    return School.objects.unscoped(because=WHY).get(code=test_schools_list.ROW["Mã trường"])


def edit_the_class(actor: Actor) -> None:
    details = ClassDetails(session="MORNING", sessions_a_week=6)
    edit_class(actor=actor, uuid=the_class().uuid, name="6C", details=details, now=NOW)


def edit_the_member(actor: Actor) -> None:
    member = the_member()
    told = {**vars_of(identity_of(member)), "phone": "0900000009"}
    correct_identity(
        actor=actor,
        member_uuid=member.uuid,
        version=member.person.version,
        told=type(identity_of(member))(**told),
        now=NOW,
    )


def vars_of(identity: Any) -> dict[str, Any]:
    return {name: getattr(identity, name) for name in identity.__dataclass_fields__}


def edit_the_school(actor: Actor) -> None:
    told = RegisterCorrection(the_school().pk, {"phone": "02390000009"})
    correct_register(actor=actor, corrections=[told], now=NOW)


KINDS = {
    "classes": Kind(
        "schools.classes",
        test_classes_list.ROW,
        {**test_classes_list.ROW, "Số buổi/tuần": "8"},
        "sessions_a_week",
        edit_the_class,
        lambda: str(the_class().sessions_a_week),
    ),
    "staff": Kind(
        "staff.ministry_list",
        test_staff_list.ROW,
        {**test_staff_list.ROW, "Điện thoại": "0987654321"},
        "phone",
        edit_the_member,
        lambda: the_member().person.phone,
    ),
    "schools": Kind(
        "schools.register",
        test_schools_list.ROW,
        {**test_schools_list.ROW, "Điện thoại": "0239 3855 999"},
        "phone",
        edit_the_school,
        lambda: the_school().phone,
    ),
}


def uploaded(kind: Kind, unit_id: int, actor: Actor, rows: Sequence[Cells]) -> SheetImport:
    lines = [list(rows[0]), *(list(one.values()) for one in rows)]
    content = "\n".join(";".join(line) for line in lines).encode()
    (found,) = actions.upload_sheets(
        actor=actor,
        kind=kind.code,
        unit_id=unit_id,
        upload=SimpleUploadedFile("list.csv", content),
        now=NOW,
    )
    return found


def written(kind: Kind, unit_id: int, actor: Actor) -> None:
    one = uploaded(kind, unit_id, actor, [kind.first])
    assert one.count("NEW") == 1, row(one, 2).faults
    actions.write_import(
        actor=actor, uuid=one.uuid, takes_good_rows=False, now=NOW, progress=lambda _d, _t: None
    )


@pytest.mark.parametrize("name", KINDS)
def test_what_somebody_edits_before_the_confirmation_is_shown(name: str, cast: Cast) -> None:
    kind = KINDS[name]
    actor: Actor = operator_actor(on=TODAY, login="tests")
    unit_id = make_province().pk if name == "schools" else cast.school_a.pk
    written(kind, unit_id, actor)
    found = uploaded(kind, unit_id, actor, [kind.changed])
    assert found.count("CHANGED") == 1
    new = row(found, 2).changes[kind.field][1]
    kind.edit(actor)
    edited = kind.stands()
    given: dict[str, Any] = {"actor": actor, "uuid": found.uuid, "now": NOW}
    with pytest.raises(RecordsMoved):
        actions.confirm_import(**given, takes_good_rows=False)
    assert kind.stands() == edited
    again = actions.recheck(**given)
    assert row(again, 2).is_moved
    assert row(again, 2).changes[kind.field] == [edited, new]


@pytest.mark.parametrize("name", [name for name in KINDS if name != "schools"])
def test_what_somebody_edits_before_the_writing_is_shown(name: str, cast: Cast) -> None:
    kind, actor = KINDS[name], actor_of(cast.loan)
    written(kind, cast.school_a.pk, actor)
    found = uploaded(kind, cast.school_a.pk, actor, [kind.changed])
    actions.confirm_import(actor=actor, uuid=found.uuid, takes_good_rows=False, now=NOW)
    kind.edit(actor_of(cast.hung))
    edited = kind.stands()
    assert run_jobs() == ["FAILED"]
    assert (kind.stands(), fresh(found).state) == (edited, ImportState.CHECKED)
    assert fresh(found).count("MOVED") == 1

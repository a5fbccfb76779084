"""The real lists of lessons of a school of 39 classes, into a school made for them."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    YEAR_ENDS,
    YEAR_STARTS,
    make_grade,
    make_province,
    make_school,
    make_year,
)
from tests.sheets.rows import counts, load, reasons

from khuevan.platform.access.api import operator_actor
from khuevan.platform.sheets.actions import match_names, upload_sheets
from khuevan.platform.sheets.models import Outcome
from khuevan.registry.curriculum.models import ClassSubject
from khuevan.registry.curriculum.selectors.plans import class_plans
from khuevan.registry.people.api import NewPerson
from khuevan.registry.schools.api import ClassDetails, NewRoom, School, Session, open_classes
from khuevan.registry.staff.actions.bulk import NewStaff, bulk_appoint
from khuevan.registry.staff.api import StaffMember

ROOT = Path(__file__).parents[2]
LISTS = Path(os.environ.get("KHUEVAN_SHARED", ROOT.parent / "shared")) / (
    "data/timetable/assignments"
)
FLAT = LISTS / "thpt_chuyen_39_assignments.csv"
VNEDU = LISTS / "thpt_chuyen_39_vnedu_template.xlsx"
pytestmark = pytest.mark.shared


def told() -> list[dict[str, str]]:
    with FLAT.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def made(rooms: dict[str, str], teachers: list[str]) -> School:
    """Make a school with classes by name and grade, and teachers by their codes."""
    school = make_school(
        "Trường THPT Chuyên Lam Sơn",
        commune=make_province(),
        levels=("THPT",),
        school_type="UPPER_SECONDARY",
    )
    details = ClassDetails(session=Session.MORNING)
    new = [NewRoom(make_grade(grade), name, details) for name, grade in rooms.items()]
    open_classes(actor=EVERYTHING, school_id=school.pk, academic_year=make_year(), new=new, now=NOW)
    staff = [
        NewStaff(
            person=NewPerson("Nguyễn", "Thị", f"Lan {place}", "FEMALE", 1985),
            moet_code=code,
            unit_id=school.pk,
            position="TEACHER",
            starts_on=YEAR_STARTS,
        )
        for place, code in enumerate(teachers)
    ]
    bulk_appoint(actor=EVERYTHING, staff=staff, year=(YEAR_STARTS, YEAR_ENDS), now=NOW)
    return school


def chuyen() -> School:
    rows = told()
    rooms = {row["class"]: row["class"][:2] for row in rows}
    return made(rooms, sorted({row["teacher"] for row in rows}))


def given(school: School) -> dict[tuple[str, str], int]:
    """Return the periods of the first term by teacher and class."""
    found: defaultdict[tuple[str, str], int] = defaultdict(int)
    for plan in class_plans(actor=EVERYTHING, school=school, year=make_year(), on=TODAY):
        for subject in plan.subjects:
            for giver in subject.givers:
                found[giver.teaching.staff_member.moet_code or "", plan.room.name] += giver.weeks[0]
    return dict(found)


def asked() -> dict[tuple[str, str], int]:
    found: defaultdict[tuple[str, str], int] = defaultdict(int)
    for row in told():
        found[row["teacher"], row["class"]] += int(row["periods_per_week"])
    return dict(found)


def test_the_flat_list_becomes_lessons_and_again_nothing_changes(cast: Cast) -> None:
    school = chuyen()
    words = (str(FLAT), "--school", school.code)
    with CaptureQueriesContext(connection) as queries:
        answer = load("assignments", *words)
    assert reasons(answer) == []
    warned = {(one["row"], one["code"]) for one in answer.data["warnings"]}
    assert (361, "curriculum.same_as_row") in warned  # 10T2 twice, and 10T3 never
    assert counts(answer) == (393, 0, 0, 0)
    assert given(school) == asked()
    assert sum(given(school).values()) == 1144
    assert len(queries) < 90
    planned = ClassSubject.objects.unscoped(because="a test").filter(school=school)
    assert planned.get(homeroom_class__name="10T1", subject_name="Toán").annual == 4 * 35
    assert counts(load("assignments", *words)) == (0, 0, 393, 0)


def test_the_workbook_becomes_the_same_lessons(cast: Cast) -> None:
    school = chuyen()
    words = (str(VNEDU), "--school", school.code)
    answer = load("assignments", *words)
    assert reasons(answer) == []
    assert counts(answer) == (115, 0, 0, 0)
    assert given(school) == asked()
    assert counts(load("assignments", *words)) == (0, 0, 115, 0)
    assert counts(load("assignments", str(FLAT), "--school", school.code)) == (0, 0, 393, 0)


def test_classes_called_as_in_vnedu_are_found_by_the_list_beside(cast: Cast) -> None:
    names = {row["class"]: row["class"][:2] for row in told()}
    ours = {name.replace("AV", " ANH ") if "AV" in name else name: by for name, by in names.items()}
    school = made(ours, sorted({row["teacher"] for row in told()}))
    assert counts(load("assignments", str(VNEDU), "--school", school.code)) == (115, 0, 0, 0)


def test_the_workbook_in_which_no_name_matches_goes_all_the_way(cast: Cast) -> None:
    codes = sorted({row["teacher"] for row in told()})
    names = sorted({row["class"] for row in told()})
    ours = {f"{name[:2]}C{place}": name[:2] for place, name in enumerate(names)}
    school = made(ours, [f"42{place:08d}" for place, _code in enumerate(codes)])
    actor = operator_actor(on=TODAY, login="tests")
    content = VNEDU.read_bytes()
    (one,) = upload_sheets(
        actor=EVERYTHING,
        kind="curriculum.assignments",
        unit_id=school.pk,
        upload=SimpleUploadedFile("pccm.xlsx", content),
        now=NOW,
    )
    assert one.count(Outcome.REFUSED) == 115
    members = StaffMember.objects.unscoped(because="a test").filter(appointments__unit_id=school.pk)
    chosen = {
        ("teacher", code): str(member.uuid)
        for code, member in zip(codes, members.order_by("moet_code"), strict=True)
    }
    chosen |= {("class", name): our for name, our in zip(names, ours, strict=True)}
    match_names(actor=EVERYTHING, uuid=one.uuid, chosen=chosen, now=NOW)
    one.refresh_from_db()
    assert (one.count(Outcome.NEW), one.count(Outcome.REFUSED)) == (115, 0)
    answer = load("assignments", str(VNEDU), "--school", school.code, actor=actor)
    assert counts(answer) == (115, 0, 0, 0)
    assert sum(given(school).values()) == 1144

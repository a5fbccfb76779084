"""What each POST of the matrix is sent, how it is answered, and which table differs afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from khuevan.exchange.api.models import ApiToken
from khuevan.platform.access.api import Grant, Role
from khuevan.platform.access.models import Delegation, ResetRequest, SupportSession
from khuevan.platform.access.selectors import delegable_grants
from khuevan.platform.accounts.api import Person, User
from khuevan.platform.audit.api import AuditEntry, RecordView
from khuevan.platform.jobs.api import Job
from khuevan.platform.notifications.models import Notification
from khuevan.platform.sheets.models import PackageLoad, SheetImport
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.api import ClassPlacement, Enrollment, Student
from khuevan.registry.students.models import FamilyConsent
from tests.cast import actor_of
from tests.factories import TODAY
from tests.sheets.oneroster import Roster
from tests.walls.apps import gathered
from tests.walls.shapes import DAY, LAST_DAY, REASON, Deed
from tests.walls.world import LIST, World


def _full_name(full_name: str) -> dict[str, Any]:
    return {"full_name": full_name, "sex": "FEMALE", "birth_date": "04/03/2015"}


def _delegated(world: World) -> dict[str, Any]:
    """Return what Mr Hùng sends to let Ms Loan act for him."""
    own = delegable_grants(actor=actor_of(world.cast.hung))
    return {
        "kind": "ABSENCE",
        "grants": [grant.pk for grant in own],
        "to_username": world.clerk_user.username,
        "starts_on": DAY,
        "last_day": LAST_DAY,
        **REASON,
    }


def _matched(world: World) -> dict[str, Any]:
    """Return the columns as they were recognized."""
    return {f"column_{one['index']}": one["field"] for one in world.sheet_import.columns}


def _corrected(world: World) -> dict[str, Any]:
    """Return a record with another phone, on the version that was read."""
    person = world.cast.minh_anh.person
    return {
        "full_name": person.full_name,
        "sex": person.sex,
        "phone": "0912000111",
        "version": person.version,
    }


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("lop-6A.csv", LIST.encode())


def _package(code: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("roster.zip", Roster(code).content())


DEEDS: dict[str, Deed] = {
    # --- everybody's own
    "access:end_device": Deed(AuditEntry),
    "access:end_other_devices": Deed(AuditEntry, by=lambda w: w.cast.loan),
    "notifications:read_all": Deed(Notification, by=lambda w: w.cast.loan),
    "notifications:open": Deed(Notification),
    "jobs:stop": Deed(Job),
    # --- accounts and roles
    "access:new_account": Deed(User, lambda _w: {"username": "moi.nguyen"}, 200),
    "access:reset_password": Deed(User, status=200),
    "access:ask_reset": Deed(ResetRequest, lambda _w: REASON, by=lambda w: w.cast.loan),
    "access:confirm_reset": Deed(ResetRequest),
    "access:decline_reset": Deed(ResetRequest, lambda _w: REASON),
    "access:collect_reset": Deed(ResetRequest, status=200),
    "access:deactivate": Deed(User, lambda _w: REASON),
    "access:reactivate": Deed(User),
    "access:remove_second": Deed(AuditEntry, lambda _w: REASON),
    "access:give_grant": Deed(
        Grant, lambda _w: {"role": "matrix-grant", "starts_on": DAY, **REASON}
    ),
    "access:end_grant": Deed(Grant, lambda _w: REASON),
    "access:new_role": Deed(Role, lambda _w: {"name": "Trợ lí", "hat": "clerk", **REASON}),
    "access:change_role": Deed(Role, lambda _w: {"area-schools": "none", **REASON}),
    "access:delegate": Deed(Delegation, _delegated, by=lambda w: w.cast.hung),
    "access:end_delegation": Deed(Delegation),
    "access:open_support": Deed(
        SupportSession,
        lambda w: {"unit": w.cast.school_a.code, "minutes": 30, **REASON},
    ),
    "access:close_support": Deed(SupportSession),
    # --- import wizard
    "sheets:upload": Deed(SheetImport, lambda _w: {"file": _file()}, is_own=True),
    "sheets:package": Deed(
        PackageLoad, lambda w: {"file": _package(w.cast.school_a.code)}, is_own=True
    ),
    "sheets:out": Deed(
        AuditEntry, lambda _w: {"purpose": "REPORT", "kind": "csv"}, 200, is_own=True
    ),
    "sheets:match": Deed(SheetImport, _matched),
    "sheets:fix": Deed(SheetImport, lambda _w: {"value": "31/01/2015"}),
    "sheets:leave_out": Deed(SheetImport),
    "sheets:take_back": Deed(SheetImport),
    "sheets:remedy": Deed(SheetImport),
    "sheets:recheck": Deed(SheetImport),
    "sheets:confirm": Deed(SheetImport, lambda _w: {"takes_good_rows": "on"}),
    "sheets:undo": Deed(SheetImport),
    "sheets:reopen": Deed(SheetImport),
    "sheets:drop": Deed(SheetImport),
    # --- classes and pupils
    "students:class_open": Deed(
        HomeroomClass,
        lambda w: {
            "grade_level": w.cast.class_6a.grade_level_id,
            "name": "6K",
            "session": "MORNING",
        },
    ),
    "students:new": Deed(
        Student,
        lambda _w: {
            **_full_name("Võ Thị Mới"),
            "key": UUID(int=1),
            "starts_on": DAY,
            "entry_kind": "TRANSFERRED_IN",
        },
    ),
    "students:edit": Deed(Person, _corrected),
    "students:leave": Deed(Enrollment, lambda _w: {"exit_kind": "DROPPED", "on": DAY}),
    "students:undo_leave": Deed(Enrollment),
    "students:move": Deed(
        ClassPlacement,
        lambda w: {
            "student": w.cast.minh_anh.uuid,
            "class_uuid": w.cast.class_6b.uuid,
            "on": DAY,
        },
    ),
    "students:undo_move": Deed(ClassPlacement),
    "students:sensitive": Deed(RecordView, status=200),
    "staff:export": Deed(
        AuditEntry, lambda _w: {"purpose": "REPORT", "kind": "csv"}, status=200, is_own=True
    ),
    "students:export": Deed(
        AuditEntry, lambda _w: {"purpose": "EXAM", "kind": "xlsx"}, 200, is_own=True
    ),
    # --- families
    "family:consent": Deed(FamilyConsent, lambda _w: {"reads": "on"}, is_own=True),
    "family:child_file": Deed(AuditEntry, status=200),
    "family:child_number": Deed(RecordView, status=200),
    # --- programs
    "rest:tokens": Deed(
        ApiToken,
        lambda _w: {"name": "Máy phòng", "days": 30, "permissions": ["schools.school:view"]},
        is_own=True,
    ),
    "rest:revoke": Deed(ApiToken),
    "POST /api/v1/students": Deed(
        Student,
        lambda w: {
            **_full_name("Võ Thị Mới"),
            "birth_date": "2015-03-04",
            "school": w.cast.school_a.code,
            "starts_on": TODAY.isoformat(),
        },
        200,
    ),
    "POST /api/v1/students/<uuid>/sensitive": Deed(RecordView, status=200),
    "POST /api/v1/students/<uuid>/corrections": Deed(
        Person,
        lambda w: {"version": w.cast.minh_anh.person.version, "phone": "0912000111"},
        200,
    ),
    "POST /api/v1/classes/<uuid>/placements": Deed(
        ClassPlacement,
        lambda w: {"students": [str(w.cast.minh_anh.uuid)], "on": TODAY.isoformat()},
        200,
    ),
    "POST /api/v1/schools/<code>/placements/<request_id>/undo": Deed(ClassPlacement, status=200),
    "POST /api/v1/students/<uuid>/placements": Deed(
        ClassPlacement,
        lambda w: {"class_uuid": str(w.cast.class_6b.uuid), "on": TODAY.isoformat()},
        200,
    ),
    "POST /api/v1/imports/<kind>": Deed(
        SheetImport, lambda w: {"school": w.cast.school_a.code, "file": _file()}, 201
    ),
    "POST /api/v1/imports/<uuidstr:uuid>/confirm": Deed(
        SheetImport, lambda _w: {"takes_good_rows": True}, 202
    ),
    "POST /api/v1/imports/<uuidstr:uuid>/undo": Deed(SheetImport, status=202),
    "POST /api/v1/packages/<kind>": Deed(
        PackageLoad,
        lambda w: {"school": w.cast.school_a.code, "file": _package(w.cast.school_a.code)},
        202,
    ),
    "POST /api/v1/packages/<uuidstr:uuid>/apply": Deed(
        PackageLoad, lambda _w: {"takes_good_rows": True}, 202
    ),
    "POST /api/v1/exports/<kind>": Deed(
        AuditEntry, lambda w: {"unit": w.cast.school_a.code, "purpose": "REPORT"}, 200
    ),
    "POST /api/v1/grants": Deed(
        Grant,
        lambda w: {
            "person": str(w.cast.loan.uuid),
            "role": "school_staff",
            "unit_code": w.cast.school_a.code,
            "starts_on": TODAY.isoformat(),
            "reason": "Bổ sung",
        },
        201,
        by=lambda w: w.cast.hung,
    ),
    "POST /api/v1/grants/<uuid>/end": Deed(Grant, lambda _w: REASON, 200),
}

DEEDS |= gathered("DEEDS")

IN_THE_SESSION = {
    "access:hat",
    "access:send_kept",
    "access:drop_kept",
    "students:purpose",
    "transfers:purpose",
    "transfers:staff_purpose",
}
"""POSTs that change nothing but the caller's own session; tested where they are written."""


def rows_of(table: type[models.Model]) -> list[dict[str, Any]]:
    """Return everything in a table."""
    return list(table._base_manager.order_by("pk").values())

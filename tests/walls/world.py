"""The world of the route matrix: the cast, one of everything a route can name, and four callers.

The callers hold synthetic roles, so that exactly one thing differs between them: where they stand
and whether they hold the route's permission.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from khuevan.exchange.api.models import ApiToken
from khuevan.kernel import clock
from khuevan.kernel.actor import permissions
from khuevan.platform.access.actions import ask_for_reset, confirm_reset
from khuevan.platform.access.api import Grant, GrantSource, Role
from khuevan.platform.access.models import (
    Delegation,
    DelegationKind,
    Device,
    ResetRequest,
    SupportSession,
)
from khuevan.platform.accounts.api import Person, User
from khuevan.platform.audit.api import AuditEntry, batch
from khuevan.platform.files.api import StoredFile
from khuevan.platform.jobs.api import Job
from khuevan.platform.notifications.kinds import kinds as notification_kinds
from khuevan.platform.notifications.models import Notification
from khuevan.platform.organizations.api import OrgUnit
from khuevan.platform.sheets.actions import leave_out, upload_sheets, write_import
from khuevan.platform.sheets.models import SheetImport
from khuevan.registry.students.api import Enrollment, Student, end_enrollment, place_students
from tests.cast import Cast, Client, actor_of, make_cast
from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    UNITS_START,
    make_grant,
    make_person,
    make_province,
    make_staff,
    make_student,
    make_user,
)

SECRETS = ("Minh Anh", "Khánh An", "042315000482", "Bùi Quốc Bảo", "Trịnh Thu Hường", "Vũ Gia Bảo")
"""What only those who may see school A may be sent."""

LIST = "STT,Họ tên,Ngày sinh,Lớp\n1,Vũ Gia Bảo,02/06/2015,6A\n2,Hà Minh Đức,31/02/2015,6A\n"


@dataclass
class World:
    """One of everything."""

    cast: Cast
    _made: dict[Callable[[World], Any], Any] = field(default_factory=dict)

    def once(self, make: Callable[[World], Any]) -> Any:
        """Return what an app's module makes for its rows: made when first asked for, then kept."""
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]

    def caller(self, codes: Iterable[str], *, at: OrgUnit | None = None) -> Client:
        """Return a client signed in as somebody who holds exactly these permissions on a unit."""
        return Client().sign_in(self.person(codes, at=at))

    def person(self, codes: Iterable[str], *, at: OrgUnit | None = None) -> Person:
        """Make somebody who holds exactly these permissions on a unit."""
        unit = at or self.cast.school_a.unit
        role = Role.objects.create(
            code=f"matrix-{Role.objects.count()}",
            name="Matrix",
            hat="clerk",
            permissions=sorted(codes),
            gives=["matrix-grant"],
        )
        person = make_person("Đỗ Văn Kiểm")
        Grant.objects.create(
            person=person,
            role=role,
            anchor_unit=unit,
            home_unit=unit,
            starts_on=UNITS_START,
            source=GrantSource.MANUAL,
        )
        return person

    @cached_property
    def everything(self) -> set[str]:
        """Return all permission codes."""
        return {permission.code for permission in permissions}

    @cached_property
    def province(self) -> OrgUnit:
        """Return the province."""
        return make_province()

    @cached_property
    def clerk_user(self) -> User:
        """Return Ms Loan's account at school A."""
        return make_user(self.cast.loan, "loan")

    @cached_property
    def new_colleague(self) -> Person:
        """Return somebody at school A who has no account yet."""
        return self.person({"schools.school:view"})

    @cached_property
    def small_user(self) -> User:
        """Return the account of somebody who may do nothing at school A but see it."""
        person = self.person({"schools.school:view"})
        return make_user(person, "small")

    @cached_property
    def idle_user(self) -> User:
        """Return an account like that one, switched off."""
        user = make_user(self.person({"schools.school:view"}), "idle")
        User.objects.for_sign_in().filter(pk=user.pk).update(is_active=False)
        return user

    @cached_property
    def deputy_user(self) -> User:
        """Return the account of the vice principal, whose password the clerk only asks for."""
        member = make_staff("Ngô Thị Phó", school=self.cast.school_a, position="VICE_PRINCIPAL")
        return make_user(member.person, "pho")

    @cached_property
    def left(self) -> Enrollment:
        """Return the time at school A of a pupil who left it today."""
        student = make_student("Ngô Đình Rời", homeroom_class=self.cast.class_6b)
        return end_enrollment(
            actor=EVERYTHING, uuid=student.uuid, exit_kind="ABROAD", on=TODAY, now=NOW
        )

    @cached_property
    def adult(self) -> Student:
        """Return a pupil of 18 at school A."""
        return make_student(
            "Lý Thị Lớn", homeroom_class=self.cast.class_6b, birth_date=date(2008, 1, 5)
        )

    @cached_property
    def move(self) -> UUID:
        """Return the request in which Ms Loan moved a pupil from 6B to 7A."""
        student = make_student("Cao Thị Chuyển", homeroom_class=self.cast.class_6b)
        with batch() as number:
            place_students(
                actor=actor_of(self.cast.loan),
                classes={student.uuid: self.cast.class_7a},
                on=TODAY,
                now=clock.now(),
            )
        return number

    @cached_property
    def office(self) -> Person:
        """Return the clerk of the primary school, where a pupil of 6A has a brother."""
        person = make_staff("Đặng Thị Thư", school=self.cast.primary, position="CLERK").person
        make_user(person, "thu")
        return person

    @cached_property
    def reset_request(self) -> ResetRequest:
        """Return that office's request for the mother's password, which school A may confirm."""
        make_user(self.cast.hung, "hung")
        return ask_for_reset(
            actor=actor_of(self.office),
            user=make_user(self.cast.huong, "huong"),
            reason="Chị Hường quên mật khẩu",
            now=clock.now(),
        )

    @cached_property
    def confirmed_request(self) -> ResetRequest:
        """Return Ms Loan's request for the principal's password, which the officer confirmed."""
        make_user(self.cast.hoa, "hoa")
        asked = ask_for_reset(
            actor=actor_of(self.clerk_user.person),
            user=make_user(self.cast.hung, "hung"),
            reason="Thầy Hùng quên mật khẩu",
            now=clock.now(),
        )
        return confirm_reset(actor=actor_of(self.cast.hoa), request=asked, now=clock.now())

    @cached_property
    def device(self) -> Device:
        """Return a browser in which Ms Loan is signed in."""
        session = Client().sign_in(self.clerk_user.person).session
        rows = Device.objects.unscoped(because="a test names it")
        return rows.get(session_key=session.session_key)

    @cached_property
    def sheet_import(self) -> SheetImport:
        """Return a checked list of school A with one fault."""
        return self._upload(LIST)

    @cached_property
    def second_list(self) -> SheetImport:
        """Return a list with a class that school A has not got, and its last row left out."""
        taken_in = self._upload(LIST.replace("2015,6A", "2015,6Z"))
        return leave_out(
            actor=actor_of(self.cast.loan), uuid=taken_in.uuid, number=3, is_left_out=True, now=NOW
        )

    @cached_property
    def written_list(self) -> SheetImport:
        """Return a list of which the good row was written and the faulty one was not."""
        taken_in = self._upload(LIST.replace("Vũ Gia Bảo", "Tạ Văn Ghi"))
        return write_import(
            actor=actor_of(self.cast.loan),
            uuid=taken_in.uuid,
            takes_good_rows=True,
            now=NOW,
            progress=lambda _done, _total: None,
        )

    def _upload(self, text: str) -> SheetImport:
        (taken_in,) = upload_sheets(
            actor=actor_of(self.cast.loan),
            kind="students.list",
            unit_id=self.cast.school_a.pk,
            upload=SimpleUploadedFile("lop-6A.csv", text.encode()),
            now=NOW,
        )
        return taken_in

    @cached_property
    def grant(self) -> Grant:
        """Return a grant given by hand at school A."""
        person = self.person({"schools.school:view"})
        grant = Grant.objects.unscoped(because="a test names it").get(person=person)
        Role.objects.filter(pk=grant.role_id).update(code="matrix-grant")
        return grant

    @cached_property
    def notification(self) -> Notification:
        """Return a line in Ms Loan's inbox."""
        kind = next(iter(notification_kinds)).code
        return Notification.objects.create(
            person=self.cast.loan, kind=kind, params={}, created_at=NOW
        )

    @cached_property
    def job(self) -> Job:
        """Return a piece of Ms Loan's background work."""
        return Job.objects.create(
            kind="sheets.apply",
            title_params={"name": "Phạm Minh Anh.xlsx"},
            owner=self.cast.loan,
            owner_label="Phan Thị Loan",
            unit=self.cast.school_a.unit,
            created_at=NOW,
        )

    @cached_property
    def file(self) -> StoredFile:
        """Return the file of the list, which is Ms Loan's."""
        file = self.sheet_import.file
        assert file is not None
        return file

    @cached_property
    def delegation(self) -> Delegation:
        """Return a delegation from Mr Hùng to Ms Loan."""
        return Delegation.objects.create(
            kind=DelegationKind.ABSENCE,
            unit=self.cast.school_a.unit,
            from_person=self.cast.hung,
            to_person=self.cast.loan,
            reason="Đi công tác",
            starts_on=TODAY,
            ends_on=TODAY + timedelta(days=7),
        )

    @cached_property
    def engineer(self) -> Person:
        """Return a support engineer."""
        person = make_person("Phạm Anh Duy")
        make_grant(person, "support_engineer")
        return person

    @cached_property
    def support_session(self) -> SupportSession:
        """Return the engineer's open session at school A."""
        return SupportSession.objects.create(
            person=self.engineer,
            unit=self.cast.school_a.unit,
            reason="Không mở được danh sách",
            opened_at=clock.now(),
            expires_at=clock.now() + timedelta(hours=2),
        )

    @cached_property
    def token(self) -> ApiToken:
        """Return a token by which a program may act as Ms Loan."""
        return ApiToken.objects.create(
            person=self.cast.loan,
            name="Báo cáo",
            beginning="kv_test",
            secret_hash="0" * 64,
            hat_key=f"clerk-{self.cast.school_a.pk}",
            hat_label="Văn thư",
            permissions=["students.student:view"],
            created_at=NOW,
            expires_at=NOW + timedelta(days=30),
        )

    @cached_property
    def audit_entry(self) -> AuditEntry:
        """Return an entry of the log about school A."""
        entries = AuditEntry.objects.unscoped(because="a test names it")
        found = entries.filter(unit_id=self.cast.school_a.pk).order_by("pk").first()
        assert found is not None
        return found


_worlds: list[World] = []


def make_world() -> World:
    """Make the world of the matrix, with one of everything."""
    world = World(make_cast())
    _worlds.append(world)
    for name, value in vars(World).items():
        if isinstance(value, cached_property):
            getattr(world, name)
    return world


@contextmanager
def undone() -> Iterator[None]:
    """Undo what one caller did, so that the next finds the same world."""
    kept = [(world, dict(world._made)) for world in _worlds]
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)
        for world, made in kept:
            world._made = made  # what was made inside is gone with the rest


def uuid_of(thing: Any) -> dict[str, Any]:
    """Return the arguments of a route that names a thing by its uuid."""
    return {"uuid": thing.uuid}

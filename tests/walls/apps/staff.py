"""Rows of the matrix for staff: who works where, with which training."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from khuevan.kernel.actor import Actor
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import RecordView
from khuevan.registry.staff import actions
from khuevan.registry.staff.actions import NewMember, Post
from khuevan.registry.staff.models import (
    Appointment,
    ProfessionalTitle,
    Qualification,
    StaffMember,
    StaffSubject,
)
from khuevan.registry.staff.permissions import VIEW_RECORDS
from khuevan.registry.staff.selectors import (
    get_member_for,
)
from tests.factories import EVERYTHING, NOW, TODAY, make_staff
from tests.walls.shapes import DAY, Deed, Sample, code_a
from tests.walls.world import World, uuid_of

RECORD = ("staff.record:view",)

VIEW = ("staff.member:view",)

MANAGE = ("staff.member:manage",)


def member(world: World) -> StaffMember:
    """Make a teacher of school A of the rows' own, with a personal number."""
    found = make_staff("Trương Văn Nghị", school=world.cast.school_a)
    found.person.personal_number = "042080001234"
    found.person.save(update_fields=["personal_number"])
    return found


def _version(world: World) -> int:
    return (
        Person.objects.unscoped(because="a test names it")
        .get(pk=world.once(member).person_id)
        .version
    )


def _identity(world: World) -> dict[str, Any]:
    return {
        "version": _version(world),
        "full_name": "Trương Văn Nghi",
        "sex": "MALE",
        "personal_number": "042081001234",
    }


def appointment(world: World) -> Appointment:
    """Return that teacher's appointment."""
    rows = Appointment.objects.unscoped(because="a test names it")
    return rows.get(staff_member=world.once(member))


def ended(world: World) -> Appointment:
    """Make an appointment at school A that has ended by a deed."""
    found = make_staff("Cao Thị Nghỉ", school=world.cast.school_a)
    row = Appointment.objects.unscoped(because="a test names it").get(staff_member=found)
    return actions.end_appointment(
        actor=EVERYTHING, uuid=row.uuid, kind="RESIGNED", on=TODAY, now=NOW
    )


def subject(world: World) -> StaffSubject:
    """Make a subject of that teacher."""
    return actions.add_subject(
        actor=EVERYTHING,
        member_uuid=world.once(member).uuid,
        subject_name="Tin học",
        tie="TRAINED",
        starts_on=TODAY.replace(year=2020),
        now=NOW,
    )


def qualification(world: World) -> Qualification:
    """Make a certificate of that teacher."""
    return actions.add_qualification(
        actor=EVERYTHING, member_uuid=world.once(member).uuid, kind="LANGUAGE", now=NOW
    )


def of(make: Any) -> Any:
    """Return the arguments of a route on something made once."""
    return lambda world: uuid_of(world.once(make))


ROUTES = {
    "staff:new": Sample(code_a, also=(*MANAGE, *RECORD)),
    "staff:record": Sample(of(member)),
    "staff:number": Sample(of(member)),
    "staff:duties": Sample(of(member)),
    "staff:history": Sample(of(member)),
    "staff:events": Sample(of(member)),
    "staff:views": Sample(of(member), also=RECORD),
    "staff:identity": Sample(of(member), also=RECORD),
    "staff:second": Sample(of(member), also=RECORD, at_province=True),
    "staff:subject": Sample(of(member), also=RECORD),
    "staff:title": Sample(of(member), also=RECORD),
    "staff:qualification": Sample(of(member), also=RECORD),
    "staff:change": Sample(of(appointment), also=(*MANAGE, *RECORD)),
    "staff:end": Sample(of(appointment), also=(*MANAGE, *RECORD)),
    "staff:undo_end": Sample(of(ended), also=(*MANAGE, *RECORD)),
    "staff:end_subject": Sample(of(subject), also=RECORD),
    "staff:withdraw": Sample(of(qualification), also=RECORD),
    "GET /api/v1/staff/<uuid>": Sample(of(member)),
    "POST /api/v1/staff": Sample(also=(*MANAGE, *RECORD)),
    "POST /api/v1/staff/<uuid>/identity": Sample(of(member), also=RECORD),
    "POST /api/v1/staff/<uuid>/second-schools": Sample(of(member), at_province=True),
    "POST /api/v1/appointments/<uuid>/change": Sample(of(appointment), also=(*MANAGE, *RECORD)),
    "POST /api/v1/appointments/<uuid>/end": Sample(of(appointment), also=(*MANAGE, *RECORD)),
    "POST /api/v1/appointments/<uuid>/undo": Sample(of(ended), also=(*MANAGE, *RECORD)),
    "POST /api/v1/staff/<uuid>/subjects": Sample(of(member)),
    "POST /api/v1/staff/<uuid>/titles": Sample(of(member)),
    "POST /api/v1/staff/<uuid>/qualifications": Sample(of(member)),
    "POST /api/v1/staff-subjects/<uuid>/end": Sample(of(subject)),
    "POST /api/v1/qualifications/<uuid>/withdraw": Sample(of(qualification)),
    "POST /api/v1/staff/<uuid>/sensitive": Sample(of(member)),
}

ISO, ISO_LATER = f"{TODAY:%Y-%m-%d}", f"{TODAY + timedelta(days=3):%Y-%m-%d}"

DEEDS = {
    "staff:new": Deed(
        Appointment,
        lambda _w: {
            "key": uuid4(),
            "full_name": "Đinh Thị Mới",
            "birth_date": "04/03/1990",
            "sex": "FEMALE",
            "position": "TEACHER",
            "starts_on": DAY,
        },
    ),
    "staff:number": Deed(RecordView, status=200),
    "staff:identity": Deed(Person, lambda w: {**_identity(w), "birth_date": "05/04/1981"}),
    "staff:second": Deed(
        Appointment,
        lambda w: {
            "school": w.cast.school_b.code,
            "position": "TEACHER",
            "weekly_periods": "6",
            "starts_on": DAY,
            "decision": "12/QĐ-SGDĐT",
            "decided_by": "Giám đốc Sở",
        },
    ),
    "staff:subject": Deed(
        StaffSubject, lambda _w: {"subject_name": "Toán", "tie": "TEACHES", "starts_on": DAY}
    ),
    "staff:title": Deed(ProfessionalTitle, lambda _w: {"code": "V.07.04.32", "starts_on": DAY}),
    "staff:qualification": Deed(Qualification, lambda _w: {"kind": "DEGREE"}),
    "staff:change": Deed(Appointment, lambda _w: {"position": "LIBRARIAN", "starts_on": DAY}),
    "staff:end": Deed(Appointment, lambda _w: {"kind": "RESIGNED", "on": DAY}),
    "staff:undo_end": Deed(Appointment),
    "staff:end_subject": Deed(StaffSubject, lambda _w: {"on": DAY}),
    "staff:withdraw": Deed(Qualification),
    "POST /api/v1/staff": Deed(
        Appointment,
        lambda w: {
            "unit": w.cast.school_a.code,
            "full_name": "Đinh Thị Mới",
            "birth_date": "1990-03-04",
            "sex": "FEMALE",
            "position": "TEACHER",
            "starts_on": ISO,
        },
        200,
    ),
    "POST /api/v1/staff/<uuid>/identity": Deed(
        Person, lambda w: {**_identity(w), "birth_date": "1981-04-05"}, 200
    ),
    "POST /api/v1/staff/<uuid>/second-schools": Deed(
        Appointment,
        lambda w: {
            "school": w.cast.school_b.code,
            "weekly_periods": 6,
            "starts_on": ISO,
            "decision": "12/QĐ-SGDĐT",
            "decided_by": "Giám đốc Sở",
        },
        200,
    ),
    "POST /api/v1/appointments/<uuid>/change": Deed(
        Appointment, lambda _w: {"position": "LIBRARIAN", "starts_on": ISO}, 200
    ),
    "POST /api/v1/appointments/<uuid>/end": Deed(
        Appointment, lambda _w: {"kind": "RESIGNED", "on": ISO}, 200
    ),
    "POST /api/v1/appointments/<uuid>/undo": Deed(Appointment, status=200),
    "POST /api/v1/staff/<uuid>/subjects": Deed(
        StaffSubject,
        lambda _w: {"subject_name": "Toán", "tie": "TEACHES", "starts_on": ISO},
        200,
    ),
    "POST /api/v1/staff/<uuid>/titles": Deed(
        ProfessionalTitle, lambda _w: {"code": "V.07.04.32", "starts_on": ISO}, 200
    ),
    "POST /api/v1/staff-subjects/<uuid>/end": Deed(StaffSubject, lambda _w: {"on": ISO}, 200),
    "POST /api/v1/qualifications/<uuid>/withdraw": Deed(Qualification, status=204),
    "POST /api/v1/staff/<uuid>/sensitive": Deed(RecordView, status=200),
    "POST /api/v1/staff/<uuid>/qualifications": Deed(
        Qualification, lambda _w: {"kind": "DEGREE"}, 200
    ),
}


def _records(world: World, actor: Actor) -> list[StaffMember]:
    rows = StaffMember.objects.visible_to(actor, VIEW_RECORDS)
    return list(rows.filter(pk=world.once(member).pk))


READS = {
    "staff records": _records,
}

ACTS = {
    "open a staff record": lambda w, actor: get_member_for(actor, w.once(member).uuid),
    "take somebody on": lambda w, actor: actions.take_on(
        actor=actor,
        unit_id=w.cast.school_a.pk,
        who=NewMember("Đinh Thị Khác", TODAY.replace(year=1990), "FEMALE"),
        post=Post("TEACHER", TODAY),
        now=NOW,
    ),
    "take many on": lambda w, actor: actions.take_on_all(
        actor=actor,
        unit_id=w.cast.school_a.pk,
        hired=[
            (
                NewMember("Đinh Thị Nữa", TODAY.replace(year=1990), "FEMALE"),
                Post("TEACHER", TODAY),
            )
        ],
        now=NOW,
    ),
    "change a position": lambda w, actor: actions.change_position(
        actor=actor,
        uuid=w.once(appointment).uuid,
        post=Post("LIBRARIAN", TODAY),
        now=NOW,
    ),
    "end a position": lambda w, actor: actions.end_appointment(
        actor=actor, uuid=w.once(appointment).uuid, kind="RESIGNED", on=TODAY, now=NOW
    ),
    "take the end of a position back": lambda w, actor: actions.undo_ending(
        actor=actor, uuid=w.once(ended).uuid, now=NOW
    ),
    "let somebody teach at a second school": lambda w, actor: actions.appoint_second(
        actor=actor,
        member_uuid=w.once(member).uuid,
        school_id=w.cast.school_b.pk,
        post=Post("TEACHER", TODAY, is_primary=False, weekly_periods=4),
        now=NOW,
    ),
    "correct who a staff member is": lambda w, actor: actions.correct_identity(
        actor=actor,
        member_uuid=w.once(member).uuid,
        version=_version(w),
        told=actions.Identity("Trương Văn Nghi", date(1981, 4, 5), "MALE"),
        now=NOW,
    ),
    "show a staff member's number": lambda w, actor: actions.unmask(
        actor=actor, uuid=w.once(member).uuid, now=NOW
    ),
    "add a subject": lambda w, actor: actions.add_subject(
        actor=actor,
        member_uuid=w.once(member).uuid,
        subject_name="Toán",
        tie="TRAINED",
        starts_on=TODAY,
        now=NOW,
    ),
    "end a subject": lambda w, actor: actions.end_subject(
        actor=actor, uuid=w.once(subject).uuid, on=TODAY, now=NOW
    ),
    "set a title": lambda w, actor: actions.give_title(
        actor=actor, member_uuid=w.once(member).uuid, code="V.07.04.31", starts_on=TODAY, now=NOW
    ),
    "add a qualification": lambda w, actor: actions.add_qualification(
        actor=actor, member_uuid=w.once(member).uuid, kind="DEGREE", now=NOW
    ),
    "withdraw a qualification": lambda w, actor: actions.withdraw_qualification(
        actor=actor, uuid=w.once(qualification).uuid, now=NOW
    ),
}

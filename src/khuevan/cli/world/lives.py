"""What makes the pupils of the demo's first school alive: names, codes, families, leaves, ends.

Everything goes through the real actions. Pupils of 6A stay as they are, but for the cast's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageDraw

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.access.api import actor_for_person
from khuevan.platform.accounts.api import Person
from khuevan.platform.areas.api import TWO_LEVELS_SINCE, AreaKind, areas_on, successors_of
from khuevan.registry.people import actions as people
from khuevan.registry.people.api import AddressKind, PersonName, Photo
from khuevan.registry.staff.api import Appointment
from khuevan.registry.students import actions as students
from khuevan.registry.students.api import ClassPlacement, ExitKind, Guardianship, Student

WHY = "the demo's own pupils"
MONTH = timedelta(days=30)
Step = Callable[..., object]


@transaction.atomic
def enliven_people(*, actor: Actor, school_id: int, with_photos: bool, now: datetime) -> None:
    """Let the school's clerk record what happened to its pupils; once.

    Photos are files beside the database: only a world that stays where it was made has them.
    """
    clerk = clerk_of(school_id, actor.today, now)
    if clerk is None:
        return
    seats = ClassPlacement.objects.unscoped(because=WHY).filter(
        in_force(actor.today), school_id=school_id
    )
    listed = seats.select_related("student__person", "homeroom_class").order_by(
        "homeroom_class__name", "sort_key", "pk"
    )
    told = PersonName.objects.unscoped(because=WHY).filter(person__in=seats.values("person_id"))
    if told.exists():
        return
    pupils = [one.student for one in listed if one.homeroom_class.name != "6A"]
    own = [one.student for one in listed if one.homeroom_class.name == "6A"]
    child = _answer_for_child(clerk, own, now)
    if with_photos and child is not None:
        put_picture(actor=clerk, student=child, now=now)
    steps = [one for one in _steps() if with_photos or one is not put_picture]
    for step, student in zip(steps, _apart(pupils), strict=False):
        step(actor=clerk, student=student, now=now)
    _make_alike(clerk, pupils, now)


def clerk_of(school_id: int, on: date, now: datetime) -> Actor | None:
    """Return the clerk of a school, who writes what happened there."""
    rows = Appointment.objects.unscoped(because=WHY).filter(
        in_force(on), unit_id=school_id, position="CLERK"
    )
    found = rows.select_related("person").order_by("pk").first()
    return actor_for_person(found.person, on=on, now=now) if found else None


def _steps() -> tuple[Step, ...]:
    return (
        _rename,
        _keep_temporary_code,
        _replace_temporary_code,
        _contradict,
        _move_house,
        partial(_limit, ended=False),
        partial(_limit, ended=True),
        _end_guardianship,
        partial(_go_on_leave, is_back=False),
        partial(_go_on_leave, is_back=True),
        partial(_leave, kind=ExitKind.ABROAD, reason="Theo bố mẹ ra nước ngoài", to="Nhật Bản"),
        partial(_leave, kind=ExitKind.DECEASED, reason="Bệnh nặng", to=""),
        partial(_leave, kind=ExitKind.ABROAD, reason="Về quê ngoại ở nước ngoài", to="Lào"),
        partial(_leave, kind=ExitKind.DROPPED, reason="Hoàn cảnh gia đình", to=""),
        _come_from_abroad,
        _ail,
        put_picture,
        put_picture,
        put_picture,
    )


def _apart(pupils: Sequence[Student]) -> Iterator[Student]:
    """Yield pupils of several classes: every eleventh of a school of any size."""
    yield from pupils[3::11]


def _answer_for_child(actor: Actor, own: Sequence[Student], now: datetime) -> Student | None:
    """Let the mother of the cast agree to some uses and take one back; return the child."""
    child = next((one for one in own if one.person.full_name == "Phạm Minh Anh"), None)
    if child is None:
        return None
    rows = Guardianship.objects.unscoped(because=WHY).filter(student=child, relation="MOTHER")
    mother = rows.select_related("guardian").order_by("pk")[0].guardian
    speaks = partial(people.answer, uuid=child.person.uuid)
    parent = actor_for_person(mother, on=actor.today, now=now)
    herself = actor_for_person(child.person, on=actor.today, now=now)
    for purpose, is_yes in (("PUBLISH_RESULT", True), ("OUTSIDE_APP", False)):
        speaks(actor=parent, purpose=purpose, is_yes=is_yes, now=now - timedelta(days=40))
    speaks(actor=herself, purpose="PUBLISH_RESULT", is_yes=True, now=now - timedelta(days=39))
    speaks(actor=parent, purpose="CLASS_CAMERA", is_yes=True, now=now - timedelta(days=38))
    people.withdraw(
        actor=parent,
        uuid=child.person.uuid,
        purpose="CLASS_CAMERA",
        now=now - timedelta(days=3),
    )
    return child


def _rename(*, actor: Actor, student: Student, now: datetime) -> None:
    """Let a middle name have been changed by the commune, and several phones be known."""
    person = student.person
    parts = [person.family_name, person.middle_name, "Bảo", person.given_name]
    people.change_name(
        actor=actor,
        uuid=person.uuid,
        version=person.version,
        full_name=" ".join(part for part in parts if part),
        on=actor.today - 2 * MONTH,
        reason="Theo nguyện vọng gia đình",
        decision="15/QĐ-UBND ngày 14/09/2026",
        now=now,
    )
    _set_contacts(actor, person, now)


def _set_contacts(actor: Actor, person: Person, now: datetime) -> None:
    person.refresh_from_db()
    phone = f"095{person.pk % 10_000_000:07d}"
    lines = (
        people.ContactData("MOBILE", phone, "sau 17 giờ"),
        people.ContactData("HOME_PHONE", "02393855" + f"{person.pk % 1000:03d}", "nhà ông bà"),
        people.ContactData("EMAIL", f"giadinh{person.pk}@example.com"),
    )
    people.set_contacts(
        actor=actor, uuid=person.uuid, version=person.version, contacts=lines, now=now
    )


def _keep_temporary_code(*, actor: Actor, student: Student, now: datetime) -> None:
    """Let a pupil have neither number nor ministry code yet."""
    _forget_numbers(actor, student, now)
    people.issue_temporary_code(actor=actor, uuid=student.person.uuid, now=now - MONTH)


def _replace_temporary_code(*, actor: Actor, student: Student, now: datetime) -> None:
    """Let a temporary code have been replaced by the number that came later."""
    number = student.person.personal_number or ""
    _forget_numbers(actor, student, now)
    person = student.person
    people.issue_temporary_code(actor=actor, uuid=person.uuid, now=now - 2 * MONTH)
    person.refresh_from_db()
    people.replace_temporary_code(
        actor=actor,
        uuid=person.uuid,
        version=person.version,
        personal_number=number,
        now=now - MONTH,
    )


def _forget_numbers(actor: Actor, student: Student, now: datetime) -> None:
    changes: dict[str, Any] = {"personal_number": None, "moet_code": None}
    _correct(actor, student, now, changes)


def _contradict(*, actor: Actor, student: Student, now: datetime) -> None:
    """Let a birth date be written a year off, so that the number denies it."""
    born = student.person.birth_date
    if born is not None:
        earlier = born.replace(year=born.year - 1, day=min(born.day, 28))
        _correct(actor, student, now, {"birth_date": earlier})


def _move_house(*, actor: Actor, student: Student, now: datetime) -> None:
    """Let an address be of a commune that was merged, and be carried over."""
    before = TWO_LEVELS_SINCE - timedelta(days=120)
    communes = areas_on(before).filter(kind=AreaKind.COMMUNE, code__startswith="18")
    for former in communes.order_by("code"):
        became = list(successors_of(former.code, on=TWO_LEVELS_SINCE))
        if len(became) == 1 and became[0].code != former.code:
            break
    else:
        return
    held = people.move_address(
        actor=actor,
        uuid=student.person.uuid,
        kind=AddressKind.PERMANENT,
        detail=f"Thôn Đông, {former.full_name}",
        area_code=former.code,
        on=before,
        now=now,
    )
    people.convert_address(actor=actor, uuid=student.person.uuid, address=held.uuid, now=now)


def _limit(*, actor: Actor, student: Student, now: datetime, ended: bool) -> None:
    """Let a guardian be without custody by a court: since last month, or until this morning."""
    row = _guardian(student)
    if row is None:
        return
    students.limit_guardian(
        actor=actor,
        uuid=row.uuid,
        kind="NO_CUSTODY",
        starts_on=actor.today - (6 * MONTH if ended else MONTH),
        ends_on=actor.today if ended else None,
        paper="23/2026/QĐST-HNGĐ",
        now=now,
    )


def _end_guardianship(*, actor: Actor, student: Student, now: datetime) -> None:
    """Let a guardianship have ended this morning."""
    row = _guardian(student)
    if row is not None:
        students.end_guardianship(
            actor=actor,
            uuid=row.uuid,
            on=actor.today,
            reason="Tòa giao quyền nuôi con cho người kia",
            paper="41/2026/QĐST-HNGĐ",
            now=now,
        )


def _guardian(student: Student) -> Guardianship | None:
    """Return the last guardian in the order of contact, where another one stays."""
    rows = Guardianship.objects.unscoped(because=WHY).filter(student=student, ends_on=None)
    listed = list(rows.order_by("contact_order", "pk"))
    return listed[-1] if len(listed) > 1 else None


def _go_on_leave(*, actor: Actor, student: Student, now: datetime, is_back: bool) -> None:
    """Let a pupil be away for a long while; one of them is back."""
    seat = _seat(student, actor.today)
    since = max(seat.starts_on + timedelta(days=20), actor.today - 2 * MONTH)
    if since + timedelta(days=10) >= actor.today:
        return
    made = students.start_break(
        actor=actor,
        uuid=student.uuid,
        on=since,
        reason="Điều trị dài ngày",
        paper="Đơn của gia đình, giấy của bệnh viện tỉnh",
        expected_back_on=None if is_back else actor.today + 2 * MONTH,
        now=now,
    )
    if is_back:
        students.end_break(
            actor=actor,
            uuid=made.uuid,
            on=actor.today - timedelta(days=5),
            homeroom_class=seat.homeroom_class,
            now=now,
        )


def _leave(
    *, actor: Actor, student: Student, now: datetime, kind: str, reason: str, to: str
) -> None:
    """Let a pupil have left the school a while ago."""
    seat = _seat(student, actor.today)
    on = max(seat.starts_on + timedelta(days=3), actor.today - timedelta(days=24))
    if on >= actor.today:
        return
    students.end_enrollment(
        actor=actor,
        uuid=student.uuid,
        exit_kind=kind,
        on=on,
        reason=reason,
        paper="" if kind == ExitKind.DECEASED else "Đơn của gia đình",
        went_to=to,
        now=now,
    )


def _seat(student: Student, on: date) -> ClassPlacement:
    rows = ClassPlacement.objects.unscoped(because=WHY).filter(in_force(on), student=student)
    return rows.select_related("homeroom_class")[0]


def _come_from_abroad(*, actor: Actor, student: Student, now: datetime) -> None:
    """Let a pupil be of another country, known by the passport."""
    person = student.person
    people.set_background(
        actor=actor,
        uuid=person.uuid,
        version=person.version,
        nationality_code="LA",
        religion_code="01",
        now=now,
    )
    people.add_passport(
        actor=actor,
        uuid=person.uuid,
        code=f"PA{person.pk % 1_000_000:07d}",
        country="LA",
        starts_on=actor.today - 12 * MONTH,
        now=now,
    )


def _ail(*, actor: Actor, student: Student, now: datetime) -> None:
    """Let a pupil have a disability with its degree."""
    changes = {"disability_code": "MOBILITY", "disability_degree": "SEVERE"}
    _correct(actor, student, now, changes)


def _make_alike(actor: Actor, pupils: Sequence[Student], now: datetime) -> None:
    """Let two pupils of one family name have the same name and date of birth."""
    seen: dict[tuple[str, str, int | None], Student] = {}
    for student in pupils[1::11]:
        person = student.person
        key = (person.family_name, person.sex, person.birth_year)
        other = seen.setdefault(key, student)
        if other is not student and person.birth_date and other.person.birth_date:
            changes = {
                "full_name": other.person.full_name,
                "birth_date": other.person.birth_date,
            }
            _correct(actor, student, now, changes)
            return


def _correct(actor: Actor, student: Student, now: datetime, changes: dict[str, Any]) -> None:
    student.person.refresh_from_db()
    students.correct_student(
        actor=actor,
        uuid=student.uuid,
        version=student.person.version,
        changes=changes,
        now=now,
    )
    student.person.refresh_from_db()


def put_picture(*, actor: Actor, student: Student, now: datetime) -> Photo:
    """Put a drawn figure where a photo stands: nobody's face."""
    tone = (student.person_id * 37) % 60
    picture = Image.new("RGB", (360, 480), (206 - tone // 3, 216 - tone // 2, 226 - tone // 3))
    draw = ImageDraw.Draw(picture)
    coat, skin, hair = (58, 84, 122 + tone), (226, 190, 160), (44, 38, 36)
    draw.ellipse((40, 330, 320, 640), fill=coat)
    draw.rectangle((150, 260, 210, 350), fill=skin)
    draw.ellipse((95, 80, 265, 250), fill=hair)
    if student.person.sex == "FEMALE":
        draw.rounded_rectangle((92, 160, 268, 370), radius=60, fill=hair)
        draw.rectangle((150, 260, 210, 350), fill=skin)
    draw.ellipse((110, 110, 250, 300), fill=skin)
    file = BytesIO()
    picture.save(file, "PNG")
    upload = SimpleUploadedFile("photo.png", file.getvalue(), content_type="image/png")
    return people.set_photo(actor=actor, uuid=student.person.uuid, upload=upload, now=now)

"""People: the person page, its forms, numbers to check."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from khuevan.platform.accounts.api import Person
from khuevan.platform.areas.api import TWO_LEVELS_SINCE, Area, AreaSuccession
from khuevan.registry.people.actions import (
    ContactData,
    change_name,
    confirm_number,
    convert_address,
    issue_temporary_code,
    move_address,
    record_paper,
    replace_temporary_code,
    set_background,
    set_contacts,
    set_photo,
)
from khuevan.registry.people.api import AddressKind
from khuevan.registry.people.models import (
    Address,
    Consent,
    Contact,
    NumberReview,
    PersonCode,
    PersonName,
    Photo,
)
from khuevan.registry.people.selectors import (
    addresses_of_person,
    codes_of,
    contacts_of,
    doubted,
    former_names_of,
)
from khuevan.registry.people.tests.pictures import small_png
from khuevan.registry.students.api import Student
from tests.factories import EVERYTHING, NOW, TODAY, make_student
from tests.walls.shapes import DAY, Deed, Sample
from tests.walls.world import World, uuid_of


def anh(world: World) -> dict[str, Any]:
    """Return the arguments of a route on the person of a pupil of 6A."""
    return uuid_of(world.cast.minh_anh.person)


def newcomer(world: World) -> Student:
    """Make a pupil of 6B without a number, who has a temporary code."""
    student = make_student("Đinh Thị Mới", homeroom_class=world.cast.class_6b)
    issue_temporary_code(actor=EVERYTHING, uuid=student.person.uuid, now=NOW)
    return student


def nameless(world: World) -> Student:
    """Make a pupil of 6B without a number or a code."""
    return make_student("Đinh Thị Chưa", homeroom_class=world.cast.class_6b)


def doubtful(world: World) -> Student:
    """Make a pupil of 6B whose number says boy while the record says girl."""
    return make_student(
        "Đinh Thị Lệch", homeroom_class=world.cast.class_6b, personal_number="042215000771"
    )


def old_address(world: World) -> Address:
    """Make an address in a commune that ended on 1 July 2025 and went into one other."""
    pairs = AreaSuccession.objects.filter(on=TWO_LEVELS_SINCE).order_by("former_code")
    for pair in pairs:
        if pairs.filter(former_code=pair.former_code).count() == 1:
            break
    area = Area.objects.get(code=pair.former_code, ends_on=TWO_LEVELS_SINCE)
    person = world.cast.minh_anh.person
    return Address.objects.create(
        person=person, kind=AddressKind.HOMETOWN, area=area, detail=f"Thôn 1, {area.full_name}"
    )


def _successor(world: World) -> str:
    area = world.once(old_address).area
    assert area is not None
    return AreaSuccession.objects.get(former_code=area.code, on=TWO_LEVELS_SINCE).code


def _version(person: Person) -> int:
    return Person.objects.unscoped(because="tests").get(pk=person.pk).version


def _number(world: World) -> dict[str, Any]:
    return {"version": _version(world.once(newcomer).person), "personal_number": "042315000999"}


def _name(world: World) -> dict[str, Any]:
    return {
        "version": _version(world.cast.minh_anh.person),
        "full_name": "Trần Minh Anh",
        "reason": "Theo họ mẹ",
    }


def _asked(world: World) -> dict[str, Any]:
    return {**anh(world), "purpose": "PUBLISH_PHOTO"}


def _paper(world: World) -> dict[str, Any]:
    return {"given_by": str(world.cast.huong.uuid), "is_yes": "yes", "paper": "Phiếu 3"}


def _picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("anh.png", small_png(160, 200), "image/png")


def pictured(world: World) -> Person:
    """Make a pupil of 6B with a photo in the record."""
    person = make_student("Đinh Thị Ảnh", homeroom_class=world.cast.class_6b).person
    set_photo(actor=EVERYTHING, uuid=person.uuid, upload=_picture(), now=NOW)
    return person


CONTACT = {"kind": "MOBILE", "value": "0912000333", "note": ""}
MOVE = {"kind": "CURRENT", "detail": "Thôn 9"}
PASSPORT = {"code": "N1234567", "country": "LA"}


def _background(world: World) -> dict[str, Any]:
    return {"version": _version(world.cast.minh_anh.person), "nationality_code": "LA"}


def _contacts(world: World) -> dict[str, Any]:
    lines = {f"{part}_1": value for part, value in CONTACT.items()}
    spare = {"kind_2": "MOBILE", "kind_3": "MOBILE"}
    return {"version": _version(world.cast.minh_anh.person), **lines, **spare}


def _commune_of(world: World) -> str:
    return Area.objects.filter(kind="COMMUNE", ends_on__isnull=True).order_by("code")[0].full_name


def _moved(world: World) -> dict[str, Any]:
    area = Area.objects.filter(kind="COMMUNE", ends_on__isnull=True).order_by("code")[0]
    return {**MOVE, "commune": area.full_name, "area_code": area.code, "on": DAY}


ROUTES = {
    "people:doubts": Sample(),
    "people:confirm": Sample(lambda w: uuid_of(w.once(doubtful).person)),
    "people:person": Sample(anh),
    "people:life": Sample(anh),
    "people:name": Sample(anh),
    "people:temporary": Sample(lambda w: uuid_of(w.once(nameless).person)),
    "people:replace": Sample(lambda w: uuid_of(w.once(newcomer).person)),
    "people:passport": Sample(anh),
    "people:contacts": Sample(anh),
    "people:background": Sample(anh),
    "people:address": Sample(anh),
    "people:convert": Sample(
        lambda w: {**anh(w), "address": w.once(old_address).uuid}, also=("people.address:view",)
    ),
    "people:allowed": Sample(),
    "people:photo": Sample(lambda w: uuid_of(w.once(pictured))),
    "people:photo_new": Sample(anh),
    "people:consents": Sample(anh),
    "people:answer": Sample(_asked, own=lambda w: w.cast.huong),
    "people:paper": Sample(_asked),
    "GET /api/v1/people/<uuid>/consents": Sample(anh),
    "POST /api/v1/people/<uuid>/consents": Sample(
        anh, own=lambda w: w.cast.huong, also=("people.consent:view",)
    ),
    "POST /api/v1/people/<uuid>/paper-consents": Sample(anh, also=("people.consent:view",)),
    "GET /api/v1/people/doubts": Sample(),
    "GET /api/v1/people/<uuid>": Sample(anh),
    "POST /api/v1/people/<uuid>/names": Sample(anh),
    "POST /api/v1/people/<uuid>/temporary-code": Sample(lambda w: uuid_of(w.once(nameless).person)),
    "POST /api/v1/people/<uuid>/code": Sample(lambda w: uuid_of(w.once(newcomer).person)),
    "POST /api/v1/people/<uuid>/passport": Sample(anh),
    "POST /api/v1/people/<uuid>/contacts": Sample(anh),
    "POST /api/v1/people/<uuid>/background": Sample(anh),
    "POST /api/v1/people/<uuid>/addresses": Sample(anh),
    "POST /api/v1/people/<uuid>/addresses/<address>/convert": Sample(
        lambda w: {**anh(w), "address": w.once(old_address).uuid}
    ),
    "POST /api/v1/people/<uuid>/number-review": Sample(lambda w: uuid_of(w.once(doubtful).person)),
}

REASON = {"reason": "Đã xem giấy khai sinh"}
DEEDS = {
    "people:photo_new": Deed(Photo, lambda _w: {"upload": _picture()}),
    "people:answer": Deed(Consent, lambda _w: {"answer": "yes"}),
    "people:paper": Deed(Consent, _paper),
    "POST /api/v1/people/<uuid>/consents": Deed(
        Consent, lambda _w: {"purpose": "PUBLISH_PHOTO", "answer": "yes"}, 200
    ),
    "POST /api/v1/people/<uuid>/paper-consents": Deed(
        Consent, lambda w: {**_paper(w), "purpose": "PUBLISH_PHOTO", "is_yes": True}, 200
    ),
    "people:confirm": Deed(NumberReview, lambda _w: REASON),
    "people:name": Deed(PersonName, lambda w: {**_name(w), "on": DAY}),
    "people:temporary": Deed(PersonCode),
    "people:replace": Deed(PersonCode, _number),
    "people:passport": Deed(PersonCode, lambda _w: PASSPORT),
    "people:contacts": Deed(Contact, _contacts),
    "people:background": Deed(Person, _background),
    "people:address": Deed(Address, _moved),
    "people:convert": Deed(Address, lambda w: {"area_code": _successor(w)}),
    "POST /api/v1/people/<uuid>/names": Deed(
        PersonName, lambda w: {**_name(w), "on": f"{TODAY}"}, 200
    ),
    "POST /api/v1/people/<uuid>/temporary-code": Deed(PersonCode, status=200),
    "POST /api/v1/people/<uuid>/code": Deed(PersonCode, _number, 200),
    "POST /api/v1/people/<uuid>/passport": Deed(PersonCode, lambda _w: PASSPORT, 200),
    "POST /api/v1/people/<uuid>/contacts": Deed(
        Contact,
        lambda w: {"version": _version(w.cast.minh_anh.person), "contacts": [CONTACT]},
        200,
    ),
    "POST /api/v1/people/<uuid>/background": Deed(Person, _background, 200),
    "POST /api/v1/people/<uuid>/addresses": Deed(
        Address, lambda _w: {**MOVE, "on": f"{TODAY}"}, 200
    ),
    "POST /api/v1/people/<uuid>/addresses/<address>/convert": Deed(Address, lambda _w: {}, 200),
    "POST /api/v1/people/<uuid>/number-review": Deed(NumberReview, lambda _w: REASON, 200),
}


def _once_named(world: World) -> Person:
    """Return the pupil of 6A after a change of name and of phone."""
    person = world.cast.minh_anh.person
    PersonName.objects.create(
        person=person,
        ends_on=TODAY - timedelta(days=30),
        given_name="Mai",
        search_name="mai",
        reason="Đổi tên",
    )
    return person


def _reachable(world: World) -> Person:
    person = world.cast.minh_anh.person
    Contact.objects.create(
        person=person, kind="MOBILE", value="0912000444", position=1, starts_on=TODAY
    )
    return person


MAKES = (newcomer, nameless, doubtful, old_address, pictured, _once_named, _reachable)
"""Made before the first caller comes, since what a caller makes is undone."""

READS = {
    "people.former_names_of": lambda w, a: former_names_of(a, w.once(_once_named)),
    "people.codes_of": lambda w, a: [
        one for one in codes_of(a, w.once(newcomer).person, on=TODAY) if one.kind == "TEMPORARY"
    ],
    "people.contacts_of": lambda w, a: [
        one for one in contacts_of(a, w.once(_reachable)) if one.value == "0912000444"
    ],
    "people.addresses_of_person": lambda w, a: addresses_of_person(a, w.cast.minh_anh.person),
    "people.doubted": lambda w, a: doubted(a).filter(pk=w.once(doubtful).person_id),
}


ACTS = {
    "people.record_paper": lambda w, a: record_paper(
        actor=a,
        uuid=w.cast.minh_anh.person.uuid,
        purpose="PUBLISH_PHOTO",
        given_by=w.cast.huong.uuid,
        is_yes=True,
        paper="Phiếu 3",
        now=NOW,
    ),
    "people.set_photo": lambda w, a: set_photo(
        actor=a, uuid=w.cast.minh_anh.person.uuid, upload=_picture(), now=NOW
    ),
    "people.change_name": lambda w, a: change_name(
        actor=a,
        uuid=w.cast.minh_anh.person.uuid,
        decision="",
        on=TODAY,
        now=NOW,
        **_name(w),
    ),
    "people.issue_temporary_code": lambda w, a: issue_temporary_code(
        actor=a, uuid=w.once(nameless).person.uuid, now=NOW
    ),
    "people.replace_temporary_code": lambda w, a: replace_temporary_code(
        actor=a, uuid=w.once(newcomer).person.uuid, now=NOW, **_number(w)
    ),
    "people.set_background": lambda w, a: set_background(
        actor=a, **anh(w), **_background(w), now=NOW
    ),
    "people.set_contacts": lambda w, a: set_contacts(
        actor=a,
        uuid=w.cast.minh_anh.person.uuid,
        version=_version(w.cast.minh_anh.person),
        contacts=[ContactData(**CONTACT)],
        now=NOW,
    ),
    "people.move_address": lambda w, a: move_address(
        actor=a,
        uuid=w.cast.minh_anh.person.uuid,
        kind=AddressKind.CURRENT,
        detail="Thôn 9",
        area_code="",
        on=TODAY,
        now=NOW,
    ),
    "people.convert_address": lambda w, a: convert_address(
        actor=a, uuid=w.cast.minh_anh.person.uuid, address=w.once(old_address).uuid, now=NOW
    ),
    "people.confirm_number": lambda w, a: confirm_number(
        actor=a, uuid=w.once(doubtful).person.uuid, reason="Giấy khai sinh", now=NOW
    ),
}

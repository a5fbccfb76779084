"""Campuses and rooms, classes described anew, and what may not close."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    UNITS_START,
    build_signed,
    make_class,
    make_grade,
    make_school,
)

from khuevan.kernel.errors import DayOutOfRange, NotFound
from khuevan.registry.schools import actions
from khuevan.registry.schools.actions import CampusData, ClassDetails, RoomData
from khuevan.registry.schools.errors import (
    AlreadyClosed,
    ClassOutsideYear,
    ClosesBeforeItOpens,
    FactsTooEarly,
    GradesDontMix,
    GradeTwice,
    LevelStillTaught,
    MainCampusStays,
    NothingChanged,
    PlaceNameTaken,
    SchoolClosed,
    StillInUse,
    WebsiteNotAnAddress,
)
from khuevan.registry.schools.facts import SchoolFacts, codes_of, school_facts
from khuevan.registry.schools.models import Campus, ClassGrade, HomeroomClass, Room, School
from khuevan.registry.schools.places import campus_uses, place_choices

WHY = "a test"
THCS = SchoolFacts("LOWER_SECONDARY", ("THCS",), boarding="DAY", decision="412/QĐ-UBND")


def add_campus(cast: Cast, name: str = "Điểm Vĩnh Sơn", by: str = "loan") -> Campus:
    """Open a satellite of school A as somebody of the cast."""
    return actions.add_campus(
        actor=actor_of(getattr(cast, by)),
        school_id=cast.school_a.pk,
        data=CampusData(name),
        starts_on=UNITS_START,
        now=NOW,
    )


def add_room(cast: Cast, campus: Campus, name: str = "P.01") -> Room:
    """Add a room to a campus of school A."""
    return actions.add_room(
        actor=actor_of(cast.loan),
        campus_uuid=campus.uuid,
        data=RoomData(name, capacity=45),
        starts_on=UNITS_START,
        now=NOW,
    )


def seat(cast: Cast, homeroom: HomeroomClass, **details: Any) -> HomeroomClass:
    """Describe a class anew as the clerk of school A."""
    return actions.edit_class(
        actor=actor_of(cast.loan),
        uuid=homeroom.uuid,
        name=homeroom.name,
        details=ClassDetails(**details),
        now=NOW,
    )


def test_a_class_sits_in_the_main_campus_unless_told_otherwise(cast: Cast) -> None:
    campus = add_campus(cast)
    room = add_room(cast, campus)
    assert cast.class_6a.campus is not None
    assert cast.class_6a.campus.is_main
    seat(cast, cast.class_6a, room=room.uuid)
    uses = campus_uses(actor=actor_of(cast.loan), school=cast.school_a, on=TODAY)
    assert [(use.campus.is_main, [c.name for c in use.classes]) for use in uses] == [
        (True, ["6B", "7A"]),
        (False, ["6A"]),
    ]
    assert [c.name for c in uses[1].rooms[0].classes] == ["6A"]


@pytest.mark.parametrize("by", ["lan", "mai", "binh", "thanh", "huong"])
def test_only_the_office_keeps_campuses(cast: Cast, by: str) -> None:
    with pytest.raises(NotFound):
        add_campus(cast, by=by)


def test_one_name_is_one_place(cast: Cast) -> None:
    campus = add_campus(cast)
    add_room(cast, campus)
    with pytest.raises(PlaceNameTaken):
        add_campus(cast, "điểm vĩnh sơn")
    with pytest.raises(PlaceNameTaken):
        add_room(cast, campus, "p. 01")


def test_a_place_in_use_does_not_close(cast: Cast) -> None:
    campus = add_campus(cast)
    room = add_room(cast, campus)
    seat(cast, cast.class_6b, room=room.uuid)
    loan = actor_of(cast.loan)
    with pytest.raises(StillInUse):
        actions.close_room(actor=loan, uuid=room.uuid, on=TODAY, now=NOW)
    with pytest.raises(StillInUse):
        actions.close_campus(actor=loan, uuid=campus.uuid, on=TODAY, now=NOW)
    seat(cast, cast.class_6b)
    actions.close_campus(actor=loan, uuid=campus.uuid, on=TODAY, now=NOW)
    closed = Room.objects.unscoped(because=WHY).get(pk=room.pk)
    assert closed.ends_on == TODAY


def test_the_main_campus_stays_and_nothing_closes_before_it_opens(cast: Cast) -> None:
    loan = actor_of(cast.loan)
    main = Campus.objects.unscoped(because=WHY).get(school=cast.school_a, is_main=True)
    with pytest.raises(MainCampusStays):
        actions.close_campus(actor=loan, uuid=main.uuid, on=TODAY, now=NOW)
    campus = add_campus(cast)
    with pytest.raises(ClosesBeforeItOpens):
        actions.close_campus(actor=loan, uuid=campus.uuid, on=UNITS_START, now=NOW)


def test_a_room_of_another_school_is_not_there(cast: Cast) -> None:
    room = add_room(cast, add_campus(cast))
    with pytest.raises(NotFound):
        actions.edit_class(
            actor=EVERYTHING,
            uuid=cast.class_b.uuid,
            name="6A",
            details=ClassDetails(room=room.uuid),
            now=NOW,
        )


def test_a_multi_grade_class_joins_grades_of_one_level(cast: Cast) -> None:
    seat(cast, cast.class_6b, further_grades=(make_grade("7"),))
    further = ClassGrade.objects.unscoped(because=WHY).filter(homeroom_class=cast.class_6b)
    assert [one.grade_level.code for one in further] == ["7"]
    with pytest.raises(GradesDontMix):
        seat(cast, cast.class_6b, further_grades=(make_grade("3"),))


def test_a_renamed_class_keeps_its_history(cast: Cast) -> None:
    actions.edit_class(
        actor=actor_of(cast.loan),
        uuid=cast.class_6b.uuid,
        name="6C",
        details=ClassDetails(sessions_a_week=9),
        now=NOW,
    )
    kept: Any = apps.get_model("schools", "HomeroomClassEvent")
    events = (
        kept.objects.unscoped(because=WHY).filter(pgh_obj_id=cast.class_6b.pk).order_by("pgh_id")
    )
    assert [one.name for one in events] == ["6B", "6C"]


def test_a_class_closes_when_nobody_sits_in_it(cast: Cast) -> None:
    loan = actor_of(cast.loan)
    with pytest.raises(StillInUse) as refused:
        actions.close_class(actor=loan, uuid=cast.class_6a.uuid, on=TODAY, now=NOW)
    assert "3" in str(refused.value)
    with pytest.raises(ClassOutsideYear):
        actions.close_class(actor=loan, uuid=cast.class_7a.uuid, on=date(2030, 1, 1), now=NOW)
    actions.close_class(
        actor=loan, uuid=cast.class_7a.uuid, on=TODAY, merged_into=cast.class_6b, now=NOW
    )
    assert HomeroomClass.objects.unscoped(because=WHY).get(pk=cast.class_7a.pk).closed_on == TODAY


def change(cast: Cast, facts: SchoolFacts, on: date) -> None:
    """Make school A something else as the director."""
    actions.change_facts(
        actor=actor_of(cast.thanh), school_id=cast.school_a.pk, facts=facts, on=on, now=NOW
    )


def test_facts_change_from_a_day_on(cast: Cast) -> None:
    later = TODAY + timedelta(days=10)
    change(cast, THCS, later)
    pk = cast.school_a.pk
    assert school_facts(pk, on=TODAY).boarding == "NONE"
    assert school_facts(pk, on=later).boarding == "DAY"
    with pytest.raises(FactsTooEarly):
        change(cast, SchoolFacts("LOWER_SECONDARY", ("THCS",)), later)
    with pytest.raises(NothingChanged):
        change(cast, THCS, later + timedelta(days=1))


def test_a_level_with_open_classes_does_not_end(cast: Cast) -> None:
    with pytest.raises(LevelStillTaught):
        change(cast, SchoolFacts("PRIMARY", ("TH",)), TODAY)


def test_a_code_changes_and_the_old_one_finds_the_school(cast: Cast, client: Client) -> None:
    old = cast.school_a.code
    actions.change_code(
        actor=actor_of(cast.thanh),
        school_id=cast.school_a.pk,
        code="42000888",
        on=TODAY,
        decision="",
        now=NOW,
    )
    page = client.sign_in(cast.loan).get(reverse("schools:school", args=[old]))
    assert page.context["school"].code == "42000888"
    assert [one.code for one in codes_of(cast.school_a.pk)] == ["42000888", old]


def close(cast: Cast, school: School, on: date = TODAY) -> School:
    """Close a school as the director."""
    return actions.close_school(
        actor=actor_of(cast.thanh), school_id=school.pk, on=on, signed=build_signed(), now=NOW
    )


def test_a_school_with_people_does_not_close(cast: Cast) -> None:
    with pytest.raises(StillInUse) as refused:
        close(cast, cast.school_a)
    assert "4" in str(refused.value)  # pupils, staff; three classes
    assert "3" in str(refused.value)


def test_a_closed_school_has_no_classes(cast: Cast, client: Client) -> None:
    empty = make_school("Trường THCS Sắp Sáp Nhập")
    close(cast, empty)
    with pytest.raises(AlreadyClosed):
        close(cast, empty)
    with pytest.raises(SchoolClosed):
        make_class("6A", school=empty)
    page = client.sign_in(cast.binh).get(reverse("schools:school", args=[empty.code]))
    assert page.status_code == 200
    assert "đã giải thể" in page.content.decode()


def test_the_database_refuses_a_class_in_a_closed_school(cast: Cast) -> None:
    empty = make_school("Trường THCS Sắp Sáp Nhập")
    close(cast, empty)
    room = HomeroomClass.objects.unscoped(because=WHY).get(pk=cast.class_6b.pk)
    room.school = empty
    with pytest.raises(IntegrityError), transaction.atomic():
        room.save(update_fields=["school"])
    rows = School.objects.unscoped(because=WHY).filter(pk=cast.school_a.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(closed_on=TODAY)


def test_the_commune_licenses_independent_facilities(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hoa)
    url = reverse("schools:facility_new")
    parent = client.get(url).context["form"].parents
    assert len(parent) == 1
    sent = {
        "name": "Nhóm trẻ độc lập Hoa Mai",
        "short_name": "NT Hoa Mai",
        "code": "42000901",
        "school_type": "INDEPENDENT_PRESCHOOL",
        "levels": ["MN"],
        "ownership": "PRIVATE",
        "boarding": "DAY",
        "parent": next(iter(parent)),
        "starts_on": f"{TODAY:%d/%m/%Y}",
        "number": "7/GP-UBND",
        "decided_on": f"{TODAY:%d/%m/%Y}",
        "signed_as": "HEAD",
        "signer": "Trần Văn Ký",
        "signer_position": "Chủ tịch",
    }
    assert client.post(url, {**sent, "school_type": "PRIMARY"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    assert client.get(reverse("schools:new")).status_code == 404
    assert client.get(reverse("schools:list")).context["may_found"]
    listed = client.get(reverse("schools:list"), {"type": "INDEPENDENT_PRESCHOOL"})
    assert [row.label for row in listed.context["table"].rows] == ["Nhóm trẻ độc lập Hoa Mai"]
    own = client.get(reverse("schools:facilities"))
    assert [row.label for row in own.context["table"].rows] == ["Nhóm trẻ độc lập Hoa Mai"]
    (told,) = client.get("/api/v1/facilities").json()["items"]
    assert (told["code"], told["licensed_on"]) == ("42000901", f"{TODAY}")
    file = client.get(reverse("schools:facility_file", args=["csv"]))
    assert "Hoa Mai" in file.getvalue().decode()
    client.sign_in(cast.mai)
    assert client.get("/api/v1/facilities").json()["items"] == []


def test_the_clerk_opens_a_campus_and_a_room_on_the_page(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    code = cast.school_a.code
    new = {"name": "Điểm Khe Lau", "distance_km": "4,5", "starts_on": f"{TODAY:%d/%m/%Y}"}
    assert client.post(reverse("schools:campus_new", args=[code]), new).status_code == 302
    campus = Campus.objects.unscoped(because=WHY).get(name="Điểm Khe Lau")
    room = {"name": "P.1", "kind": "CLASSROOM", "capacity": "35", "starts_on": f"{TODAY:%d/%m/%Y}"}
    url = reverse("schools:room_new", args=[code, campus.uuid])
    assert client.post(url, room).status_code == 302
    text = client.get(reverse("schools:campuses", args=[code])).content.decode()
    assert "Điểm Khe Lau" in text
    assert "P.1" in text
    assert client.sign_in(cast.mai).get(reverse("schools:campuses", args=[code])).status_code == 404


@pytest.mark.parametrize("on", [date(1, 1, 2), date(1944, 12, 31), date(9999, 12, 31)])
def test_nothing_opens_or_closes_on_an_impossible_day(cast: Cast, on: date) -> None:
    loan = actor_of(cast.loan)
    campus = add_campus(cast)
    room = add_room(cast, campus)
    said: dict[str, Any] = {"actor": loan, "now": NOW}
    with pytest.raises(DayOutOfRange):
        actions.add_campus(
            school_id=cast.school_a.pk, data=CampusData("Điểm Xa"), starts_on=on, **said
        )
    with pytest.raises(DayOutOfRange):
        actions.add_room(campus_uuid=campus.uuid, data=RoomData("P. 99"), starts_on=on, **said)
    with pytest.raises(DayOutOfRange):
        actions.close_room(uuid=room.uuid, on=on, **said)
    with pytest.raises(DayOutOfRange):
        actions.close_campus(uuid=campus.uuid, on=on, **said)
    by: dict[str, Any] = {"actor": EVERYTHING, "school_id": cast.school_b.pk, "now": NOW, "on": on}
    with pytest.raises(DayOutOfRange):
        actions.close_school(signed=build_signed(), **by)
    with pytest.raises(DayOutOfRange):
        actions.change_code(code="42000999", decision="1/QĐ", **by)
    with pytest.raises(DayOutOfRange):
        actions.change_facts(facts=THCS, **by)
    with pytest.raises(DayOutOfRange):
        make_school("Trường Xa", since=on)


@pytest.mark.parametrize("codes", [("7", "7"), ("6",)])
def test_a_multi_grade_class_names_a_grade_once(cast: Cast, codes: tuple[str, ...]) -> None:
    with pytest.raises(GradeTwice):
        seat(cast, cast.class_6b, further_grades=tuple(make_grade(code) for code in codes))


def test_a_website_is_an_address_of_the_web(cast: Cast) -> None:
    said: dict[str, Any] = {"school_id": cast.school_a.pk, "phone": "", "address": "", "now": NOW}
    with pytest.raises(WebsiteNotAnAddress):
        actions.change_contact(actor=actor_of(cast.loan), website="javascript:alert(1)", **said)
    with pytest.raises(WebsiteNotAnAddress):
        make_school("Trường Lạ", website="javascript:alert(1)")


def test_a_class_is_offered_rooms_it_can_sit_in(cast: Cast) -> None:
    loan, campus = actor_of(cast.loan), add_campus(cast)
    for name, kind in (("P.999", "CLASSROOM"), ("Bếp", "KITCHEN"), ("Thư viện", "LIBRARY")):
        actions.add_room(
            actor=loan, campus_uuid=campus.uuid, data=RoomData(name, kind), starts_on=TODAY, now=NOW
        )
    offered = " ".join(label for _key, label in place_choices(loan, cast.school_a, TODAY))
    assert "P.999" in offered
    assert "Bếp" not in offered
    assert "Thư viện" not in offered

"""Appointing staff, giving them classes, and the lists of them."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_person, make_staff

from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.schools.api import VIEW_CLASSES
from khuevan.registry.staff import actions
from khuevan.registry.staff.errors import AlreadyAppointed
from khuevan.registry.staff.models import Position, StaffMember
from khuevan.registry.staff.selectors import homeroom_teachers, own_classes

ALL = ("lan", "hung", "loan", "toan", "mai", "binh", "hoa", "thanh", "hien", "huong", "minh_anh")
SEE_A = {"lan", "hung", "loan", "toan", "binh", "hoa", "thanh"}


def appoint(cast: Cast, by: str = "hung", person: Any = None) -> Any:
    """Appoint somebody as a teacher of school A."""
    return actions.appoint(
        actor=actor_of(getattr(cast, by)),
        person=person or make_person("Ngô Thùy Dương"),
        unit_id=cast.school_a.pk,
        position=Position.TEACHER,
        starts_on=TODAY,
        now=NOW,
    )


def member(person: Any) -> StaffMember:
    """Return somebody as a staff member."""
    return StaffMember.objects.unscoped(because="a test").get(person=person)


def test_what_a_position_may_see_follows_at_once(cast: Cast) -> None:
    person = make_person("Ngô Thùy Dương")
    appoint(cast, person=person)
    hat = actor_of(person).hat
    assert hat is not None
    assert (hat.code, hat.unit_id) == ("teacher", cast.school_a.pk)


@pytest.mark.parametrize("by", ["lan", "mai", "huong"])
def test_nobody_else_appoints(cast: Cast, by: str) -> None:
    with pytest.raises(NotFound):
        appoint(cast, by)


def test_second_main_position_is_refused(cast: Cast) -> None:
    with pytest.raises(AlreadyAppointed):
        appoint(cast, person=cast.mai)


def test_new_homeroom_teacher_takes_over_and_the_old_one_sees_nothing(cast: Cast) -> None:
    successor = make_staff("Mai Tuấn Hưng", school=cast.school_b)
    for starts_on in (TODAY + timedelta(days=30), TODAY):
        actions.assign_homeroom(
            actor=EVERYTHING,
            homeroom_class=cast.class_b,
            member=successor,
            starts_on=starts_on,
            now=NOW,
        )
    assert homeroom_teachers([cast.class_b.pk], on=TODAY)[cast.class_b.pk] == "Mai Tuấn Hưng"
    assert cast.class_b.pk in actor_of(successor.person).reach(VIEW_CLASSES, "class")
    assert cast.class_b.pk not in actor_of(cast.mai).reach(VIEW_CLASSES, "class")


def test_own_classes_are_homeroom_first(cast: Cast) -> None:
    rows = own_classes(actor=actor_of(cast.lan), on=TODAY)
    assert [type(row).__name__ for row in rows] == ["HomeroomAssignment", "TeachingAssignment"]
    assert own_classes(actor=actor_of(cast.huong), on=TODAY) == []


@pytest.mark.parametrize("name", ALL)
def test_staff_of_a_school_is_seen_by_its_people_and_officers(
    cast: Cast, client: Client, name: str
) -> None:
    client.sign_in(getattr(cast, name))
    url = reverse("staff:school", args=[cast.school_a.code])
    assert client.get(url).status_code == (200 if name in SEE_A else 404)


@pytest.mark.parametrize("name", ALL)
def test_list_and_file_are_absent_without_the_permission(
    cast: Cast, client: Client, name: str
) -> None:
    client.sign_in(getattr(cast, name))
    for url in (reverse("staff:list"), reverse("staff:export")):
        assert client.get(url).status_code == (200 if name in SEE_A | {"mai"} else 404)


def test_signed_out_is_sent_to_sign_in(cast: Cast, client: Client) -> None:
    for url in (reverse("staff:list"), reverse("staff:school", args=[cast.school_a.code])):
        assert client.get(url).status_code == 302


def test_teacher_of_b_sees_her_own_school_only(cast: Cast, client: Client) -> None:
    table = client.sign_in(cast.mai).get(reverse("staff:list")).context["table"]
    assert [row.label for row in table.rows] == ["Trần Thị Mai"]


def test_classes_stand_beside_the_name(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hung)
    sent = {"purpose": "REPORT", "note": "báo cáo EMIS", "kind": "xlsx"}
    response = client.post(reverse("staff:export") + "?q=toan", sent)
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    (row,) = book.get_sheet_by_index(0).to_python()[1:]
    assert "Toán: 6A, 7A" in row
    entry = AuditEntry.objects.unscoped(because="test").get(code="staff.exported")
    assert (entry.details["count"], entry.unit_id) == (1, cast.school_a.pk)
    assert entry.details["purpose"] == "REPORT: báo cáo EMIS"


@pytest.mark.parametrize("sent", [{}, {"purpose": "OTHER"}, {"purpose": "không có"}])
def test_a_list_leaves_for_a_purpose_only(cast: Cast, client: Client, sent: dict[str, str]) -> None:
    response = client.sign_in(cast.binh).post(reverse("staff:export"), sent | {"kind": "csv"})
    assert response.status_code == 422
    assert not AuditEntry.objects.unscoped(because="test").filter(code="staff.exported").exists()


@pytest.mark.parametrize(
    ("query", "count"), [({"position": "TEACHER"}, 2), ({"homeroom": "1"}, 1), ({"q": "lan"}, 1)]
)
def test_list_narrows(cast: Cast, client: Client, query: dict[str, str], count: int) -> None:
    table = client.sign_in(cast.hung).get(reverse("staff:list"), query).context["table"]
    assert len(table.rows) == count


@pytest.mark.parametrize(("name", "count"), [("hung", 4), ("mai", 1), ("binh", 5)])
def test_programs_get_what_the_actor_reaches(
    cast: Cast, client: Client, name: str, count: int
) -> None:
    answer = client.sign_in(getattr(cast, name)).get("/api/v1/staff").json()
    assert len(answer["items"]) == count


def test_a_list_of_one_school_offers_the_positions_of_schools(cast: Cast, client: Client) -> None:
    told = client.sign_in(cast.loan).get(f"/schools/{cast.school_a.code}/staff/").content.decode()
    assert 'value="TEACHER"' in told
    assert 'value="DIVISION_HEAD"' not in told

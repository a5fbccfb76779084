"""Guardians follow a child up to the 18th birthday, however the birth date came to be known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY, make_guardian_data, make_student

from khuevan.platform.access.api import Grant
from khuevan.registry.students import actions
from khuevan.registry.students.models import ExitKind, Guardianship, Student
from khuevan.registry.students.permissions import VIEW_STUDENTS
from khuevan.registry.students.rules import comes_of_age_on


@pytest.mark.parametrize(
    ("born", "of_age"),
    [
        (date(2008, 11, 23), date(2026, 11, 23)),
        (date(2008, 2, 29), date(2026, 3, 1)),
        (date(2006, 3, 1), date(2024, 3, 1)),
        (date(2006, 2, 28), date(2024, 2, 28)),
        (None, None),
    ],
)
def test_eighteen_whole_years(born: date | None, of_age: date | None) -> None:
    assert comes_of_age_on(born) == of_age


def grants_of(child: Student) -> list[tuple[date, date | None]]:
    """Return the periods of the guardians' grants on a child."""
    rows = Grant.objects.unscoped(because="test").filter(
        anchor_person_id=child.person_id, role__code="guardian"
    )
    return list(rows.order_by("starts_on", "id").values_list("starts_on", "ends_on"))


def child_of(cast: Cast, born: date | None) -> Student:
    return make_student(
        "Vũ Gia Hân",
        school=cast.school_a,
        birth_date=born,
        guardians=[make_guardian_data("Vũ Văn Nam", relation="FATHER", phone="0912000777")],
    )


def father_of(child: Student) -> Guardianship:
    return Guardianship.objects.unscoped(because="test").get(student=child)


def correct(cast: Cast, child: Student, born: date | None) -> None:
    child.person.refresh_from_db()
    actions.correct_student(
        actor=actor_of(cast.loan),
        uuid=child.uuid,
        version=child.person.version,
        changes={"birth_date": born},
        now=NOW,
    )


def sees(child: Student) -> bool:
    actor = actor_of(father_of(child).guardian)
    return Student.objects.visible_to(actor, VIEW_STUDENTS).filter(pk=child.pk).exists()


def test_the_last_day_is_the_one_before_the_birthday(cast: Cast) -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert sees(child_of(cast, tomorrow.replace(year=tomorrow.year - 18)))
    assert not sees(child_of(cast, TODAY.replace(year=TODAY.year - 18)))


def test_a_corrected_birth_date_moves_the_end_both_ways(cast: Cast) -> None:
    child = child_of(cast, None)
    assert [end for _start, end in grants_of(child)] == [None]
    assert sees(child)
    correct(cast, child, date(2000, 5, 6))
    assert [end for _start, end in grants_of(child)] == [date(2018, 5, 6)]
    assert not sees(child)
    correct(cast, child, date(2012, 5, 6))
    assert [end for _start, end in grants_of(child)] == [date(2030, 5, 6)]
    assert sees(child)


def test_it_lasts_over_schools_and_never_outlives_a_guardianship(cast: Cast) -> None:
    child = child_of(cast, date(2012, 5, 6))
    actions.end_enrollment(
        actor=actor_of(cast.loan),
        uuid=child.uuid,
        exit_kind=ExitKind.ABROAD,
        on=TODAY + timedelta(days=3),
        now=NOW,
    )
    correct(cast, child, date(2011, 5, 6))
    assert [end for _start, end in grants_of(child)][-1] == date(2029, 5, 6)
    assert grants_of(child)[0][1] == grants_of(child)[1][0]
    correct(cast, child, date(2000, 5, 6))
    assert not sees(child)
    assert all(start <= (end or start) for start, end in grants_of(child))


def test_a_registered_child_is_dated(cast: Cast) -> None:
    ends = [end for _start, end in grants_of(cast.minh_anh)]
    assert ends == [comes_of_age_on(cast.minh_anh.person.birth_date)]


def test_the_guardian_reads_why(cast: Cast) -> None:
    child = child_of(cast, TODAY.replace(year=TODAY.year - 18))
    father = father_of(child).guardian
    page = Client().sign_in(father).get("/").content.decode()
    assert "Vũ Gia Hân đã đủ 18 tuổi" in page
    make_student(
        "Vũ Gia Bảo",
        school=cast.school_a,
        guardians=[make_guardian_data("Vũ Văn Nam", relation="FATHER", phone="0912000777")],
    )
    page = Client().sign_in(father).get("/").content.decode()
    assert "Gia Bảo" in page
    assert "Vũ Gia Hân đã đủ 18 tuổi" in page
    assert "đã đủ 18 tuổi" not in Client().sign_in(cast.huong).get("/").content.decode()

"""States in a list: who left is passed over and told, who is on leave goes out and comes in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, actor_of
from tests.factories import NOW, TODAY, make_class, make_student

from khuevan.platform.access.api import GrantActor, operator_actor
from khuevan.platform.sheets.api import Fault, PlannedRow
from khuevan.registry.students.actions import start_break, start_second
from khuevan.registry.students.imports.outgoing import rows as going_out
from khuevan.registry.students.imports.tests.lists import (
    a_pupil,
    faults,
    outcomes,
    planned,
    written,
)
from khuevan.registry.students.models import ClassPlacement, Enrollment
from khuevan.registry.students.state_words import student_states
from khuevan.registry.students.student_layout import STUDENT_LAYOUT

WHY = "a test looks"
STATE = "Trạng thái"
HEADERS = {one.name: one.header for one in STUDENT_LAYOUT.fields}


@pytest.fixture
def clerk(cast: Cast) -> GrantActor:
    return actor_of(cast.loan)


def out(clerk: GrantActor, cast: Cast) -> list[dict[str, str]]:
    """Return the school's list as it goes out, by headers."""
    told = going_out(clerk, cast.school_a.pk, TODAY)
    return [{HEADERS[name]: text for name, text in row.items()} for row in told]


def test_the_states_are_twelve_and_known_as_files_write_them() -> None:
    """Anchors 4.3: the ministry's file has 12 states of a pupil."""
    known = student_states()
    assert len(known.entries) == 12
    for text, code in (
        ("Chuyển đến từ kỳ II", "STUDYING:CAME_2"),
        ("Chuyển đến kì 1", "STUDYING:CAME_1"),
        ("Chuyển đi học kỳ I", "TRANSFERRED_OUT:1"),
        ("Chuyển đi trong hè", "TRANSFERRED_OUT"),
        ("Bỏ học kỳ 2", "DROPPED:OUT"),
        ("Từ trần", "DECEASED"),
        ("Mất", "DECEASED"),
    ):
        assert known.find(text) == code, text


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("Chuyển đi kỳ 2", "transferred_out"),
        ("Bỏ học", "dropped"),
        ("Bảo lưu", "on_leave"),
        ("Hoàn thành", "completed"),
        ("Từ trần", "deceased"),
    ],
)
def test_who_left_is_passed_over_and_told_where_the_records_know_better(
    cast: Cast, clerk: GrantActor, state: str, code: str
) -> None:
    nobody = a_pupil(**{STATE: state, "Lớp học": "9Z", "Ngày sinh": "31/02/2015"})
    (plan,) = planned(clerk, cast.school_a.pk, [nobody])
    assert (plan.outcome, faults([plan])) == ("UNCHANGED", [(2, "students.state_of_nobody_here")])
    assert (plan.faults[0].is_error, plan.faults[0].value) == (False, state)
    written(clerk, cast.school_a.pk, [a_pupil()])
    (plan,) = written(clerk, cast.school_a.pk, [a_pupil(**{STATE: state, "SĐT mẹ": "0987654321"})])
    assert (plan.outcome, faults([plan])) == ("UNCHANGED", [(2, f"students.state_{code}")])
    assert state in plan.faults[0].sentence
    entry = Enrollment.objects.unscoped(because=WHY).get(student_id=plan.target_id or 0)
    assert entry.ends_on is None


def test_who_is_on_leave_or_not_placed_goes_out_and_comes_in_unchanged(
    cast: Cast, clerk: GrantActor
) -> None:
    start_break(actor=clerk, uuid=cast.minh_anh.uuid, on=TODAY, reason="Ốm dài ngày", now=NOW)
    make_student("Hồ Thị Chưa", school=cast.school_a, sex="FEMALE", moet_code="4200770077")
    listed = out(clerk, cast)
    away = next(row for row in listed if row[STATE] == "Bảo lưu")
    assert (away["Họ tên"], away["Lớp học"]) == (cast.minh_anh.person.full_name, "")
    assert len([row for row in listed if not row["Lớp học"]]) == 2
    plans = planned(clerk, cast.school_a.pk, listed)
    assert (set(outcomes(plans)), [one.sentence for one in all_errors(plans)]) == (
        {"UNCHANGED"},
        [],
    )
    (plan,) = written(clerk, cast.school_a.pk, [{**away, "SĐT học sinh": "0987654321"}])
    assert plan.changes == {"pupil_phone": (cast.minh_anh.person.phone, "0987654321")}


def test_a_list_does_not_place_who_is_on_leave(cast: Cast, clerk: GrantActor) -> None:
    start_break(actor=clerk, uuid=cast.minh_anh.uuid, on=TODAY, reason="Ốm dài ngày", now=NOW)
    away = next(row for row in out(clerk, cast) if row[STATE] == "Bảo lưu")
    row = {**away, STATE: "Đang học", "Lớp học": "6A"}
    (plan,) = written(clerk, cast.school_a.pk, [row])
    assert (plan.outcome, faults([plan])) == ("UNCHANGED", [(2, "students.is_on_leave")])
    seats = ClassPlacement.objects.unscoped(because=WHY).filter(student=cast.minh_anh)
    assert not seats.filter(ends_on=None).exists()


def test_a_second_school_lists_its_guests_without_moving_them(
    cast: Cast, clerk: GrantActor
) -> None:
    start_second(actor=clerk, uuid=cast.minh_anh.uuid, school_code=cast.school_b.code, on=TODAY,
                 reason="Học thêm nghề", now=NOW)  # fmt: skip
    host = operator_actor(on=TODAY, login="tests")
    told = going_out(host, cast.school_b.pk, TODAY)
    guest = next(one for one in told if one["full_name"] == cast.minh_anh.person.full_name)
    row = {HEADERS[name]: text for name, text in guest.items()}
    assert (row["Lớp học"], row[STATE]) == ("", "Đang học")
    assert outcomes(planned(host, cast.school_b.pk, [row])) == ["UNCHANGED"]
    own = make_class("6Z", school=cast.school_b).name
    (plan,) = planned(host, cast.school_b.pk, [{**row, "Lớp học": own}])
    assert (plan.outcome, faults([plan])) == ("UNCHANGED", [(2, "students.seated_elsewhere")])


def test_a_blank_class_still_keeps_out_who_is_new_or_sits_in_one(
    cast: Cast, clerk: GrantActor
) -> None:
    plans = planned(clerk, cast.school_a.pk, [a_pupil(**{"Lớp học": ""})])
    assert (outcomes(plans), faults(plans)) == (["REFUSED"], [(2, "students.blank_class")])
    seated = {**next(row for row in out(clerk, cast) if row["Lớp học"]), "Lớp học": ""}
    assert outcomes(planned(clerk, cast.school_a.pk, [seated])) == ["REFUSED"]


def test_the_ministrys_columns_keep_their_place(cast: Cast, clerk: GrantActor) -> None:
    """REC-08: province and commune of the home town are two columns, and one the contact phone."""
    row = a_pupil(**{"SĐT liên hệ": "0912 345 678", "Phường Xã quê quán": "Xã Cẩm Bình",
                     "Tỉnh thành quê quán": "Tỉnh Hà Tĩnh"})  # fmt: skip
    written(clerk, cast.school_a.pk, [row])
    told = next(one for one in out(clerk, cast) if one["Họ tên"] == row["Họ tên"])
    kept = [told[name] for name in ("SĐT liên hệ", "Phường Xã quê quán", "Tỉnh thành quê quán")]
    assert kept == ["0912345678", "Xã Cẩm Bình", "Tỉnh Hà Tĩnh"]
    assert outcomes(planned(clerk, cast.school_a.pk, [told])) == ["UNCHANGED"]


def test_a_fathers_phone_as_contact_is_not_given_to_the_mother(
    cast: Cast, clerk: GrantActor
) -> None:
    row = a_pupil(**{"SĐT cha": "0912345678", "SĐT liên hệ": ""})
    written(clerk, cast.school_a.pk, [row])
    told = next(one for one in out(clerk, cast) if one["Họ tên"] == row["Họ tên"])
    assert (told["SĐT liên hệ"], told["SĐT mẹ"]) == ("0912345678", "")
    assert outcomes(planned(clerk, cast.school_a.pk, [told])) == ["UNCHANGED"]


def test_a_list_of_days_before_says_that_only_the_day_differs(
    cast: Cast, clerk: GrantActor
) -> None:
    written(clerk, cast.school_a.pk, [a_pupil(**{"Ngày vào trường": f"{TODAY:%d/%m/%Y}"})])
    plans = planned(clerk, cast.school_a.pk, [a_pupil()], on=TODAY - timedelta(days=9))
    assert faults(plans) == [(2, "students.comes_later")]
    assert f"{TODAY:%d/%m/%Y}" in plans[0].faults[0].reason


def test_two_grades_are_both_named(cast: Cast, clerk: GrantActor) -> None:
    (plan,) = planned(clerk, cast.school_a.pk, [a_pupil(**{"Khối học": "Khối 7"})])
    (fault,) = plan.faults
    assert (fault.code, fault.value) == ("students.other_grade", "Khối 7")
    assert all(word in fault.reason for word in ("7", "6A", "6"))


def test_the_value_of_a_fault_is_the_files_own(cast: Cast, clerk: GrantActor) -> None:
    rows = [a_pupil(**{"Lớp học": "Lớp 6a", "Ngày sinh": "1-2-2019"})]
    (plan,) = planned(clerk, cast.school_a.pk, rows)
    assert {fault.code: fault.value for fault in plan.faults}["students.unusual_age"] == "1-2-2019"


def test_a_misspelled_word_is_told_with_what_it_may_mean(cast: Cast, clerk: GrantActor) -> None:
    (plan,) = planned(clerk, cast.school_a.pk, [a_pupil(**{"Dân tộc": "Kinhh"})])
    assert (plan.faults[0].suggestion, "“Kinh”" in plan.faults[0].hint) == ("Kinh", True)


def all_errors(plans: list[PlannedRow]) -> list[Fault]:
    """Return the faults that keep rows out."""
    return [fault for plan in plans for fault in plan.faults if fault.is_error]

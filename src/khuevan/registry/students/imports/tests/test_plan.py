"""What each row of a list would do: found by number, code or name; blanks erase nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, actor_of
from tests.factories import NOW, TODAY, YEAR_STARTS, make_class, make_student

from khuevan.platform.access.api import GrantActor
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.people.api import PersonCode, issue_temporary_code
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.imports.tests.lists import (
    a_pupil,
    faults,
    outcomes,
    planned,
    some_pupils,
    written,
)
from khuevan.registry.students.models import ClassPlacement, Enrollment, Guardianship, Student

WHY = "a test looks"


@pytest.fixture
def clerk(cast: Cast) -> GrantActor:
    return actor_of(cast.loan)


def of_school(cast: Cast) -> int:
    return Enrollment.objects.unscoped(because=WHY).filter(school=cast.school_a).count()


def student(code: str) -> Student:
    return Student.objects.unscoped(because=WHY).select_related("person").get(moet_code=code)


def countries(rows: list[dict[str, str]]) -> list[str]:
    return [student(row["Mã định danh Bộ GD&ĐT"]).person.nationality_code for row in rows]


def class_of(code: str) -> HomeroomClass:
    placement = ClassPlacement.objects.unscoped(because=WHY).get(
        student__moet_code=code, ends_on=None
    )
    return placement.homeroom_class


def test_a_new_pupil_is_registered_with_all_the_list_says(cast: Cast, clerk: GrantActor) -> None:
    row = a_pupil(**{"SĐT liên hệ": "0912 345 678", "Chỗ ở hiện nay": "Thôn 3"})
    before = of_school(cast)
    assert outcomes(written(clerk, cast.school_a.pk, [row])) == ["NEW"]
    assert of_school(cast) == before + 1
    new = student(row["Mã định danh Bộ GD&ĐT"])
    assert new.person.full_name == row["Họ tên"]
    assert new.person.personal_number == row["Số định danh cá nhân"]
    assert new.person.phone == ""
    assert class_of(new.moet_code or "") == cast.class_6a
    entry = Enrollment.objects.unscoped(because=WHY).get(student=new)
    assert (entry.entry_kind, entry.starts_on) == ("IMPORTED", YEAR_STARTS)
    guardians = Guardianship.objects.unscoped(because=WHY).filter(student=new)
    phones = {one.relation: one.guardian.phone for one in guardians.select_related("guardian")}
    assert phones == {"FATHER": "", "MOTHER": "0912345678"}


def test_the_same_list_again_changes_nothing(cast: Cast, clerk: GrantActor) -> None:
    rows = some_pupils(45, ["6A", "6B"])
    assert set(outcomes(written(clerk, cast.school_a.pk, rows))) == {"NEW"}
    again = planned(clerk, cast.school_a.pk, rows)
    assert set(outcomes(again)) == {"UNCHANGED"}
    assert not any(plan.changes for plan in again)


def test_blank_cells_and_spelling_variants_change_nothing(cast: Cast, clerk: GrantActor) -> None:
    row = a_pupil(**{"Họ tên": "Nguyễn Thị Hoà"})
    written(clerk, cast.school_a.pk, [row])
    key = "Mã định danh Bộ GD&ĐT"
    bare = {key: row[key], "Họ tên": "NGUYỄN THỊ HÒA", "Ngày sinh": row["Ngày sinh"]}
    assert outcomes(planned(clerk, cast.school_a.pk, [{**bare, "Lớp học": "6 a"}])) == ["UNCHANGED"]


@pytest.mark.parametrize(
    ("header", "value", "field"),
    [
        ("Họ tên", "Lê Văn Khác", "full_name"),
        ("Ngày sinh", "01/02/2015", "birth_date"),
        ("SĐT mẹ", "0987654321", "mother_phone"),
        ("Dân tộc", "Thái", "ethnicity"),
        ("Quốc tịch", "Lào", "nationality"),
        ("Lớp học", "6B", "class_name"),
        ("Tên mẹ", "Trần Thị Khác", "mother_name"),
        ("Năm sinh cha", "1979", "father_birth_year"),
        ("Chỗ ở hiện nay", "Thôn 9", "current_address"),
        ("Số định danh cá nhân", "042215999999", "personal_number"),
    ],
)
def test_one_change_is_told_and_written_exactly(
    cast: Cast, clerk: GrantActor, header: str, value: str, field: str
) -> None:
    row = a_pupil(**{"Chỗ ở hiện nay": "Thôn 3"})
    written(clerk, cast.school_a.pk, [row])
    changed = {**row, header: value}
    (plan,) = written(clerk, cast.school_a.pk, [changed])
    assert (plan.outcome, list(plan.changes)) == ("CHANGED", [field])
    assert plan.changes[field][1] == value
    assert outcomes(planned(clerk, cast.school_a.pk, [changed])) == ["UNCHANGED"]


def test_a_nationality_is_written_for_new_and_known_and_never_erased(
    cast: Cast, clerk: GrantActor
) -> None:
    rows = [dict(one) for one in some_pupils(3)]
    for row, country in zip(rows, ("Lào", "Viet Nam", ""), strict=True):
        row["Quốc tịch"] = country
    written(clerk, cast.school_a.pk, rows)
    assert countries(rows) == ["LA", "VN", ""]
    rows[1]["Quốc tịch"], rows[2]["Quốc tịch"] = "", "Hàn Quốc"
    plans = written(clerk, cast.school_a.pk, rows)
    assert outcomes(plans) == ["UNCHANGED", "UNCHANGED", "CHANGED"]
    assert plans[2].changes == {"nationality": ("", "Hàn Quốc")}
    assert countries(rows) == ["LA", "VN", "KR"]
    bare = [{key: row[key] for key in row if key != "Quốc tịch"} for row in rows]
    bare[0]["Dân tộc"] = "Thái"
    assert outcomes(written(clerk, cast.school_a.pk, bare)) == ["CHANGED", "UNCHANGED", "UNCHANGED"]
    assert countries(rows) == ["LA", "VN", "KR"]
    entry = AuditEntry.objects.unscoped(because=WHY).filter(
        person_id=student(rows[2]["Mã định danh Bộ GD&ĐT"]).person_id
    )
    told = entry.get(code="students.corrected")
    assert (told.before, told.after) == ({"nationality_code": ""}, {"nationality_code": "KR"})


def test_a_country_that_no_list_has_is_refused_with_the_nearest(
    cast: Cast, clerk: GrantActor
) -> None:
    rows = some_pupils(2)
    rows[0]["Quốc tịch"], rows[1]["Quốc tịch"] = "Hàn Quốcc", "Mặt Trăng"
    plans = planned(clerk, cast.school_a.pk, rows)
    assert outcomes(plans) == ["REFUSED", "REFUSED"]
    found = [plan.faults[0] for plan in plans]
    assert [(one.field_name, one.value, one.suggestion) for one in found] == [
        ("nationality", "Hàn Quốcc", "Hàn Quốc"),
        ("nationality", "Mặt Trăng", ""),
    ]


def test_a_pupil_moves_to_the_class_of_the_list_from_today(cast: Cast, clerk: GrantActor) -> None:
    row = a_pupil()
    written(clerk, cast.school_a.pk, [row])
    written(clerk, cast.school_a.pk, [{**row, "Lớp học": "6B"}])
    code = row["Mã định danh Bộ GD&ĐT"]
    placements = ClassPlacement.objects.unscoped(because=WHY).filter(student__moet_code=code)
    assert [(one.homeroom_class.name, one.starts_on, one.ends_on)
            for one in placements.order_by("starts_on")] == [
        ("6A", YEAR_STARTS, TODAY), ("6B", TODAY, None)]  # fmt: skip


def test_found_by_name_and_birth_date_with_a_word_of_doubt(cast: Cast, clerk: GrantActor) -> None:
    make_student("Lê Quang Huy", homeroom_class=cast.class_6a, sex="MALE")
    row = a_pupil(**{"Họ tên": "Lê Quang Huy", "Ngày sinh": "18/07/2015", "Giới tính": "Nam",
                     "Số định danh cá nhân": "042215000777"})  # fmt: skip
    (plan,) = planned(clerk, cast.school_a.pk, [row])
    assert plan.outcome == "CHANGED"
    assert ("students.found_by_name") in [fault.code for fault in plan.faults]
    assert {"personal_number", "moet_code"} <= plan.changes.keys()


def test_two_alike_in_the_school_are_refused(cast: Cast, clerk: GrantActor) -> None:
    for _time in range(2):
        make_student("Lê Quang Huy", homeroom_class=cast.class_6a, sex="MALE")
    row = {"Họ tên": "Lê Quang Huy", "Ngày sinh": "18/07/2015", "Lớp học": "6A"}
    plans = planned(clerk, cast.school_a.pk, [row])
    assert (outcomes(plans), faults(plans)) == (["REFUSED"], [(2, "students.several_alike")])


def test_two_of_one_name_and_birth_date_with_other_numbers_are_two_people(
    cast: Cast, clerk: GrantActor
) -> None:
    row = a_pupil()
    written(clerk, cast.school_a.pk, [row])
    other = {**row, "Số định danh cá nhân": "042215123456", "Mã định danh Bộ GD&ĐT": "4299999999"}
    assert outcomes(planned(clerk, cast.school_a.pk, [other])) == ["NEW"]


def test_a_number_known_elsewhere_is_refused_without_telling_whose(
    cast: Cast, clerk: GrantActor
) -> None:
    make_student("Bí Mật Tên", homeroom_class=cast.class_b, personal_number="042215000888")
    row = a_pupil(**{"Số định danh cá nhân": "042215000888"})
    plans = planned(clerk, cast.school_a.pk, [row])
    assert outcomes(plans) == ["REFUSED"]
    (fault,) = [one for one in plans[0].faults if one.is_error]
    assert fault.code == "students.number_taken"
    assert "Bí Mật" not in fault.sentence


def test_a_code_known_elsewhere_is_refused(cast: Cast, clerk: GrantActor) -> None:
    make_student("Bí Mật Tên", homeroom_class=cast.class_b, moet_code="4200000001")
    plans = planned(clerk, cast.school_a.pk, [a_pupil()])
    assert "students.code_taken" in [code for _row, code in faults(plans)]


def test_number_and_code_of_two_pupils_are_refused(cast: Cast, clerk: GrantActor) -> None:
    one, other = some_pupils(2)
    written(clerk, cast.school_a.pk, [one, other])
    mixed = {**one, "Số định danh cá nhân": other["Số định danh cá nhân"]}
    plans = planned(clerk, cast.school_a.pk, [mixed])
    assert "students.two_records" in [code for _row, code in faults(plans)]


def test_a_pupil_written_twice_is_refused_from_the_second_on(cast: Cast, clerk: GrantActor) -> None:
    row = a_pupil()
    plans = planned(clerk, cast.school_a.pk, [row, dict(row)])
    assert outcomes(plans) == ["NEW", "REFUSED"]
    assert faults(plans) == [(3, "students.same_as_row")]


@pytest.mark.parametrize("key", ["Số định danh cá nhân", "Mã định danh Bộ GD&ĐT"])
def test_of_two_pupils_with_one_number_neither_goes_in(
    cast: Cast, clerk: GrantActor, key: str
) -> None:
    one, other, third = some_pupils(3)
    plans = planned(clerk, cast.school_a.pk, [one, {**other, key: one[key]}, third])
    assert outcomes(plans) == ["REFUSED", "REFUSED", "NEW"]
    code = "students.number_in_two_rows"
    assert [found for found in faults(plans) if found[1] == code] == [(2, code), (3, code)]
    told = [next(fault for fault in plan.faults if fault.code == code) for plan in plans[:2]]
    for fault, (own, its) in zip(told, [(one, other), (other, one)], strict=True):
        _first, second, third_line = fault.reason.splitlines()
        assert own["Họ tên"] in second
        assert its["Họ tên"] in third_line


def test_rows_without_numbers_are_told_apart_by_name_birth_date_and_class(
    cast: Cast, clerk: GrantActor
) -> None:
    row = {"Họ tên": "Lê An Bình", "Ngày sinh": "01/02/2015", "Giới tính": "Nam", "Lớp học": "6A"}
    plans = planned(clerk, cast.school_a.pk, [row, dict(row), {**row, "Lớp học": "6B"}])
    assert outcomes(plans) == ["NEW", "REFUSED", "NEW"]
    assert faults(plans) == [(3, "students.same_as_row"), (4, "students.like_row")]


def test_a_number_in_the_registry_book_is_given_once(cast: Cast, clerk: GrantActor) -> None:
    one, other = some_pupils(2)
    one["Số đăng bộ"] = other["Số đăng bộ"] = "17/2026"
    plans = planned(clerk, cast.school_a.pk, [one, other])
    assert faults(plans) == [(3, "students.registry_number_in_row")]
    written(clerk, cast.school_a.pk, [one])
    plans = planned(clerk, cast.school_a.pk, [one, other])
    assert outcomes(plans) == ["UNCHANGED", "REFUSED"]
    assert faults(plans) == [(3, "students.registry_number_taken")]


def test_a_known_pupils_number_in_the_registry_book_is_written(
    cast: Cast, clerk: GrantActor
) -> None:
    one, other = some_pupils(2)
    written(clerk, cast.school_a.pk, [one, {**other, "Số đăng bộ": "18/2026"}])
    (plan,) = written(clerk, cast.school_a.pk, [{**one, "Số đăng bộ": "17/2026"}])
    assert plan.changes == {"registry_number": ("", "17/2026")}
    kept = Enrollment.objects.unscoped(because=WHY).filter(registry_number="17/2026")
    assert kept.get().student_id == plan.target_id
    plans = planned(clerk, cast.school_a.pk, [{**one, "Số đăng bộ": "18/2026"}])
    assert faults(plans) == [(2, "students.registry_number_taken")]


def test_every_state_that_is_no_studying_says_what_to_do_about_it(
    cast: Cast, clerk: GrantActor
) -> None:
    """REC-08, states of a pupil: each is recorded in its own way."""
    written(clerk, cast.school_a.pk, [a_pupil()])
    states = ("Chuyển đi", "Thôi học", "Bảo lưu", "Hoàn thành", "Mất")
    plans = planned(clerk, cast.school_a.pk, [a_pupil(**{"Trạng thái": one}) for one in states])
    assert len({plan.faults[0].hint for plan in plans}) == len(states)


def test_who_came_in_a_term_is_taken_in(cast: Cast, clerk: GrantActor) -> None:
    for state in ("Chuyển đến kì 1", "Chuyển đến kỳ 1", "Chuyển đến từ kỳ II"):
        row = a_pupil(**{"Trạng thái": state})
        assert outcomes(planned(clerk, cast.school_a.pk, [row])) == ["NEW"]


def test_the_contact_phone_is_the_familys(cast: Cast, clerk: GrantActor) -> None:
    """REC-08, column "SĐT liên hệ": the first guardian's phone when that one has none."""
    row = a_pupil(**{"SĐT liên hệ": "0912345678"})
    written(clerk, cast.school_a.pk, [row])
    assert outcomes(planned(clerk, cast.school_a.pk, [row])) == ["UNCHANGED"]
    (plan,) = planned(clerk, cast.school_a.pk, [{**row, "SĐT liên hệ": "0987654321"}])
    assert (plan.outcome, faults([plan])) == ("UNCHANGED", [(2, "students.phone_not_kept")])
    nobody = {"Tên cha": "", "Tên mẹ": "", "Năm sinh cha": "", "Năm sinh mẹ": ""}
    assert outcomes(planned(clerk, cast.school_a.pk, [{**row, **nobody}])) == ["UNCHANGED"]


def test_brothers_who_give_one_contact_phone_share_their_mother(
    cast: Cast, clerk: GrantActor
) -> None:
    mother = {"Tên mẹ": "Trần Thị Hoà", "Năm sinh mẹ": "1983", "SĐT liên hệ": "0912345678"}
    written(clerk, cast.school_a.pk, [{**one, **mother} for one in some_pupils(2)])
    rows = Guardianship.objects.unscoped(because=WHY).filter(guardian__phone="0912345678")
    assert (rows.count(), rows.values("guardian").distinct().count()) == (2, 1)


def test_a_shorter_address_erases_nothing(cast: Cast, clerk: GrantActor) -> None:
    row = a_pupil(**{"Chỗ ở hiện nay": "Số 12, Thôn 3, xã Hương Sơn"})
    written(clerk, cast.school_a.pk, [row])
    for part in ("", "thôn 3", "Thôn 3 - Xã Hương Sơn", "Xã Hương Sơn"):
        again = planned(clerk, cast.school_a.pk, [{**row, "Chỗ ở hiện nay": part}])
        assert outcomes(again) == ["UNCHANGED"], part
    (plan,) = planned(clerk, cast.school_a.pk, [{**row, "Chỗ ở hiện nay": "Thôn 33"}])
    assert plan.changes == {"current_address": ("Số 12, Thôn 3, xã Hương Sơn", "Thôn 33")}


@pytest.mark.parametrize(
    ("number", "offered"),
    [("42215000009", "042215000009"), ("42315000009", ""), ("04221500009", "")],
)
def test_a_zero_is_offered_only_where_the_row_agrees(
    cast: Cast, clerk: GrantActor, number: str, offered: str
) -> None:
    """REC-07: province, century and sex, year: what is offered has to fit the row."""
    row = {"Họ tên": "Lê An Bình", "Ngày sinh": "01/02/2015", "Giới tính": "Nam",
           "Lớp học": "6A", "Số định danh cá nhân": number}  # fmt: skip
    (plan,) = planned(clerk, cast.school_a.pk, [row])
    assert [fault.suggestion for fault in plan.faults] == [offered]


def test_a_grade_that_denies_the_class_warns(cast: Cast, clerk: GrantActor) -> None:
    plans = planned(clerk, cast.school_a.pk, [a_pupil(**{"Khối học": "Khối 7"})])
    assert (outcomes(plans), faults(plans)) == (["NEW"], [(2, "students.other_grade")])


def test_a_parents_phone_without_a_name_becomes_the_familys(cast: Cast, clerk: GrantActor) -> None:
    row = {"Họ tên": "Lê An Bình", "Ngày sinh": "01/02/2015", "Giới tính": "Nam",
           "Lớp học": "6A", "SĐT mẹ": "912345678"}  # fmt: skip
    written(clerk, cast.school_a.pk, [row])
    assert outcomes(planned(clerk, cast.school_a.pk, [row])) == ["UNCHANGED"]
    (plan,) = planned(clerk, cast.school_a.pk, [{**row, "SĐT mẹ": "0987654321"}])
    assert plan.changes == {"mother_phone": ("0912345678", "0987654321")}


def test_a_name_in_two_columns_changes_in_the_column_that_differs(
    cast: Cast, clerk: GrantActor
) -> None:
    row = {"Họ đệm": "Dương Duy", "Tên": "Hoàng", "Ngày sinh": "01/02/2015", "Nữ": "",
           "Lớp học": "6A", "Mã học sinh": "4212345678"}  # fmt: skip
    written(clerk, cast.school_a.pk, [row])
    (plan,) = planned(clerk, cast.school_a.pk, [{**row, "Họ đệm": "Dương Huy"}])
    assert plan.changes == {"family_middle_name": ("Dương Duy", "Dương Huy")}
    (plan,) = planned(clerk, cast.school_a.pk, [{**row, "Nữ": "x"}])
    assert plan.changes == {"female_mark": ("Nam", "Nữ")}


def test_brothers_and_sisters_of_two_lists_share_their_mother(
    cast: Cast, clerk: GrantActor
) -> None:
    mother = {"Tên mẹ": "Trần Thị Hoà", "Năm sinh mẹ": "1983", "SĐT mẹ": "0912345678"}
    one, other = some_pupils(2)
    written(clerk, cast.school_a.pk, [{**one, **mother}])
    written(clerk, cast.school_a.pk, [{**other, **mother, "Tên mẹ": "TRẦN THỊ HÒA"}])
    rows = Guardianship.objects.unscoped(because=WHY).filter(
        student__moet_code__in=[one["Mã định danh Bộ GD&ĐT"], other["Mã định danh Bộ GD&ĐT"]],
        relation="MOTHER",
    )
    assert (rows.count(), rows.values("guardian").distinct().count()) == (2, 1)


def test_two_mothers_of_one_name_stay_two_people(cast: Cast, clerk: GrantActor) -> None:
    one, other = some_pupils(2)
    written(clerk, cast.school_a.pk, [one, other])
    rows = Guardianship.objects.unscoped(because=WHY).filter(
        student__moet_code__in=[one["Mã định danh Bộ GD&ĐT"], other["Mã định danh Bộ GD&ĐT"]],
        relation="MOTHER",
    )
    assert rows.values("guardian").distinct().count() == 2


def test_another_schools_pupil_of_the_same_name_is_not_touched(
    cast: Cast, clerk: GrantActor
) -> None:
    row = {"Họ tên": "Hồ Đăng Khoa", "Ngày sinh": "18/07/2015", "Giới tính": "Nam", "Lớp học": "6A"}
    assert outcomes(planned(clerk, cast.school_a.pk, [row])) == ["NEW"]


def test_a_class_is_known_once_it_is_open(cast: Cast, clerk: GrantActor) -> None:
    plans = planned(clerk, cast.school_a.pk, [a_pupil(**{"Lớp học": "6K"})])
    assert faults(plans) == [(2, "students.unknown_class")]
    make_class("6K", school=cast.school_a)
    assert outcomes(planned(clerk, cast.school_a.pk, [a_pupil(**{"Lớp học": "Lớp 6k"})])) == ["NEW"]


def test_the_comparison_costs_the_same_however_long_the_list(cast: Cast, clerk: GrantActor) -> None:
    counts = []
    for size in (5, 45, 182):
        rows = some_pupils(size, ["6A", "6B"])
        written(clerk, cast.school_a.pk, rows)
        with CaptureQueriesContext(connection) as caught:
            planned(clerk, cast.school_a.pk, rows)
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 14


def test_birth_dates_are_compared_as_days(cast: Cast, clerk: GrantActor) -> None:
    row = a_pupil(**{"Ngày sinh": "07/02/2015"})
    written(clerk, cast.school_a.pk, [row])
    assert student(row["Mã định danh Bộ GD&ĐT"]).person.birth_date == date(2015, 2, 7)
    assert outcomes(planned(clerk, cast.school_a.pk, [{**row, "Ngày sinh": "7-2-2015"}])) == [
        "UNCHANGED"
    ]


def test_a_list_brings_the_real_codes_in_place_of_a_temporary_code(
    cast: Cast, clerk: GrantActor
) -> None:
    pupil = make_student("Lê Quang Huy", homeroom_class=cast.class_6a, sex="MALE")
    held = issue_temporary_code(actor=actor_of(cast.loan), uuid=pupil.person.uuid, now=NOW)
    row = a_pupil(**{"Họ tên": "Lê Quang Huy", "Ngày sinh": "18/07/2015", "Giới tính": "Nam",
                     "Số định danh cá nhân": "042215000777"})  # fmt: skip
    written(clerk, cast.school_a.pk, [row])
    held = PersonCode.objects.unscoped(because=WHY).get(pk=held.pk)
    assert (held.ends_on, held.replaced_by) == (TODAY, "MOET_PUPIL")  # the row brings both
    person = Person.objects.unscoped(because=WHY).get(search_name="le quang huy")
    assert (person.pk, person.personal_number) == (pupil.person_id, "042215000777")


def test_years_of_birth_that_cannot_be_are_told(cast: Cast, clerk: GrantActor) -> None:
    young, old = some_pupils(2)
    born = young["Ngày sinh"][-4:]
    young["Năm sinh cha"] = str(int(born) + 5)
    old["Ngày sinh"] = f"{old['Ngày sinh'][:-4]}1915"
    plans = planned(clerk, cast.school_a.pk, [young, old])
    assert outcomes(plans) == ["NEW", "REFUSED"]
    assert {(2, "students.parent_age"), (3, "students.age_of_nobody")} <= set(faults(plans))

"""Who sees which pupils, and what is counted."""

import pytest
from tests.cast import Cast, actor_of
from tests.factories import TODAY, make_student

from khuevan.platform.accounts.api import Person
from khuevan.registry.people.api import VIEW_ADDRESSES, VIEW_SENSITIVE
from khuevan.registry.students.models import Student
from khuevan.registry.students.permissions import (
    EDIT_STUDENTS,
    EXPORT_STUDENTS,
    VIEW_GUARDIANS,
    VIEW_STUDENTS,
)
from khuevan.registry.students.selectors import (
    grade_counts,
    guardians_of,
    lacking,
    on_roll,
    place_in_class,
    placements_of,
    pupil_counts,
    rolls,
    school_counts,
    siblings_of,
    standing_of,
)
from khuevan.registry.students.selectors.rolls import LACKING

OF_6A = {"Phạm Minh Anh", "Lê Ngọc Khánh An", "Trần Đức Anh"}
OF_A = OF_6A | {"Bùi Quốc Bảo"}
EVERYBODY = OF_A | {"Hồ Đăng Khoa", "Phạm Đức Minh"}
EXPECTED = {
    "lan": OF_6A,
    "toan": OF_6A,
    "hung": OF_A,
    "loan": OF_A,
    "mai": {"Hồ Đăng Khoa"},
    "binh": EVERYBODY,
    "hoa": OF_A | {"Phạm Đức Minh"},
    "thanh": set(),
    "hien": set(),
    "huong": {"Phạm Minh Anh", "Phạm Đức Minh"},
    "minh_anh": {"Phạm Minh Anh"},
}
PERMISSIONS = (
    VIEW_STUDENTS,
    EDIT_STUDENTS,
    EXPORT_STUDENTS,
    VIEW_GUARDIANS,
    VIEW_SENSITIVE,
    VIEW_ADDRESSES,
)


def someone(cast: Cast, name: str) -> Person | Student:
    """Return somebody of the cast by name."""
    found: Person | Student = getattr(cast, name)
    return found


@pytest.mark.parametrize("name", EXPECTED)
def test_each_sees_their_own_pupils_and_no_other(cast: Cast, name: str) -> None:
    rows = on_roll(actor=actor_of(someone(cast, name)), on=TODAY)
    assert {row.person.full_name for row in rows} == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_standing_says_what_the_scope_says(cast: Cast, name: str) -> None:
    actor = actor_of(someone(cast, name))
    for student in (cast.minh_anh, cast.student_6b, cast.student_b, cast.duc_minh):
        standing = standing_of(student, on=TODAY)
        for permission in PERMISSIONS:
            reached = Student.objects.visible_to(actor, permission).filter(pk=student.pk)
            assert standing.allows(actor, permission) == reached.exists(), permission


def test_pupil_without_a_class_is_on_roll(cast: Cast) -> None:
    make_student("Tạ Yến Nhi", school=cast.school_a)
    rows = on_roll(actor=actor_of(cast.loan), on=TODAY, school_id=cast.school_a.pk)
    unplaced = lacking(rows, "unplaced", actor=actor_of(cast.loan), on=TODAY)
    assert [row.person.full_name for row in unplaced] == ["Tạ Yến Nhi"]


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("personal-number", OF_A - {"Phạm Minh Anh"}),
        ("guardian-phone", OF_A - {"Phạm Minh Anh"}),
        ("ethnicity", OF_A - {"Phạm Minh Anh"}),
        ("birth-date", set()),
        ("contradictions", set()),
    ],
)
def test_what_records_lack(cast: Cast, what: str, names: set[str]) -> None:
    actor = actor_of(cast.loan)
    rows = lacking(on_roll(actor=actor, on=TODAY), what, actor=actor, on=TODAY)
    assert {row.person.full_name for row in rows} == names


def test_few_of_a_province_are_the_same_pupils_looked_for_first_or_walked_to(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_student("Lê Minh Khang", school=cast.school_b, personal_number="042215000999")
    officer = actor_of(cast.binh)

    def told(what: str, *, is_wide: bool) -> list[int]:
        of_all = on_roll(actor=officer, on=TODAY)
        rows = lacking(of_all, what, actor=officer, on=TODAY, is_wide=is_wide)
        return sorted(row.student_id for row in rows)

    for what in LACKING:
        walked = told(what, is_wide=False)
        assert told(what, is_wide=True) == walked
        monkeypatch.setattr(rolls, "MOST_LACKING", 0)
        assert told(what, is_wide=True) == walked
        monkeypatch.undo()
    assert told("personal-number", is_wide=True)


def test_number_that_contradicts_the_record_is_found(cast: Cast) -> None:
    make_student("Lê Minh Khang", school=cast.school_a, personal_number="042215000999")
    clerk, teacher = actor_of(cast.loan), actor_of(cast.lan)
    rows = lacking(on_roll(actor=clerk, on=TODAY), "contradictions", actor=clerk, on=TODAY)
    assert [row.person.full_name for row in rows] == ["Lê Minh Khang"]
    own = make_student("Lê Minh Sang", homeroom_class=cast.class_6a, personal_number="042215000888")
    hers = on_roll(actor=teacher, on=TODAY)
    assert own.pk in {row.student_id for row in hers}
    assert not lacking(hers, "contradictions", actor=teacher, on=TODAY).exists()


def test_place_in_class_follows_vietnamese_order(cast: Cast) -> None:
    actor = actor_of(cast.lan)
    placement = placements_of(actor=actor, student=cast.minh_anh)[0]
    place = place_in_class(actor=actor, placement=placement, on=TODAY)
    assert place is not None
    assert (place.number, place.size) == (2, 3)
    assert place.previous is not None
    assert place.next is not None
    assert (place.previous.name, place.next.name) == ("Lê Ngọc Khánh An", "Trần Đức Anh")


def test_brothers_and_sisters_only_as_far_as_one_sees(cast: Cast) -> None:
    family = siblings_of(actor=actor_of(cast.huong), student=cast.minh_anh, on=TODAY)
    assert [row.student for row in family] == [cast.duc_minh]
    assert siblings_of(actor=actor_of(cast.lan), student=cast.minh_anh, on=TODAY) == []


def test_subject_teacher_does_not_see_families(cast: Cast) -> None:
    assert list(guardians_of(actor=actor_of(cast.toan), student=cast.minh_anh, on=TODAY)) == []
    assert list(guardians_of(actor=actor_of(cast.lan), student=cast.minh_anh, on=TODAY))


def test_figures_of_a_school(cast: Cast) -> None:
    make_student("Tạ Yến Nhi", school=cast.school_a)
    actor = actor_of(cast.thanh)
    told = school_counts(actor=actor, school_id=cast.school_a.pk, on=TODAY)
    assert (told.pupils, told.girls, told.unplaced, told.without_number) == (5, 4, 1, 4)
    assert pupil_counts(actor, None, TODAY)[cast.school_b.pk] == 1
    grades = grade_counts(actor=actor, school_id=cast.school_a.pk, on=TODAY)
    assert [(one.code, one.classes, one.pupils) for one in grades] == [
        ("6", 2, 4),
        ("7", 1, 0),
        ("unplaced", 0, 1),
    ]


@pytest.mark.parametrize("name", ["mai", "huong", "minh_anh", "hien"])
def test_figures_are_not_for_strangers(cast: Cast, name: str) -> None:
    told = pupil_counts(actor_of(someone(cast, name)), None, TODAY)
    assert cast.school_a.pk not in told

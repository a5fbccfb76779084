"""Correcting records: versions, guardians who are others, everybody who may not."""

from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import NOW, make_guardian_data

from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.students import actions
from khuevan.registry.students.data import Correction
from khuevan.registry.students.errors import PersonalNumberTaken, RecordChanged, RegistryNumberTaken
from khuevan.registry.students.models import ClassPlacement, Enrollment, Guardianship
from khuevan.registry.students.permissions import EDIT_STUDENTS
from khuevan.registry.students.selectors import get_student_for


def correct(cast: Cast, *, by: str = "loan", version: int = 1, **changes: Any) -> None:
    """Correct Minh Anh's record as somebody of the cast."""
    actions.correct_student(
        actor=actor_of(getattr(cast, by)),
        uuid=cast.minh_anh.uuid,
        version=version,
        changes=changes,
        now=NOW,
    )


@pytest.mark.parametrize("by", ["lan", "toan", "mai", "binh", "hoa", "thanh", "huong", "minh_anh"])
def test_nobody_but_the_office_corrects(cast: Cast, by: str) -> None:
    with pytest.raises(NotFound):
        correct(cast, by=by, phone="0912345678")


def test_old_version_is_refused(cast: Cast) -> None:
    correct(cast, phone="0912345678")
    with pytest.raises(RecordChanged):
        correct(cast, phone="0987654321")


def test_number_of_another_is_refused(cast: Cast) -> None:
    with pytest.raises(PersonalNumberTaken):
        actions.correct_student(
            actor=actor_of(cast.loan),
            uuid=cast.student_6b.uuid,
            version=1,
            changes={"personal_number": "042315000482"},
            now=NOW,
        )


def test_all_corrections_or_none(cast: Cast) -> None:
    both = [
        Correction(cast.minh_anh.pk, 1, {"phone": "0912345678"}),
        Correction(cast.student_b.pk, 1, {"phone": "0912345678"}),
    ]
    with pytest.raises(RecordChanged):
        actions.correct_students(actor=actor_of(cast.loan), corrections=both, now=NOW)
    cast.minh_anh.person.refresh_from_db()
    assert cast.minh_anh.person.phone == ""


def test_a_longer_list_costs_no_more_statements(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    several = [cast.minh_anh, cast.student_6b, *cast.others_6a]
    corrections = [
        Correction(
            student.pk,
            1,
            {
                "full_name": f"Lê Thị Số {number}",
                "phone": f"09123456{number:02}",
                "moet_code": f"42123456{number:02}",
                "registry_number": f"{number}/2026",
                "addresses": {"CURRENT": f"Thôn {number}", "PERMANENT": "Thôn 9"},
                "guardians": (make_guardian_data(occupation=f"Nghề {number}"),),
            },
        )
        for number, student in enumerate(several)
    ]
    actor = actor_of(cast.loan)
    actor.reach(EDIT_STUDENTS, "school")
    for chunk in (corrections[:1], corrections[1:]):
        with django_assert_max_num_queries(34):
            actions.correct_students(actor=actor, corrections=chunk, now=NOW)
    entries = AuditEntry.objects.unscoped(because="a test reads").filter(code="students.corrected")
    assert entries.count() == len(several)
    assert {entry.unit_id for entry in entries} == {cast.school_a.pk}
    for number, student in enumerate(several):
        student.person.refresh_from_db()
        assert student.person.phone == f"09123456{number:02}"
        assert student.person.version == 2


def test_a_registry_number_of_another_is_refused(cast: Cast) -> None:
    correct(cast, registry_number="17/2026")
    with pytest.raises(RegistryNumberTaken):
        actions.correct_student(
            actor=actor_of(cast.loan),
            uuid=cast.student_6b.uuid,
            version=1,
            changes={"registry_number": "17/2026"},
            now=NOW,
        )


def test_place_in_the_roll_follows_the_name(cast: Cast) -> None:
    correct(cast, full_name="Phạm Minh Yến")
    seat = ClassPlacement.objects.unscoped(because="a test").get(student=cast.minh_anh)
    enrolled = Enrollment.objects.unscoped(because="a test").get(student=cast.minh_anh)
    cast.minh_anh.person.refresh_from_db()
    assert seat.sort_key == enrolled.sort_key == cast.minh_anh.person.sort_key


def test_number_can_be_taken_away(cast: Cast) -> None:
    correct(cast, personal_number="")
    cast.minh_anh.person.refresh_from_db()
    assert cast.minh_anh.person.personal_number is None


def test_another_mother_does_not_inherit_the_former_ones_sign_in(cast: Cast) -> None:
    correct(cast, guardians=(make_guardian_data("Lê Thị Ngân", phone="0987000222"),))
    cast.huong.refresh_from_db()
    assert cast.huong.full_name == "Trịnh Thu Hường"
    with pytest.raises(NotFound):
        get_student_for(actor_of(cast.huong), cast.minh_anh.uuid)
    assert get_student_for(actor_of(cast.huong), cast.duc_minh.uuid) == cast.duc_minh
    rows = Guardianship.objects.unscoped(because="a test").filter(student=cast.minh_anh)
    now = rows.get(ends_on__isnull=True).guardian
    assert get_student_for(actor_of(now), cast.minh_anh.uuid) == cast.minh_anh
    with pytest.raises(NotFound):
        get_student_for(actor_of(now), cast.duc_minh.uuid)


def test_guardian_left_out_of_a_list_stays(cast: Cast) -> None:
    correct(cast, guardians=(make_guardian_data("Phạm Đức Tùng", relation="FATHER"),))
    rows = Guardianship.objects.unscoped(because="a test").filter(student=cast.minh_anh)
    assert rows.filter(ends_on__isnull=True).count() == 2

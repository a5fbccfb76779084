"""Duties whose periods the principal sets, and rooms of several subjects: rules, load, pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, Client
from tests.factories import EVERYTHING, NOW, TODAY, make_staff, make_year

from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.errors import (
    DecisionNeeded,
    DutyHeld,
    DutyPeriodsNeeded,
    DutyWhatNeeded,
    InformaticsRoom,
    PoolSpent,
)
from khuevan.registry.curriculum.load_rules import LoadFault, most_at_once
from khuevan.registry.curriculum.models import TeachingDuty
from khuevan.registry.curriculum.norms import Circumstances, Held, duty_row, reduction_of
from khuevan.registry.curriculum.selectors.loads import TeacherLoad, teacher_loads

DAY = timedelta(days=1)


def record(cast: Cast, member: Any, code: str, **more: Any) -> TeachingDuty:
    """Record a duty at school A from today on."""
    return actions.record_duty(
        actor=EVERYTHING,
        school=cast.school_a,
        member=member,
        new=actions.NewDuty(code, more.pop("starts_on", TODAY), **more),
        now=NOW,
    )


def load(cast: Cast, member: Any) -> TeacherLoad:
    """Return somebody's load at school A."""
    found = teacher_loads(
        actor=EVERYTHING, school=cast.school_a, year=make_year(), on=TODAY, term=0
    )
    return next(one for one in found if one.member == member)


@pytest.mark.parametrize(
    ("classes", "zone", "most"), [(27, 3, 4), (28, 3, 8), (28, 2, 8), (18, 1, 4), (19, 1, 8)]
)
@pytest.mark.parametrize("code", ["STUDENT_AFFAIRS", "COUNSELLING"])
def test_what_a_school_may_share_out(code: str, classes: int, zone: int, most: int) -> None:
    row = duty_row(code, Circumstances("THCS", classes=classes, zone=zone), on=TODAY)
    assert row is not None
    assert [row.periods, row.confidence] == [most, "TEXT_SEEN"]
    assert row.source.startswith("Thông tư 05/2025/TT-BGDĐT, Điều 11 khoản")


@pytest.mark.parametrize(
    ("code", "left"), [("DEPARTMENT_HEAD", 3), ("PARTY_SECRETARY", 3), ("LIBRARY", 0), ("IT", 0)]
)
def test_what_stays_though_an_allowance_is_paid(code: str, left: int) -> None:
    cut = reduction_of(Held(code, is_paid=True), Circumstances("THCS"), on=TODAY)
    assert cut is not None
    assert [cut.periods, cut.counts] == [left, True]


def test_a_pool_is_never_overdrawn(cast: Cast) -> None:
    one, other = (make_staff(name, school=cast.school_a) for name in ("Đỗ Vụ", "Bùi Vụ"))
    with pytest.raises(DutyPeriodsNeeded):
        record(cast, one, "STUDENT_AFFAIRS")
    record(cast, one, "STUDENT_AFFAIRS", periods=3)
    with pytest.raises(PoolSpent, match="1"):
        record(cast, other, "STUDENT_AFFAIRS", periods=2)
    record(cast, other, "STUDENT_AFFAIRS", periods=1)
    record(cast, other, "COUNSELLING", periods=4)
    found = load(cast, other).load
    assert found is not None
    assert [found.reduced, found.duties] == [5, 2]
    assert [one.source[-15:] for one in found.reductions] == ["Điều 11 khoản 1", "Điều 11 khoản 2"]


def test_periods_that_begin_later_count_for_a_pool(cast: Cast) -> None:
    one, other = (make_staff(name, school=cast.school_a) for name in ("Đỗ Vụ", "Bùi Vụ"))
    record(cast, one, "COUNSELLING", periods=3, starts_on=TODAY + 30 * DAY)
    record(cast, other, "COUNSELLING", periods=4, ends_on=TODAY + 30 * DAY)
    with pytest.raises(PoolSpent):
        record(cast, other, "COUNSELLING", periods=2, starts_on=TODAY + 30 * DAY)


def test_union_and_other_duties_name_their_decision(cast: Cast) -> None:
    teacher = make_staff("Đỗ Thị Đoàn", school=cast.school_a, homeroom=cast.class_6b)
    with pytest.raises(DecisionNeeded, match="08/2016"):
        record(cast, teacher, "UNION", periods=4)
    record(cast, teacher, "UNION", periods=4, agreement="QĐ 12/QĐ-CĐ", is_paid=True)
    with pytest.raises(DutyWhatNeeded):
        record(cast, teacher, "OTHER", periods=1, agreement="NQ 3")
    record(cast, teacher, "OTHER", periods=1, agreement="NQ 3", what="Phụ trách vườn trường")
    record(cast, teacher, "OTHER", periods=1, agreement="NQ 3", what="Phụ trách bếp ăn")
    found = load(cast, teacher).load
    assert found is not None
    assert [found.reduced, found.required] == [10, 9]
    assert LoadFault.TOO_MANY_DUTIES not in found.faults, "other duties are not of articles 9 to 11"
    assert "Nhiệm vụ khác: Phụ trách bếp ăn" in [one.label for one in found.reductions]


def test_rooms_of_several_subjects_are_one_duty(cast: Cast) -> None:
    teacher = make_staff("Đỗ Văn Phòng", school=cast.school_a, homeroom=cast.class_6b)
    with pytest.raises(DutyWhatNeeded):
        record(cast, teacher, "SUBJECT_ROOM")
    with pytest.raises(InformaticsRoom):
        record(cast, teacher, "SUBJECT_ROOM", what="Tin học")
    record(cast, teacher, "SUBJECT_ROOM", what="Hóa học")
    record(cast, teacher, "SUBJECT_ROOM", what="Vật lí")
    with pytest.raises(DutyHeld):
        record(cast, teacher, "SUBJECT_ROOM", what="Vật lí")
    found = load(cast, teacher).load
    assert found is not None
    assert [found.reduced, found.duties, found.required] == [10, 2, 9]


def test_a_duty_is_chosen_recorded_ended_and_taken_back_on_pages(cast: Cast) -> None:
    teacher = make_staff("Đỗ Văn Vụ", school=cast.school_a)
    client = Client()
    client.sign_in(cast.hung)
    at = f"/schools/{cast.school_a.code}/loads/"
    kinds = client.get(f"{at}{teacher.uuid}/duty/").content.decode()
    assert "Tổng cả trường 4 tiết, còn 4" in kinds
    assert "Điều 11 khoản 1" in kinds
    form = {"code": "STUDENT_AFFAIRS", "starts_on": TODAY.isoformat()}
    assert client.post(f"{at}{teacher.uuid}/duty/", {**form, "periods": "5"}).status_code == 422
    assert client.post(f"{at}{teacher.uuid}/duty/", {**form, "periods": "3"}).status_code == 302
    duty = TeachingDuty.objects.unscoped(because="a test").get(staff_member=teacher)
    page = client.get(f"{at}{teacher.uuid}/").content.decode()
    assert "−3" in page
    assert f"{at}duty/{duty.uuid}/end/" in page
    client.post(f"{at}duty/{duty.uuid}/end/", {"last_day": TODAY.isoformat()})
    duty.refresh_from_db()
    assert duty.ends_on == TODAY + DAY
    client.post(f"{at}duty/{duty.uuid}/withdraw/")
    assert not TeachingDuty.objects.unscoped(because="a test").filter(pk=duty.pk).exists()


SPANS = st.tuples(
    st.integers(1, 8), st.integers(0, 30), st.one_of(st.none(), st.integers(1, 30))
).map(lambda one: (one[0], TODAY + one[1] * DAY, one[2] and TODAY + (one[1] + one[2]) * DAY))


@given(st.lists(SPANS, max_size=6), st.integers(0, 30), st.integers(1, 30))
def test_most_at_once_is_the_most_of_any_day(
    parts: list[tuple[int, date, date | None]], first: int, length: int
) -> None:
    start, end = TODAY + first * DAY, TODAY + (first + length) * DAY
    by_day = [
        sum(count for count, on, after in parts if on <= day and (after is None or after > day))
        for day in (start + place * DAY for place in range(length))
    ]
    assert most_at_once(parts, start, end) == max(by_day)

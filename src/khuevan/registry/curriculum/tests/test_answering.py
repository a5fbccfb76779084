"""Who answers for the marks of a shared subject, and who is trained for what is given."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_staff, make_year

from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.errors import NotItsTeacher
from khuevan.registry.curriculum.giving_rules import answering
from khuevan.registry.curriculum.models import AssignedPeriods, ClassSubject, ResponsibleTeacher
from khuevan.registry.curriculum.selectors.answering import answering_in, responsible_for
from khuevan.registry.curriculum.selectors.plans import class_plans
from khuevan.registry.curriculum.training import Training, training_for
from khuevan.registry.staff.api import StaffMember, TeachingAssignment
from khuevan.registry.staff.models import StaffSubject

DAY = timedelta(days=1)
SCIENCE = "Khoa học tự nhiên"


@pytest.mark.parametrize(
    ("subject", "level", "trained", "told"),
    [
        ("Toán", "THCS", {"Toán"}, Training.FITS),
        ("Toán", "THCS", {"Ngữ văn"}, Training.OTHER),
        ("Toán", "TH", {"Tiếng Việt"}, Training.FITS),
        ("Toán", "THCS", set(), Training.UNKNOWN),
        (SCIENCE, "THCS", {"Vật lí"}, Training.FITS),
        ("Vật lí", "THPT", {"Hóa học"}, Training.OTHER),
        ("Lịch sử và Địa lí", "THCS", {"Địa lí"}, Training.FITS),
        ("Giáo dục kinh tế và pháp luật", "THPT", {"Giáo dục công dân"}, Training.FITS),
        ("Hoạt động trải nghiệm, hướng nghiệp", "THCS", set(), Training.FITS),
        ("Tiếng Anh", "THCS", {"Tiếng Pháp"}, Training.OTHER),
        ("Mĩ thuật", "THCS", {"Âm nhạc"}, Training.OTHER),
    ],
)
def test_what_training_says_of_a_subject(
    subject: str, level: str, trained: set[str], told: Training
) -> None:
    assert training_for(subject, level, trained) is told


GIVEN = st.dictionaries(st.integers(1, 9), st.integers(0, 140), max_size=5)


@given(GIVEN, st.one_of(st.none(), st.integers(1, 12)))
def test_exactly_one_of_the_teachers_answers(by: dict[int, int], said: int | None) -> None:
    found = answering(by, said)
    if not by:
        assert found is None
        return
    assert found is not None
    member, is_settled = found
    assert member in by
    assert is_settled == (said in by or len(by) == 1)
    if said not in by:
        assert by[member] == max(by.values())


def shared(cast: Cast) -> tuple[ClassSubject, StaffMember, StaffMember]:
    """Let two teachers share natural science in 6B: three and one period a week."""
    actions.fill_plans(actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW)
    rows = ClassSubject.objects.unscoped(because="a test")
    row = rows.get(homeroom_class=cast.class_6b, subject_name=SCIENCE)
    one, other = (make_staff(name, school=cast.school_a) for name in ("Đỗ Văn Lí", "Bùi Thị Hóa"))
    for member, count in ((one, 1), (other, 3)):
        actions.assign_subject(
            actor=EVERYTHING,
            uuid=row.uuid,
            member=member,
            starts_on=TODAY,
            weeks=[count] * 35,
            takes_over=False,
            now=NOW,
        )
    return row, one, other


def choose(row: ClassSubject, member: StaffMember, on: Any = TODAY) -> None:
    """Let somebody answer for a subject."""
    actions.set_responsible(actor=EVERYTHING, uuid=row.uuid, member=member, on=on, now=NOW)


def test_one_answers_from_a_day_until_another_does(cast: Cast) -> None:
    row, one, other = shared(cast)
    lesson = cast.class_6b.pk, SCIENCE

    def who(on: Any = TODAY) -> tuple[StaffMember, bool]:
        found = responsible_for([cast.class_6b.pk], on=on)[lesson]
        plans = class_plans(
            actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), on=on
        )
        assert answering_in(plans, on=on)[lesson] == found
        return found.member, found.is_settled

    assert who() == (other, False), "who gives most, until somebody says"
    choose(row, one)
    choose(row, one)
    assert who() == (one, True)
    choose(row, other, TODAY + 10 * DAY)
    assert who() == (one, True)
    assert who(TODAY + 10 * DAY) == (other, True)
    choose(row, one)
    assert who(TODAY + 10 * DAY) == (one, True), "what was said for later is replaced"
    with pytest.raises(NotItsTeacher):
        choose(row, make_staff("Lý Văn Khác", school=cast.school_a))


def test_the_board_tells_and_the_page_changes(cast: Cast) -> None:
    row, one, _other = shared(cast)
    StaffSubject.objects.create(
        staff_member=one,
        person=one.person,
        subject_name="Ngữ văn",
        tie="TRAINED",
        starts_on=TODAY - DAY,
    )
    client = Client().sign_in(cast.hung)
    at = f"/schools/{cast.school_a.code}/assignments/"
    board = client.get(at).content.decode()
    assert "Điểm: chưa chọn người phụ trách" in board
    assert "được đào tạo môn khác" in board
    page = client.get(f"{at}{row.uuid}/").content.decode()
    assert "Tạm phụ trách điểm" in page
    client.post(f"{at}{row.uuid}/responsible/", {"member": str(one.uuid)})
    assert "Điểm: Đỗ Văn Lí" in client.get(at).content.decode()
    assert ResponsibleTeacher.objects.unscoped(because="a test").count() == 1
    assert client.post(f"{at}{row.uuid}/responsible/", {"member": "x"}).status_code == 404


def test_who_is_not_trained_is_told_and_not_refused(cast: Cast) -> None:
    row, _one, _other = shared(cast)
    drawing = make_staff("Đỗ Thị Vẽ", school=cast.school_a)
    client = Client().sign_in(cast.hung)
    at = f"/schools/{cast.school_a.code}/assignments/{row.uuid}/"
    form = {"member": str(drawing.uuid), "starts_on": TODAY.isoformat(), "takes_over": "on"}
    told = client.post(at, form, follow=True).content.decode()
    assert "chưa ghi là được đào tạo môn Khoa học tự nhiên" in told
    assert (
        responsible_for([cast.class_6b.pk], on=TODAY)[cast.class_6b.pk, SCIENCE].member == drawing
    )


def test_periods_by_term_of_one_of_several(cast: Cast) -> None:
    row, _one, other = shared(cast)
    rows = TeachingAssignment.objects.unscoped(because="a test")
    teaching = rows.get(staff_member=other, subject_name=SCIENCE)
    client = Client().sign_in(cast.hung)
    at = f"/schools/{cast.school_a.code}/assignments/{row.uuid}/periods/{teaching.uuid}/"
    assert 'value="3"' in client.get(at).content.decode()
    assert client.post(at, {"first": "4", "second": "4"}).status_code == 422
    assert client.post(at, {"first": "2", "second": "3"}).status_code == 302
    said = AssignedPeriods.objects.unscoped(because="a test").get(teaching=teaching)
    assert said.weeks == [2] * 18 + [3] * 17


def test_rest_tells_and_changes_who_answers(cast: Cast) -> None:
    row, one, other = shared(cast)
    client = Client().sign_in(cast.hung)
    at = f"/api/v1/schools/{cast.school_a.code}/assignments"
    answers = [
        (item["full_name"], item["training"])
        for item in client.get(at).json()
        if item["planned"] == str(row.uuid) and item["answers_for_marks"]
    ]
    assert answers == [("Bùi Thị Hóa", "UNKNOWN")]
    body = {"staff_member": str(one.uuid), "starts_on": TODAY.isoformat()}
    told = client.post(f"{at}/{row.uuid}/responsible", body, content_type="application/json")
    assert [item["full_name"] for item in told.json() if item["answers_for_marks"]] == ["Đỗ Văn Lí"]
    assert responsible_for([cast.class_6b.pk], on=TODAY)[cast.class_6b.pk, SCIENCE].member == one
    named = ResponsibleTeacher.objects.unscoped(because="a test")
    assert [row.staff_member for row in named] == [one] != [other]


def test_one_more_teacher_takes_over_or_gets_periods_and_a_mistake_goes(
    cast: Cast, client: Client
) -> None:
    row, one, other = shared(cast)
    third = make_staff("Phan Văn Ba", school=cast.school_a)
    client.sign_in(cast.hung)
    path = reverse("curriculum:give", args=[cast.school_a.code, row.uuid])
    given = {"member": str(third.uuid), "starts_on": f"{TODAY:%d/%m/%Y}"}
    told = client.post(path, given).content.decode()
    assert one.person.full_name in told
    assert other.person.full_name in told
    rows = TeachingAssignment.objects.unscoped(because="a test").filter(staff_member=third)
    assert not rows.exists(), "nothing was left to give"
    client.post(path, {**given, "takes_over": "on"})
    taught = rows.get()
    client.post(reverse("staff:end_lessons", args=[taught.uuid]), {"on": f"{TODAY:%d/%m/%Y}"})
    assert not rows.exists(), "given today by mistake"

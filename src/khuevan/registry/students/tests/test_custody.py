"""Custody and contact by date, the order of contact, ends and undo: who reads on which day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY, make_guardian_data, make_student

from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import Days
from khuevan.platform.access.api import actor_for_person
from khuevan.platform.accounts.api import Person
from khuevan.registry.students import actions
from khuevan.registry.students.errors import (
    GuardianKnown,
    GuardianWasEnded,
    LimitedAlready,
    NothingToUndo,
    PaperNeeded,
    ReasonNeeded,
    WrongOrder,
    WrongPeriod,
)
from khuevan.registry.students.models import Guardianship, GuardianshipLimit, Student
from khuevan.registry.students.permissions import VIEW_STUDENTS
from khuevan.registry.students.rules import reading_days

PAPER = "Bản án 12/2026/HNGĐ-ST, TAND khu vực 3"
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def child(cast: Cast) -> Student:
    return make_student(
        "Vũ Gia Hân",
        school=cast.school_a,
        guardians=[
            make_guardian_data("Vũ Văn Nam", relation="FATHER", phone="0912000777"),
            make_guardian_data("Lê Thị Hạnh", phone="0912000778"),
        ],
    )


def row_of(child: Student, relation: str = "FATHER") -> Guardianship:
    rows = Guardianship.objects.unscoped(because="a test").select_related("guardian")
    return rows.filter(student=child, relation=relation).order_by("-pk")[0]


def reads(person: Person, child: Student, on: date = TODAY) -> bool:
    actor = actor_for_person(person, on=on, now=NOW, hat_key="")
    return Student.objects.visible_to(actor, VIEW_STUDENTS).filter(pk=child.pk).exists()


def limit(cast: Cast, child: Student, **changes: Any) -> GuardianshipLimit:
    values: dict[str, Any] = {"kind": "NO_CUSTODY", "starts_on": TODAY, "paper": PAPER}
    return actions.limit_guardian(
        actor=actor_of(cast.loan), uuid=row_of(child).uuid, now=NOW, **{**values, **changes}
    )


def end(cast: Cast, child: Student, **changes: Any) -> Guardianship:
    values: dict[str, Any] = {"on": TODAY, "reason": "Quyết định chấm dứt giám hộ"}
    return actions.end_guardianship(
        actor=actor_of(cast.loan), uuid=row_of(child).uuid, now=NOW, **{**values, **changes}
    )


def test_custody_that_ended_this_morning_closes_page_and_token(
    cast: Cast, child: Student, client: Client
) -> None:
    father = row_of(child).guardian
    page = reverse("family:child", args=[child.uuid])
    assert client.sign_in(father).get(page).status_code == 200
    api = f"/api/v1/students/{child.uuid}"
    assert client.get(api).status_code == 200
    limit(cast, child)
    assert client.get(page).status_code == 404
    assert client.get(api).status_code == 404
    home = client.get("/").content.decode()
    assert "hồ sơ của Vũ Gia Hân không còn mở được" in home
    assert "18 tuổi" not in home
    assert reads(row_of(child, "MOTHER").guardian, child)


def test_a_limit_of_tomorrow_lets_read_today_and_its_end_opens_again(
    cast: Cast, child: Student
) -> None:
    father = row_of(child).guardian
    limit(cast, child, starts_on=TOMORROW, ends_on=TOMORROW + timedelta(days=5))
    days = [TODAY, TOMORROW, TOMORROW + timedelta(days=4), TOMORROW + timedelta(days=5)]
    assert [reads(father, child, on) for on in days] == [True, False, False, True]


@pytest.mark.parametrize("kind", ["NO_CUSTODY", "NO_CONTACT"])
def test_lifting_a_limit_on_its_day_leaves_no_trace_of_it(
    cast: Cast, child: Student, kind: str
) -> None:
    made = limit(cast, child, kind=kind)
    actions.lift_limit(actor=actor_of(cast.loan), uuid=made.uuid, on=TODAY, now=NOW)
    assert reads(row_of(child).guardian, child)
    assert not GuardianshipLimit.objects.unscoped(because="a test").exists()


def test_a_limit_lifted_later_keeps_its_days(cast: Cast, child: Student) -> None:
    made = limit(cast, child, starts_on=TODAY - timedelta(days=9))
    actions.lift_limit(actor=actor_of(cast.loan), uuid=made.uuid, on=TODAY, now=NOW)
    made.refresh_from_db()
    assert made.ends_on == TODAY
    assert reads(row_of(child).guardian, child)


def test_a_limit_that_has_not_begun_is_withdrawn_and_a_corrected_one_takes_its_place(
    cast: Cast, child: Student
) -> None:
    wrong = limit(cast, child, starts_on=TODAY + timedelta(days=30))
    actions.lift_limit(actor=actor_of(cast.loan), uuid=wrong.uuid, on=TODAY, now=NOW)
    right = limit(cast, child, starts_on=TODAY + timedelta(days=10))
    (kept,) = GuardianshipLimit.objects.unscoped(because="a test")
    assert kept == right


def test_page_and_rest_withdraw_a_limit_that_has_not_begun(
    cast: Cast, child: Student, client: Client
) -> None:
    client.sign_in(cast.loan)
    wrong = limit(cast, child, starts_on=TODAY + timedelta(days=30))
    url = reverse("students:limit_lift", args=[child.uuid, wrong.uuid])
    assert client.post(url, {"on": f"{TODAY:%d/%m/%Y}"}).status_code == 302
    assert not GuardianshipLimit.objects.unscoped(because="a test").exists()
    wrong = limit(cast, child, starts_on=TODAY + timedelta(days=30))
    path, body = f"/api/v1/guardian-limits/{wrong.uuid}/lift", {"on": TODAY.isoformat()}
    assert client.post(path, body, "application/json").status_code == 200
    assert not GuardianshipLimit.objects.unscoped(because="a test").exists()


def test_a_limit_that_has_begun_is_not_lifted_before_its_first_day(
    cast: Cast, child: Student
) -> None:
    made = limit(cast, child, starts_on=TODAY)
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(WrongPeriod):
        actions.lift_limit(actor=actor_of(cast.loan), uuid=made.uuid, on=yesterday, now=NOW)


def test_a_limit_needs_its_paper_a_forward_period_and_free_days(cast: Cast, child: Student) -> None:
    with pytest.raises(PaperNeeded):
        limit(cast, child, paper=" ")
    with pytest.raises(WrongPeriod):
        limit(cast, child, ends_on=TODAY)
    limit(cast, child)
    with pytest.raises(LimitedAlready):
        limit(cast, child, kind="NO_CONTACT", starts_on=TOMORROW)


def test_an_ended_guardianship_stays_in_the_history_and_comes_back_as_it_was(
    cast: Cast, child: Student
) -> None:
    father = row_of(child).guardian
    ended = end(cast, child)
    assert not reads(father, child)
    actions.restore_guardian(actor=actor_of(cast.loan), uuid=ended.uuid, now=NOW)
    assert reads(father, child)
    with pytest.raises(NothingToUndo):
        actions.restore_guardian(actor=actor_of(cast.loan), uuid=ended.uuid, now=NOW)


def test_no_list_and_no_form_brings_back_who_was_ended(cast: Cast, child: Student) -> None:
    end(cast, child)
    again = make_guardian_data("Vũ Văn Nam", relation="FATHER", phone="0912000777")
    child.person.refresh_from_db()
    with pytest.raises(GuardianWasEnded):
        actions.correct_student(
            actor=actor_of(cast.loan),
            uuid=child.uuid,
            version=child.person.version,
            changes={"guardians": (again,)},
            now=NOW,
        )
    with pytest.raises(GuardianWasEnded):
        actions.add_guardian(
            actor=actor_of(cast.loan), student_uuid=child.uuid, data=again, now=NOW
        )


def test_an_end_says_why(cast: Cast, child: Student) -> None:
    with pytest.raises(ReasonNeeded):
        end(cast, child, reason="  ")


def test_another_school_changes_nobody_s_custody(cast: Cast, child: Student) -> None:
    for act in (actions.limit_guardian, actions.end_guardianship, actions.restore_guardian):
        values: dict[str, Any] = {
            actions.limit_guardian: {"kind": "NO_CUSTODY", "starts_on": TODAY, "paper": PAPER},
            actions.end_guardianship: {"on": TODAY, "reason": "Vì thế"},
            actions.restore_guardian: {},
        }[act]
        with pytest.raises(NotFound):
            act(actor=actor_of(cast.mai), uuid=row_of(child).uuid, now=NOW, **values)


def test_a_grandmother_and_an_orphanage_are_added_once(cast: Cast, child: Student) -> None:
    add = actions.add_guardian
    grandmother = make_guardian_data("Trần Thị Nga", relation="OTHER", phone="0912000779")
    row = add(actor=actor_of(cast.loan), student_uuid=child.uuid, data=grandmother, now=NOW)
    assert (row.contact_order, reads(row.guardian, child)) == (3, True)
    with pytest.raises(GuardianKnown):
        add(actor=actor_of(cast.loan), student_uuid=child.uuid, data=grandmother, now=NOW)
    home = add(
        actor=actor_of(cast.loan),
        student_uuid=child.uuid,
        data=make_guardian_data("Đỗ Văn Phúc", relation="GUARDIAN", phone="0912000770"),
        on_behalf_of="Trung tâm Bảo trợ xã hội Hà Tĩnh",
        now=NOW,
    )
    assert home.on_behalf_of == "Trung tâm Bảo trợ xã hội Hà Tĩnh"


def test_the_order_of_contact_names_everybody_once(cast: Cast, child: Student) -> None:
    father, mother = row_of(child).uuid, row_of(child, "MOTHER").uuid

    def order(*uuids: UUID) -> None:
        actions.order_guardians(
            actor=actor_of(cast.loan), student_uuid=child.uuid, order=uuids, now=NOW
        )

    order(father, mother)
    assert (row_of(child).contact_order, row_of(child, "MOTHER").contact_order) == (1, 2)
    for wrong in ((father,), (father, father), (father, mother, child.uuid)):
        with pytest.raises(WrongOrder):
            order(*wrong)


def test_a_corrected_birth_date_opens_nothing_for_who_is_limited(
    cast: Cast, child: Student
) -> None:
    limit(cast, child)
    child.person.refresh_from_db()
    actions.correct_student(
        actor=actor_of(cast.loan),
        uuid=child.uuid,
        version=child.person.version,
        changes={"birth_date": date(2014, 5, 6)},
        now=NOW,
    )
    assert not reads(row_of(child).guardian, child)
    assert reads(row_of(child, "MOTHER").guardian, child)


DAY_ONE = date(2026, 1, 1)


def _days(pair: tuple[int, int]) -> Days:
    start, length = pair
    return DAY_ONE + timedelta(days=start), DAY_ONE + timedelta(days=start + length)


span = st.tuples(st.integers(0, 30), st.integers(1, 15)).map(_days)


@given(span, span, st.lists(span, max_size=3), st.integers(0, 40), st.integers(0, 40))
def test_reading_days_are_what_a_list_of_days_says(
    period: Days, consent: Days, limits: list[Days], of_age: int, died: int
) -> None:
    """Compared with the plainest model: each day asked by itself."""
    of_age_on, died_on = (DAY_ONE + timedelta(days=n) for n in (of_age, died))
    found = reading_days(
        period, of_age_on=of_age_on, consents=[consent], limits=limits, died_on=died_on
    )

    def within(day: date, one: Days) -> bool:
        return one[0] <= day and (one[1] is None or day < one[1])

    for number in range(60):
        day = DAY_ONE + timedelta(days=number)
        expected = (
            within(day, period)
            and (day < of_age_on or within(day, consent))
            and not any(within(day, one) for one in limits)
            and day < died_on
        )
        assert sum(within(day, one) for one in found) == expected

"""A pupil changes schools: every step, who may take it, and what it leaves behind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    YEAR_STARTS,
    make_class,
    make_commune,
    make_province,
    make_school,
)
from tests.signing import decide_all

from khuevan.kernel.errors import DayOutOfRange, NotFound
from khuevan.platform.notifications.api import Notification
from khuevan.platform.organizations.api import (
    Decided,
    Handed,
    NumberUnfit,
    OrgUnitVersion,
    Signed,
    SigningForm,
    UnitPlace,
    children_of,
    end_unit,
    move_unit,
    pass_on_open_files,
)
from khuevan.platform.regulations.api import load_regulations
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.api import ClassPlacement, Enrollment, end_enrollment
from khuevan.registry.transfers import facts
from khuevan.registry.transfers.actions import (
    Answer,
    Wish,
    accept,
    ask_to_leave,
    place,
    receive,
    refuse,
    release,
    take_back,
    withdraw,
)
from khuevan.registry.transfers.errors import (
    AlreadyAsked,
    BeforeTheDayWished,
    ClassIsFull,
    DayBeforeEntry,
    DayBeforeRelease,
    DayTooFar,
    DecidedTooEarly,
    DoneAlready,
    LeftMeanwhile,
    LetterNotWhole,
    OfficeNotRecorded,
    OtherSchoolsClass,
    OutsideUsualTime,
    PapersMissing,
    PupilNotFound,
    ReasonNeeded,
    SchoolIsClosed,
)
from khuevan.registry.transfers.kinds import Matter, State
from khuevan.registry.transfers.models import Transfer, TransferStep, TravellingRecord
from khuevan.registry.transfers.tests.cases import (
    accepted,
    again,
    asked,
    clerk_of,
    decided,
    decisions,
    received,
    released,
    sought,
    with_papers,
)

DAY = timedelta(days=1)
SIGNED = Signed("5/GT", TODAY, "Nguyễn Văn Chủ", "Phó Chủ tịch", SigningForm.DEPUTY)


def enrollments(cast: Cast) -> list[Enrollment]:
    rows = Enrollment.objects.unscoped(because="a test looks")
    return list(rows.filter(student=cast.minh_anh).order_by("starts_on"))


def seats(cast: Cast) -> list[ClassPlacement]:
    rows = ClassPlacement.objects.unscoped(because="a test looks")
    return list(rows.filter(student=cast.minh_anh).order_by("starts_on"))


def test_a_pupil_goes_from_one_school_to_another(cast: Cast) -> None:
    transfer = received(cast)
    assert transfer.state == State.RECEIVED
    place(
        actor=EVERYTHING,
        uuid=transfer.uuid,
        homeroom_class=cast.class_b,
        on=TODAY,
        now=NOW,
    )
    assert again(transfer).state == State.PLACED
    old, new = enrollments(cast)
    assert (old.school_id, old.ends_on, old.exit_kind) == (
        cast.school_a.pk, TODAY, "TRANSFERRED_OUT",
    )  # fmt: skip
    assert (new.school_id, new.starts_on, new.ends_on) == (cast.school_b.pk, TODAY, None)
    assert [seat.homeroom_class_id for seat in seats(cast)] == [
        cast.class_6a.pk, cast.class_b.pk,
    ]  # fmt: skip


def test_the_day_of_the_move_counts_not_that_of_the_request(cast: Cast) -> None:
    """Asked for in November: in January, when the first term has ended, no exception is needed."""
    student = cast.others_6a[0]
    transfer = ask_to_leave(
        actor=EVERYTHING, student_uuid=student.uuid, to=cast.school_b, now=NOW,
        wish=Wish(moves_on=date(2027, 1, 20), reason="Gia đình chuyển nơi ở"),
    )  # fmt: skip
    assert transfer.in_window
    assert Matter.EXCEPTION not in {m for one in decisions(transfer) for m in one.matters}
    accept(actor=EVERYTHING, uuid=transfer.uuid, now=NOW)
    decide_all(transfer)
    with_papers(transfer)
    with pytest.raises(OutsideUsualTime):
        release(actor=EVERYTHING, uuid=transfer.uuid, on=TODAY, now=NOW)
    release(actor=EVERYTHING, uuid=transfer.uuid, on=date(2027, 1, 20), now=NOW)


@pytest.mark.parametrize("on", [date(1026, 11, 23), date(2226, 11, 23), TODAY - 400 * DAY])
def test_a_slip_in_the_year_is_refused(cast: Cast, on: date) -> None:
    with pytest.raises((DayOutOfRange, DayTooFar)):
        ask_to_leave(
            actor=EVERYTHING, student_uuid=cast.minh_anh.uuid, to=cast.school_b, now=NOW,
            wish=Wish(moves_on=on, reason="Chuyển"),
        )  # fmt: skip


def test_missing_papers_are_named(cast: Cast) -> None:
    transfer = decided(cast)
    with pytest.raises(PapersMissing) as refused:
        release(actor=EVERYTHING, uuid=transfer.uuid, on=TODAY, now=NOW)
    assert "Học bạ" in str(refused.value) or "Report card" in str(refused.value)


def test_the_new_school_finds_a_pupil_by_all_three_facts_only(cast: Cast) -> None:
    for wrong in ({"number": "042315000483"}, {"full_name": "Phạm Minh Ánh"}):
        with pytest.raises(PupilNotFound):
            sought(cast, **wrong)
    assert sought(cast).student == cast.minh_anh


def test_two_schools_cannot_ask_for_one_pupil(cast: Cast) -> None:
    asked(cast)
    with pytest.raises(AlreadyAsked):
        sought(cast)


def test_a_refusal_needs_its_reason_and_ends_the_case(cast: Cast) -> None:
    transfer = asked(cast)
    with pytest.raises(ReasonNeeded):
        refuse(actor=EVERYTHING, uuid=transfer.uuid, reason=" ", now=NOW)
    refuse(actor=EVERYTHING, uuid=transfer.uuid, reason="Không còn chỗ", now=NOW)
    assert again(transfer).state == State.REFUSED
    assert asked(cast).state == State.REQUESTED


def test_a_withdrawal_leaves_the_schools_as_they_were(cast: Cast) -> None:
    before = [(e.ends_on, e.exit_kind) for e in enrollments(cast)]
    transfer = accepted(cast)
    withdraw(actor=EVERYTHING, uuid=transfer.uuid, reason="Gia đình đổi ý", now=NOW)
    assert [(e.ends_on, e.exit_kind) for e in enrollments(cast)] == before
    assert again(transfer).waits_for == []


def test_after_the_release_nobody_withdraws(cast: Cast) -> None:
    transfer = released(cast)
    with pytest.raises(DoneAlready):
        withdraw(actor=EVERYTHING, uuid=transfer.uuid, reason="Gia đình đổi ý", now=NOW)


def test_a_release_taken_back_restores_enrollment_and_seat(cast: Cast) -> None:
    before = [(e.school_id, e.starts_on, e.ends_on, e.exit_kind) for e in enrollments(cast)]
    sat = [(s.homeroom_class_id, s.starts_on, s.ends_on) for s in seats(cast)]
    transfer = released(cast)
    take_back(actor=EVERYTHING, uuid=transfer.uuid, now=NOW)
    assert [(e.school_id, e.starts_on, e.ends_on, e.exit_kind) for e in enrollments(cast)] == before
    assert [(s.homeroom_class_id, s.starts_on, s.ends_on) for s in seats(cast)] == sat
    assert again(transfer).state == State.ACCEPTED
    rows = TravellingRecord.objects.unscoped(because="a test looks")
    assert not rows.filter(transfer=transfer).exists()


def test_the_record_travels_as_it_stood(cast: Cast) -> None:
    transfer = released(cast)
    rows = TravellingRecord.objects.unscoped(because="a test looks").filter(transfer=transfer)
    taken = {row.part: row.content for row in rows}
    assert taken["identity"]["full_name"] == "Phạm Minh Anh"
    assert taken["schooling"]["classes"][0]["class"] == "6A"
    assert taken["guardians"]["guardians"][0]["relation"] == "MOTHER"


def test_a_day_before_the_pupil_came_is_refused(cast: Cast) -> None:
    with pytest.raises(DayBeforeEntry):
        released(cast, on=YEAR_STARTS)


def test_nobody_is_received_before_the_release(cast: Cast) -> None:
    transfer = released(cast)
    with pytest.raises(DayBeforeRelease):
        receive(actor=EVERYTHING, uuid=transfer.uuid, on=TODAY - DAY, now=NOW)


def test_a_pupil_who_left_meanwhile_is_not_released(cast: Cast) -> None:
    transfer = with_papers(decided(cast))
    end_enrollment(
        actor=EVERYTHING, uuid=cast.minh_anh.uuid, exit_kind="DROPPED", on=TODAY, now=NOW
    )
    with pytest.raises(LeftMeanwhile):
        release(actor=EVERYTHING, uuid=transfer.uuid, on=TODAY, now=NOW)


def test_a_school_closed_meanwhile_receives_nobody(cast: Cast) -> None:
    transfer = released(cast)
    HomeroomClass.objects.unscoped(because="no class is in a closed school").filter(
        school=cast.school_b
    ).update(closed_on=TODAY)
    cast.school_b.closed_on = TODAY
    cast.school_b.save(update_fields=["closed_on"])
    with pytest.raises(SchoolIsClosed):
        receive(actor=EVERYTHING, uuid=transfer.uuid, on=TODAY, now=NOW)


def test_a_class_of_another_school_or_grade_is_refused(cast: Cast) -> None:
    transfer = received(cast)
    for room in (cast.class_6a, make_class("7A", school=cast.school_b)):
        with pytest.raises(OtherSchoolsClass):
            place(actor=EVERYTHING, uuid=transfer.uuid, homeroom_class=room, on=TODAY, now=NOW)


@pytest.mark.parametrize(
    ("level", "school_type", "room", "limit"),
    [
        ("TH", "PRIMARY", "3A", 35),
        ("THCS", "LOWER_SECONDARY", "6A", 45),
        ("THCS", "ETHNIC_BOARDING", "6A", 35),
        ("THPT", "UPPER_SECONDARY", "10A", 45),
        ("THPT", "GIFTED", "10A", 35),
    ],
)
def test_how_many_a_class_holds_is_of_its_level_and_type_of_school(
    db: None, level: str, school_type: str, room: str, limit: int
) -> None:
    load_regulations()
    above = make_province() if level == "THPT" else None
    school = make_school(levels=(level,), school_type=school_type, commune=above)
    made = make_class(room, school=school)
    assert facts.class_limit(made, on=TODAY) == limit
    assert facts.class_limit(made, on=date(2019, 9, 1)) is None


def test_a_full_class_asks_before_it_takes_one_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "class_limit", lambda *_a, **_k: 1)
    transfer = received(cast)
    told: dict[str, Any] = {
        "uuid": transfer.uuid,
        "homeroom_class": cast.class_b,
        "on": TODAY,
        "now": NOW,
    }
    with pytest.raises(ClassIsFull):
        place(actor=EVERYTHING, **told)
    assert place(actor=EVERYTHING, is_sure=True, **told).state == State.PLACED


def test_each_school_takes_its_own_steps_only(cast: Cast) -> None:
    transfer = asked(cast, actor=actor_of(cast.loan))
    with pytest.raises(NotFound):
        accept(actor=actor_of(cast.loan), uuid=transfer.uuid, now=NOW)
    clerk = actor_of(clerk_of(cast.school_b))
    assert accept(actor=clerk, uuid=transfer.uuid, now=NOW).state == State.ACCEPTED
    with pytest.raises(DoneAlready) as second:
        accept(actor=clerk, uuid=transfer.uuid, now=NOW)
    assert "Hồ Thị Văn Thư" in str(second.value)


def test_whoever_is_next_is_told(cast: Cast) -> None:
    clerk = clerk_of(cast.school_b)
    asked(cast, actor=actor_of(cast.loan))
    rows = Notification.objects.unscoped(because="a test looks")
    assert rows.filter(person=clerk, kind="transfers.asked").exists()
    assert rows.filter(person=cast.huong, kind="transfers.family_asked").exists()


def test_no_case_is_opened_where_nobody_is_recorded_who_could_decide(cast: Cast) -> None:
    """A decision nobody can be asked for is not left out: the case would go on without it."""
    OrgUnitVersion.objects.filter(unit_id=cast.school_b.pk).update(parent=None, area=None)
    with pytest.raises(OfficeNotRecorded):
        asked(cast)


def test_what_is_open_at_an_office_that_ends_goes_to_its_successor(cast: Cast) -> None:
    """By function: open files to the one, registers to the other."""
    transfer = accepted(cast)
    (first, *_others) = decisions(transfer)
    archive, heir = make_commune("UBND xã Lưu Trữ"), make_commune("UBND xã Kế Tục")
    on, by = TODAY, Decided("9/NQ-HĐND")
    for row in children_of(first.unit_id, on=on):
        place = UnitPlace(row.name, row.short_name, heir.pk, row.area_id)
        move_unit(actor=EVERYTHING, unit_id=row.unit_id, to=place, on=on, now=NOW)
    end_unit(
        actor=EVERYTHING, unit_id=first.unit_id, on=on, decision=by, now=NOW,
        successors={Handed.DOSSIERS: {archive.pk, heir.pk}, Handed.REGISTERS: {archive.pk}},
    )  # fmt: skip
    (after,) = [one for one in decisions(again(transfer)) if one.side == first.side]
    assert after.unit_id == heir.pk
    moved = again(transfer)
    assert heir.pk in (moved.origin_office_id, moved.destination_office_id)
    assert pass_on_open_files(actor=EVERYTHING, on=on, now=NOW) == 0


def test_an_earlier_day_than_the_one_asked_for_is_warned_of(cast: Cast) -> None:
    transfer = with_papers(decided(cast))
    Transfer.objects.unscoped(because="a later wish").filter(pk=transfer.pk).update(
        moves_on=TODAY + timedelta(days=5)
    )
    with pytest.raises(BeforeTheDayWished, match="28/11/2026"):
        release(actor=EVERYTHING, uuid=transfer.uuid, on=TODAY, now=NOW)
    release(actor=EVERYTHING, uuid=transfer.uuid, on=TODAY, is_day_sure=True, now=NOW)
    with pytest.raises(BeforeTheDayWished):
        receive(actor=EVERYTHING, uuid=transfer.uuid, on=TODAY, now=NOW)
    receive(actor=EVERYTHING, uuid=transfer.uuid, on=TODAY, is_day_sure=True, now=NOW)
    assert again(transfer).received_on == TODAY


def test_a_schools_refusal_keeps_number_day_and_signer_of_its_letter(cast: Cast) -> None:
    transfer = asked(cast)
    told: dict[str, Any] = {
        "actor": EVERYTHING, "uuid": transfer.uuid, "reason": "Hết chỗ", "now": NOW,
    }  # fmt: skip
    for answer, refused in (
        (Answer("12/CV-THCS"), LetterNotWhole),
        (Answer(on=TODAY), LetterNotWhole),
        (Answer("số 12", TODAY), NumberUnfit),
        (Answer("12/CV-THCS", TODAY - timedelta(days=1)), DecidedTooEarly),
        (Answer("12/CV-THCS", TODAY + timedelta(days=1)), DecidedTooEarly),
    ):
        with pytest.raises(refused):
            refuse(answer=answer, **told)
    refuse(answer=Answer("12/CV-THCS", TODAY, "Nguyễn Thị Hiệu"), **told)
    steps = TransferStep.objects.unscoped(because="a test reads").filter(transfer=transfer)
    (step,) = steps.filter(step="REFUSE")
    assert (step.number, step.dated_on, step.signer) == ("12/CV-THCS", TODAY, "Nguyễn Thị Hiệu")

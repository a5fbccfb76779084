"""A colleague moves: both schools agree, the competent office decides, positions follow."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_person, make_staff
from tests.signing import decide_all

from khuevan.kernel.errors import NotFound
from khuevan.platform.access.api import Grant, actor_for_person
from khuevan.platform.notifications.api import Notification
from khuevan.platform.organizations.api import Signed
from khuevan.registry.people.api import ImpossibleBirth
from khuevan.registry.staff.api import (
    HomeroomAssignment,
    Post,
    StaffMember,
    TeachingAssignment,
    appoint_to,
)
from khuevan.registry.transfers import selectors
from khuevan.registry.transfers.actions import (
    Outside,
    Sought,
    StaffNewcomer,
    accept,
    ask_for_colleague,
    ask_for_colleague_of,
    ask_for_outsider,
    ask_to_move,
    decide,
    give_paper,
    receive,
    refuse,
    release,
    take_back,
    withdraw,
)
from khuevan.registry.transfers.desks import STAFF
from khuevan.registry.transfers.errors import (
    AlreadyMoving,
    ColleagueNotFound,
    DecisionsOpen,
    DoneAlready,
    LeadersAreAppointed,
    NotOnesOwn,
    NotTheSigner,
    PapersMissing,
    ReturnNeeded,
    WorksElsewhere,
)
from khuevan.registry.transfers.kinds import Matter, Move, Route, Side, State
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.permissions import RECORD_TRANSFERS, VIEW_TRANSFERS
from khuevan.registry.transfers.tests.cases import again, clerk_of, decisions
from khuevan.registry.transfers.tests.moves import (
    WHY,
    agreed,
    asked,
    decided,
    posts,
    received,
    released,
    wish,
)

DAY = timedelta(days=1)
LATER = TODAY + timedelta(days=200)


def grants(cast: Cast) -> list[tuple[str, Any, Any, Any]]:
    rows = Grant.objects.unscoped(because=WHY).filter(person=cast.lan)
    told = ("role__code", "anchor_unit_id", "anchor_class_id", "ends_on")
    return sorted(rows.values_list(*told), key=str)


def duties(cast: Cast) -> list[tuple[int, Any]]:
    found = []
    for model in (HomeroomAssignment, TeachingAssignment):
        rows = model.objects.unscoped(because=WHY).filter(person=cast.lan)
        found += list(rows.values_list("homeroom_class_id", "ends_on"))
    return sorted(found, key=str)


def test_a_colleague_moves_from_one_school_to_another(cast: Cast) -> None:
    case = received(cast)
    assert case.state == State.RECEIVED
    assert again(case).waits_for == []
    assert [(where, ends) for where, _starts, ends in posts(cast)] == [("A", TODAY), ("B", None)]
    assert posts(cast)[1][1] == TODAY
    new = case.new_appointment
    assert new is not None
    assert new.decision == "77/QĐ-SGDĐT"


def test_a_principal_moves_by_no_case_and_is_told_who_decides(cast: Cast) -> None:
    member = StaffMember.objects.unscoped(because=WHY).get(person=cast.hung)
    with pytest.raises(LeadersAreAppointed) as refused:
        ask_for_colleague(
            actor=actor_of(cast.loan),
            member_uuid=member.uuid,
            to=cast.school_b,
            wish=wish(),
            now=NOW,
        )
    assert "UBND xã Đông Khê" in str(refused.value)


def test_classes_and_what_they_let_her_see_end_on_the_day(cast: Cast) -> None:
    received(cast)
    assert all(ends == TODAY for _room, ends in duties(cast))
    open_ones = [one for one in grants(cast) if one[3] is None]
    assert {unit for _role, unit, _room, _ends in open_ones} == {cast.school_b.pk}
    actor = actor_of(cast.lan)
    assert cast.class_6a.pk not in actor.reach(VIEW_TRANSFERS, "class")


def test_a_release_taken_back_leaves_no_trace(cast: Cast) -> None:
    before = (posts(cast), duties(cast), grants(cast))
    case = released(cast)
    assert posts(cast) != before[0]
    take_back(actor=EVERYTHING, uuid=case.uuid, now=NOW)
    assert (posts(cast), duties(cast), grants(cast)) == before
    assert again(case).state == State.ACCEPTED


def test_a_secondment_ends_on_its_day_and_she_is_back(cast: Cast) -> None:
    received(cast, move=Move.SECONDMENT, returns_on=LATER)
    told = [(where, starts, ends) for where, starts, ends in posts(cast)]
    assert told[1:] == [("B", TODAY, LATER), ("A", LATER, None)]
    for on, school in ((LATER - DAY, cast.school_b), (LATER, cast.school_a)):
        actor = actor_for_person(cast.lan, on=on, now=NOW)
        assert actor.own_schools(STAFF.ask) == {school.pk}


def test_a_secondment_says_until_when_and_others_do_not(cast: Cast) -> None:
    for changes in ({"move": Move.SECONDMENT}, {"returns_on": LATER}):
        with pytest.raises(ReturnNeeded):
            asked(cast, **changes)


def test_across_communes_the_department_decides_on_that_day(cast: Cast) -> None:
    """Example 2 of the organization sheet: two communes, so the director of the Department."""
    (one,) = decisions(asked(cast))
    assert (one.side, one.matters, one.office) == (
        Side.ORIGIN, [Matter.MOVE], "DEPARTMENT_DIRECTOR",
    )  # fmt: skip
    assert one.regulation == "ND93-2026"


def test_inside_a_commune_its_chair_decides(cast: Cast) -> None:
    case = asked(cast, to=cast.primary)
    inside = case.route == Route.SAME_AREA
    (one,) = decisions(case)
    assert one.office == ("COMMUNE_CHAIR" if inside else "DEPARTMENT_DIRECTOR")


def test_a_clerk_moves_by_the_law_of_other_staff(cast: Cast) -> None:
    """Not the teachers' decree: each side's chair decides, and no thirty days are promised."""
    clerk = make_staff("Đỗ Thị Văn", school=cast.school_a, position="CLERK")
    case = ask_for_colleague(
        actor=EVERYTHING, member_uuid=clerk.uuid, to=cast.school_b, wish=wish(), now=NOW
    )
    told = {(one.side, one.office, one.regulation) for one in decisions(case)}
    assert told == {
        (Side.ORIGIN, "COMMUNE_CHAIR", "ND115-2020"),
        (Side.DESTINATION, "COMMUNE_CHAIR", "ND115-2020"),
    }
    accept(actor=EVERYTHING, uuid=case.uuid, now=NOW)
    give_paper(actor=EVERYTHING, uuid=case.uuid, paper="APPLICATION", now=NOW)
    assert again(case).due_on is None


def test_both_schools_agree_to_a_wish(cast: Cast) -> None:
    case = ask_to_move(actor=actor_of(cast.lan), to=cast.school_b, wish=wish(), now=NOW)
    assert case.waits_for == [Side.RECEIVER, Side.RELEASER]
    accept(actor=actor_of(cast.loan), uuid=case.uuid, now=NOW)
    assert again(case).state == State.REQUESTED
    assert again(case).waits_for == [Side.RECEIVER]
    with pytest.raises(DoneAlready):
        accept(actor=actor_of(cast.loan), uuid=case.uuid, now=NOW)
    accept(actor=actor_of(clerk_of(cast.school_b)), uuid=case.uuid, now=NOW)
    assert again(case).state == State.ACCEPTED


def test_the_offices_time_begins_with_the_whole_file(cast: Cast) -> None:
    case = accept(actor=EVERYTHING, uuid=asked(cast).uuid, now=NOW)
    assert (case.waits_for, case.due_on) == ([Side.RELEASER], None)
    with pytest.raises(PapersMissing):
        decide_all(case)
    give_paper(actor=EVERYTHING, uuid=case.uuid, paper="APPLICATION", now=NOW)
    assert again(case).waits_for == [Side.ORIGIN]
    due = again(case).due_on
    assert due is not None
    assert due > TODAY + timedelta(days=40)


def test_nobody_is_released_before_the_decision(cast: Cast) -> None:
    with pytest.raises(DecisionsOpen):
        release(actor=EVERYTHING, uuid=agreed(cast).uuid, on=TODAY, now=NOW)


def test_the_director_decides_and_a_principal_may_not(cast: Cast) -> None:
    case = agreed(cast)
    told: dict[str, Any] = {
        "uuid": case.uuid, "side": Side.ORIGIN, "is_granted": True, "now": NOW,
        "signed": Signed("5/QĐ", TODAY, cast.thanh.full_name, "Giám đốc"),
    }  # fmt: skip
    for person in (cast.hung, cast.hoa, cast.mai):
        with pytest.raises(NotFound):
            decide(actor=actor_of(person), **told)
    decide(actor=actor_of(cast.thanh), **told)
    assert decisions(case)[0].signer == cast.thanh.full_name


def test_a_specialist_records_what_the_director_signed(cast: Cast) -> None:
    case, binh = agreed(cast), actor_of(cast.binh)
    told: dict[str, Any] = {
        "actor": binh, "uuid": case.uuid, "side": Side.ORIGIN, "is_granted": True, "now": NOW,
    }  # fmt: skip
    with pytest.raises(NotTheSigner):
        decide(signed=Signed("5/QĐ", TODAY, binh.label, "Chuyên viên"), **told)
    decide(signed=Signed("5/QĐ", TODAY, cast.thanh.full_name, "Giám đốc"), **told)
    (one,) = decisions(case)
    assert (one.signer, one.recorded_by) == (cast.thanh.full_name, cast.binh)


def test_a_refused_move_has_its_number(cast: Cast) -> None:
    case = agreed(cast)
    decide_all(case, number="6/SGDĐT", reason="Chưa bố trí được người thay")
    assert again(case).state == State.REFUSED
    assert decisions(case)[0].number == "6/SGDĐT"


def test_nobody_keeps_the_case_of_their_own_move(cast: Cast) -> None:
    clerk = make_staff("Đỗ Thị Văn", school=cast.school_a, position="CLERK")
    case = ask_to_move(actor=actor_of(clerk.person), to=cast.school_b, wish=wish(), now=NOW)
    with pytest.raises(NotOnesOwn):
        accept(actor=actor_of(clerk.person), uuid=case.uuid, now=NOW)
    withdraw(actor=actor_of(clerk.person), uuid=case.uuid, reason="Đổi ý", now=NOW)
    assert again(case).state == State.WITHDRAWN


def test_a_withdrawal_leaves_the_records_as_they_were(cast: Cast) -> None:
    before = (posts(cast), duties(cast), grants(cast))
    withdraw(actor=EVERYTHING, uuid=decided(cast).uuid, reason="Đổi ý", now=NOW)
    assert (posts(cast), duties(cast), grants(cast)) == before


def test_one_open_case_a_colleague(cast: Cast) -> None:
    asked(cast)
    with pytest.raises(AlreadyMoving):
        asked(cast)


def test_nobody_has_two_main_positions_on_one_day(cast: Cast) -> None:
    case = released(cast)
    appoint_to(
        actor=EVERYTHING,
        person=cast.lan,
        unit_id=cast.primary.pk,
        post=Post("TEACHER", TODAY),
        now=NOW,
    )
    with pytest.raises(WorksElsewhere):
        receive(actor=EVERYTHING, uuid=case.uuid, on=TODAY, now=NOW)
    assert again(case).state == State.RELEASED


def test_a_school_that_refuses_says_why_and_ends_it(cast: Cast) -> None:
    case = refuse(actor=EVERYTHING, uuid=asked(cast).uuid, reason="Đủ người", now=NOW)
    assert case.state == State.REFUSED
    told = Notification.objects.unscoped(because=WHY).filter(person=cast.lan)
    assert told.filter(kind="transfers.own_refused").exists()


def test_the_new_school_names_all_three_facts(cast: Cast) -> None:
    person = make_person("Vi Thị Hoa", birth_date=date(1985, 3, 4), personal_number="042185003311")
    make_staff(school=cast.school_a, person=person)
    told: dict[str, Any] = {
        "actor": actor_of(clerk_of(cast.school_b)), "to_school": cast.school_b,
        "from_school": cast.school_a, "wish": wish(), "now": NOW,
    }  # fmt: skip
    born = date(1985, 3, 4)
    with pytest.raises(ColleagueNotFound):
        ask_for_colleague_of(sought=Sought("Vi Thị Hòa", born, "042185003311"), **told)
    case = ask_for_colleague_of(sought=Sought("Vi Thị Hoa", born, "042185003311"), **told)
    assert case.consents == [Side.RECEIVER]
    assert case.waits_for == [Side.RELEASER]


def test_somebody_from_another_province_is_taken_on(cast: Cast) -> None:
    case = ask_for_outsider(
        actor=EVERYTHING,
        to_school=cast.school_b,
        outside=Outside("THCS Kim Đồng", "Nghệ An"),
        newcomer=StaffNewcomer("Lò Văn Xa", date(1988, 2, 1), "MALE", "040088001234"),
        wish=wish(),
        now=NOW,
    )
    assert (case.route, case.state) == (Route.IN, State.ACCEPTED)
    give_paper(actor=EVERYTHING, uuid=case.uuid, paper="APPLICATION", now=NOW)
    decide_all(case, number="8/QĐ")
    release(actor=EVERYTHING, uuid=case.uuid, on=TODAY, now=NOW)
    receive(actor=EVERYTHING, uuid=case.uuid, on=TODAY, now=NOW)
    new = again(case).new_appointment
    assert new is not None
    assert (new.unit_id, new.starts_on) == (cast.school_b.pk, TODAY)


def test_a_child_is_nobodys_colleague(cast: Cast) -> None:
    with pytest.raises(ImpossibleBirth):
        ask_for_outsider(
            actor=EVERYTHING,
            to_school=cast.school_b,
            outside=Outside("THCS Kim Đồng", "Nghệ An"),
            newcomer=StaffNewcomer("Lò Văn Xa", date(2014, 2, 1), "MALE"),
            wish=wish(),
            now=NOW,
        )


def test_to_another_province_the_old_school_writes_both_sides(cast: Cast) -> None:
    case = asked(cast, to=Outside("THCS Kim Đồng", "Nghệ An"))
    assert (case.route, case.state) == (Route.OUT, State.ACCEPTED)


def test_rights_on_pupils_open_no_case_of_staff(cast: Cast) -> None:
    case = asked(cast)
    for permission in (VIEW_TRANSFERS, RECORD_TRANSFERS):
        rows = Transfer.objects.visible_to(actor_of(cast.hung), permission)
        assert not rows.filter(pk=case.pk).exists()
    assert selectors.transfers(actor=actor_of(cast.hung), desk=STAFF).get() == case


def test_colleagues_see_their_own_case_alone(cast: Cast) -> None:
    case = asked(cast)
    assert list(selectors.own_moves(actor=actor_of(cast.lan))) == [case]
    assert not selectors.own_moves(actor=actor_of(cast.toan)).exists()
    assert not selectors.transfers(actor=actor_of(cast.toan), desk=STAFF).exists()

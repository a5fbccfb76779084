"""Pupils who come from another province, and who go to one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Cast
from tests.factories import EVERYTHING, NOW, TODAY
from tests.signing import decide_all

from khuevan.registry.people.api import ImpossibleBirth, NotAName
from khuevan.registry.students.api import Student
from khuevan.registry.transfers.actions import (
    Newcomer,
    Outside,
    accept,
    ask_from_outside,
    ask_to_leave,
    place,
    receive,
    release,
    withdraw,
)
from khuevan.registry.transfers.errors import AlreadyAsked, PlaceUnknown
from khuevan.registry.transfers.forms import NewcomerForm
from khuevan.registry.transfers.kinds import Route, Side, State
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.outside import place_named
from khuevan.registry.transfers.tests.cases import WISH, again, decisions, with_papers

FAR = Outside("THCS Kim Đồng", "Nghệ An")


def _agreed(transfer: Transfer) -> Transfer:
    accept(actor=EVERYTHING, uuid=transfer.uuid, now=NOW)
    decide_all(transfer, number="9/GT")
    return with_papers(again(transfer))


def _coming(cast: Cast, **changes: str) -> Transfer:
    transfer = ask_from_outside(
        actor=EVERYTHING,
        to_school=cast.school_a,
        outside=FAR,
        newcomer=Newcomer(
            "Lò Văn Xa", date(2015, 4, 1), "MALE", cast.class_6a.grade_level, **changes
        ),
        wish=WISH,
        now=NOW,
    )
    return _agreed(transfer)


def test_a_newcomer_is_registered_when_received(cast: Cast) -> None:
    transfer = _coming(cast)
    assert transfer.student is None
    release(actor=EVERYTHING, uuid=transfer.uuid, on=TODAY, now=NOW)
    receive(actor=EVERYTHING, uuid=transfer.uuid, on=TODAY, homeroom_class=cast.class_6a, now=NOW)
    done = again(transfer)
    assert (done.state, done.route) == (State.PLACED, Route.IN)
    assert done.student is not None
    assert done.student.person.full_name == "Lò Văn Xa"
    assert done.new_enrollment is not None
    assert done.new_enrollment.came_from == "THCS Kim Đồng, Nghệ An"


def test_a_newcomer_has_a_name_and_a_birth_date_of_a_pupil(cast: Cast) -> None:
    for name, born, refusal in (
        ("Lò Văn 5", date(2015, 4, 1), NotAName),
        ("Lò Văn Xa", date(1915, 4, 1), ImpossibleBirth),
        ("Lò Văn Xa", TODAY + timedelta(days=1), ImpossibleBirth),
    ):
        with pytest.raises(refusal):
            ask_from_outside(
                actor=EVERYTHING,
                to_school=cast.school_a,
                outside=FAR,
                newcomer=Newcomer(name, born, "MALE", cast.class_6a.grade_level),
                wish=WISH,
                now=NOW,
            )


def test_who_was_here_before_keeps_the_record(cast: Cast) -> None:
    """Gone to another province and back: one pupil, known by number, name and birth date."""
    away = ask_to_leave(
        actor=EVERYTHING, student_uuid=cast.minh_anh.uuid, to=FAR, wish=WISH, now=NOW
    )
    assert [one.side for one in decisions(away)] == [Side.ORIGIN]
    _agreed(away)
    release(actor=EVERYTHING, uuid=away.uuid, on=TODAY, now=NOW)
    receive(actor=EVERYTHING, uuid=away.uuid, on=TODAY, now=NOW)
    assert again(away).waits_for == []
    person = cast.minh_anh.person
    back = ask_from_outside(
        actor=EVERYTHING,
        to_school=cast.school_b,
        outside=FAR,
        newcomer=Newcomer(
            person.full_name,
            date(2015, 7, 18),
            "FEMALE",
            cast.class_b.grade_level,
            "042315000482",
        ),
        wish=WISH,
        now=NOW,
    )
    _agreed(back)
    release(actor=EVERYTHING, uuid=back.uuid, on=TODAY, now=NOW)
    receive(actor=EVERYTHING, uuid=back.uuid, on=TODAY, now=NOW)
    place(actor=EVERYTHING, uuid=back.uuid, homeroom_class=cast.class_b, on=TODAY, now=NOW)
    assert again(back).student == cast.minh_anh
    rows = Student.objects.unscoped(because="a test counts")
    assert rows.filter(person__search_name=person.search_name).count() == 1


@pytest.mark.parametrize("route", [Route.OUT])
def test_another_province_is_named_in_the_registry_book(cast: Cast, route: Route) -> None:
    away = ask_to_leave(
        actor=EVERYTHING, student_uuid=cast.minh_anh.uuid, to=FAR, wish=WISH, now=NOW
    )
    assert away.route == route
    _agreed(away)
    release(actor=EVERYTHING, uuid=away.uuid, on=TODAY, now=NOW)
    left = again(away).enrollment
    assert left is not None
    assert (left.went_to, left.exit_paper) == ("THCS Kim Đồng, Nghệ An", "9/GT")


def test_two_schools_do_not_ask_for_one_newcomer(cast: Cast) -> None:
    """Known by the personal number alone, before anybody keeps a record."""
    told: dict[str, Any] = {
        "actor": EVERYTHING,
        "outside": FAR,
        "newcomer": Newcomer(
            "Lò Văn Xa", date(2015, 4, 1), "MALE", cast.class_6a.grade_level, "040215001234"
        ),
        "wish": WISH,
        "now": NOW,
    }
    first = ask_from_outside(to_school=cast.school_a, **told)
    with pytest.raises(AlreadyAsked):
        ask_from_outside(to_school=cast.school_b, **told)
    withdraw(actor=EVERYTHING, uuid=first.uuid, reason="Đổi ý", now=NOW)
    assert ask_from_outside(to_school=cast.school_b, **told).to_school == cast.school_b


def test_a_province_is_one_of_the_day_of_the_move_or_a_country(cast: Cast) -> None:
    before, since = date(2025, 6, 30), date(2025, 7, 1)
    assert place_named("Bình Dương", on=before).code == "74"
    with pytest.raises(PlaceUnknown):
        place_named("Bình Dương", on=since)
    assert place_named("tỉnh nghệ an", on=since) == place_named("40", on=since)
    assert place_named("LA", on=since).name == "Lào"
    with pytest.raises(PlaceUnknown):
        place_named("VN", on=since)
    away = ask_to_leave(
        actor=EVERYTHING, student_uuid=cast.minh_anh.uuid, wish=WISH, now=NOW,
        to=Outside("THCS Kim Đồng", "40"),
    )  # fmt: skip
    assert (away.outside_code, away.outside_province) == ("40", "Nghệ An")


def test_the_form_offers_the_provinces_of_the_day_typed(cast: Cast) -> None:
    def offered(moves_on: str) -> set[str]:
        form = NewcomerForm({"moves_on": moves_on}, levels=["THCS"], initial={"moves_on": TODAY})
        return {code for _group, some in form.fields["outside_province"].choices[1:]  # type: ignore[attr-defined]  # a choice field
                for code, _name in some}  # fmt: skip

    assert {"74", "40", "LA"} <= offered("30/06/2025")
    assert "74" not in offered("01/07/2025")

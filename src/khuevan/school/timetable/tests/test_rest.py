"""Rules and wishes for programs."""

from __future__ import annotations

from datetime import date

from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, make_year

from khuevan.school.timetable.actions import rules, wishes
from khuevan.school.timetable.actions.rules import Whom, Word
from khuevan.school.timetable.actions.wishes import Wish
from khuevan.school.timetable.asked.terms import TERMS


def test_every_rule_is_read_as_it_holds(cast: Cast) -> None:
    """Of each rule one document at least; what the school said stands beside the usual."""
    word = Word("TT-S11", 9, params={"most": 3}, starts_on=date(2026, 9, 1))
    for whom in (Whom(), Whom(member=cast.toan.staff_member)):
        rules.set_rule(
            actor=actor_of(cast.hung),
            school=cast.school_a,
            year=make_year(),
            word=word,
            whom=whom,
            now=NOW,
        )
    path = f"/api/v1/schools/{cast.school_a.code}/timetable-rules"
    found = Client().sign_in(cast.hung).get(path).json()
    assert {one["code"] for one in found} == set(TERMS)
    told = [one for one in found if one["code"] == "TT-S11"]
    assert [(one["scope"], one["whom"], one["weight"], one["params"]) for one in told] == [
        ("ALL", "", 9, {"most": 3}),
        ("TEACHER", cast.toan.full_name, 9, {"most": 3}),
    ]
    assert [one["is_own"] for one in found if one["code"] == "TT-H17"] == [False]
    assert Client().sign_in(cast.lan).get(path).status_code in (403, 404)


def test_a_wish_is_read_with_its_answer_and_without_its_reason(cast: Cast) -> None:
    row = wishes.ask_wish(
        actor=actor_of(cast.lan),
        school=cast.school_a,
        year=make_year(),
        wish=Wish("FREE", free_days=1, reason="Đưa con đi viện"),
        now=NOW,
    )
    path = f"/api/v1/schools/{cast.school_a.code}/timetable-wishes"
    client = Client().sign_in(cast.hung)
    assert client.get(path).json()[0]["state"] == "ASKED"
    wishes.answer_wish(
        actor=actor_of(cast.hung), uuid=row.uuid, accepts=True, answer="Được", now=NOW
    )
    answer = client.get(path)
    (told,) = answer.json()
    assert (told["state"], told["answer"], told["free_days"]) == ("ACCEPTED", "Được", 1)
    assert "viện" not in answer.content.decode()

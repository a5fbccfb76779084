"""Conduct decided, results settled and approved; what is missing is named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY, make_year

from khuevan.kernel.errors import NotFound
from khuevan.registry.curriculum.api import fill_plans
from khuevan.school.gradebooks.api import Gradebook, open_books
from khuevan.school.results.actions import Decision, approve, decide_pupils, give_back, settle
from khuevan.school.results.actions.computing import compute_classes
from khuevan.school.results.errors import (
    AlreadyApproved,
    ChangedMeanwhile,
    NotSettled,
    StillIncomplete,
)
from khuevan.school.results.models import Stage, YearResult, YearResultVersion
from khuevan.school.results.tests.test_computing import write

TEST = "a test"
FULL = {101: 80, 102: 80, 103: 80, 104: 80, 130: 80, 140: 80, 150: 80}


@pytest.fixture
def marked(cast: Cast) -> Cast:
    """Give 6A gradebooks with all marks of term I but Minh Anh's final in Toán."""
    hung = actor_of(cast.hung)
    fill_plans(actor=hung, school=cast.school_a, year=make_year(), now=NOW)
    open_books(actor=hung, school=cast.school_a, year=make_year(), now=NOW)
    books = list(Gradebook.objects.unscoped(because=TEST).filter(homeroom_class=cast.class_6a))
    for pupil in (cast.minh_anh, *cast.others_6a):
        cells = []
        for book in books:
            value = 1 if book.form == "COMMENT" else 80
            mine = {slot: value for slot in FULL if slot in book.slots}
            if pupil == cast.minh_anh and book.subject_name == "Toán":
                del mine[150]
            cells.append(mine)
        write(pupil, books, cells)
    compute_classes(classes=[cast.class_6a.pk], year=make_year(), on=TODAY, now=NOW)
    return cast


def decide(cast: Cast, **more: int) -> int:
    """Let Lan decide conduct of term I of all her pupils."""
    return decide_pupils(
        actor=actor_of(cast.lan),
        uuid=cast.class_6a.uuid,
        decisions=[
            Decision(one.uuid, 0, conduct_1=3, **more) for one in (cast.minh_anh, *cast.others_6a)
        ],
        now=NOW,
    )


def test_what_is_missing_is_named_then_settled_then_approved(marked: Cast) -> None:
    lan, hung, uuid = actor_of(marked.lan), actor_of(marked.hung), marked.class_6a.uuid
    with pytest.raises(StillIncomplete) as refused:
        settle(actor=lan, uuid=uuid, stage=Stage.TERM_1, now=NOW)
    assert "Toán" in str(refused.value)
    assert "Phạm Minh Anh" in str(refused.value)
    decide(marked)
    math = Gradebook.objects.unscoped(because=TEST).get(
        homeroom_class=marked.class_6a, subject_name="Toán"
    )
    write(marked.minh_anh, [math], [{150: 80}])
    with pytest.raises(NotSettled):
        approve(actor=hung, uuid=uuid, stage=Stage.TERM_1, now=NOW)
    settle(actor=lan, uuid=uuid, stage=Stage.TERM_1, now=NOW)
    rows = YearResult.objects.unscoped(because=TEST).filter(homeroom_class=marked.class_6a)
    assert {one.study_1 for one in rows} == {3}, "all 8.0: Tốt"
    approve(actor=hung, uuid=uuid, stage=Stage.TERM_1, now=NOW)
    change = Decision(marked.minh_anh.uuid, 1, conduct_1=0)
    with pytest.raises(AlreadyApproved):
        decide_pupils(actor=lan, uuid=uuid, decisions=[change], now=NOW)
    give_back(actor=hung, uuid=uuid, stage=Stage.TERM_1, reason="Xem lại", now=NOW)
    assert decide_pupils(actor=lan, uuid=uuid, decisions=[change], now=NOW) == 1
    before = YearResultVersion.objects.unscoped(because=TEST).get(student=marked.minh_anh)
    assert (before.version, before.conduct_1, before.by_id) == (1, 3, marked.lan.pk)


def test_an_older_page_overwrites_nothing(marked: Cast) -> None:
    decide(marked)
    late = Decision(marked.minh_anh.uuid, 0, conduct_1=1)
    with pytest.raises(ChangedMeanwhile):
        decide_pupils(
            actor=actor_of(marked.lan), uuid=marked.class_6a.uuid, decisions=[late], now=NOW
        )
    row = YearResult.objects.unscoped(because=TEST).get(student=marked.minh_anh)
    assert row.conduct_1 == 3


def test_others_neither_decide_nor_approve(marked: Cast) -> None:
    uuid, one = marked.class_6a.uuid, Decision(marked.minh_anh.uuid, 0, conduct_1=3)
    for stranger in (marked.toan, marked.mai, marked.huong, marked.hoa):
        with pytest.raises(NotFound):
            decide_pupils(actor=actor_of(stranger), uuid=uuid, decisions=[one], now=NOW)
    for stranger in (marked.lan, marked.mai, marked.loan, marked.binh):
        with pytest.raises(NotFound):
            approve(actor=actor_of(stranger), uuid=uuid, stage=Stage.TERM_1, now=NOW)


def test_pages_of_class_pupil_family_and_counts(marked: Cast, client: Client) -> None:
    decide(marked)
    uuid = marked.class_6a.uuid
    address = f"/schools/{marked.school_a.code}/classes/{uuid}/results/"
    page = client.sign_in(marked.lan).get(f"{address}?stage=1")
    assert page.status_code == 200
    text = page.content.decode()
    assert "8,0" in text
    assert "data-column" in text
    key = marked.minh_anh.uuid
    saved = client.post(
        f"{address}conduct/", {"stage": "1", f"base-{key}": "1", f"conduct_1-{key}": "2"}
    )
    assert saved.status_code == 302
    row = YearResult.objects.unscoped(because=TEST).get(student=marked.minh_anh)
    assert (row.conduct_1, row.version) == (2, 2)
    assert client.get(f"/students/{key}/study/?term=1").status_code == 200
    own = client.sign_in(marked.huong).get(f"/family/{key}/study/?term=1").content.decode()
    assert "8,0" in own
    assert "Lê Ngọc Khánh An" not in own, "nobody else's"
    settle_all(marked)
    told = client.sign_in(marked.binh).get("/results/?stage=1&level=THCS&by=school")
    assert told.status_code == 200
    assert client.sign_in(marked.hung).get(f"{address}results.xlsx?stage=1").status_code == 200
    assert client.get(f"/schools/{marked.school_a.code}/results/").status_code == 200


def settle_all(cast: Cast) -> None:
    """Settle term I of 6A."""
    math = Gradebook.objects.unscoped(because=TEST).get(
        homeroom_class=cast.class_6a, subject_name="Toán"
    )
    write(cast.minh_anh, [math], [{150: 80}])
    settle(
        actor=actor_of(cast.lan),
        uuid=cast.class_6a.uuid,
        stage=Stage.TERM_1,
        now=NOW + timedelta(minutes=1),
    )

"""Pages of comments: what is suggested, what is sent, who sees what; phrases of a school."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import load_workbook
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, make_student, make_students, make_year

from khuevan.registry.students.api import Student
from khuevan.school.gradebooks.actions.entering import Entry as MarkEntry
from khuevan.school.gradebooks.api import FINAL, MIDTERM, Gradebook, How, enter_marks, slot
from khuevan.school.remarks.api import VIEW_REMARKS, approved_remarks
from khuevan.school.remarks.facts import Situation
from khuevan.school.remarks.models import Band, Phrase, Remark, State
from khuevan.school.remarks.selectors.sheets import sheet_for
from khuevan.school.remarks.selectors.targets import get_target_for
from khuevan.school.remarks.tests.test_saving import GOOD, math, write

__all__ = ["math"]
TEST = "a test"
HALF = ((slot(1, MIDTERM), 50), (slot(1, FINAL), 80))


def marks(cast: Cast, book: Gradebook, pupils: list[Student], values: Any = HALF) -> None:
    """Let Toàn enter the same marks for some pupils."""
    entries = [MarkEntry(one.uuid, at, value, 0) for one in pupils for at, value in values]
    enter_marks(actor=actor_of(cast.toan), uuid=book.uuid, entries=entries, how=How.TYPED, now=NOW)


def url(name: str, of: Any, period: int = 1) -> str:
    """Return the address of a page of comments."""
    return reverse(f"remarks:{name}", args=[of.uuid, period])


def send(client: Client, of: Any, **entry: Any) -> Any:
    """Send one comment as the page does."""
    told = {"text": GOOD, "state": 2, "source": 2, "base": 0, **entry}
    told["student"] = str(told["student"])
    return client.post(url("save", of), {"entries": json.dumps([told])})


def test_the_page_suggests_a_text_for_each_pupil_and_none_twice(
    cast: Cast, math: Gradebook, client: Client
) -> None:
    pupils = [cast.minh_anh, *cast.others_6a]
    marks(cast, math, pupils)
    page = client.sign_in(cast.toan).get(url("sheet", math))
    assert page.status_code == 200
    script = page.context["script"]
    templates = [one["template"] for one in script["rows"]]
    assert all(templates)
    assert len(set(templates)) == 3
    text = page.content.decode()
    assert "từ 5 đến 8" in text or "from 5 to 8" in text, "why it is suggested"
    assert not Remark.objects.unscoped(because=TEST).exists(), "nothing is stored by looking"


def test_who_does_not_write_reads_what_is_there(
    cast: Cast, math: Gradebook, client: Client
) -> None:
    write(cast.toan, math.uuid, cast.minh_anh)
    for who in (cast.lan, cast.hung, cast.loan):
        page = client.sign_in(who).get(url("sheet", math))
        assert page.status_code == 200
        assert GOOD in page.content.decode()
        assert page.context["script"] is None
    for stranger in (cast.mai, cast.huong):
        assert client.sign_in(stranger).get(url("sheet", math)).status_code == 404


def test_sent_comments_are_answered_one_by_one(cast: Cast, math: Gradebook, client: Client) -> None:
    client.sign_in(cast.toan)
    told = send(client, math, student=cast.minh_anh.uuid).json()["answers"][0]
    assert (told["outcome"], told["version"]) == ("saved", 1)
    told = send(client, math, student=cast.minh_anh.uuid, text="Em lười.", base=1).json()
    assert told["answers"][0]["words"] == [{"word": "lười", "place": 2}]
    assert send(client, math, student="x").status_code == 400
    assert client.post(url("save", math), {"entries": "[]"}).status_code == 400
    client.sign_in(cast.lan)
    refused = send(client, math, student=cast.minh_anh.uuid)
    assert refused.status_code == 403
    assert refused.json()["code"] == "remarks.not_yours"


def test_the_number_of_queries_does_not_grow_with_the_class(
    cast: Cast, math: Gradebook, client: Client
) -> None:
    client.sign_in(cast.toan)
    client.get(url("sheet", math))
    counts = []
    for names in ([], [f"Lê Văn {at:02}" for at in range(20)]):
        if names:
            marks(cast, math, make_students(names, homeroom_class=cast.class_6a))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(url("sheet", math))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_homeroom_teacher_comments_on_the_whole_by_the_level_so_far(
    cast: Cast, math: Gradebook, client: Client
) -> None:
    values = [(slot(1, at), 90) for at in (1, 2, 3, 4, MIDTERM, FINAL)]
    marks(cast, math, [cast.minh_anh], values)
    target = get_target_for(actor_of(cast.lan), cast.class_6a.uuid, VIEW_REMARKS)
    sheet = sheet_for(actor=actor_of(cast.lan), target=target, period=1)
    row = next(one for one in sheet.rows if one.uuid == cast.minh_anh.uuid)
    assert row.facts.subjects == 1
    assert row.facts.situation == Situation(Band.GOOD)
    assert row.template
    assert all(one.template is None for one in sheet.rows if one is not row)
    assert client.sign_in(cast.lan).get(url("sheet", cast.class_6a)).status_code == 200
    assert client.get(url("sheet", cast.class_6a, 3)).status_code == 404


def test_paper_and_workbook_have_what_is_approved(
    cast: Cast, math: Gradebook, client: Client
) -> None:
    write(cast.toan, math.uuid, cast.minh_anh)
    write(cast.toan, math.uuid, cast.others_6a[0], "Em còn nháp.", state=State.DRAFT)
    client.sign_in(cast.hung)
    paper = client.get(url("print", math)).content.decode()
    assert GOOD in paper
    assert "Em còn nháp." not in paper
    book = load_workbook(io.BytesIO(client.get(url("workbook", math)).content))
    lines = book.get_sheet_by_index(0).to_python()
    assert {GOOD, "Em còn nháp."} <= {line[3] for line in lines}


def test_the_family_reads_what_is_approved_on_its_child_alone(cast: Cast, math: Gradebook) -> None:
    other = cast.others_6a[0]
    write(cast.toan, math.uuid, cast.minh_anh)
    write(cast.lan, cast.class_6a.uuid, cast.minh_anh, "Em ngoan, chăm học.")
    write(cast.toan, math.uuid, other, "Em tính toán tốt.")
    pupils = [cast.minh_anh.pk, other.pk]
    found = approved_remarks(actor=actor_of(cast.huong), student_ids=pupils, year=make_year())
    assert [(one.is_overall, one.text) for one in found] == [
        (True, "Em ngoan, chăm học."),
        (False, GOOD),
    ]
    write(cast.toan, math.uuid, cast.minh_anh, "Em còn nháp.", base=1, state=State.DRAFT)
    found = approved_remarks(actor=actor_of(cast.huong), student_ids=pupils, year=make_year())
    assert [one.is_overall for one in found] == [True]


def test_progress_is_told_to_teacher_and_principal(
    cast: Cast, math: Gradebook, client: Client
) -> None:
    write(cast.toan, math.uuid, cast.minh_anh)
    rows = client.sign_in(cast.toan).get(reverse("remarks:own")).context["rows"]
    (line,) = [one for one in rows if one["room"] == "6A"]
    assert (line["approved"], line["pupils"]) == (1, 3)
    page = client.sign_in(cast.hung).get(reverse("remarks:school", args=[cast.school_a.code]))
    assert page.context["approved"] == 1


def test_phrases_are_pasted_used_and_refused(cast: Cast, math: Gradebook, client: Client) -> None:
    code = cast.school_a.code
    client.sign_in(cast.loan)
    kind = {"subjects": "MATH", "part": "STRENGTH", "band": "ANY"}
    pasted = "1. {em} {tên} tính nhanh.\n- Em chăm làm bài.\n\nEm chăm làm bài."
    answer = client.post(reverse("remarks:paste", args=[code]), {**kind, "texts": pasted})
    assert answer.status_code == 302
    texts = set(Phrase.objects.unscoped(because=TEST).values_list("text", flat=True))
    assert texts == {"{em} {tên} tính nhanh.", "Em chăm làm bài."}
    for wrong in ("Em rất lười.", "Em {ten} giỏi."):
        answer = client.post(reverse("remarks:paste", args=[code]), {**kind, "texts": wrong})
        assert answer.status_code == 422, wrong
    marks(cast, math, [cast.minh_anh])
    page = client.sign_in(cast.toan).get(url("sheet", math))
    assert "Em Anh tính nhanh." in page.content.decode()


def test_ones_own_phrases_come_first_and_are_nobody_elses(
    cast: Cast, math: Gradebook, client: Client
) -> None:
    client.sign_in(cast.toan)
    kind = {"subjects": "MATH", "part": "RISE", "band": "ANY", "texts": "Em tiến bộ vượt bậc."}
    client.post(reverse("remarks:own_paste"), kind)
    row = Phrase.objects.unscoped(because=TEST).get()
    marks(cast, math, [make_student("Vũ Văn Sáu", homeroom_class=cast.class_6a)])
    assert "Em tiến bộ vượt bậc." in client.get(url("sheet", math)).content.decode()
    edit = reverse("remarks:own_edit", args=[row.uuid])
    assert client.sign_in(cast.lan).get(edit).status_code == 404


def test_a_school_takes_over_the_shipped_phrases_once(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    at = reverse("remarks:take", args=[cast.school_a.code])
    client.post(at)
    first = Phrase.objects.unscoped(because=TEST).count()
    client.post(at)
    assert Phrase.objects.unscoped(because=TEST).count() == first > 200


@pytest.mark.parametrize("name", ["phrases", "paste", "setting"])
def test_only_who_keeps_the_phrases_opens_their_pages(
    cast: Cast, client: Client, name: str
) -> None:
    at = reverse(f"remarks:{name}", args=[cast.school_a.code])
    assert client.sign_in(cast.loan).get(at).status_code == 200
    assert client.sign_in(cast.toan).get(at).status_code == 404

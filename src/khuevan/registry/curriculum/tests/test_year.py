"""The plan of the year: changed from a week on, what was stays; on a page, paper and a workbook."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from python_calamine import load_workbook
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, make_year

from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.errors import IntegratedUnfit
from khuevan.registry.curriculum.forms import ChangeWeeksForm
from khuevan.registry.curriculum.languages import MINORITY, foreign_part
from khuevan.registry.curriculum.models import ClassSubject
from khuevan.registry.curriculum.selectors.changes import plan_changes


@pytest.fixture
def toan(cast: Cast) -> ClassSubject:
    """Return mathematics of class 6B, planned by the programme."""
    actions.fill_plans(actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW)
    rows = ClassSubject.objects.unscoped(because="a test")
    return rows.get(homeroom_class=cast.class_6b, subject_name="Toán")


def test_what_was_planned_stays(cast: Cast, toan: ClassSubject) -> None:
    assert plan_changes([cast.class_6b.pk]) == {}
    four = [4] * 35
    new = [4] * 19 + [5] * 8 + [3] * 8
    actions.set_weeks(
        actor=actor_of(cast.hung), uuid=toan.uuid, weeks=new, before=four, now=NOW, reason="Mưa lũ"
    )
    actions.remove_subject(
        actor=actor_of(cast.hung),
        uuid=ClassSubject.objects.unscoped(because="a test")
        .get(homeroom_class=cast.class_6b, subject_name="Mĩ thuật")
        .uuid,
        now=NOW,
    )
    gone, changed = plan_changes([cast.class_6b.pk])[cast.class_6b.pk]
    assert (gone.subject_name, gone.after, gone.off) == ("Mĩ thuật", (), -35)
    assert (changed.from_week, changed.off) == (20, 0)
    assert (changed.before, changed.after) == (tuple(four), tuple(new))


def test_a_change_from_a_week_on_leaves_the_weeks_before() -> None:
    form = ChangeWeeksForm(
        {"first": "4", "second": "5", "from_week": "30", "before": " ".join(["4"] * 35)},
        terms=(18, 17),
    )
    assert form.is_valid()
    assert form.planned_weeks == [4] * 29 + [5] * 6
    late = ChangeWeeksForm({"first": "4", "second": "5", "from_week": "36"}, terms=(18, 17))
    assert "from_week" in late.errors


def test_no_more_is_within_a_subject_than_it_has(cast: Cast, toan: ClassSubject) -> None:
    told: dict[str, Any] = {
        "actor": actor_of(cast.hung),
        "class_uuid": cast.class_6b.uuid,
        "now": NOW,
    }
    assert actions.set_integrated(counts={toan.uuid: 12}, **told) == 12
    with pytest.raises(IntegratedUnfit):
        actions.set_integrated(counts={toan.uuid: 141}, **told)


def test_the_plan_of_the_year_as_page_paper_and_workbook(
    cast: Cast, client: Client, toan: ClassSubject
) -> None:
    client.sign_in(cast.hung)
    base = f"/schools/{cast.school_a.code}/curriculum/year/"
    of_class = f"?class={cast.class_6b.uuid}"
    told = client.get(base + of_class).content.decode()
    assert "4 tiết mỗi tuần" in told
    assert "0 trong 12 tiết" in told
    assert "6B" in client.get(f"{base}print/{of_class}&of=grade").content.decode()
    content = client.get(f"{base}workbook/{of_class}").content
    lines = load_workbook(io.BytesIO(content)).get_sheet_by_name("6B").to_python()
    found = next(line for line in lines if line[0] == toan.subject_name)
    assert found[3:6] == [140, 72, 68]
    assert sum(int(str(one)[0]) for one in found[7:42]) == toan.annual
    assert client.get(f"{base}?class=none&year=1900-1901&grade=x").status_code == 200


def test_what_is_within_is_said_for_a_whole_grade_at_once(
    cast: Cast, client: Client, toan: ClassSubject
) -> None:
    client.sign_in(cast.hung)
    at = f"/schools/{cast.school_a.code}/classes/{cast.class_6b.uuid}/curriculum/within/"
    assert client.post(at, {str(toan.uuid): "12", "all_classes": "on"}).status_code == 302
    rows = ClassSubject.objects.unscoped(because="a test").filter(subject_name="Toán")
    of_six = rows.filter(homeroom_class__grade_level__code="6")
    assert set(of_six.values_list("integrated", flat=True)) == {12}
    others = rows.exclude(homeroom_class__grade_level__code="6")
    assert set(others.values_list("integrated", flat=True)) <= {0}


def test_which_language_a_class_learns_is_said_and_shown(cast: Cast) -> None:
    client = Client().sign_in(cast.hung)
    actions.fill_plans(actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW)
    board = f"/schools/{cast.school_a.code}/curriculum/"
    weeks = {"first": "3", "second": "3"}
    added = client.post(
        f"/schools/{cast.school_a.code}/classes/{cast.class_6b.uuid}/curriculum/add/",
        {"subject_name": MINORITY, "kind": "OPTIONAL", **weeks},
    )
    page = added["Location"]
    assert "chưa ghi tiếng dân tộc nào" in client.get(f"{board}?grade=6").content.decode()
    before = " ".join(["3"] * 35)
    form = {**weeks, "before": before, "weeks": before}
    assert client.post(page, {**form, "language": "KLINGON"}).status_code == 422
    assert client.post(page, {**form, "language": "KHMER"}).status_code == 302
    told = client.get(f"{board}?grade=6").content.decode()
    assert "Tiếng dân tộc thiểu số: Tiếng Khmer" in told
    assert "Ngoại ngữ 1" in told
    rest = client.get(f"/api/v1/schools/{cast.school_a.code}/class-plans?grade=6").json()
    assert [one["language"] for plan in rest for one in plan["subjects"] if one["language"]] == [
        "KHMER"
    ]


def test_foreign_languages_are_first_or_second() -> None:
    day = date(2026, 9, 5)
    assert foreign_part("6", "Tiếng Anh", "COMPULSORY", day) == "Ngoại ngữ 1"
    assert foreign_part("6", "Tiếng Pháp", "OPTIONAL", day) == "Ngoại ngữ 2"
    assert foreign_part("1", "Tiếng Anh", "OPTIONAL", day) == "Ngoại ngữ 1"
    assert foreign_part("6", "Toán", "COMPULSORY", day) == ""


def test_the_programme_tells_what_two_sessions_ask(cast: Cast) -> None:
    client = Client().sign_in(cast.hung)
    primary = client.get("/programme/?grade=3").content.decode()
    assert "Ít nhất 32 tiết" in primary
    secondary = client.get("/programme/?grade=7").content.decode()
    assert "Ít nhất 5 ngày" in secondary
    assert "tối đa 2 tiết" in secondary

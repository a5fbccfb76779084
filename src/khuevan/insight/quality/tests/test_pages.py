"""The pages: offices see numbers, the school its records; a cell is mended where it is listed."""

from __future__ import annotations

import html
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.utils.translation import override
from python_calamine import load_workbook
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY

from khuevan.insight.quality import commands, selectors
from khuevan.insight.quality.actions import AGAIN_AFTER, mend
from khuevan.insight.quality.cells import Write, cell_of
from khuevan.insight.quality.errors import FilledMeanwhile
from khuevan.insight.quality.findings import must_find
from khuevan.insight.quality.models import SchoolScore
from khuevan.insight.quality.rule_list import KINDS_TOLD, rule_of
from khuevan.insight.quality.upkeep import refresh
from khuevan.kernel import clock
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.api import Student

pytestmark = pytest.mark.django_db
WHY = "a test"
HTMX = {"HX-Request": "true"}


def _list(cast: Cast, rule: str) -> str:
    return f"/quality/schools/{cast.school_a.code}/{rule}/"


def test_an_office_sees_numbers_and_no_child(cast: Cast, client: Client) -> None:
    refresh(on=TODAY, now=NOW)
    client.sign_in(cast.binh)
    names = [one.person.full_name for one in (*cast.others_6a, cast.minh_anh, cast.student_6b)]
    for path in (
        "/quality/",
        "/quality/?by=school",
        f"/quality/schools/{cast.school_a.code}/",
        "/api/v1/quality/schools",
        f"/api/v1/quality/schools/{cast.school_a.code}",
    ):
        response = client.get(path)
        assert response.status_code == 200, path
        text = response.content.decode()
        assert not [name for name in names if name in text], path
    assert client.get(_list(cast, "PUPIL_NUMBER")).status_code == 404


def test_a_rule_opens_the_schools_in_which_it_found_something(cast: Cast, client: Client) -> None:
    refresh(on=TODAY, now=NOW)
    client.sign_in(cast.binh)
    asked = rule_of("PUPIL_NUMBER", TODAY)
    address = f"/quality/rules/{asked.code}/"
    assert f'href="{address}"' in client.get("/quality/").content.decode()
    said = client.get(address).content.decode()
    assert f'href="/quality/schools/{cast.school_a.code}/"' in said
    assert f'href="/quality/rules/#{asked.code}"' in said, "what the rule says stands behind a link"
    assert cast.student_6b.person.full_name not in said
    told = selectors.schools_at_fault(actor=actor_of(cast.binh), on=TODAY, rule=asked.code)
    counts = [one.wrong for one in told]
    assert counts == sorted(counts, reverse=True), "most of it first"
    assert min(counts) > 0
    kept = next(
        one
        for one in selectors.rule_sums(actor=actor_of(cast.binh), on=TODAY)
        if one.rule.code == asked.code
    )
    assert sum(counts) == kept.wrong
    assert client.get("/quality/rules/NO_SUCH_RULE/").status_code == 404
    assert client.get(address, {"unit": "nowhere"}).status_code == 200


def test_the_marks_are_told_in_words(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    for path in ("/quality/rules/", f"/quality/schools/{cast.school_a.code}/"):
        said = client.get(path).content.decode()
        assert [one for one in KINDS_TOLD.values() if str(one) not in html.unescape(said)] == []
    assert "chưa ai đối chiếu với văn bản" in client.get("/quality/rules/").content.decode()


def test_a_school_is_counted_again_by_its_button_and_not_without_end(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in(cast.binh)
    address = f"/quality/schools/{cast.school_a.code}/count/"
    scores = SchoolScore.objects.unscoped(because=WHY).filter(school=cast.school_a)
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at)
    assert "Đếm lại ngay" in client.get(address.removesuffix("count/")).content.decode()
    assert "Đã tính lại" in client.post(address, follow=True).content.decode()
    assert scores.get().counted_at == at
    monkeypatch.setattr(clock, "now", lambda: at + AGAIN_AFTER / 2)
    assert "vừa được đếm lúc" in client.post(address, follow=True).content.decode()
    assert scores.get().counted_at == at
    monkeypatch.setattr(clock, "now", lambda: at + AGAIN_AFTER * 2)
    client.post(address)
    assert scores.get().counted_at == at + AGAIN_AFTER * 2


def test_figures_on_the_terminal_are_in_its_language() -> None:
    points = selectors.Points(lost=33, whole=1000, wrong=1234)
    with override("en"):
        assert commands._told("42", points, 12) == "42: score 96.70, 1,234 wrong cells (+0.12)"
    with override("vi"):
        assert "96,70" in commands._told("42", points, -5)
        assert "1.234" in commands._told("42", points)


def test_the_league_as_a_file_names_schools_only(cast: Cast, client: Client) -> None:
    refresh(on=TODAY, now=NOW)
    response = client.sign_in(cast.thanh).get("/quality/league.xlsx")
    book = load_workbook(BytesIO(response.content))
    rows: list[Any] = [
        row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
    ]
    text = repr(rows)
    assert cast.school_a.code in text
    assert cast.minh_anh.person.full_name not in text


def test_a_commune_is_compared_by_what_was_counted_a_month_ago(cast: Cast) -> None:
    refresh(on=TODAY, now=NOW)
    score = SchoolScore.objects.unscoped(because=WHY).get(school=cast.school_a)
    SchoolScore.objects.create(
        school=cast.school_a,
        on=TODAY - selectors.MONTH,
        lost=score.whole,
        whole=score.whole,
        wrong=1,
        counted_at=NOW,
    )
    league = selectors.league_of(actor=actor_of(cast.binh), on=TODAY)
    school = next(one for one in league.schools if one.code == cast.school_a.code)
    assert school.change == school.now.score
    other = next(one for one in league.schools if one.code == cast.school_b.code)
    assert other.change is None
    scores = [one.now.score or 0 for one in league.schools]
    assert scores == sorted(scores), "who needs help stands on top"


def test_a_cell_is_mended_in_the_list(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    pupil = cast.student_6b
    page = client.get(_list(cast, "PUPIL_NUMBER"))
    assert pupil.person.full_name in page.content.decode()
    told = AuditEntry.objects.unscoped(because=WHY).filter(code="quality.findings_opened")
    assert told.count() == 1
    address = f"{_list(cast, 'PUPIL_NUMBER')}pupils/{pupil.uuid}/"
    sent = {"value": "42215000482", "version": pupil.person.version}
    refused = client.post(address, sent, headers=HTMX)
    assert refused.status_code == 422
    assert "42215000482" in refused.content.decode(), "what was typed is kept"
    mended = client.post(address, {**sent, "value": "042215000482"}, headers=HTMX)
    assert mended.status_code == 200
    assert "data-then-next" in mended.content.decode()
    person = Person.objects.unscoped(because=WHY).get(pk=pupil.person_id)
    assert person.personal_number == "042215000482"
    assert person.version == pupil.person.version + 1, "by the record's own action"
    assert SchoolScore.objects.unscoped(because=WHY).filter(school=cast.school_a).exists()
    assert client.post(address, sent, headers=HTMX).status_code == 404, "nothing wrong any more"


def test_a_record_that_somebody_changed_is_not_overwritten(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    pupil = cast.student_6b
    address = f"{_list(cast, 'PUPIL_MOET')}pupils/{pupil.uuid}/"
    sent = {"value": "4200000999", "version": pupil.person.version - 1}
    assert client.post(address, sent, headers=HTMX).status_code == 422
    assert Student.objects.unscoped(because=WHY).get(pk=pupil.pk).moet_code is None


def test_a_saved_value_that_is_wrong_still_is_said_so(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    pupil = cast.student_6b
    Person.objects.unscoped(because=WHY).filter(pk=pupil.person_id).update(
        personal_number="042315000482"[:11] + "3", sex="MALE"
    )
    address = f"{_list(cast, 'PUPIL_NUMBER_SEX')}pupils/{pupil.uuid}/"
    sent = {"value": "042315000499", "version": pupil.person.version}
    response = client.post(address, sent, headers=HTMX)
    assert response.status_code == 200
    assert "data-then-next" not in response.content.decode()


def test_a_homeroom_teacher_sees_what_the_own_class_lacks_and_no_other(
    cast: Cast, client: Client
) -> None:
    client.sign_in(cast.lan)
    said = client.get("/quality/class/").content.decode()
    assert cast.minh_anh.person.full_name in said
    assert rule_of("PUPIL_NUMBER", TODAY).name_vi in said
    assert cast.student_6b.person.full_name not in said
    client.sign_in(cast.toan)
    assert client.get("/quality/class/").status_code == 404, "who only teaches there is not asked"


def test_a_cell_without_a_version_is_written_into_an_empty_one_alone(cast: Cast) -> None:
    rooms = HomeroomClass.objects.unscoped(because=WHY).filter(pk=cast.class_6a.pk)
    rooms.update(sessions_a_week=None)
    rule = rule_of("CLASS_SESSIONS", TODAY)
    cell = cell_of(rule)
    assert cell is not None
    said = Write(
        actor=actor_of(cast.hung),
        school=cast.school_a,
        finding=must_find(cast.school_a, rule, cast.class_6a.uuid, TODAY),
        name=cell.name,
        value=5,
        version=-1,
        now=NOW,
    )
    mend(cell=cell, said=said)
    with pytest.raises(FilledMeanwhile):
        mend(cell=cell, said=replace(said, value=9))
    assert rooms.get().sessions_a_week == 5

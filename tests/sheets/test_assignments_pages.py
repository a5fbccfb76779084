"""Names of a list of lessons that match no one: asked about once on the page, and remembered."""

from __future__ import annotations

from pathlib import Path
from tempfile import SpooledTemporaryFile

import pytest
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW
from tests.sheets.loading import run_jobs
from tests.sheets.rows import counts
from tests.sheets.test_assignments import LAN, TOAN, Row, brought, givers, line, planned
from tests.sheets.test_import_pages import page_of, text_of

from khuevan.platform.sheets.actions import confirm_import, read_upload, upload_sheets
from khuevan.platform.sheets.models import NameMatch, Outcome, SheetImport
from khuevan.registry.curriculum.models import ClassSubject

ROWS = [
    line("Cô Lan", "Ngữ văn cơ bản", "6 A1", 4),
    line("Thầy Toàn", "Môn toán", "6 A1", 4),
    line("Thầy Toàn", "Môn toán", "6 A2", 4),
]


@pytest.fixture
def clerk(cast: Cast, client: Client) -> Client:
    return client.sign_in(cast.loan)


def taken_in(cast: Cast, rows: list[Row]) -> SheetImport:
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    content = "\n".join(";".join(cells) for cells in lines).encode()
    (found,) = upload_sheets(
        actor=actor_of(cast.loan),
        kind="curriculum.assignments",
        unit_id=cast.school_a.pk,
        upload=SimpleUploadedFile("phan-cong.csv", content),
        now=NOW,
    )
    return found


def answers(cast: Cast, clerk: Client, one: SheetImport) -> None:
    """Say what each name means, in the order of the page: teachers, classes, subjects."""
    told = [LAN, TOAN, "6A", "6B", "Ngữ văn", "Toán"]
    clerk.post(page_of(one, "names"), {f"other-{place}": name for place, name in enumerate(told)})


def test_a_list_in_which_no_name_matches_goes_all_the_way(
    cast: Cast, clerk: Client, tmp_path: Path
) -> None:
    one = taken_in(cast, ROWS)
    shown = text_of(clerk.get(page_of(one)))
    assert "6 tên trong danh sách không khớp" in shown
    asked = clerk.get(page_of(one, "names")).content.decode()
    assert [asked.count(f"<strong>{name}</strong>") for name in ("Thầy Toàn", "6 A1")] == [1, 1]
    answers(cast, clerk, one)
    one.refresh_from_db()
    assert (one.ready, one.count(Outcome.REFUSED)) == (3, 0)
    confirm_import(actor=actor_of(cast.loan), uuid=one.uuid, takes_good_rows=False, now=NOW)
    assert run_jobs() == ["DONE"]
    assert givers(cast, cast.class_6b, "Toán") == {TOAN: (4, 4)}
    assert counts(brought(cast, tmp_path, *ROWS)) == (0, 0, 3, 0)


def test_what_is_none_of_the_school_is_told_beside_its_name(cast: Cast, clerk: Client) -> None:
    one = taken_in(cast, ROWS)
    answer = clerk.post(page_of(one, "names"), {"other-0": "Trần Thị Mai", "other-1": TOAN})
    assert answer.status_code == 422
    assert "Không có “Trần Thị Mai”" in text_of(answer)
    assert not NameMatch.objects.unscoped(because="a test").exists()


def test_the_nearest_are_offered_first_and_a_match_is_forgotten(cast: Cast, clerk: Client) -> None:
    one = taken_in(cast, [line("Nguyễn Thị Lân", "Toán", "6B", 4)])
    assert LAN in text_of(clerk.get(page_of(one, "names")))
    lan = cast.lan.staff_member.uuid
    clerk.post(page_of(one, "names"), {"near-0": str(lan)})
    match = NameMatch.objects.unscoped(because="a test").get()
    assert (match.text, match.meaning) == ("Nguyễn Thị Lân", str(lan))
    assert "Bỏ ghép" in text_of(clerk.get(page_of(one, "names")))
    clerk.post(f"{page_of(one, 'names')}{match.pk}/forget/")
    one.refresh_from_db()
    assert one.count(Outcome.REFUSED) == 1


def test_plans_follow_the_list_by_one_press(cast: Cast, clerk: Client) -> None:
    planned(cast)
    one = taken_in(cast, [line(TOAN, "Toán", "6B", 6), line(LAN, "Tiếng Nga", "6B", 2)])
    assert "Đổi kế hoạch theo danh sách (2)" in text_of(clerk.get(page_of(one)))
    shown = clerk.post(page_of(one) + "remedies/plans/", follow=True)
    assert "sẽ đổi theo danh sách" in text_of(shown)
    confirm_import(actor=actor_of(cast.loan), uuid=one.uuid, takes_good_rows=False, now=NOW)
    assert run_jobs() == ["DONE"]
    plan = ClassSubject.objects.unscoped(because="a test").filter(homeroom_class=cast.class_6b)
    assert plan.get(subject_name="Toán").annual == 210
    assert plan.get(subject_name="Tiếng Nga").annual == 70


def test_the_list_to_fill_in_and_both_layouts_are_given(cast: Cast, clerk: Client) -> None:
    assert clerk.get("/imports/new/assignments/template.xlsx").status_code == 200
    board = clerk.get(f"/schools/{cast.school_a.code}/assignments/").content.decode()
    assert "/imports/new/assignments/" in board
    assert "/imports/out/assignments/" in board
    for layout, sheets in (("", 1), ("vnedu", 3)):
        asked = {"purpose": "REPORT", "kind": "xlsx", "layout": layout}
        answer = clerk.post("/imports/out/assignments/", asked)
        assert answer.status_code == 200
        with SpooledTemporaryFile() as file:
            file.write(answer.content)
            file.seek(0)
            assert len(read_upload(File(file, name="a.xlsx")).sheets) == sheets

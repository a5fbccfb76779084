"""A checked zip is written without sending it again; a written one is taken back as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW
from tests.sheets.loading import WHY, run_jobs
from tests.sheets.tables import differences, everything
from tests.sheets.test_many_pages import (
    API,
    NEW,
    dung,
    lists,
    newest,
    officer,
    pupils,
    sent,
    states,
)
from tests.sheets.test_undo import pupil_of

from khuevan.platform.audit.api import AuditEntry, batch
from khuevan.platform.jobs.api import Job, run_job
from khuevan.platform.jobs.run import JobRun
from khuevan.platform.sheets import actions
from khuevan.platform.sheets.models import Bundle, BundleFile, BundleState
from khuevan.registry.students.api import correct_student
from khuevan.registry.students.imports.tests.lists import some_pupils

__all__ = ["dung", "officer"]


def checked(dung: Client, folder: Path, *, is_faulty: bool = False) -> str:
    """Let the officer check a zip; return the address of its page."""
    sent(dung, lists(folder, is_faulty=is_faulty), "CHECK")
    run_jobs()
    return f"{NEW}{newest().uuid}/"


def written(dung: Client, folder: Path) -> str:
    sent(dung, lists(folder))
    assert run_jobs() == ["DONE"]
    return f"{NEW}{newest().uuid}/"


def changed_since(cast: Cast) -> None:
    """Let the principal correct a pupil of the first file."""
    pupil = pupil_of(some_pupils(3, ["6A"])[1])
    with batch():
        correct_student(
            actor=actor_of(cast.hung),
            uuid=pupil.uuid,
            version=pupil.person.version,
            changes={"phone": "0911111111"},
            now=NOW,
        )


def files_of(bundle: Bundle) -> dict[str, BundleFile]:
    rows = BundleFile.objects.unscoped(because=WHY).filter(bundle=bundle)
    return {one.name: one for one in rows}


@pytest.mark.parametrize(("mode", "state", "more"), [("ALL", "FAULTY", 5), ("GOOD", "PARTLY", 7)])
def test_a_checked_zip_is_written_as_it_is_kept(
    mode: str, state: str, more: int, dung: Client, cast: Cast, tmp_path: Path
) -> None:
    before = pupils()
    page = checked(dung, tmp_path, is_faulty=True)
    assert "Tệp nén đang được lưu" in dung.get(page).content.decode()
    assert pupils() == before
    assert dung.post(f"{page}write/", {"mode": mode})["Location"] == page
    run_jobs()
    found = states(newest())
    assert (found.pop("42000501.csv"), set(found.values())) == (state, {"WRITTEN"})
    assert pupils() == before + more
    assert Bundle.objects.unscoped(because=WHY).count() == 1
    assert "Tệp nén đang được lưu" not in dung.get(page).content.decode()
    assert dung.post(f"{page}write/", {"mode": mode}).status_code == 409
    ordered = AuditEntry.objects.unscoped(because=WHY).filter(code="sheets.many_ordered")
    assert [one.details["mode"] for one in ordered.order_by("pk")] == ["CHECK", mode]


def test_what_changed_since_the_check_is_compared_anew(
    dung: Client, cast: Cast, tmp_path: Path
) -> None:
    first = checked(dung, tmp_path)
    assert set(states(newest()).values()) == {"GOOD"}
    written(dung, tmp_path)
    before = pupils()
    dung.post(f"{first}write/", {"mode": "ALL"})
    assert run_jobs() == ["DONE"]
    assert set(states(Bundle.objects.unscoped(because=WHY).earliest("pk")).values()) == {"SAME"}
    assert pupils() == before


def test_a_whole_zip_is_taken_back(dung: Client, cast: Cast, tmp_path: Path) -> None:
    before = everything()
    page = written(dung, tmp_path)
    assert f"{page}undo/" in dung.get(page).content.decode()
    shown = dung.get(f"{page}undo/").content.decode()
    assert 'Tệp đã ghi</dt><dd class="num">3<' in shown
    assert dung.post(f"{page}undo/")["Location"] == page
    assert "Đang hoàn tác" in dung.get(page).content.decode()
    assert run_jobs() == ["DONE"]
    assert set(states(newest()).values()) == {"UNDONE"}
    assert newest().state == BundleState.UNDONE
    assert differences(before, everything()) == []
    assert "Đã hoàn tác 3 tệp." in dung.get(page).content.decode()
    assert dung.get(f"{page}undo/")["Location"] == page
    assert dung.post(f"{page}undo/").status_code == 409


def test_what_is_needed_since_stays_and_says_why(dung: Client, cast: Cast, tmp_path: Path) -> None:
    before = pupils()
    page = written(dung, tmp_path)
    changed_since(cast)
    dung.post(f"{page}undo/")
    assert run_jobs() == ["PARTIAL"]
    found = files_of(newest())
    kept = found.pop("42000501.csv")
    assert (kept.state, {one.state for one in found.values()}) == ("KEPT", {"UNDONE"})
    assert "thông tin cá nhân" in kept.refusal
    assert pupils() == before + 3
    shown = dung.get(page).content.decode()
    assert f"/imports/{kept.lists[0]}/undo/" in shown
    assert "thông tin cá nhân" in shown
    assert "1 tệp chưa hoàn tác được" in shown
    opened = dung.get(f"/imports/{kept.lists[0]}/undo/").content.decode()
    assert "Số điện thoại" in opened
    assert newest().state == BundleState.DONE
    assert f"{page}undo/" in shown  # once the reason is gone, the rest goes too


def test_one_list_taken_back_on_its_own_page_is_no_hindrance(
    dung: Client, cast: Cast, tmp_path: Path
) -> None:
    before = everything()
    page = written(dung, tmp_path)
    one = files_of(newest())["42000501.csv"]
    actions.undo_import(actor=actor_of(cast.loan), uuid=one.lists[0], now=NOW)
    dung.post(f"{page}undo/")
    assert run_jobs() == ["DONE"]
    assert set(states(newest()).values()) == {"UNDONE"}
    assert differences(before, everything()) == []


def test_stopped_it_leaves_whole_files_and_goes_on_later(
    dung: Client, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pupils()
    page = written(dung, tmp_path)
    dung.post(f"{page}undo/")
    job = Job.objects.unscoped(because=WHY).get(state="QUEUED")
    real = JobRun.progress

    def stopping(run: JobRun, done: int, *rest: Any) -> None:
        Job.objects.unscoped(because=WHY).filter(pk=job.pk).update(cancel_requested=True)
        real(run, done, *rest)

    monkeypatch.setattr(JobRun, "progress", stopping)
    run_job(job.pk)
    monkeypatch.undo()
    assert (newest().state, newest().counts) == (BundleState.DONE, {"WRITTEN": 2, "UNDONE": 1})
    assert states(newest())["Khối 3.csv"] == "UNDONE"  # the one written last
    assert "Đã dừng hoàn tác." in dung.get(page).content.decode()
    dung.post(f"{page}undo/")
    assert run_jobs() == ["DONE"]
    assert pupils() == before


def test_programs_write_a_checked_zip_and_take_it_back(
    dung: Client, cast: Cast, tmp_path: Path
) -> None:
    before = pupils()
    checked(dung, tmp_path)
    path = f"{API}/{newest().uuid}"
    answer = dung.post(f"{path}/write", {"mode": "ALL"}, content_type="application/json")
    assert (answer.status_code, answer.json()["mode"]) == (202, "ALL")
    run_jobs()
    assert pupils() == before + 8
    answer = dung.post(f"{path}/undo")
    assert (answer.status_code, answer.json()["state"]) == (202, "UNDOING")
    run_jobs()
    assert dung.get(path).json()["files"]["UNDONE"] == 3
    assert pupils() == before
    assert dung.post(f"{path}/undo").status_code == 409


@pytest.mark.parametrize("who", ["loan", "hung", "binh"])
def test_whoever_may_not_load_every_school_takes_nothing_back(
    who: str, dung: Client, cast: Cast, tmp_path: Path
) -> None:
    page = written(dung, tmp_path)
    other = Client().sign_in(getattr(cast, who))
    assert other.get(f"{page}undo/").status_code == 404
    for deed in ("undo/", "write/"):
        assert other.post(f"{page}{deed}").status_code in {403, 404}
    assert set(states(newest()).values()) == {"WRITTEN"}

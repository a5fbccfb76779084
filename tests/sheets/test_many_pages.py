"""A department's data officer loads a zip of many schools' lists through the page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast, Client
from tests.factories import NOW, TODAY, make_grant, make_person, make_province
from tests.sheets.loading import WHY, fail_at_second, run_jobs
from tests.sheets.rows import written

from khuevan.platform.access.api import operator_actor
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import AuditEntry
from khuevan.platform.files import uploads
from khuevan.platform.files.api import MEGABYTE
from khuevan.platform.files.uploads import limit_of
from khuevan.platform.jobs.api import Job, run_job
from khuevan.platform.jobs.run import JobRun
from khuevan.platform.sheets.actions import bundles
from khuevan.platform.sheets.actions.upload import KEPT
from khuevan.platform.sheets.api import read_workbook
from khuevan.platform.sheets.importers import day_in_year, years_known
from khuevan.platform.sheets.models import Bundle, BundleFile, BundleState, SheetImport
from khuevan.registry.students.api import Student
from khuevan.registry.students.imports.tests.lists import some_pupils

NEW = "/imports/many/"
API = "/api/v1/imports/many"


@pytest.fixture
def officer(cast: Cast) -> Person:
    person = make_person("Phạm Thị Dung")
    make_grant(person, "data_officer", unit=make_province())
    return person


@pytest.fixture
def dung(client: Client, officer: Person) -> Client:
    return client.sign_in(officer)


def lists(folder: Path, *, is_faulty: bool = False) -> dict[str, bytes]:
    """Return the lists of three schools, each found in another way."""
    a, b = some_pupils(3, ["6A"]), some_pupils(6, ["6A"])[3:]
    primary = some_pupils(8, ["3C"])[6:]
    if is_faulty:
        a[1] = {**a[1], "Ngày sinh": "31/02/2015"}
    title = "Trường Tiểu học Đông Khê"
    return {
        "42000501.csv": Path(written(folder / "a.csv", a)).read_bytes(),
        "42000502/hoc sinh.csv": Path(written(folder / "b.csv", b)).read_bytes(),
        "Khối 3.csv": Path(written(folder / "c.csv", primary, title)).read_bytes(),
    }


BAD = {
    "42000501 hỏng.xlsx": b"PK\x03\x04 not a workbook",
    "42009999.csv": b"STT,Ho ten\n1,Ai\n",
    "ghi chu.csv": b"Kinh gui So,\nxin chao,\n",
}


def zipped(files: Mapping[str, bytes]) -> SimpleUploadedFile:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return SimpleUploadedFile("nhieu-truong.zip", content.getvalue())


def sent(client: Client, files: Mapping[str, bytes], mode: str = "ALL", year: str = "") -> Any:
    data = {"kind": "students.list", "mode": mode, "year": year, "file": zipped(files)}
    return client.post(NEW, data)


def newest() -> Bundle:
    return Bundle.objects.unscoped(because=WHY).order_by("-pk")[0]


def states(bundle: Bundle) -> dict[str, str]:
    files = BundleFile.objects.unscoped(because=WHY).filter(bundle=bundle)
    return dict(files.order_by("number").values_list("name", "state"))


def pupils() -> int:
    return Student.objects.unscoped(because=WHY).count()


def test_an_empty_zip_is_refused_without_a_path_of_the_server(dung: Client) -> None:
    body = sent(dung, {".an": b""}).content.decode()
    assert "Tệp nén không có tệp nào." in body
    assert ".upload" not in body


def test_good_files_go_in_and_bad_ones_are_named(dung: Client, cast: Cast, tmp_path: Path) -> None:
    before = pupils()
    answer = sent(dung, {**lists(tmp_path), **BAD})
    assert answer.status_code == 302
    page = f"{NEW}{newest().uuid}/"
    assert answer["Location"] == page
    assert "Chờ" in dung.get(page).content.decode()
    assert run_jobs() == ["PARTIAL"]
    found = states(newest())
    assert {name for name, state in found.items() if state == "UNREAD"} == set(BAD)
    assert {name for name, state in found.items() if state == "WRITTEN"} == set(lists(tmp_path))
    assert pupils() == before + 8
    body = dung.get(page).content.decode()
    for name in (*lists(tmp_path), *BAD):
        assert name in body
    assert "Trường THCS Đông Khê" in body
    one = BundleFile.objects.unscoped(because=WHY).get(name="42000501.csv")
    assert f"/imports/{one.lists[0]}/" in body
    assert dung.get(f"/imports/{one.lists[0]}/").status_code == 200
    only = dung.get(page, {"state": "UNREAD"}).content.decode()
    assert "42009999.csv" in only
    assert "Khối 3.csv" not in only


def test_the_same_zip_again_changes_nothing(dung: Client, cast: Cast, tmp_path: Path) -> None:
    sent(dung, lists(tmp_path))
    run_jobs()
    before, kept = pupils(), SheetImport.objects.unscoped(because=WHY).count()
    sent(dung, lists(tmp_path))
    assert run_jobs() == ["DONE"]
    assert set(states(newest()).values()) == {"SAME"}
    assert (pupils(), SheetImport.objects.unscoped(because=WHY).count()) == (before, kept)


@pytest.mark.parametrize(
    ("mode", "state", "more"), [("ALL", "FAULTY", 5), ("GOOD", "PARTLY", 7), ("CHECK", "FAULTY", 0)]
)
def test_each_way_with_faults(
    mode: str, state: str, more: int, dung: Client, cast: Cast, tmp_path: Path
) -> None:
    before = pupils()
    sent(dung, lists(tmp_path, is_faulty=True), mode)
    run_jobs()
    found = states(newest())
    assert found.pop("42000501.csv") == state
    assert set(found.values()) == ({"GOOD"} if mode == "CHECK" else {"WRITTEN"})
    assert pupils() == before + more
    body = dung.get(f"{NEW}{newest().uuid}/").content.decode()
    assert "Dòng 3, cột D: 31/02/2015" in body


def test_the_report_has_a_row_for_each_fault(dung: Client, cast: Cast, tmp_path: Path) -> None:
    sent(dung, {**lists(tmp_path, is_faulty=True), **BAD})
    run_jobs()
    answer = dung.get(f"{NEW}{newest().uuid}/report.xlsx")
    assert answer.status_code == 200
    (file := tmp_path / "report.xlsx").write_bytes(b"".join(answer))
    header, *rows = [row.cells for row in read_workbook(file).sheets[0].rows]
    assert header[:6] == ["Tệp", "Trang tính", "Dòng", "Cột", "Giá trị", "Lý do"]
    told = {row[0]: row for row in rows if row[6] == "Lỗi"}
    assert set(told) == {"42000501.csv", *BAD}
    assert told["42000501.csv"][2:5] == [3, "Ngày sinh", "31/02/2015"]
    assert "42009999" in str(told["42009999.csv"][5])
    assert AuditEntry.objects.unscoped(because=WHY).filter(code="sheets.many_reported").exists()


def test_stopped_between_two_files_it_goes_on_with_the_rest(
    dung: Client, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pupils()
    sent(dung, lists(tmp_path))
    job = Job.objects.unscoped(because=WHY).get(state="QUEUED")
    real = JobRun.progress

    def stopping(run: JobRun, done: int, *rest: Any) -> None:
        Job.objects.unscoped(because=WHY).filter(pk=job.pk).update(cancel_requested=True)
        real(run, done, *rest)

    monkeypatch.setattr(JobRun, "progress", stopping)
    run_job(job.pk)
    monkeypatch.undo()
    bundle = newest()
    assert (bundle.state, bundle.counts) == (BundleState.STOPPED, {"WRITTEN": 1, "WAITING": 2})
    assert pupils() == before + 3
    assert "Dừng sau 1 trong 3 tệp" in dung.get(f"{NEW}{bundle.uuid}/").content.decode()
    assert dung.post(f"{NEW}{bundle.uuid}/go-on/").status_code == 302
    assert run_jobs() == ["DONE"]
    assert set(states(bundle).values()) == {"WRITTEN"}
    assert pupils() == before + 8


def test_a_worker_that_dies_leaves_whole_files_and_the_job_goes_on(
    dung: Client, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pupils()
    sent(dung, lists(tmp_path))
    job = Job.objects.unscoped(because=WHY).get(state="QUEUED")
    real = bundles._Keeper.keep

    def dying(keeper: Any, place: int, *rest: Any) -> None:
        if place == 1:
            raise SystemExit  # inside the second file's transaction, after its rows were written
        real(keeper, place, *rest)

    monkeypatch.setattr(bundles._Keeper, "keep", dying)
    with pytest.raises(SystemExit):
        run_job(job.pk)
    monkeypatch.undo()
    assert list(states(newest()).values()) == ["WRITTEN", "WAITING", "WAITING"]
    assert pupils() == before + 3
    run_job(job.pk)
    assert set(states(newest()).values()) == {"WRITTEN"}
    assert pupils() == before + 8


@pytest.mark.parametrize("where", ["reading", "writing", "keeping"])
def test_a_fault_of_the_program_ends_one_file_and_not_the_zip(
    where: str,
    dung: Client,
    cast: Cast,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = pupils()
    sent(dung, lists(tmp_path))
    fail_at_second(monkeypatch, where)
    assert run_jobs() == ["PARTIAL"]
    monkeypatch.undo()
    assert list(states(newest()).values()) == ["WRITTEN", "FAILED", "WRITTEN"]
    assert pupils() == before + 5
    failed = BundleFile.objects.unscoped(because=WHY).get(state="FAILED")
    number = str(next(vars(one)["incident"] for one in caplog.records if "incident" in vars(one)))
    assert failed.refusal.endswith(f"Mã lỗi: {number[:8]}")
    assert (failed.fault_count, failed.new, failed.lists) == (1, 0, [])
    body = dung.get(f"{NEW}{newest().uuid}/").content.decode()
    assert "Lỗi hệ thống" in body
    assert number[:8] in body
    sent(dung, lists(tmp_path))
    assert run_jobs() == ["DONE"]
    assert list(states(newest()).values()) == ["SAME", "WRITTEN", "SAME"]


def test_a_zip_counts_for_the_year_that_was_chosen(
    dung: Client, cast: Cast, tmp_path: Path
) -> None:
    before = pupils()
    (current,) = years_known(TODAY)
    following = f"{int(current[:4]) + 1}-{int(current[-4:]) + 1}"
    assert sent(dung, lists(tmp_path), year=following).status_code == 422
    assert day_in_year(operator_actor(on=TODAY, login=""), following)  # opens it
    assert years_known(TODAY) == [current, following]
    assert f"{current} (hiện tại)" in dung.get(NEW).content.decode()
    assert sent(dung, lists(tmp_path), year=following).status_code == 302
    assert f"năm học {following}" in dung.get(f"{NEW}{newest().uuid}/").content.decode()
    run_jobs()
    assert set(states(newest()).values()) == {"FAULTY"}  # no class of that year is known yet
    files = BundleFile.objects.unscoped(because=WHY)
    assert {one["code"] for file in files.all() for one in file.faults} >= {
        "students.unknown_class"
    }
    assert pupils() == before


def test_one_zip_of_an_office_at_a_time(dung: Client, cast: Cast, tmp_path: Path) -> None:
    sent(dung, lists(tmp_path))
    answer = sent(dung, lists(tmp_path))
    assert answer.status_code == 422
    assert "đang được nhập" in answer.content.decode()
    assert Bundle.objects.unscoped(because=WHY).count() == 1


@pytest.mark.parametrize(
    ("files", "said"),
    [({}, "không có tệp nào"), ({"[Content_Types].xml": b"", "xl/a": b""}, "zip")],
)
def test_a_zip_without_lists_is_refused(
    files: dict[str, bytes], said: str, dung: Client, cast: Cast
) -> None:
    answer = sent(dung, files)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Bundle.objects.unscoped(because=WHY).exists()


@pytest.mark.parametrize(("route", "limit"), [(NEW, 200), ("/imports/new/students.list/", 25)])
def test_a_large_upload_is_received_up_to_the_limit_of_its_route(
    route: str, limit: int, officer: Person, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits: list[int] = []

    def noted(request: Any) -> int:
        limits.append(limit_of(request))
        return limits[-1]

    monkeypatch.setattr(uploads, "limit_of", noted)
    client = Client(enforce_csrf_checks=True).sign_in(officer)
    client.cookies["csrftoken"] = secret = "a" * 32
    large = SimpleUploadedFile("a.zip", b"PK\x03\x04" + b"x" * settings.FILE_UPLOAD_MAX_MEMORY_SIZE)
    answer = client.post(route, {"csrfmiddlewaretoken": secret, "file": large})
    assert answer.status_code != 403
    assert limits == [limit * MEGABYTE]


def test_programs_load_a_zip_and_read_what_came_of_it(
    dung: Client, cast: Cast, tmp_path: Path
) -> None:
    before = pupils()
    files = {**lists(tmp_path, is_faulty=True), **BAD}
    data = {"kind": "students", "mode": "GOOD", "file": zipped(files)}
    answer = dung.post(API, data, headers={"Idempotency-Key": "night-1"})
    assert answer.status_code == 202, answer.content
    told = answer.json()
    assert (told["state"], told["files"]["WAITING"], told["year"]) == ("RUNNING", 6, "")
    again = dung.post(API, data | {"file": zipped(files)})
    assert again.status_code == 409  # one at a time of an office
    run_jobs()
    path = f"{API}/{told['uuid']}"
    told = dung.get(path).json()
    assert (told["state"], told["files"]["UNREAD"], told["files"]["PARTLY"]) == ("DONE", 3, 1)
    assert pupils() == before + 7
    page = dung.get(f"{path}/files").json()
    assert ([one["name"] for one in page["items"]], page["next"]) == (sorted(files), None)
    faulty = {one["name"]: one for one in dung.get(f"{path}/files?only=faulty").json()["items"]}
    assert faulty.keys() == {"42000501.csv", *BAD}
    (fault,) = (one for one in faulty["42000501.csv"]["faults"] if one["severity"] == "ERROR")
    assert (fault["row"], fault["column"], fault["value"]) == (3, "Ngày sinh", "31/02/2015")
    assert faulty["42000501.csv"]["school"] == "42000501"
    assert "42009999" in faulty["42009999.csv"]["reason"]
    assert dung.post(f"{path}/go-on").status_code == 409
    entry = AuditEntry.objects.unscoped(because=WHY).filter(code="sheets.many_reported").last()
    assert entry is not None
    assert entry.actor_person_id == newest().owner_id


@pytest.mark.parametrize("who", ["loan", "hung", "binh", "hoa", "lan"])
def test_whoever_may_not_load_every_school_does_not_see_it(
    who: str, dung: Client, cast: Cast, tmp_path: Path
) -> None:
    sent(dung, lists(tmp_path))
    bundle = newest()
    other = Client().sign_in(getattr(cast, who))
    for path in (NEW, f"{NEW}{bundle.uuid}/", f"{NEW}{bundle.uuid}/report.xlsx"):
        assert other.get(path).status_code in {403, 404}
    assert other.post(f"{NEW}{bundle.uuid}/go-on/").status_code in {403, 404}
    for path in ("", "/files"):
        assert other.get(f"{API}/{bundle.uuid}{path}").status_code in {403, 404}
    sending = {"kind": "students", "file": zipped(lists(tmp_path))}
    assert other.post(API, sending).status_code in {403, 404}


def test_the_director_loads_schools_alone(cast: Cast, client: Client, tmp_path: Path) -> None:
    thanh = client.sign_in(cast.thanh)
    body = thanh.get(NEW).content.decode()
    assert "schools.register" in body
    assert "students.list" not in body
    assert sent(thanh, lists(tmp_path)).status_code == 422


def test_files_are_forgotten_with_their_archive(dung: Client, cast: Cast, tmp_path: Path) -> None:
    sent(dung, lists(tmp_path))
    run_jobs()
    bundle = newest()
    assert bundles.forget_old_bundles(now=NOW) == 0
    Bundle.objects.unscoped(because=WHY).update(created_at=NOW - KEPT - (NOW - NOW.replace(hour=0)))
    assert bundles.forget_old_bundles(now=NOW.replace(year=NOW.year + 1)) == 3
    body = dung.get(f"{NEW}{bundle.uuid}/").content.decode()
    assert "90 ngày" in body

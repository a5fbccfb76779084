"""Web server, worker and database killed around an import, by HTTP: all of it once, or nothing."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from khuevan.cli import archive, fingerprint
from khuevan.config.postgres import ensure_server
from khuevan.registry.students.imports.tests.lists import csv, some_pupils
from tests.ops.standing import CSRF, KHUEVAN, Page, Standing, server_process_of
from tests.waiting import wait_for

pytestmark = pytest.mark.slow

UPLOAD = "/imports/new/students/"
ROWS = 2400
LISTS = 8
FILES = 12
OURS = ("public.students_", "public.accounts_person", "public.people_")


@pytest.fixture(scope="module")
def site() -> Iterator[Standing]:
    """Give one installation for all drills; each loads pupils of its own."""
    base = Path(tempfile.mkdtemp(prefix="khv-ops-"))
    base.chmod(0o711 if os.geteuid() == 0 else 0o700)
    # Not a throwaway server: one may lose its last commits when it is killed.
    with ensure_server(base / "data") as handle:
        site = Standing(handle, base / "data")
        site.populate()
        yield site
    shutil.rmtree(base, ignore_errors=True)


def pupils(part: int, count: int = ROWS) -> list[dict[str, str]]:
    """Return one of several lists without a common pupil."""
    taken = "042315000482"
    rows = some_pupils(LISTS * ROWS + 1, ["6A", "6B"])
    free = [row for row in rows if row["Số định danh cá nhân"] != taken]
    return free[part * ROWS :][:count]


def content(rows: list[dict[str, str]]) -> bytes:
    return bytes(csv(rows).read())


def records(site: Standing) -> dict[str, fingerprint.TableState]:
    """Return number and hash of the rows of all records of people and pupils."""
    with psycopg.connect(site.handle.url) as connection:
        states = fingerprint.take(connection)
    return {name: state for name, state in states.items() if name.startswith(OURS)}


def loaded(site: Standing, rows: list[dict[str, str]]) -> int:
    """Return how many enrollments the pupils of a list have: one each, when it was loaded."""
    query = (
        "SELECT count(*) FROM students_enrollment e JOIN students_student s ON s.id = e.student_id"
        " WHERE s.moet_code = ANY(%s)"
    )
    return int(site.ask(query, [row["Mã định danh Bộ GD&ĐT"] for row in rows])[0])


def kept(site: Standing) -> tuple[int, int, int]:
    """Return how many lists, rows of lists and stored files there are."""
    imports = site.ask("SELECT count(*) FROM sheets_sheetimport")[0]
    rows = site.ask("SELECT count(*) FROM sheets_importrow")[0]
    files = site.ask("SELECT count(*) FROM files_storedfile")[0]
    return imports, rows, files


def job(site: Standing, uuid: str, column: str) -> object:
    query = f"SELECT j.{column} FROM jobs_job j JOIN sheets_sheetimport i ON i.job_uuid = j.uuid"
    return site.ask(f"{query} WHERE i.uuid = %s", uuid)[0]


def uploaded(site: Standing, rows: list[dict[str, str]]) -> str:
    """Take a list in and return its uuid."""
    answer = site.upload(UPLOAD, content(rows))
    assert answer.status == 302, answer.text
    return answer.location.rstrip("/").rsplit("/", 1)[-1]


def in_files(site: Standing, rows: list[dict[str, str]], folder: Path) -> str:
    """Write the rows into the files of one school, and return its code."""
    code = site.ask("SELECT code FROM organizations_orgunit WHERE kind = 'SCHOOL' ORDER BY id")[0]
    size = len(rows) // FILES
    for part in range(FILES):
        own = rows[part * size :][:size]
        (folder / f"{code}-{part:02d}.csv").write_bytes(content(own))
    return str(code)


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has started and that live."""
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(each) for each in told.split()]


def confirm(site: Standing, uuid: str) -> Page:
    return site.post(f"/imports/{uuid}/confirm/")


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("share", [0.3, 0.95])
def test_a_web_server_killed_in_an_upload_keeps_nothing_of_it(site: Standing, share: float) -> None:
    rows = pupils(0)
    large = content(rows)
    large *= 16 * 2**20 // len(large)  # what has come of it stands on disk, not in memory
    body, headers = site.file_form(large)
    with site.web() as web:
        before, stood, there = kept(site), records(site), arriving(site)
        connection = site.start_post(UPLOAD, body, headers, int(len(body) * share))
        wait_for(lambda: arriving(site) - there)
        kill(server_process_of(web))
        connection.close()
        wait_for(site.answers)
        assert (kept(site), records(site)) == (before, stood)
        assert site.get("/imports/").status == 200


def test_a_web_server_killed_in_the_check_has_all_rows_of_a_list_or_none(site: Standing) -> None:
    rows = pupils(0)
    body, headers = site.file_form(content(rows))
    stood = records(site)
    seen = set()
    for seconds in (0.1, 0.35, 0.6, 1.0):
        before = kept(site)
        with site.web() as web:
            connection = site.start_post(UPLOAD, body, headers, len(body))
            time.sleep(seconds)
            kill(server_process_of(web))
            kill(web.pid)
            connection.close()
        after = kept(site)
        seen.add(tuple(b - a for a, b in zip(before, after, strict=True)))
    assert seen <= {(0, 0, 0), (1, ROWS, 1)}
    assert (0, 0, 0) in seen
    assert records(site) == stood
    with site.web():
        assert uploaded(site, rows)


def test_a_web_server_killed_in_the_confirmation_orders_once_or_not_at_all(site: Standing) -> None:
    rows = pupils(1)
    with site.web():
        uuid = uploaded(site, rows)
    stood = records(site)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    body = f"csrfmiddlewaretoken={CSRF}".encode()
    for seconds in (0.02, 0.1, 0.3):
        with site.web() as web:
            connection = site.start_post(f"/imports/{uuid}/confirm/", body, form, len(body))
            time.sleep(seconds)
            kill(server_process_of(web))
            kill(web.pid)
            connection.close()
        assert ordered(site, uuid) in {("CHECKED", 0), ("APPLYING", 1)}
    assert records(site) == stood
    with site.web(), site.running("worker"):
        assert confirm(site, uuid).status == 302
        wait_for(lambda: job(site, uuid, "state") == "DONE", 90)
        assert ordered(site, uuid) == ("DONE", 1)
    assert loaded(site, rows) == ROWS


def ordered(site: Standing, uuid: str) -> tuple[str, int]:
    """Return the state of a list and how many jobs are to write it."""
    state = site.ask("SELECT state FROM sheets_sheetimport WHERE uuid = %s", uuid)[0]
    jobs = site.ask("SELECT count(*) FROM jobs_job WHERE params->>'uuid' = %s", uuid)[0]
    return state, jobs


def test_a_file_of_200_megabytes_is_refused_with_a_sentence(site: Standing) -> None:
    with site.web() as web:
        before, server, there = kept(site), server_process_of(web), arriving(site)
        answer = site.upload(UPLOAD, b"6A;An\n" * (200 * 2**20 // 6), "K6.csv")
        assert answer.status in {413, 422}
        assert "Tệp nặng 200 MB, chỉ nhận đến" in answer.text
        assert peak_megabytes(server) < 300
        assert kept(site) == before
        wait_for(lambda: not arriving(site) - there, 10)  # gone once it is answered


def arriving(site: Standing) -> set[Path]:
    """Return the files on their way in; a killed server leaves its own for the nightly sweep."""
    return set((site.data_dir / "uploads").glob("*.upload*"))


def peak_megabytes(process: int) -> int:
    """Return the most memory a process ever held."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def test_a_worker_killed_while_it_writes_leaves_nothing_and_the_next_writes_all(
    site: Standing,
) -> None:
    rows = pupils(2)
    with site.web():
        uuid = uploaded(site, rows)
        stood = records(site)
        confirm(site, uuid)
        with site.running("worker") as worker:
            wait_for(lambda: int(str(job(site, uuid, "done"))) >= 200)
            kill(worker.pid)
            worker.wait()
        assert records(site) == stood
        page = site.get(f"/imports/{uuid}/")
        assert "Anh/chị có thể rời trang này" in page.text
        with site.running("worker"):
            wait_for(lambda: job(site, uuid, "state") == "DONE", 90)
        assert job(site, uuid, "attempt") == 2
        assert loaded(site, rows) == ROWS
        assert "Thêm 2.400, cập nhật 0, không đổi 0." in site.get(f"/imports/{uuid}/").text


def test_a_database_killed_while_the_list_is_written_loses_and_doubles_nothing(
    site: Standing,
) -> None:
    rows = pupils(3)
    with site.web(), site.running("worker"):
        uuid = uploaded(site, rows)
        confirm(site, uuid)
        wait_for(lambda: int(str(job(site, uuid, "done"))) >= 200)
        assert site.handle.pid is not None
        kill(site.handle.pid)
        told = answers_until_back(site, f"/imports/{uuid}/")
        wait_for(lambda: job(site, uuid, "state") == "DONE", 90)
        assert loaded(site, rows) == ROWS
        assert "Thêm 2.400, cập nhật 0, không đổi 0." in site.get(f"/imports/{uuid}/").text
    assert {answer.status for answer in told} <= {200, 503}
    for answer in told:
        if answer.status == 503:
            assert "hoạt động trở lại trong giây lát" in answer.text


def answers_until_back(site: Standing, path: str) -> list[Page]:
    """Open a page again and again until the database is back; return what was answered."""
    told = [site.get(path)]
    until = time.monotonic() + 60
    while told[-1].status != 200 or len(told) < 5:
        assert time.monotonic() < until, told[-1].text
        time.sleep(0.2)
        with suppress(psycopg.OperationalError):
            told.append(site.get(path))
    return told


def test_a_backup_made_while_a_list_is_written_holds_one_moment(
    site: Standing, tmp_path: Path
) -> None:
    rows = pupils(4)
    path = tmp_path / "during.khv"
    with site.web(), site.running("worker"):
        uuid = uploaded(site, rows)
        stood = records(site)
        confirm(site, uuid)
        wait_for(lambda: int(str(job(site, uuid, "done"))) >= 200)
        made = site.khuevan("backup", str(path), "--json")
        assert made.returncode == 0, made.stderr
        wait_for(lambda: job(site, uuid, "state") == "DONE", 90)
    after = records(site)
    with archive.read(path) as reader:
        held = reader.manifest["tables"]
    ours = {name: state for name, state in held.items() if name.startswith(OURS)}
    assert ours in (fingerprint.as_plain(stood), fingerprint.as_plain(after))
    tried = site.khuevan("restore", str(path), "--drill", "--json")
    assert json.loads(tried.stdout)["equal"], tried.stderr
    log = "SELECT array_agg(code ORDER BY id), min(actor_role) FROM audit_auditentry"
    codes, role = site.ask(f"{log} WHERE code IN ('audit.backed_up', 'audit.restore_tried')")
    assert codes == ["audit.backed_up", "audit.restore_tried"]
    assert role
    query = "SELECT details->>'made_at' FROM audit_auditentry WHERE code = 'audit.restore_tried'"
    assert re.fullmatch(r"\d\d/\d\d/\d{4} \d\d:\d\d", site.ask(query)[0])


def test_a_run_over_many_files_killed_in_the_middle_is_finished_by_the_next(
    site: Standing, tmp_path: Path
) -> None:
    rows, size = pupils(5), ROWS // FILES
    code = in_files(site, rows, tmp_path)
    for bad in ("03-empty.csv", "05-cut.xlsx", "07-locked.zip"):
        (tmp_path / f"{code}-{bad}").write_bytes(b"PK\x03\x04" if "cut" in bad else b"")
    words = ("import", "students", str(tmp_path), "--json")
    with site.running(*words) as first:
        wait_for(lambda: loaded(site, rows) >= size * 2)
        kill(first.pid)
        first.wait()
    there = loaded(site, rows)
    assert there % size == 0
    assert size * 2 <= there < ROWS
    second = site.khuevan(*words)
    assert second.returncode == 0, second.stderr
    answer = json.loads(second.stdout)
    assert (answer["new"], answer["unchanged"]) == (ROWS - there, there)
    assert len(answer["files_refused"]) == 3
    assert loaded(site, rows) == ROWS


def test_a_worker_killed_in_the_middle_of_a_zip_writes_the_rest_and_nothing_twice(
    site: Standing,
) -> None:
    size, files = 150, 8
    rows = pupils(7, size * files)
    code = site.ask("SELECT code FROM organizations_orgunit WHERE kind = 'SCHOOL' ORDER BY id")[0]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(files):
            archive.writestr(f"{code}-{part:02d}.csv", content(rows[part * size :][:size]))
        archive.writestr(f"{code}-01-cut.xlsx", b"PK\x03\x04")
    before = site.ask("SELECT count(*) FROM sheets_sheetimport")[0]
    with site.web(), site.by_officer():
        sent = site.upload(
            "/imports/many/", packed.getvalue(), "truong.zip", kind="students.list", mode="ALL"
        )
        assert sent.status == 302, sent.text
        with site.running("worker") as worker:
            wait_for(lambda: came_of_files(site).get("WRITTEN", 0) >= 2)
            kill(worker.pid)
            worker.wait()
        assert "Chờ" in site.get(sent.location).text
        with site.running("worker"):
            query = "SELECT state FROM sheets_bundle ORDER BY id DESC"
            wait_for(lambda: site.ask(query)[0] == "DONE", 90)
        page = site.get(sent.location).html
    assert came_of_files(site) == {"WRITTEN": files, "UNREAD": 1}
    assert loaded(site, rows) == len(rows)
    assert site.ask("SELECT count(*) FROM sheets_sheetimport")[0] == before + files
    names = [f"{code}-{part:02d}.csv" for part in range(files)]
    told = re.findall(rf"{code}-[0-9]{{2}}(?:-cut)?[.][a-z]+", site_rows(page))
    assert sorted(set(told)) == sorted([*names, f"{code}-01-cut.xlsx"])
    query = "SELECT j.attempt FROM jobs_job j JOIN sheets_bundle b ON b.job_uuid = j.uuid"
    assert site.ask(f"{query} ORDER BY b.id DESC")[0] == 2


def site_rows(page: str) -> str:
    """Return the list of files of a page, without what stands above it."""
    return page.partition("files-of-zip")[2]


def came_of_files(site: Standing) -> dict[str, int]:
    """Return how many files of the newest zip are in each state."""
    counted = (
        "SELECT coalesce(json_object_agg(state, n), '{}') FROM (SELECT state, count(*) n"
        " FROM sheets_bundlefile WHERE bundle_id = (SELECT max(id) FROM sheets_bundle)"
        " GROUP BY state) s"
    )
    return dict(site.ask(counted)[0])


def test_a_process_of_a_run_killed_in_the_middle_is_made_good_by_the_others(
    site: Standing, tmp_path: Path
) -> None:
    rows = pupils(6)[50:][: 90 * FILES]
    in_files(site, rows, tmp_path)
    environment = {**site.environment, "KHUEVAN_LIST_WORKERS": "2"}
    words = [*KHUEVAN, "import", "students", str(tmp_path), "--json"]
    with subprocess.Popen(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        wait_for(lambda: loaded(site, rows) >= 90)
        workers = [pid for pid in children_of(run.pid) if children_of(pid)]
        kill(workers[0])
        told, problems = run.communicate(timeout=120)
    assert run.returncode == 0, problems
    answer = json.loads(told)
    assert (answer["new"] + answer["unchanged"], answer["refused"]) == (len(rows), 0)
    assert loaded(site, rows) == len(rows)


def test_a_full_disk_at_the_report_is_told_and_what_was_written_stays(
    site: Standing, tmp_path: Path
) -> None:
    rows = pupils(6, 50)
    code = site.ask("SELECT code FROM organizations_orgunit WHERE kind = 'SCHOOL' ORDER BY id")[0]
    path = tmp_path / f"{code}.csv"
    path.write_bytes(content(rows))
    with Path("/dev/full").open("wb") as full:
        words = [*KHUEVAN, "import", "students", str(path), "--json"]
        done = subprocess.run(
            words, env=site.environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert loaded(site, rows) == len(rows)

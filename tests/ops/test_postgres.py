"""The embedded server: shared by its users, stopped by the last, adopted when left behind."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from khuevan.config.env import read_environment
from khuevan.config.postgres import (
    DatabaseUnavailable,
    ensure_server,
    open_database,
    program,
    without_server,
)
from khuevan.config.postgres.layout import Layout
from khuevan.config.postgres.program import explain
from tests.ops.other_user import OtherUser

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")


def is_alive(pid: int | None) -> bool:
    """Tell whether a process runs; one that only waits to be noticed does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_two_processes_share_one_server_and_the_last_stops_it(
    data_dir: Path, other_user: Callable[[], OtherUser]
) -> None:
    first = other_user()
    pid, started = first.said()
    assert started
    second = other_user()
    assert second.said() == (pid, False)

    assert not first.leave()
    assert is_alive(pid)
    assert second.leave()
    assert not is_alive(pid)


def test_commands_that_start_at_once_share_one_server(
    other_user: Callable[[], OtherUser],
) -> None:
    said = [user.said() for user in [other_user(), other_user(), other_user()]]
    assert len({pid for pid, _ in said}) == 1
    assert [started for _, started in said].count(True) == 1


def test_a_killed_users_server_is_adopted(
    data_dir: Path, other_user: Callable[[], OtherUser]
) -> None:
    killed = other_user()
    pid, _ = killed.said()
    killed.kill()
    assert is_alive(pid)

    with ensure_server(data_dir, fast=True) as handle:
        assert handle.pid == pid
        assert not handle.started_by_us
        assert handle.close()
    assert not is_alive(pid)


def test_what_was_written_is_there_after_a_restart(data_dir: Path) -> None:
    with ensure_server(data_dir) as handle, psycopg.connect(handle.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'ĐẶNG ẤN' AS name")
    with ensure_server(data_dir) as handle, psycopg.connect(handle.url) as connection:
        assert handle.started_by_us
        assert connection.execute("SELECT lower(name) FROM kept").fetchone() == ("đặng ấn",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)


def test_a_server_that_died_is_started_again(data_dir: Path) -> None:
    with ensure_server(data_dir, fast=True) as handle:
        before = handle.pid
        assert before is not None
        assert not handle.ensure_running()
        os.kill(before, signal.SIGKILL)
        until = time.monotonic() + 10
        while not handle.ensure_running():
            assert time.monotonic() < until
            time.sleep(0.05)
        assert handle.pid != before
        with psycopg.connect(handle.url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_nobody_else_gets_in(data_dir: Path) -> None:
    with ensure_server(data_dir, fast=True) as handle:
        with psycopg.connect(handle.url) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
            query = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
            assert connection.execute(query).fetchone() == (False,)
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(handle.url, password="guessed")  # noqa: S106
        assert handle.socket_dir is not None
        assert stat.S_IMODE(handle.socket_dir.stat().st_mode) == 0o700
    for path in (data_dir / "postgres").glob("*.password"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@as_root
def test_root_runs_the_server_as_another_user(data_dir: Path) -> None:
    with ensure_server(data_dir, fast=True) as handle:
        assert Path(f"/proc/{handle.pid}").stat().st_uid != 0


@as_root
def test_programs_in_a_folder_only_root_enters_are_copied(
    data_dir: Path, closed_wheel: Path
) -> None:
    with ensure_server(data_dir, fast=True) as handle:
        runs = Path(f"/proc/{handle.pid}/exe").resolve()
    assert runs.is_relative_to(data_dir)


@as_root
def test_a_strict_umask_does_not_shut_the_server_out(data_dir: Path, closed_wheel: Path) -> None:
    before = os.umask(0o077)
    try:
        with ensure_server(data_dir / "deep" / "down", fast=True) as handle:
            assert handle.started_by_us
    finally:
        os.umask(before)


@as_root
def test_a_data_folder_the_servers_user_may_not_enter(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(DatabaseUnavailable, match="may not enter .* folder others may enter"):
        ensure_server(closed / "data", fast=True)


def test_a_stale_pid_file_that_names_another_process(data_dir: Path) -> None:
    ensure_server(data_dir, fast=True).close()
    stale = f"{os.getpid()}\n{data_dir}/postgres/cluster\n"
    (data_dir / "postgres" / "cluster" / "postmaster.pid").write_text(stale, "ascii")
    with ensure_server(data_dir, fast=True) as handle:
        assert handle.started_by_us


def test_a_folder_of_another_major_version(data_dir: Path) -> None:
    cluster = data_dir / "postgres" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("13\n", "ascii")
    with pytest.raises(DatabaseUnavailable, match="made by PostgreSQL 13"):
        ensure_server(data_dir, fast=True)


def test_a_creation_cut_short_is_done_anew(data_dir: Path) -> None:
    half = data_dir / "postgres" / "cluster.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n", "ascii")
    with ensure_server(data_dir, fast=True) as handle:
        assert handle.started_by_us


def test_a_folder_in_use_is_not_taken_away(
    data_dir: Path, other_user: Callable[[], OtherUser]
) -> None:
    user = other_user()
    user.said()
    with pytest.raises(DatabaseUnavailable, match="end them first"), without_server(data_dir):
        pass
    assert user.leave()


def test_a_long_path_gets_a_short_socket() -> None:
    layout = Layout(Path("/srv") / ("a" * 80) / "data")
    assert len(str(layout.socket_dir)) < 85
    assert Layout(Path("/srv/data")).socket_dir == Path("/srv/data/postgres/socket")


def test_a_disk_with_no_room(data_dir: Path, small_disk: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="nearly full"):
        ensure_server(small_disk / "data", fast=True)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ('FATAL: could not write to file "x": No space left on device', "is full"),
        ("initdb: error: could not create directory: Read-only file system", "read-only"),
        ("could not open file: Permission denied", "not writable"),
        (
            'FATAL: could not open shared memory segment "/PostgreSQL.1": Permission denied',
            "sudo chmod 1777 /dev/shm",
        ),
        ("LOG: one\nFATAL: something else", "FATAL: something else"),
    ],
)
def test_what_a_failed_start_means(printed: str, said: str) -> None:
    assert said in explain(printed, Path("/srv/data"))


def test_database_url_wins(tmp_path: Path) -> None:
    values = {"KHUEVAN_DATA": str(tmp_path / "data"), "KHUEVAN_MODE": "test"}
    address = "postgresql://nobody:x@127.0.0.1:55149/none?connect_timeout=2"
    with pytest.raises(DatabaseUnavailable, match="DATABASE_URL does not answer"):
        open_database(read_environment({**values, "DATABASE_URL": address}))
    assert not (tmp_path / "data").exists()


@pytest.fixture
def closed_wheel(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a copy of the wheel in a folder that only root can enter."""
    original = program.wheel_dir()
    base = Path(tempfile.mkdtemp(prefix="khv-ops-closed-"))
    for folder in (original, original.with_name(f"{original.name}.libs")):
        ignored = shutil.ignore_patterns(*program.NOT_NEEDED)
        shutil.copytree(folder, base / folder.name, symlinks=True, ignore=ignored)
    monkeypatch.setattr(program, "wheel_dir", lambda: base / original.name)
    yield base
    shutil.rmtree(base)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """Give a folder on a disk of 16 MB."""
    base = Path(tempfile.mkdtemp(prefix="khv-ops-disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m,mode=0711", "tmpfs", str(base)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        base.rmdir()
        pytest.skip("mounting a small disk needs more rights")
    yield base
    subprocess.run(["umount", str(base)], check=True)
    base.rmdir()

"""Backup and restore: what comes back is what was there, and nothing comes back from a bad file."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from khuevan.cli import archive, backup, fingerprint
from khuevan.cli.fingerprint import Connection, TableState
from khuevan.cli.restore import drill, restore
from khuevan.cli.start import Refused
from khuevan.config.env import Environment, read_environment
from khuevan.config.postgres import ensure_server
from khuevan.config.postgres.owner import choose_owner
from khuevan.config.postgres.program import Program

TABLES = """
    CREATE EXTENSION btree_gist;
    CREATE TABLE pupil (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL, born date, facts jsonb, photo bytea,
        during daterange, EXCLUDE USING gist (name WITH =, during WITH &&)
    );
    CREATE TABLE mark (pupil bigint REFERENCES pupil, year int NOT NULL, tenths int)
        PARTITION BY LIST (year);
    CREATE TABLE mark_2025 PARTITION OF mark FOR VALUES IN (2025);
    CREATE TABLE mark_2026 PARTITION OF mark FOR VALUES IN (2026);
    CREATE SCHEMA history;
    CREATE TABLE history.mark_log (at timestamptz DEFAULT now(), said text);
    CREATE FUNCTION log_mark() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO history.mark_log (said) VALUES (NEW.tenths::text); RETURN NEW; END $$;
    CREATE TRIGGER log AFTER INSERT ON mark FOR EACH ROW EXECUTE FUNCTION log_mark();
    INSERT INTO pupil (name, born, facts, photo, during)
        SELECT 'Nguyễn Văn Ấn ' || n, date '2012-02-29' + n, '{"khối": 6}', '\\x00ff',
               daterange('2025-09-01', NULL)
        FROM generate_series(1, 200) n;
    INSERT INTO mark SELECT id, 2025 + id % 2, 83 FROM pupil;
"""

OLDER = sorted(Path("/usr/lib/postgresql").glob("1[5-7]/bin"))


@contextmanager
def older_server(bin_dir: Path) -> Iterator[str]:
    """Run a PostgreSQL of the distribution and give its address."""
    base = Path(tempfile.mkdtemp(prefix="khv-ops-"))
    user = choose_owner(base / "cluster")
    os.chown(base, user.uid, user.gid)
    program = Program(bin_dir, user)
    cluster = ("-D", str(base / "cluster"))
    options = f"-c listen_addresses='' -c fsync=off -k {base}"
    try:
        made = program.run("initdb", *cluster, "-U", "admin", "-E", "UTF8", "--locale=C", "-N")
        assert made.returncode == 0, made.stdout
        started = program.run(
            "pg_ctl", *cluster, "start", "-w", "-s", "-l", str(base / "log"), "-o", options
        )
        assert started.returncode == 0, started.stdout
        address = f"postgresql://admin@/postgres?host={base}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE ROLE app LOGIN CREATEDB")
            connection.execute("CREATE DATABASE app OWNER app")
        yield f"postgresql://app@/app?host={base}"
    finally:
        program.run("pg_ctl", *cluster, "stop", "-w", "-s", "-m", "immediate")
        shutil.rmtree(base)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Give the address of one server for all tests here."""
    base = Path(tempfile.mkdtemp(prefix="khv-ops-"))
    base.chmod(0o711 if os.geteuid() == 0 else 0o700)
    with ensure_server(base / "data", fast=True) as handle:
        yield handle.url
    shutil.rmtree(base)


def new_database(server: str) -> str:
    """Return the address of a new, empty database."""
    name = f"db_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
    return server.replace("/khuevan?", f"/{name}?")


@pytest.fixture
def url(server: str) -> str:
    """Give the address of a database with a little of everything in it."""
    url = new_database(server)
    with psycopg.connect(url) as connection:
        connection.execute(TABLES)
    return url


@pytest.fixture
def env(tmp_path: Path) -> Environment:
    """Give an environment whose data folder holds one stored file."""
    env = read_environment({"KHUEVAN_DATA": str(tmp_path / "data"), "KHUEVAN_MODE": "test"})
    (env.files_dir / "ab").mkdir(parents=True)
    (env.files_dir / "ab" / "đơn.pdf").write_bytes(b"%PDF" + os.urandom(3000))
    return env


@pytest.fixture
def into(env: Environment, tmp_path: Path) -> Environment:
    """Give an environment with an empty data folder."""
    return replace(env, data_dir=tmp_path / "new")


@pytest.fixture
def file(tmp_path: Path, url: str, env: Environment) -> Path:
    """Give a backup of both."""
    path = tmp_path / "one.khv"
    backup.make(path, url, env)
    return path


def test_a_restored_database_equals_the_backup(
    file: Path, server: str, env: Environment, into: Environment
) -> None:
    other = new_database(server)
    with archive.read(file) as reader:
        facts = restore(reader, other, into)
    assert facts["rows"] == 600
    assert facts["tables"] == 4
    assert (into.files_dir / "ab" / "đơn.pdf").read_bytes() == (
        env.files_dir / "ab" / "đơn.pdf"
    ).read_bytes()
    with psycopg.connect(other) as connection:
        connection.execute("INSERT INTO mark VALUES (1, 2026, 90)")
        assert connection.execute("SELECT count(*) FROM history.mark_log").fetchone() == (201,)


def test_a_drill_compares_and_leaves_nothing(file: Path, url: str, env: Environment) -> None:
    with archive.read(file) as reader:
        facts = drill(reader, url, env)
    assert facts["equal"]
    with psycopg.connect(url) as connection:
        left = connection.execute("SELECT count(*) FROM pg_database WHERE datname ~ 'drill'")
        assert left.fetchone() == (0,)


def test_a_drill_sees_one_changed_row(file: Path, url: str, env: Environment) -> None:
    with archive.read(file) as reader:
        state = reader.manifest["tables"]["public.pupil"]
        state["hash"] = state["hash"].replace(state["hash"][0], "x", 1)
        with pytest.raises(Refused, match="public.pupil: .* contents do not"):
            drill(reader, url, env)


def test_a_backup_goes_into_an_empty_database_only(
    file: Path, url: str, env: Environment, into: Environment
) -> None:
    with archive.read(file) as reader:
        with pytest.raises(Refused, match="holds tables"):
            restore(reader, url, into)
        with pytest.raises(Refused, match="holds files"):
            restore(reader, url, env)


def test_a_restore_that_fails_keeps_nothing(file: Path, server: str, into: Environment) -> None:
    other = new_database(server)
    in_the_way = "CREATE FUNCTION log_mark() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'"
    with psycopg.connect(other) as connection:
        connection.execute(in_the_way)
    with archive.read(file) as reader, pytest.raises(Refused, match="could not be restored"):
        restore(reader, other, into)
    with psycopg.connect(other) as connection:
        assert fingerprint.tables(connection) == []
    assert not into.files_dir.exists()


@pytest.mark.parametrize("keep", [0, 10, 2000, -30])
def test_a_file_cut_short_is_refused(file: Path, tmp_path: Path, keep: int) -> None:
    cut = tmp_path / "cut.khv"
    cut.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(Refused, match="cut short or damaged"), archive.read(cut):
        pass


def test_a_changed_byte_is_refused(file: Path, tmp_path: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    bad = tmp_path / "bad.khv"
    bad.write_bytes(content)
    with pytest.raises(Refused, match="damaged"), archive.read(bad):
        pass


@pytest.mark.parametrize("name", ["files/../../etc/passwd", "/etc/passwd", "other/x"])
def test_a_part_that_lies_outside_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "evil.khv"
    parts = {}
    with zipfile.ZipFile(path, "w") as evil:
        for part in (archive.DUMP, name):
            evil.writestr(part, b"")
            parts[part] = {"bytes": 0, "sha256": hashlib.sha256().hexdigest()}
        evil.writestr(archive.MANIFEST, json.dumps({"khuevan": 1, "parts": parts}))
    with pytest.raises(Refused, match="lies outside"), archive.read(path):
        pass


def test_another_zip_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("readme.txt", "hello")
    with pytest.raises(Refused, match="no manifest"), archive.read(path):
        pass


def test_no_half_written_file_is_left(
    url: str, env: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_add_files", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        backup.make(tmp_path / "one.khv", url, env)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_backup_never_overwrites(file: Path, url: str, env: Environment) -> None:
    with pytest.raises(Refused, match="exists already"):
        backup.make(file, url, env)


def test_a_backup_is_one_moment(
    url: str, env: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = fingerprint.take

    def take_while_others_write(connection: Connection) -> dict[str, TableState]:
        states = taken(connection)
        with psycopg.connect(url) as other:
            other.execute("DELETE FROM mark; UPDATE pupil SET name = 'x' || id, during = NULL")
        return states

    monkeypatch.setattr(fingerprint, "take", take_while_others_write)
    backup.make(tmp_path / "one.khv", url, env)
    monkeypatch.setattr(fingerprint, "take", taken)
    with archive.read(tmp_path / "one.khv") as reader:
        assert drill(reader, url, env)["rows"] == 600


def test_the_order_of_rows_does_not_matter_and_their_contents_do(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE a AS SELECT n FROM generate_series(1, 9) n")
        connection.execute(
            "CREATE TABLE b AS SELECT n FROM generate_series(1, 9) n ORDER BY n DESC"
        )
        connection.execute("CREATE TABLE c AS SELECT greatest(n, 2) AS n FROM a")
        states = fingerprint.take(connection)
    assert states["public.a"] == states["public.b"]
    assert states["public.a"] != states["public.c"]


@pytest.mark.slow
@pytest.mark.skipif(not OLDER, reason="no older PostgreSQL of the distribution is installed")
def test_a_backup_of_the_embedded_server_fits_an_older_one(
    file: Path, env: Environment, into: Environment, tmp_path: Path
) -> None:
    with older_server(OLDER[0]) as other:
        with archive.read(file) as reader:
            assert restore(reader, other, into)["rows"] == 600
        back = tmp_path / "back.khv"
        backup.make(back, other, env)
        with archive.read(back) as reader:
            assert drill(reader, other, env)["equal"]

"""One embedded cluster: make it, start it, stop it, tell whether it runs. No locks here."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import time
from pathlib import Path

import psycopg
from psycopg import sql

from khuevan.config.postgres.layout import (
    SOCKET_PORT,
    Layout,
    not_writable,
    password,
    prepare_folders,
)
from khuevan.config.postgres.owner import Owner, choose_owner
from khuevan.config.postgres.program import (
    DatabaseUnavailable,
    Program,
    explain,
    program_for,
    wheel_major,
)
from khuevan.config.words import gettext as _

ADMIN = "postgres"
ROLE = "khuevan"
DATABASE = "khuevan"
SPACE_TO_CREATE = 300 * 2**20
SPACE_TO_START = 40 * 2**20
LONGEST_LOG = 10 * 2**20
START_SECONDS = 60

COMMON_SETTINGS = """\
# Written at every start; changes made here are lost.
listen_addresses = ''
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 100
max_locks_per_transaction = 256
max_wal_senders = 0
wal_level = minimal
shared_buffers = '192MB'
work_mem = '16MB'
maintenance_work_mem = '128MB'
effective_cache_size = '1GB'
random_page_cost = 1.1
max_wal_size = '2GB'
checkpoint_timeout = '15min'
jit = off
max_parallel_workers_per_gather = 0
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
cluster_name = 'khuevan'
# Rows and parameters are people's data and stay out of the log.
log_min_error_statement = 'panic'
log_error_verbosity = 'terse'
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""
FAST_SETTINGS = """\
# A throwaway server: whatever it holds may be lost with the machine. A table that is vacuumed
# between two tests, when it is empty, counts as one row for the planner from then on, however many
# the next test puts in: queries then take minutes.
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
"""
ACCESS = "local all all scram-sha-256\n"


class Cluster:
    """The cluster of one data folder, seen through the user who runs it."""

    def __init__(self, layout: Layout, *, fast: bool) -> None:
        self.layout = layout
        self.fast = fast
        self.owner: Owner = choose_owner(layout.cluster)

    def refuse_foreign(self) -> None:
        """Refuse a cluster of another user or of another PostgreSQL major version.

        :raises DatabaseUnavailable: when it is either
        """
        if not self.layout.cluster.exists():
            return
        if os.geteuid() not in {0, self.owner.uid}:
            raise DatabaseUnavailable(
                _(
                    "The data folder %(folder)s belongs to the user %(user)r; run this as"
                    " that user, or set KHUEVAN_DATA to your own folder."
                )
                % {"folder": self.layout.data_dir, "user": self.owner.name}
            )
        major = (self.layout.cluster / "PG_VERSION").read_text("ascii").strip()
        if major != str(wheel_major()):
            raise DatabaseUnavailable(
                _(
                    "The data folder %(folder)s was made by PostgreSQL %(major)s and this"
                    " program brings %(ours)s: back it up with the version that made it, then"
                    " restore the backup into a new folder."
                )
                % {"folder": self.layout.data_dir, "major": major, "ours": wheel_major()}
            )

    def postmaster_pid(self) -> int | None:
        """Return the process id of the running server, None when none runs."""
        try:
            pid = int((self.layout.cluster / "postmaster.pid").read_text("ascii").split("\n")[0])
        except (OSError, ValueError):
            return None
        return pid if _serves(pid, self.layout.cluster) else None

    def is_ready(self) -> bool:
        """Tell whether the running server has said that it takes connections."""
        try:
            lines = (self.layout.cluster / "postmaster.pid").read_text("ascii").split("\n")
        except OSError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"

    def create(self) -> None:
        """Make the cluster, whole or not at all.

        :raises DatabaseUnavailable: when it can't be made
        """
        self._require_space(SPACE_TO_CREATE)
        program = self._program()
        draft = self.layout.home / "cluster.new"
        secret = self.layout.home / "initdb.password"
        try:
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(mode=0o700)
            secret.touch(mode=0o600)
            secret.write_text(password(self.layout, ADMIN), "ascii")
            for path in (draft, secret):
                os.chown(path, self.owner.uid, self.owner.gid)
            done = program.run("initdb", *self._initdb_options(draft, secret))
            if done.returncode != 0:
                raise DatabaseUnavailable(explain(done.stdout, self.layout.data_dir))
            draft.replace(self.layout.cluster)
        except OSError as error:
            raise not_writable(self.layout.data_dir, error) from error
        finally:
            secret.unlink(missing_ok=True)
            shutil.rmtree(draft, ignore_errors=True)

    def start(self) -> None:
        """Start the server and wait until it takes connections.

        :raises DatabaseUnavailable: when it does not
        """
        self._require_space(SPACE_TO_START)
        program = self._program()
        self._write_settings()
        self._drop_stale_locks()
        settings = {
            "config_file": self.layout.config_file,
            "hba_file": self.layout.hba_file,
            "unix_socket_directories": self.layout.socket_dir,
        }
        options = " ".join(shlex.quote(f"--{name}={value}") for name, value in settings.items())
        until = time.monotonic() + START_SECONDS
        while True:
            written = self._log_size()
            arguments = ("-D", str(self.layout.cluster), "-l", str(self.layout.log_file))
            done = program.run(
                "pg_ctl", "start", "-w", "-s", "-t", str(START_SECONDS), *arguments, "-o", options
            )
            if done.returncode == 0:
                return
            output = done.stdout + self._log_since(written)
            # Right after a crash the old server's last processes hold its memory for a moment.
            if "still in use" not in output or time.monotonic() > until:
                raise DatabaseUnavailable(explain(output, self.layout.data_dir))
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop the server and wait until it is gone; it is ended hard when it does not stop."""
        pid = self.postmaster_pid()
        if pid is None:
            return
        arguments = ("-D", str(self.layout.cluster), "-m")
        for how in ("fast", "immediate"):
            done = self._program().run("pg_ctl", "stop", "-w", "-s", "-t", "30", *arguments, how)
            if done.returncode == 0 or self.postmaster_pid() is None:
                return
        os.kill(pid, signal.SIGKILL)

    def prepare_database(self) -> None:
        """Create the program's role (no superuser) and its database where they are missing.

        :raises DatabaseUnavailable: when the server does not answer
        """
        try:
            with self._admin_connection() as connection:
                secret = sql.Literal(password(self.layout, ROLE))
                if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", ROLE):
                    make = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
                    connection.execute(make.format(sql.Identifier(ROLE), secret))
                if not _exists(
                    connection, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE
                ):
                    make = sql.SQL("CREATE DATABASE {} OWNER {}")
                    connection.execute(make.format(sql.Identifier(DATABASE), sql.Identifier(ROLE)))
        except psycopg.Error as error:
            raise DatabaseUnavailable(explain(str(error), self.layout.data_dir)) from error

    def _admin_connection(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=str(self.layout.socket_dir),
            port=SOCKET_PORT,
            user=ADMIN,
            password=password(self.layout, ADMIN),
            dbname="postgres",
            autocommit=True,
            connect_timeout=20,
        )

    def _program(self) -> Program:
        prepare_folders(self.layout, self.owner)
        return program_for(self.owner, self.layout.home)

    def _initdb_options(self, target: Path, secret: Path) -> list[str]:
        # The built-in provider knows upper and lower case of Vietnamese on every machine alike.
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        access = ["--auth=scram-sha-256", "--username", ADMIN, "--pwfile", str(secret)]
        hurry = ["--no-sync"] if self.fast else []
        return ["-D", str(target), "--encoding=UTF8", *locale, *access, *hurry, "--no-instructions"]

    def _write_settings(self) -> None:
        text = COMMON_SETTINGS + (FAST_SETTINGS if self.fast else "")
        try:
            for path, content in ((self.layout.config_file, text), (self.layout.hba_file, ACCESS)):
                path.write_text(content, "utf-8")
                path.chmod(0o644)
            if self._log_size() > LONGEST_LOG:
                self.layout.log_file.replace(self.layout.log_file.with_suffix(".old.log"))
        except OSError as error:
            raise not_writable(self.layout.data_dir, error) from error

    def _require_space(self, needed: int) -> None:
        free = shutil.disk_usage(self.layout.home).free
        if free < needed:
            raise DatabaseUnavailable(
                _(
                    "The disk of the data folder %(folder)s is nearly full: the database"
                    " needs %(needed)s MB to start and %(free)s MB are free."
                )
                % {"folder": self.layout.data_dir, "needed": needed // 2**20, "free": free // 2**20}
            )

    def _drop_stale_locks(self) -> None:
        """Remove a dead server's lock files when its number seems alive: reused, or not yet reaped.

        Otherwise they stay, and the new server looks at them with more care than we could.
        """
        socket_lock = self.layout.socket_dir / f".s.PGSQL.{SOCKET_PORT}.lock"
        for path in (self.layout.cluster / "postmaster.pid", socket_lock):
            try:
                pid = int(path.read_text("ascii").split("\n")[0])
                os.kill(pid, 0)
            except (OSError, ValueError):
                continue
            if not _serves(pid, self.layout.cluster):
                path.unlink(missing_ok=True)

    def _log_size(self) -> int:
        return self.layout.log_file.stat().st_size if self.layout.log_file.exists() else 0

    def _log_since(self, start: int) -> str:
        if not self.layout.log_file.exists():
            return ""
        with self.layout.log_file.open("rb") as file:
            file.seek(start)
            return file.read().decode("utf-8", "replace")


def _exists(connection: psycopg.Connection[tuple[object, ...]], query: str, name: str) -> bool:
    return connection.execute(query.encode(), (name,)).fetchone() is not None


def _serves(pid: int, cluster: Path) -> bool:
    """Tell whether a process lives and is this cluster's server, not a later one of its number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return Path(f"/proc/{pid}/cwd").resolve() == cluster.resolve() and not _is_zombie(pid)
    except OSError:
        return not Path("/proc/self/cwd").exists()


def _is_zombie(pid: int) -> bool:
    """Tell whether a process has ended and only waits for its parent to notice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] == "Z"
    except (OSError, IndexError):
        return False

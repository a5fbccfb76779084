"""Who uses a data folder's server: the first user starts it, the last one stops it.

Every user holds a shared lock on one file for as long as it lives. The kernel drops the lock of a
user that was killed, so a dead user never counts, and a server left behind is simply attached to.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from khuevan.config.postgres.cluster import DATABASE, ROLE, Cluster
from khuevan.config.postgres.layout import SOCKET_PORT, Layout, not_writable, password, prepare_home
from khuevan.config.postgres.program import DatabaseUnavailable
from khuevan.config.words import gettext as _

GATE_SECONDS = 150
READY_SECONDS = 60


@dataclass(slots=True)
class ServerHandle:
    """One user's hold on a running server; close it, or use it as a context manager."""

    url: str = field(repr=False)
    socket_dir: Path | None = None
    port: int = SOCKET_PORT
    started_by_us: bool = False
    _cluster: Cluster | None = field(default=None, repr=False)
    _hold: int | None = field(default=None, repr=False)

    @property
    def is_embedded(self) -> bool:
        """Tell whether this is the server of a data folder, not one named by DATABASE_URL."""
        return self._cluster is not None

    @property
    def pid(self) -> int | None:
        """Return the embedded server's process id while it runs."""
        return self._cluster.postmaster_pid() if self._cluster else None

    def ensure_running(self) -> bool:
        """Start the server again if it died; tell whether that was needed.

        :raises DatabaseUnavailable: when it can't be started
        """
        if self._cluster is None or self._cluster.postmaster_pid() is not None:
            return False
        with _gate(self._cluster.layout):
            return _bring_up(self._cluster)

    def close(self) -> bool:
        """Leave the server, stopping it when nobody else uses it; tell whether it was stopped."""
        if self._cluster is None or self._hold is None:
            return False
        hold, self._hold = self._hold, None
        with _gate(self._cluster.layout):
            try:
                fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            finally:
                os.close(hold)
            self._cluster.stop()
            return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def ensure_server(data_dir: Path, *, fast: bool = False) -> ServerHandle:
    """Return a hold on the data folder's server, which is created and started where needed.

    :raises DatabaseUnavailable: when it can't be had, with a sentence saying why
    """
    layout = Layout(data_dir.resolve())
    prepare_home(layout)
    with _gate(layout):
        hold = _open_lock(layout.users, layout)
        try:
            fcntl.flock(hold, fcntl.LOCK_SH)
            cluster = Cluster(layout, fast=fast)
            cluster.refuse_foreign()
            started = _bring_up(cluster)
            cluster.prepare_database()
        except BaseException:
            os.close(hold)
            raise
    return ServerHandle(
        embedded_url(layout.data_dir), layout.socket_dir, SOCKET_PORT, started, cluster, hold
    )


@contextmanager
def without_server(data_dir: Path) -> Iterator[None]:
    """Stop a data folder's server and let nobody start it for a while, to move or delete it.

    :raises DatabaseUnavailable: when somebody uses it
    """
    layout = Layout(data_dir.resolve())
    prepare_home(layout)
    with _gate(layout):
        hold = _open_lock(layout.users, layout)
        try:
            fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            Cluster(layout, fast=False).stop()
            yield
        except BlockingIOError:
            raise DatabaseUnavailable(
                _("Other commands are using the database in %(folder)s: end them first.")
                % {"folder": data_dir}
            ) from None
        finally:
            os.close(hold)


def embedded_url(data_dir: Path, database: str = DATABASE) -> str:
    """Return the address of a data folder's server, running or not."""
    layout = Layout(data_dir.resolve())
    host = quote(str(layout.socket_dir), safe="/")
    secret = password(layout, ROLE) if layout.home.exists() else ""
    return f"postgresql://{ROLE}:{secret}@/{database}?host={host}&port={SOCKET_PORT}"


def _bring_up(cluster: Cluster) -> bool:
    """Make the server run; tell whether this call started it. The gate must be held."""
    if cluster.postmaster_pid() is not None:
        return _wait_until_ready(cluster)
    if not cluster.layout.cluster.exists():
        cluster.create()
    cluster.start()
    return True


def _wait_until_ready(cluster: Cluster) -> bool:
    """Wait for a server found running, which may still be starting or recovering."""
    until = time.monotonic() + READY_SECONDS
    while not cluster.is_ready():
        if cluster.postmaster_pid() is None:
            return _bring_up(cluster)
        if time.monotonic() > until:
            raise DatabaseUnavailable(
                _(
                    "The database in %(folder)s has been starting for %(seconds)s seconds;"
                    " look at %(log)s."
                )
                % {
                    "folder": cluster.layout.data_dir,
                    "seconds": READY_SECONDS,
                    "log": cluster.layout.log_file,
                }
            )
        time.sleep(0.05)
    return False


@contextmanager
def _gate(layout: Layout) -> Iterator[None]:
    """Let one command at a time decide whether the server starts or stops."""
    handle = _open_lock(layout.gate, layout)
    try:
        until = time.monotonic() + GATE_SECONDS
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise DatabaseUnavailable(
                        _(
                            "Another command has been starting or stopping the database in"
                            " %(folder)s for %(seconds)s seconds; end it and try again."
                        )
                        % {"folder": layout.data_dir, "seconds": GATE_SECONDS}
                    ) from None
                time.sleep(0.02)
        yield
    finally:
        os.close(handle)


def _open_lock(path: Path, layout: Layout) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise not_writable(layout.data_dir, error) from error

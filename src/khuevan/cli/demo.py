"""`khuevan demo`: a whole small province in one command, and everything stopped by one Ctrl-C."""

from __future__ import annotations

import argparse
import fcntl
import http.client
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from khuevan.cli.children import Child, GaveUp, stop_all
from khuevan.cli.migrate import bring_up_to_date
from khuevan.cli.start import (
    Refused,
    choose_mode,
    complain,
    database,
    inside,
    require_free_port,
    say,
)
from khuevan.config.env import (
    MARKER,
    Environment,
    Mode,
    environment,
    make_data_dir,
    remember_mode,
    remembered_mode,
)
from khuevan.config.postgres import ServerHandle, without_server
from khuevan.config.words import CHOICE, terminal_is_silent
from khuevan.config.words import gettext as _
from khuevan.config.words.system import reason
from khuevan.kernel.exit_codes import DONE

READY_SECONDS = 60
WATCH_SECONDS = 0.5
IN_VIETNAMESE = f"Tiếng Việt: {CHOICE}=vi make demo"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def about() -> str:
    """Say what the command is for, in one line."""
    return _("bring up a small province to look at, with sign-ins for every role")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--reset",
        action="store_true",
        default=os.environ.get("RESET", "") not in {"", "0"},
        help=_("start over: everything in the demo's own data folder is deleted (or RESET=1)"),
    )
    parser.add_argument(
        "--no-serve", action="store_true", help=_("prepare the data and stop, without a web server")
    )
    parser.add_argument(
        "--empty", action="store_true", help=_("leave the database without the demo province")
    )


def run(arguments: argparse.Namespace) -> int:
    """Prepare what is missing, start web and worker, and keep them alive until told to stop."""
    env = choose_mode(Mode.DEMO)
    with _only_supervisor(env):
        if arguments.reset:
            reset(env)
        _claim(env)
        if not arguments.no_serve:
            require_free_port(env)
        say(_("Khuê Văn, demo data in %(folder)s") % {"folder": env.data_dir})
        with database(env) as handle:
            signins = _prepare(environment(), empty=arguments.empty)
            if arguments.no_serve:
                say(_("Ready; `khuevan demo` serves it at %(address)s") % {"address": env.address})
            else:
                _serve(environment(), handle, signins)
    return DONE


def reset(env: Environment) -> None:
    """Delete everything in a demo's data folder, and nothing anywhere else.

    :raises Refused: when the folder is no demo of Khuê Văn, or somebody uses its database
    """
    if env.database_url is not None:
        raise Refused(
            _(
                "RESET deletes the embedded database only, and DATABASE_URL names"
                " another: empty that one yourself."
            )
        )
    if not env.data_dir.exists() or not any(_contents(env)):
        return
    if remembered_mode(env.data_dir) not in {Mode.DEMO, Mode.DEVELOPMENT, Mode.TEST}:
        raise Refused(
            _("%(folder)s is not the data folder of a Khuê Văn demo, so nothing was deleted.")
            % {"folder": env.data_dir}
        )
    with without_server(env.data_dir):
        for path in _contents(env):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != MARKER:
                path.unlink()
    environment.cache_clear()
    environment()


def _contents(env: Environment) -> list[Path]:
    """Return what a data folder holds, without the lock this process holds itself."""
    return [path for path in env.data_dir.iterdir() if path.name != "supervisor.lock"]


def _claim(env: Environment) -> None:
    """Mark the data folder as a demo's, refusing one that is something else."""
    kept = remembered_mode(env.data_dir)
    if kept is Mode.PRODUCTION:
        raise Refused(
            _(
                "%(folder)s holds a production installation; set KHUEVAN_DATA to another"
                " folder for a demo."
            )
            % {"folder": env.data_dir}
        )
    remember_mode(env.data_dir, env.mode)


def _prepare(env: Environment, *, empty: bool) -> list[str]:
    """Migrate, load the demo province where it is missing, and return the sign-ins to print."""
    started = time.monotonic()
    applied = bring_up_to_date(env)
    if applied:
        say(
            _("Database ready: %(count)s migrations in %(seconds)s s.")
            % {"count": applied, "seconds": f"{time.monotonic() - started:.0f}"}
        )
    lines: list[str] = [] if empty else inside().prepare_demo(say)
    return lines


def _serve(env: Environment, handle: ServerHandle, signins: list[str]) -> None:
    """Run web and worker, start again what dies, and stop both at the end."""
    stop = _stop_event()
    logs, program = env.data_dir / "log", [sys.executable, "-m", "khuevan.cli"]
    children = [
        Child("web", [*program, "serve", "--supervised"], logs / "web.log"),
        Child("worker", [*program, "worker", "--supervised"], logs / "worker.log"),
    ]
    try:
        for child in children:
            child.start()
        _wait_until_healthy(stop, env, handle, children)
        if not stop.is_set():
            _welcome(env, signins)
        while not stop.wait(WATCH_SECONDS):
            _watch(handle, children)
    except GaveUp as error:
        raise Refused(str(error)) from error
    finally:
        say(_("Stopping ..."))
        stop_all(children)


def _watch(handle: ServerHandle, children: list[Child]) -> None:
    if handle.ensure_running():
        complain(_("%(time)s The database had stopped and runs again.") % {"time": _clock()})
    for child in children:
        if child.revive():
            complain(
                _("%(time)s The %(name)s process had stopped and runs again.")
                % {"time": _clock(), "name": child.name}
            )


def _wait_until_healthy(
    stop: threading.Event, env: Environment, handle: ServerHandle, children: list[Child]
) -> None:
    until = time.monotonic() + READY_SECONDS
    while not stop.is_set() and not _is_healthy(env):
        _watch(handle, children)
        if time.monotonic() > until:
            raise Refused(
                _(
                    "The web server did not answer within %(seconds)s seconds; its log"
                    " %(log)s ends with: %(line)s"
                )
                % {
                    "seconds": READY_SECONDS,
                    "log": children[0].log_file,
                    "line": children[0].last_line(),
                }
            )
        stop.wait(0.2)


def _is_healthy(env: Environment) -> bool:
    host = "127.0.0.1" if env.bind in {"0.0.0.0", "::"} else env.bind  # noqa: S104  (compared)
    connection = http.client.HTTPConnection(host, env.port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _welcome(env: Environment, signins: list[str]) -> None:
    say()
    say("  " + _("Open %(address)s") % {"address": env.address})
    say()
    for line in signins:
        say(f"  {line}")
    say()
    say(
        "  "
        + _("Logs are in %(folder)s. Press Ctrl-C to stop; RESET=1 starts over.")
        % {"folder": env.data_dir / "log"}
    )
    if terminal_is_silent():
        say(f"  {IN_VIETNAMESE}")


@contextmanager
def _only_supervisor(env: Environment) -> Iterator[None]:
    """Own the data folder: a second demo on it is told where the first one answers."""
    make_data_dir(env.data_dir)
    path = env.data_dir / "supervisor.lock"
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Refused(
            _(
                "The data folder %(folder)s can't be written (%(reason)s); set"
                " KHUEVAN_DATA to your own folder."
            )
            % {"folder": env.data_dir, "reason": reason(error)}
        ) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            said = os.pread(handle, 200, 0).decode("utf-8", "replace").strip()
            raise Refused(
                _(
                    "A demo already runs on %(folder)s%(said)s; stop it first, or set"
                    " KHUEVAN_DATA and KHUEVAN_PORT for a second one."
                )
                % {"folder": env.data_dir, "said": said and ": " + said}
            ) from None
        os.ftruncate(handle, 0)
        said = _("process %(number)s at %(address)s") % {
            "number": os.getpid(),
            "address": env.address,
        }
        os.pwrite(handle, f"{said}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _stop_event() -> threading.Event:
    """Return an event that the stop signals set, instead of interrupting what goes on."""
    stop = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in STOP_SIGNALS:
        signal.signal(number, note)
    return stop


def _clock() -> str:
    return datetime.now(UTC).astimezone().strftime("%H:%M:%S")

"""`khuevan serve`: the web server, WSGI with blocking threads."""

from __future__ import annotations

import argparse
import atexit
import gc
import importlib
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management import execute_from_command_line
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from khuevan.cli.children import follow_named_parent
from khuevan.cli.migrate import require_migrated
from khuevan.cli.start import database, require_free_port, say, set_up_django
from khuevan.config.env import Environment, Mode, environment
from khuevan.config.postgres import DatabaseUnavailable, ServerHandle
from khuevan.config.words import gettext as _
from khuevan.kernel.exit_codes import DONE
from khuevan.kernel.processes import follow_parent

SECONDS_TO_FINISH = 10
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  (a folder of our own in it, closed to others)


def about() -> str:
    """Say what the command is for, in one line."""
    return _("run the web server alone, in the foreground")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--supervised", action="store_true", help=_("the database was prepared by the starter")
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    follow_named_parent()
    multiprocessing.set_start_method("spawn")  # a fork would inherit the locks on the database
    env = environment()
    require_free_port(env)
    with database(env) as handle:
        env = environment()
        threading.Thread(target=_keep_running, args=(handle,), daemon=True).start()
        if not arguments.supervised:
            require_migrated(env)
            say(_("Khuê Văn answers at %(address)s") % {"address": env.address})
        with suppress(OSError):  # a full disk is told to whoever uploads
            env.uploads_dir.mkdir(mode=0o700, parents=True, exist_ok=True)  # settings look for it
        if env.mode is Mode.DEVELOPMENT:
            _serve_and_reload(env)
        else:
            _share_metrics(env)
            _server(env).serve(target_loader=load_application)
    return DONE


def load_application(*_: Any) -> Callable[..., Any]:
    """Load the application in a server process, which must not outlive the one that forked it."""
    follow_parent(os.getppid(), signal.SIGKILL)
    application: Callable[..., Any] = importlib.import_module("khuevan.config.wsgi").application
    gc.collect()
    gc.freeze()  # what is loaded stays: no collection need look at it again
    return application


def _keep_running(handle: ServerHandle) -> None:
    """Start the embedded server again when it dies, for as long as this process serves."""
    while handle.is_embedded:
        time.sleep(1)
        with suppress(DatabaseUnavailable):
            handle.ensure_running()


def _share_metrics(env: Environment) -> None:
    """Let the processes count into one folder, so that whichever is asked tells the sums.

    In shared memory: counters are mapped files, and a full disk under one would end the process.
    """
    place = SHARED_MEMORY if os.access(SHARED_MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    folder = place / f"khuevan-metrics-{os.getuid()}-{env.port}"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:  # somebody else's
        folder = Path(tempfile.mkdtemp(prefix="khuevan-metrics-", dir=place))
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)


def _server(env: Environment) -> Any:
    return Server(
        "khuevan.config.wsgi:application",
        address=env.bind,
        port=env.port,
        interface=Interfaces.WSGI,
        workers=env.web_workers,
        blocking_threads=env.web_threads,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_level=LogLevels.warning,
    )


def _serve_and_reload(env: Environment) -> None:
    """Serve with Django's development server, which starts anew when a source file changes."""
    set_up_django()
    execute_from_command_line(["khuevan", "runserver", f"{env.bind}:{env.port}"])

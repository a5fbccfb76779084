"""A whole installation for drills: its own database, web server and worker, spoken to by HTTP."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
from psycopg.rows import TupleRow

from khuevan.config.postgres import ServerHandle
from tests.factories import TODAY
from tests.migrated import migrated
from tests.waiting import free_port, wait_for

KHUEVAN = [sys.executable, "-m", "khuevan.cli"]
CSRF = "x" * 32
BOUNDARY = "khuevan-drill"


@dataclass(frozen=True, slots=True)
class Page:
    """What the web server answered."""

    status: int
    html: str
    location: str = ""

    @property
    def text(self) -> str:
        """Return what people read."""
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", self.html))


class Standing:
    """The programs of one data folder."""

    def __init__(self, handle: ServerHandle, data_dir: Path) -> None:
        self.handle = handle
        self.data_dir = data_dir
        self.port = free_port()
        self.session = ""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("KHUEVAN_", "DJANGO_"))}
        kept.pop("DATABASE_URL", None)
        self.environment = {
            **kept,
            "KHUEVAN_DATA": str(data_dir),
            "KHUEVAN_MODE": "demo",
            "KHUEVAN_PORT": str(self.port),
            "KHUEVAN_TODAY": TODAY.isoformat(),
            "PYTHONPATH": os.pathsep.join(["src", "."]),
        }

    def khuevan(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [*KHUEVAN, *words], env=self.environment, capture_output=True, text=True, check=False
        )

    def _migrate(self) -> None:
        done = self.khuevan("migrate")
        assert done.returncode == 0, done.stderr

    def populate(self) -> None:
        """Migrate, put the cast in and sign the clerk of school A and an officer in."""
        migrated(self.handle.url, self._migrate)
        made = subprocess.check_output(
            [sys.executable, "-m", "tests.ops.populate"],
            env={
                **self.environment,
                "DATABASE_URL": self.handle.url,
                "DJANGO_SETTINGS_MODULE": "khuevan.config.settings",
            },
            text=True,
        )
        self.session, self.officer = made.split()

    @contextmanager
    def by_officer(self) -> Iterator[None]:
        """Ask as the province's data officer while inside."""
        clerk, self.session = self.session, self.officer
        try:
            yield
        finally:
            self.session = clerk

    @contextmanager
    def running(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """Run a program while inside."""
        log = (self.data_dir.parent / f"{words[0]}.log").open("ab")
        process = subprocess.Popen(
            [*KHUEVAN, *words], env=self.environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            log.close()

    @contextmanager
    def web(self) -> Iterator[subprocess.Popen[bytes]]:
        """Run the web server while inside."""
        with self.running("serve") as process:
            wait_for(lambda: self.answers() or process.poll() is not None)
            assert process.poll() is None, (self.data_dir.parent / "serve.log").read_text("utf-8")
            yield process

    def answers(self) -> bool:
        """Tell whether the web server answers."""
        with suppress(OSError, http.client.HTTPException):
            return self.get("/healthz").status == 200
        return False

    def get(self, path: str) -> Page:
        """Open a page as the clerk."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, **fields: str) -> Page:
        """Send a form as the clerk."""
        body = urlencode({"csrfmiddlewaretoken": CSRF, **fields}).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path: str, content: bytes, name: str = "K6.csv", **fields: str) -> Page:
        """Send a file as the clerk."""
        return self._ask("POST", path, *self.file_form(content, name, **fields))

    def file_form(
        self, content: bytes, name: str = "K6.csv", **fields: str
    ) -> tuple[bytes, dict[str, str]]:
        """Return the body of a form with a file, and its headers."""
        said = "".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in {"csrfmiddlewaretoken": CSRF, **fields}.items()
        )
        parts = (
            f'{said}--{BOUNDARY}\r\nContent-Disposition: form-data; name="file";'
            f' filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
        ).encode()
        body = parts + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        return body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}

    def start_post(self, path: str, body: bytes, headers: dict[str, str], sent: int) -> Any:
        """Send a part of a request and return the open connection."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.putrequest("POST", path)
        for name, value in {**headers, **self._cookies()}.items():
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        connection.send(body[:sent])
        return connection

    def ask(self, query: str, *params: Any) -> TupleRow:
        """Read one row as any other program would."""
        with psycopg.connect(self.handle.url, autocommit=True) as connection:
            row = connection.execute(query.encode(), params).fetchone()
        assert row is not None
        return row

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, {**headers, **self._cookies()})
            answer = connection.getresponse()
            html = answer.read().decode("utf-8", "replace")
            return Page(answer.status, html, answer.headers.get("Location", ""))
        finally:
            connection.close()

    def _cookies(self) -> dict[str, str]:
        return {"Cookie": f"sessionid={self.session}; csrftoken={CSRF}; language=vi"}


def server_process_of(web: subprocess.Popen[bytes]) -> int:
    """Return the process that answers requests, a child of the one that keeps it alive."""
    listed = Path(f"/proc/{web.pid}/task/{web.pid}/children").read_text("ascii").split()
    lines = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes() for pid in listed}
    return next(pid for pid, line in lines.items() if b"spawn_main" in line)

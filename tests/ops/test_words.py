"""What the program says before Django is set up, in the language somebody asks for."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from khuevan.cli.doctor import Finding, examine, run
from khuevan.cli.main import OVER_FILES, dispatch
from khuevan.cli.start import require_free_port
from khuevan.config import words
from khuevan.config.env import ConfigurationError, make_data_dir, read_environment
from khuevan.config.postgres.program import explain
from khuevan.ui.commands import discover, file_tools

LANGUAGES = ("KHUEVAN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")


@pytest.fixture(autouse=True)
def silent_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "")  # commands set it, and the test gives it back
    for name in LANGUAGES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("variables", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi_VN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "vi_VN"}, "vi"),
        ({"LANG": "en_US.UTF-8", "KHUEVAN_LANGUAGE": "vi"}, "vi"),
        ({"LC_ALL": "vi_VN.UTF-8", "KHUEVAN_LANGUAGE": "en"}, "en"),
    ],
)
def test_who_decides_on_the_language(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], spoken: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert words.language() == spoken
    assert words.terminal_is_silent() == (variables in ({}, {"LANG": "C.UTF-8"}))


def test_a_language_we_do_not_speak_stops_the_start(tmp_path: Path) -> None:
    values = {"KHUEVAN_DATA": str(tmp_path), "KHUEVAN_MODE": "demo", "KHUEVAN_LANGUAGE": "fr"}
    with pytest.raises(ConfigurationError, match="must be vi or en"):
        read_environment(values)


def test_without_a_compiled_catalogue_it_is_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KHUEVAN_LANGUAGE", "vi")
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    assert words.gettext("Stopping ...") == "Stopping ..."


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Port {} is taken by another program; choose another one, such as KHUEVAN_PORT={}."),
        (
            "vi",
            "Cổng {} đang bị chương trình khác dùng; hãy chọn cổng khác, chẳng hạn"
            " KHUEVAN_PORT={}.",
        ),
    ],
)
def test_a_taken_port(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str, said: str
) -> None:
    monkeypatch.setenv("KHUEVAN_LANGUAGE", language)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        env = read_environment(
            {"KHUEVAN_DATA": str(tmp_path), "KHUEVAN_MODE": "demo", "KHUEVAN_PORT": str(port)}
        )
        with pytest.raises(ConfigurationError) as refusal:
            require_free_port(env)
    assert str(refusal.value) == said.format(port, port % 65535 + 1)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The disk of the data folder /d is full: free some space and start again."),
        ("vi", "Ổ đĩa chứa thư mục dữ liệu /d đã đầy: hãy dọn bớt rồi chạy lại."),
    ],
)
def test_what_postgresql_complains_about(
    monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setenv("KHUEVAN_LANGUAGE", language)
    assert explain("FATAL: No space left on device", Path("/d")) == said


@pytest.mark.parametrize(
    ("language", "said"), [("en", "(Not a directory)"), ("vi", "(không phải thư mục)")]
)
def test_what_the_system_refuses(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str, said: str
) -> None:
    monkeypatch.setenv("KHUEVAN_LANGUAGE", language)
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError) as refusal:
        make_data_dir(tmp_path / "file" / "data")
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("usage:", "options:", "Exit codes: 0 done")),
        ("vi", ("cách dùng:", "tùy chọn:", "Mã thoát: 0 là xong")),
    ],
)
def test_help(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    said: tuple[str, ...],
) -> None:
    monkeypatch.setenv("KHUEVAN_LANGUAGE", language)
    with pytest.raises(SystemExit):
        dispatch(["migrate", "--help"])
    shown = capsys.readouterr().out
    assert all(one in shown for one in said)


@pytest.mark.parametrize(("language", "mark"), [("en", "FAIL"), ("vi", "LỖI")])
def test_the_doctor_has_words_for_people_and_codes_for_programs(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    mark: str,
) -> None:
    monkeypatch.setenv("KHUEVAN_LANGUAGE", language)
    found = [Finding("data folder", "fail", "/d")]
    monkeypatch.setattr(f"{run.__module__}.{examine.__name__}", lambda: iter(found))
    assert [dispatch(["doctor"]), dispatch(["doctor", "--json"])] == [2, 2]
    report, _, codes = capsys.readouterr().out.partition("\n")
    assert report.strip().startswith(mark)
    (finding,) = json.loads(codes)
    assert (finding["name"], finding["state"]) == ("data folder", "fail")


@pytest.mark.parametrize(
    ("terminal", "said"),
    [
        ("vi_VN.UTF-8", "KHUEVAN_PORT đang là 'none'; phải là số nguyên từ 1 đến 65535."),
        ("C.UTF-8", "KHUEVAN_PORT is 'none'; it must be a whole number from 1 to 65535."),
    ],
)
def test_a_start_that_is_refused(tmp_path: Path, terminal: str, said: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KHUEVAN_")}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", *LANGUAGES):
        kept.pop(name, None)
    own = {"LANG": terminal, "KHUEVAN_PORT": "none", "KHUEVAN_DATA": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-m", "khuevan.cli", "demo"],
        env={**kept, **own, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (2, f"{said}\n")


def test_every_tool_over_files_is_known_before_anything_is_set() -> None:
    discover()
    assert {tuple(tool.words) for tool in file_tools} == set(OVER_FILES)

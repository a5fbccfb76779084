"""Environment variables: good values are typed, bad ones stop the start with a sentence."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from khuevan.config.env import (
    ConfigurationError,
    Mode,
    default_data_dir,
    read_environment,
    remember_mode,
)

LONG_SECRET = "s" * 40


def values(folder: Path, **more: str) -> dict[str, str]:
    return {"KHUEVAN_DATA": str(folder / "data"), "KHUEVAN_MODE": "demo", **more}


def test_defaults_of_a_demo(tmp_path: Path) -> None:
    environment = read_environment(values(tmp_path))
    assert environment.is_demo
    assert environment.port == 8000
    assert environment.address == "http://localhost:8000/"
    assert environment.database_url is None
    assert not environment.debug
    assert not environment.https
    assert "localhost" in environment.hosts


def test_typed_values(tmp_path: Path) -> None:
    environment = read_environment(
        values(tmp_path, KHUEVAN_PORT="8101", KHUEVAN_TODAY="2026-11-20", KHUEVAN_WEB_THREADS="3")
    )
    assert environment.port == 8101
    assert environment.today == date(2026, 11, 20)
    assert environment.web_threads == 3


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("KHUEVAN_PORT", "eighty", "whole number from 1 to 65535"),
        ("KHUEVAN_PORT", "70000", "whole number from 1 to 65535"),
        ("KHUEVAN_MODE", "holiday", "production, demo, development, test"),
        ("KHUEVAN_TODAY", "20/11/2026", "such as 2026-11-20"),
        ("KHUEVAN_DEBUG", "maybe", "must be 1 or 0"),
        ("DATABASE_URL", "mysql://localhost/x", "PostgreSQL only"),
        ("KHUEVAN_SECRET_KEY", "short", "at least 32"),
        ("KHUEVAN_CHROMIUM", "/nowhere/chromium", "not a program"),
        ("KHUEVAN_LOG_LEVEL", "LOUD", "DEBUG, INFO"),
    ],
)
def test_a_bad_value_is_refused_with_a_sentence(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    with pytest.raises(ConfigurationError, match=said):
        read_environment(values(tmp_path, **{name: value}))


def test_production_needs_a_secret(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="KHUEVAN_SECRET_KEY is not set"):
        read_environment(values(tmp_path, KHUEVAN_MODE="production"))


def test_production_needs_its_hosts(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="KHUEVAN_HOSTS is not set"):
        read_environment(
            values(tmp_path, KHUEVAN_MODE="production", KHUEVAN_SECRET_KEY=LONG_SECRET)
        )


def test_production_is_the_default_and_strict(tmp_path: Path) -> None:
    given = {"KHUEVAN_DATA": str(tmp_path), "KHUEVAN_SECRET_KEY": LONG_SECRET}
    environment = read_environment({**given, "KHUEVAN_HOSTS": "a.example, b.example"})
    assert environment.mode is Mode.PRODUCTION
    assert environment.https
    assert environment.hosts == ("a.example", "b.example")
    with pytest.raises(ConfigurationError, match="KHUEVAN_DEBUG"):
        read_environment({**given, "KHUEVAN_HOSTS": "a.example", "KHUEVAN_DEBUG": "1"})


def test_the_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first = read_environment(values(tmp_path)).secret_key
    assert read_environment(values(tmp_path)).secret_key == first
    mode = stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode)
    assert mode == 0o600


def test_a_damaged_secret_is_refused(tmp_path: Path) -> None:
    read_environment(values(tmp_path))
    (tmp_path / "data" / "secret_key").write_text("x", "utf-8")
    with pytest.raises(ConfigurationError, match="damaged"):
        read_environment(values(tmp_path))


def test_a_data_folder_remembers_what_it_is_for(tmp_path: Path) -> None:
    remember_mode(tmp_path / "data", Mode.DEMO)
    environment = read_environment({"KHUEVAN_DATA": str(tmp_path / "data")})
    assert environment.mode is Mode.DEMO


def test_a_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ConfigurationError, match="KHUEVAN_DATA"):
        read_environment({"KHUEVAN_DATA": str(tmp_path / "file" / "data"), "KHUEVAN_MODE": "demo"})


def test_two_clones_of_root_have_two_data_folders() -> None:
    one = default_data_dir(Path("/srv/one/khuevan"), as_root=True, home=Path("/root"))
    two = default_data_dir(Path("/srv/two/khuevan"), as_root=True, home=Path("/root"))
    assert one != two
    assert one.parent == Path("/var/lib/khuevan")


def test_a_user_keeps_data_in_the_project() -> None:
    project = Path("/home/lan/khuevan")
    assert default_data_dir(project, as_root=False, home=Path("/home/lan")) == project / "var"


def test_ubuntus_snap_is_not_taken_for_a_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "chromium"
    script.write_text('#!/bin/sh\nexec /snap/bin/chromium "$@"\n', "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_environment(values(tmp_path)).chromium is None
    assert os.access(script, os.X_OK)

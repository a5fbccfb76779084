"""The tests' own database: real commits are possible, and gone before the next test."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection


def rows_seen_by_others() -> int:
    with psycopg.connect(os.environ["DATABASE_URL"]) as other:
        query = "SELECT count(*) FROM django_content_type WHERE app_label = 'harness'"
        row = other.execute(query).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.usefixtures("committed_db")
def test_what_is_committed_is_seen_by_others_and_then_gone(time: str) -> None:
    assert rows_seen_by_others() == 0
    ContentType.objects.create(app_label="harness", model=time)
    assert rows_seen_by_others() == 1


@pytest.mark.django_db
def test_an_ordinary_test_commits_nothing() -> None:
    ContentType.objects.create(app_label="harness", model="third")
    assert rows_seen_by_others() == 0


@pytest.mark.django_db
def test_each_process_has_its_own_database_and_folder() -> None:
    name = str(connection.settings_dict["NAME"])
    assert name.startswith("khuevan_test_")
    assert name in os.environ["DATABASE_URL"]
    assert Path(settings.MEDIA_ROOT).is_relative_to(os.environ["KHUEVAN_TEST_RUN"])

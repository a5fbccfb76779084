"""A census is frozen while pupils are being recorded over other connections."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connections, transaction
from tests.factories import (
    EVERYTHING,
    NOW,
    make_class,
    make_school,
    make_student,
    make_students,
    numbered_names,
)

from khuevan.insight.rollup.actions import census as freezing
from khuevan.insight.rollup.actions import freeze_census, open_census
from khuevan.insight.rollup.errors import CensusBusy
from khuevan.insight.rollup.models import Census, CensusFigure, CensusVersion
from khuevan.insight.rollup.selectors.frozen import frozen_pupils
from khuevan.registry.schools.api import School

PATIENCE = 30.0


@pytest.fixture
def census(committed_db: None) -> Census:
    """Return a census of two schools, the first one with three pupils; all of it committed."""
    first = make_school("Trường THCS Đông Khê")
    make_school("Trường THCS Ninh Hải")
    make_students(numbered_names(3), homeroom_class=make_class("6A", school=first))
    return open_census(actor=EVERYTHING, on=date(2026, 9, 30), level="", decision="", now=NOW)


class Writer(threading.Thread):
    """Somebody who records a pupil over a connection of their own and commits when told to."""

    def __init__(self, school: School) -> None:
        super().__init__(daemon=True)
        self.school = school
        self.written, self.may_commit = threading.Event(), threading.Event()

    def run(self) -> None:
        """Write, wait, commit."""
        try:
            with transaction.atomic():
                make_student("Lê Văn Muộn", school=self.school)
                self.written.set()
                self.may_commit.wait(PATIENCE)
        finally:
            connections.close_all()


def both_schools() -> tuple[School, School]:
    first, second = School.objects.unscoped(because="a test").order_by("pk")
    return first, second


def figures_and_rows(census: Census, version: CensusVersion) -> list[tuple[int, int]]:
    """Return of each school the frozen number and how many pupils it opens to."""
    figures = CensusFigure.objects.unscoped(because="a test").filter(version=version)
    given: dict[str, Any] = {"actor": EVERYTHING, "census": census, "version": version}
    return [
        (
            sum(one.pupils for one in figures.filter(school_id=school.pk)),
            len(frozen_pupils(**given, school_id=school.pk)),
        )
        for school in both_schools()
    ]


def test_a_number_taken_before_and_committed_after_is_not_behind_a_frozen_number(
    census: Census,
) -> None:
    first, second = both_schools()
    slow = Writer(second)
    slow.start()
    assert slow.written.wait(PATIENCE)
    make_student("Trần Văn Sau", school=first)
    threading.Timer(1.0, slow.may_commit.set).start()
    version = freeze_census(actor=EVERYTHING, uuid=census.uuid, now=NOW)
    slow.join(PATIENCE)
    assert figures_and_rows(census, version) == [(4, 4), (1, 1)]


def test_who_writes_while_figures_are_counted_is_not_in_them(
    census: Census, monkeypatch: pytest.MonkeyPatch
) -> None:
    _first, second = both_schools()
    late = Writer(second)
    late.may_commit.set()
    keep = freezing._keep

    def keep_a_little_later(*given: Any) -> int:
        late.start()
        late.join(2.0)
        return keep(*given)

    monkeypatch.setattr(freezing, "_keep", keep_a_little_later)
    version = freeze_census(actor=EVERYTHING, uuid=census.uuid, now=NOW)
    late.join(PATIENCE)
    assert late.written.is_set()
    assert figures_and_rows(census, version) == [(3, 3), (0, 0)]


def test_a_freeze_that_finds_no_moment_says_so(
    census: Census, monkeypatch: pytest.MonkeyPatch
) -> None:
    _first, second = both_schools()
    slow = Writer(second)
    slow.start()
    assert slow.written.wait(PATIENCE)
    monkeypatch.setattr(freezing, "PATIENCE", 0.0)
    with pytest.raises(CensusBusy):
        freeze_census(actor=EVERYTHING, uuid=census.uuid, now=NOW)
    slow.may_commit.set()
    slow.join(PATIENCE)
    assert not census.versions.exists()

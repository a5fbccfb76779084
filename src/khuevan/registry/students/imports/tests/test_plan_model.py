"""The comparison against a slow and obvious one: any list, any edits, any order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast, actor_of

from khuevan.platform.access.api import GrantActor
from khuevan.registry.students.imports.tests.lists import outcomes, planned, written

NAMES = ("Lê An Bình", "Lê An Bính", "Hoà Thị Mơ", "Đỗ Văn Út")
DAYS = ("01/02/2015", "02/01/2015")
CLASSES = ("6A", "6B")
NUMBER, CODE, NAME, DAY, SEX, CLASS, PHONE = (
    "Số định danh cá nhân", "Mã định danh Bộ GD&ĐT", "Họ tên", "Ngày sinh", "Giới tính",
    "Lớp học", "SĐT liên hệ",
)  # fmt: skip
COMPARED = (NAME, DAY, SEX, CLASS, NUMBER, CODE, PHONE)

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            NAME: st.sampled_from(NAMES),
            DAY: st.sampled_from(DAYS),
            SEX: st.sampled_from(("Nam", "Nữ", "")),
            CLASS: st.sampled_from(CLASSES),
            NUMBER: st.sampled_from(("", "", "042215000001", "042215000002", "042315000003")),
            CODE: st.sampled_from(("", "", "4200000001", "4200000002")),
            PHONE: st.sampled_from(("", "0912345678", "0987654321")),
        }
    ),
    max_size=6,
)
SLOW = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass
class Book:
    """The records as a list of rows, searched from the beginning each time."""

    pupils: list[dict[str, str]] = field(default_factory=list)

    def outcomes(self, rows: list[dict[str, str]]) -> list[str]:
        """Say what each row would do."""
        return [outcome for outcome, _pupil in self.matched(rows)]

    def matched(self, rows: list[dict[str, str]]) -> Iterator[tuple[str, dict[str, str] | None]]:
        """Give each row's outcome and the pupil that it means."""
        claimed: list[dict[str, str]] = []
        earlier: list[dict[str, str]] = []
        for row in rows:
            found = self.find(row)
            if is_of_two(row, rows):
                yield "REFUSED", None
                continue
            earlier.append(row)
            if (
                any(same_pupil(row, one) for one in earlier[:-1])
                or found == "several"
                or isinstance(found, dict)
                and any(found is one for one in claimed)
            ):
                yield "REFUSED", None
            elif isinstance(found, dict):
                claimed.append(found)
                yield ("CHANGED" if differs(found, row) else "UNCHANGED"), found
            else:
                yield "NEW", None

    def find(self, row: dict[str, str]) -> dict[str, str] | str | None:
        """Return the pupil a row means, "several" when that is unclear, None when nobody."""
        by_number = [p for p in self.pupils if row[NUMBER] and p[NUMBER] == row[NUMBER]]
        by_code = [p for p in self.pupils if row[CODE] and p[CODE] == row[CODE]]
        if by_number and by_code and by_number[0] is not by_code[0]:
            return "several"
        for certain in (by_number, by_code):
            if certain:
                return "several" if is_somebody_else(certain[0], row) else certain[0]
        alike = [
            p
            for p in self.pupils
            if (p[NAME], p[DAY]) == (row[NAME], row[DAY])
            and not any(p[key] and row[key] and p[key] != row[key] for key in (NUMBER, CODE))
        ]
        sure = [
            p
            for p in alike
            if p[CLASS] == row[CLASS] and not (p[SEX] and row[SEX] and p[SEX] != row[SEX])
        ]
        if len(sure) == 1:
            return sure[0]
        return "several" if alike else None

    def write(self, rows: list[dict[str, str]]) -> None:
        """Do what the good rows say."""
        for row, (outcome, pupil) in zip(rows, list(self.matched(rows)), strict=True):
            if outcome == "NEW":
                self.pupils.append(dict(row))
            elif outcome == "CHANGED" and pupil is not None:
                pupil.update({key: value for key, value in row.items() if value})


def is_of_two(row: dict[str, str], rows: list[dict[str, str]]) -> bool:
    """Tell whether a number of the row stands in rows of the list that are of two pupils."""
    for key in (NUMBER, CODE):
        bearers = [one for one in rows if row[key] and one[key] == row[key]]
        if len({(NAMES[max(1, NAMES.index(one[NAME]))], one[DAY]) for one in bearers}) > 1:
            return True
    return False


def same_pupil(row: dict[str, str], other: dict[str, str]) -> bool:
    """Tell whether two rows of one list name the same pupil."""
    if any(row[key] and row[key] == other[key] for key in (NUMBER, CODE)):
        return True
    unnumbered = not any(one[key] for one in (row, other) for key in (NUMBER, CODE))
    return unnumbered and all(row[key] == other[key] for key in (NAME, DAY, CLASS))


def is_somebody_else(pupil: dict[str, str], row: dict[str, str]) -> bool:
    """Tell whether a number was written for another pupil; the first two names are one."""
    one, other = (NAMES[max(1, NAMES.index(name))] for name in (pupil[NAME], row[NAME]))
    return one != other and pupil[DAY] != row[DAY]


def differs(pupil: dict[str, str], row: dict[str, str]) -> bool:
    """Tell whether a row says something else than the record; a blank says nothing."""
    return any(row[key] and row[key] != pupil[key] for key in COMPARED)


@contextmanager
def undone() -> Iterator[None]:
    """Undo what is written inside, so that the next example finds the same school."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def clerk(cast: Cast) -> GrantActor:
    return actor_of(cast.loan)


@SLOW
@given(first=ROWS, second=ROWS)
def test_any_two_lists_do_what_the_obvious_comparison_says(
    cast: Cast, clerk: GrantActor, first: list[dict[str, str]], second: list[dict[str, str]]
) -> None:
    book = Book()
    with undone():
        for rows in (first, second):
            plans = written(clerk, cast.school_a.pk, rows)
            assert outcomes(plans) == book.outcomes(rows)
            book.write(rows)


@SLOW
@given(rows=ROWS)
def test_good_rows_written_once_are_unchanged_the_second_time(
    cast: Cast, clerk: GrantActor, rows: list[dict[str, str]]
) -> None:
    with undone():
        first = outcomes(written(clerk, cast.school_a.pk, rows))
        good = [row for row, outcome in zip(rows, first, strict=True) if outcome != "REFUSED"]
        again = planned(clerk, cast.school_a.pk, good)
        assert not [plan.changes for plan in again if plan.changes]
        assert set(outcomes(again)) <= {"UNCHANGED", "REFUSED"}


@SLOW
@given(
    edits=st.dictionaries(
        st.integers(0, 4),
        st.tuples(st.sampled_from((NAME, DAY, PHONE, CLASS)), st.integers(1, 9)),
        max_size=5,
    )
)
def test_edits_are_told_exactly_where_they_are(
    cast: Cast, clerk: GrantActor, edits: dict[int, tuple[str, int]]
) -> None:
    rows = [
        {NAME: f"Lê An {word}", DAY: "01/02/2015", SEX: "Nam", CLASS: "6A",
         NUMBER: f"04221500000{place}", CODE: "", PHONE: "0912345678"}
        for place, word in enumerate(("Bình", "Chí", "Dũng", "Giang", "Hải"))
    ]  # fmt: skip
    new = {NAME: "Lê An Mới {}", DAY: "0{}/03/2015", PHONE: "098765432{}", CLASS: "6B"}
    letters = "abcdeghik"
    changed = [dict(row) for row in rows]
    for place, (header, digit) in edits.items():
        filling = letters[digit - 1] if header == NAME else str(digit)
        changed[place][header] = new[header].format(filling)
    with undone():
        written(clerk, cast.school_a.pk, rows)
        plans = planned(clerk, cast.school_a.pk, changed)
        told = {place: list(plan.changes) for place, plan in enumerate(plans) if plan.changes}
    names = {NAME: "full_name", DAY: "birth_date", PHONE: "contact_phone", CLASS: "class_name"}
    assert told == {place: [names[header]] for place, (header, _digit) in edits.items()}

"""The log in words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils.translation import override

from khuevan.platform.audit.api import AuditEntry, changes_of, declare_code, sentence_of
from khuevan.platform.audit.codes import codes
from khuevan.platform.audit.forms import AuditFilter
from khuevan.platform.audit.telling import (
    BLANKS,
    COMMON_LABELS,
    details_of,
    label_of,
    part_of,
    who_of,
)

MOVED = "tests.moved"


@pytest.fixture(autouse=True)
def a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "_items", dict(codes.items()))
    monkeypatch.setattr(codes, "_frozen", False)
    declare_code(MOVED, "Moved to class %(klass)s")


def entry(**values: object) -> AuditEntry:
    given = {"code": MOVED, "before": {}, "after": {}, "details": {}, **values}
    return AuditEntry(**given)


def words(change: object, kind: str) -> str:
    return " ".join(word.text for word in change.words if word.kind in {kind, "same"})  # type: ignore[attr-defined]


def test_a_sentence_is_filled_from_what_was_recorded() -> None:
    assert sentence_of(entry(details={"klass": "6B"})) == "Moved to class 6B"
    assert sentence_of(entry(after={"klass": "6B"})) == "Moved to class 6B"


def test_what_an_old_entry_lacks_is_a_gap() -> None:
    assert sentence_of(entry()) == "Moved to class …"


def test_a_code_nobody_declares_any_more_is_shown_as_it_is() -> None:
    assert sentence_of(entry(code="gone.code")) == "gone.code"


def test_a_recorded_text_is_never_read_as_a_pattern() -> None:
    assert sentence_of(entry(details={"klass": "%(x)s %s %d"})) == "Moved to class %(x)s %s %d"


def test_changes_name_the_fields_that_differ() -> None:
    with override("en"):
        (change,) = changes_of(
            entry(
                before={"full_name": "Dương Duy Hoàng", "sex": "MALE"},
                after={"full_name": "Dương Huy Hoàng", "sex": "MALE"},
            )
        )
    assert change.label == "Full name"
    assert words(change, "old") == "Dương Duy Hoàng"
    assert words(change, "new") == "Dương Huy Hoàng"


def test_what_is_new_has_no_before() -> None:
    (change,) = changes_of(entry(after={"ends_on": "2027-06-01"}))
    assert (words(change, "old"), words(change, "new")) == ("", "01/06/2027")


def test_what_only_looks_like_a_date_stays() -> None:
    (change,) = changes_of(entry(after={"note": "2027-02-31"}))
    assert words(change, "new") == "2027-02-31"


def test_numbers_that_identify_people_are_masked() -> None:
    (change,) = changes_of(
        entry(before={"personal_number": None}, after={"personal_number": "042315000482"})
    )
    assert "042315000482" not in words(change, "new")


def test_truths_and_lists_are_words() -> None:
    with override("en"):
        active, roles = changes_of(
            entry(
                before={"is_active": True, "roles": ["a"]},
                after={"is_active": False, "roles": ["a", "b"]},
            )
        )
    assert (words(active, "old"), words(active, "new")) == ("Yes", "No")
    assert words(roles, "new") == "a, b"


def test_an_unknown_field_is_named_by_its_column() -> None:
    assert label_of("second_floor") == "Second floor"


def test_an_unknown_part_of_a_record_is_the_record() -> None:
    with override("en"):
        assert part_of("nothing known") == "Record"


def test_every_value_of_a_sentence_has_a_name() -> None:
    sentences = [str(one.sentence) for _code, one in codes.items()]
    told = {name for one in sentences for name in re.findall(r"%\((\w+)\)", one)}
    assert told - {"klass"} - set(COMMON_LABELS) - set(BLANKS) == set()


def test_the_kinds_of_entries_are_told_in_words_and_by_subject() -> None:
    with override("vi"):
        field: Any = AuditFilter().fields["code"]
        (_all, *groups) = field.choices
    kinds = {code: (str(name), text) for name, rows in groups for code, text in rows}
    assert kinds["staff.qualification_withdrawn"] == ("Đội ngũ", "Gỡ bằng cấp: (loại)")
    assert "((" not in kinds["staff.subject_added"][1]
    assert kinds["organizations.license.passed"][1].endswith("bàn giao cho (đơn vị nhận)")
    assert "(số, ký hiệu)" not in kinds["rollup.census_frozen"][1]


def test_names_the_program_gives_are_told_in_the_readers_language() -> None:
    told = entry(actor_label="root", actor_role="Server operator", details={"position": "Teacher"})
    with override("vi"):
        assert who_of(told) == "Người vận hành máy chủ"
        assert details_of(told) == [("Vị trí", "Giáo viên")]


def test_moments_are_told_as_people_write_them() -> None:
    told = entry(
        details={"expires_at": "2026-11-23T01:15:00+00:00", "kind": "students", "on": None}
    )
    with override("vi"):
        assert details_of(told) == [("Hết hạn", "08:15, 23/11/2026")]

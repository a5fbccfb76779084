"""An import's way from the file to the records, and every way it may be refused."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast, actor_of
from tests.factories import NOW, make_student
from tests.sheets.loading import WHY, confirmed, fresh, loan, row, run_jobs, uploaded

from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import AuditEntry
from khuevan.platform.files.api import StorageFull, StoredFile
from khuevan.platform.jobs.api import Job, stop_job
from khuevan.platform.sheets import actions
from khuevan.platform.sheets.actions import upload
from khuevan.platform.sheets.errors import (
    BeingWritten,
    ColumnsMissing,
    ColumnTwice,
    FaultsLeft,
    ImportClosed,
    NoHeader,
    NothingToWrite,
    RecordsMoved,
    TooManyRows,
)
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.models import ImportRow, ImportState, SheetImport
from khuevan.platform.sheets.selectors import rows_of
from khuevan.platform.sheets.tests.build_sheets import ClassList
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.api import ClassPlacement, Student, correct_student
from khuevan.registry.students.imports.tests.lists import a_pupil, csv, some_pupils, xlsx

FAULTY = {"Ngày sinh": "31/02/2015"}


def pupils_of(cast: Cast) -> int:
    return Student.objects.unscoped(because=WHY).filter(enrollments__school=cast.school_a).count()


def stored_files() -> list[Path]:
    return [path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_list_is_checked_and_nothing_is_written(cast: Cast) -> None:
    before = pupils_of(cast)
    found = uploaded(cast, xlsx([*some_pupils(3), a_pupil(**FAULTY)]))
    assert found.state == ImportState.CHECKED
    assert {name: found.count(name) for name in ("ALL", "NEW", "REFUSED")} == {
        "ALL": 4, "NEW": 3, "REFUSED": 1}  # fmt: skip
    assert pupils_of(cast) == before


def test_a_confirmed_list_is_written_by_a_job_once(cast: Cast) -> None:
    before = pupils_of(cast)
    found = uploaded(cast, xlsx(some_pupils(4, ["6A", "6B"])))
    first = confirmed(cast, found)
    again = confirmed(cast, found)
    assert (first.state, again.job_uuid) == (ImportState.APPLYING, first.job_uuid)
    assert run_jobs() == ["DONE"]
    assert fresh(found).state == ImportState.DONE
    assert pupils_of(cast) == before + 4
    assert confirmed(cast, found).state == ImportState.DONE
    job = Job.objects.unscoped(because=WHY).get()
    assert job.message == "Thêm 4, cập nhật 0, không đổi 0."
    entry = AuditEntry.objects.unscoped(because=WHY).get(code="sheets.applied")
    assert entry.details["new"] == 4


def test_all_or_only_the_good_rows(cast: Cast) -> None:
    found = uploaded(cast, xlsx([*some_pupils(2), a_pupil(**FAULTY)]))
    with pytest.raises(FaultsLeft):
        confirmed(cast, found)
    assert fresh(found).state == ImportState.CHECKED
    before = pupils_of(cast)
    confirmed(cast, found, takes_good_rows=True)
    assert run_jobs() == ["PARTIAL"]
    assert pupils_of(cast) == before + 2


def test_the_rest_is_mended_after_the_good_rows_were_written(cast: Cast) -> None:
    good, faulty = some_pupils(2)
    found = uploaded(cast, csv([good, {**faulty, **FAULTY}]))
    confirmed(cast, found, takes_good_rows=True)
    run_jobs()
    actions.reopen_import(actor=loan(cast), uuid=found.uuid, now=NOW)
    assert fresh(found).count("UNCHANGED") == 1
    column = next(c["index"] for c in found.columns if c["field"] == "birth_date")
    mended = actions.fix_cell(
        actor=loan(cast), uuid=found.uuid, number=3, column=column, text="28/02/2015", now=NOW
    )
    assert (mended.count("NEW"), mended.count("REFUSED")) == (1, 0)
    confirmed(cast, found)
    assert run_jobs() == ["DONE"]
    with pytest.raises(ImportClosed):
        actions.reopen_import(actor=loan(cast), uuid=found.uuid, now=NOW)


def test_nothing_to_write_is_said(cast: Cast) -> None:
    rows = some_pupils(2)
    confirmed(cast, uploaded(cast, csv(rows)))
    run_jobs()
    with pytest.raises(NothingToWrite):
        confirmed(cast, uploaded(cast, csv(rows)))


def test_the_same_file_again_is_zero_new_and_zero_changed(cast: Cast) -> None:
    rows = some_pupils(45, ["6A", "6B"])
    confirmed(cast, uploaded(cast, xlsx(rows)))
    run_jobs()
    again = uploaded(cast, xlsx(rows))
    assert (again.count("NEW"), again.count("CHANGED"), again.count("UNCHANGED")) == (0, 0, 45)


def test_a_row_is_left_out_and_taken_back(cast: Cast) -> None:
    found = uploaded(cast, csv(some_pupils(2)))
    given: dict[str, Any] = {"actor": loan(cast), "uuid": found.uuid, "number": 2, "now": NOW}
    left = actions.leave_out(**given, is_left_out=True)
    assert (left.count("NEW"), left.count("SKIPPED")) == (1, 1)
    back = actions.leave_out(**given, is_left_out=False)
    assert (back.count("NEW"), back.count("SKIPPED")) == (2, 0)


def test_leaving_one_of_two_equal_rows_out_mends_the_other(cast: Cast) -> None:
    one = a_pupil()
    found = uploaded(cast, csv([one, one]))
    assert found.count("REFUSED") == 1
    left = actions.leave_out(actor=loan(cast), uuid=found.uuid, number=2, is_left_out=True, now=NOW)
    assert (left.count("NEW"), left.count("REFUSED")) == (1, 0)


def test_only_known_cells_of_an_open_list_are_mended(cast: Cast) -> None:
    found = uploaded(cast, csv(some_pupils(1)))
    given: dict[str, Any] = {"actor": loan(cast), "uuid": found.uuid, "text": "x", "now": NOW}
    with pytest.raises(NotFound):
        actions.fix_cell(**given, number=2, column=99)
    with pytest.raises(NotFound):
        actions.fix_cell(**given, number=99, column=0)
    actions.drop_import(actor=loan(cast), uuid=found.uuid, now=NOW)
    with pytest.raises(ImportClosed):
        actions.fix_cell(**given, number=2, column=0)


def test_a_dropped_list_leaves_no_rows(cast: Cast) -> None:
    found = uploaded(cast, csv(some_pupils(1)))
    actions.drop_import(actor=loan(cast), uuid=found.uuid, now=NOW)
    assert fresh(found).state == ImportState.DROPPED
    assert not ImportRow.objects.unscoped(because=WHY).filter(sheet_import=found).exists()


# --- columns


def test_a_column_matched_by_hand_is_remembered_for_the_next_file(cast: Cast) -> None:
    named = a_pupil()
    named["Ngày chào đời"] = named.pop("Ngày sinh")
    found = uploaded(cast, csv([named]))
    assert found.state == ImportState.MATCHING
    index = next(c["index"] for c in found.columns if c["header"] == "Ngày chào đời")
    matched = actions.match_columns(
        actor=loan(cast), uuid=found.uuid, chosen={index: "birth_date"}, now=NOW
    )
    assert (matched.state, matched.count("NEW")) == (ImportState.CHECKED, 1)
    assert uploaded(cast, csv([named])).state == ImportState.CHECKED


def test_two_columns_for_one_field_and_none_are_refused(cast: Cast) -> None:
    found = uploaded(cast, csv([a_pupil()]))
    at = {c["field"]: c["index"] for c in found.columns}
    given: dict[str, Any] = {"actor": loan(cast), "uuid": found.uuid, "now": NOW}
    with pytest.raises(ColumnTwice):
        actions.match_columns(**given, chosen={at["moet_code"]: "full_name"})
    with pytest.raises(ColumnsMissing):
        actions.match_columns(**given, chosen={at["birth_date"]: "-"})
    with pytest.raises(NotFound):
        actions.match_columns(**given, chosen={at["birth_date"]: "no_such_field"})


def test_the_class_in_the_title_is_offered_for_the_whole_list(cast: Cast) -> None:
    rows = some_pupils(3)
    headers = [header for header in rows[0] if header != "Lớp học"]
    file = xlsx(rows, headers=headers, titles=("DANH SÁCH HỌC SINH LỚP 6A",))
    found = uploaded(cast, file)
    assert found.state == ImportState.MATCHING
    added, _answers = [column for column in found.columns if column.get("added")]
    assert (added["field"], added["value"]) == ("class_name", "6A")
    matched = actions.match_columns(
        actor=loan(cast), uuid=found.uuid, chosen={}, added={"class_name": "6B"}, now=NOW
    )
    assert matched.count("NEW") == 3
    assert {row(matched, 5).cells[added["index"]]} == {"6B"}
    with pytest.raises(ColumnTwice):
        actions.match_columns(
            actor=loan(cast),
            uuid=found.uuid,
            chosen={found.columns[1]["index"]: "class_name"},
            added={"class_name": "6B"},
            now=NOW,
        )


def test_each_sheet_of_a_file_is_a_list_of_its_own(cast: Cast, tmp_path: Path) -> None:
    rows = some_pupils(2)
    headers = list(rows[0])
    lines = [headers, [other[h] for h in headers]] if (other := some_pupils(3)[2]) else []
    book = ClassList(rows=list(rows), sheet="6A", extra_sheets={"6B": lines, "Ghi chú": [["x"]]})
    content = book.write(tmp_path / "list.xlsx").read_bytes()
    taken_in = actions.upload_sheets(
        actor=loan(cast),
        kind="students.list",
        unit_id=cast.school_a.pk,
        upload=SimpleUploadedFile("K6.xlsx", content),
        now=NOW,
    )
    assert [(one.sheet_name, one.count("ALL")) for one in taken_in] == [("6A", 2), ("6B", 1)]
    assert len({one.file_id for one in taken_in}) == 1


# --- what the school lacks


def opened(*names: str) -> set[tuple[str, str]]:
    """Return which of some classes there are, with their grades."""
    rows = HomeroomClass.objects.unscoped(because=WHY).filter(name__in=names)
    return set(rows.values_list("name", "grade_level__code"))


def test_missing_classes_are_promised_and_opened_with_the_list(cast: Cast) -> None:
    found = uploaded(cast, csv(some_pupils(8, ["6A", "6K", "6L", "9Z"])))
    assert found.count("REFUSED") == 6
    given: dict[str, Any] = {"actor": loan(cast), "uuid": found.uuid, "now": NOW}
    with pytest.raises(NotFound):
        actions.promise_remedy(**given, code="magic")
    before = AuditEntry.objects.unscoped(because=WHY).count()
    mended = actions.promise_remedy(**given, code="classes")
    assert mended.count("REFUSED") == 2  # the school has no grade 9 in this world
    assert actions.promise_remedy(**given, code="classes").count("REFUSED") == 2
    assert opened("6K", "6L") == set()
    assert AuditEntry.objects.unscoped(because=WHY).count() == before
    confirmed(cast, found, takes_good_rows=True)
    assert opened("6K", "6L") == set()
    assert run_jobs() == ["PARTIAL"]
    assert opened("6K", "6L") == {("6K", "6"), ("6L", "6")}
    places = ClassPlacement.objects.unscoped(because=WHY)
    assert places.filter(homeroom_class__name__in=["6K", "6L"]).count() == 4


def test_a_promise_is_withdrawn(cast: Cast) -> None:
    found = uploaded(cast, csv(some_pupils(4, ["6A", "6K"])))
    given: dict[str, Any] = {"actor": loan(cast), "uuid": found.uuid, "code": "classes", "now": NOW}
    assert actions.promise_remedy(**given).count("REFUSED") == 0
    assert actions.withdraw_remedy(**given).count("REFUSED") == 2
    assert fresh(found).promised == {}


def test_a_promised_class_that_no_row_needs_is_not_opened(cast: Cast) -> None:
    found = uploaded(cast, csv(some_pupils(4, ["6A", "6K"])))
    given: dict[str, Any] = {"actor": loan(cast), "uuid": found.uuid, "now": NOW}
    actions.promise_remedy(**given, code="classes")
    for number in (3, 5):
        actions.leave_out(**given, number=number, is_left_out=True)
    confirmed(cast, found)
    assert run_jobs() == ["DONE"]
    assert opened("6K") == set()


def test_a_promised_class_that_somebody_opened_is_the_one(cast: Cast) -> None:
    rows = some_pupils(4, ["6K"])
    first, second = uploaded(cast, csv(rows[:2])), uploaded(cast, csv(rows[2:]))
    for one in (first, second):
        actions.promise_remedy(actor=loan(cast), uuid=one.uuid, code="classes", now=NOW)
        confirmed(cast, one)
    assert run_jobs() == ["DONE", "DONE"]
    assert opened("6K") == {("6K", "6")}
    assert (
        ClassPlacement.objects.unscoped(because=WHY).filter(homeroom_class__name="6K").count() == 4
    )


def test_a_slip_in_a_class_name_is_no_new_class(cast: Cast) -> None:
    rows = [{**one, "Lớp học": "6AA"} for one in some_pupils(2)]
    found = uploaded(cast, csv(rows))
    mended = actions.promise_remedy(actor=loan(cast), uuid=found.uuid, code="classes", now=NOW)
    assert mended.count("REFUSED") == 2


def test_the_grade_column_tells_the_grade_of_a_class_with_a_name(cast: Cast) -> None:
    rows = [{**one, "Lớp học": "Hoa Mai", "Khối học": "Khối 7"} for one in some_pupils(3)]
    found = uploaded(cast, csv(rows))
    promised = actions.promise_remedy(actor=loan(cast), uuid=found.uuid, code="classes", now=NOW)
    assert promised.promised == {"classes": [{"name": "Hoa Mai", "grade": "7"}]}


# --- two people


def test_a_record_changed_after_the_check_is_not_overwritten(cast: Cast) -> None:
    known = a_pupil()
    confirmed(cast, uploaded(cast, csv([known])))
    run_jobs()
    found = uploaded(cast, csv([{**known, "SĐT học sinh": "0987654321"}]))
    student = (
        Student.objects.unscoped(because=WHY)
        .select_related("person")
        .get(moet_code=known["Mã định danh Bộ GD&ĐT"])
    )
    correct_student(
        actor=actor_of(cast.hung),
        uuid=student.uuid,
        version=student.person.version,
        changes={"phone": "0911111111"},
        now=NOW,
    )
    with pytest.raises(RecordsMoved):
        confirmed(cast, found)
    again = actions.recheck(actor=loan(cast), uuid=found.uuid, now=NOW)
    assert row(again, 2).changes == {"pupil_phone": ["0911111111", "0987654321"]}
    assert (row(again, 2).is_moved, again.count("MOVED")) == (True, 1)
    confirmed(cast, found)
    assert run_jobs() == ["DONE"]


def test_a_record_changed_between_confirm_and_writing_stops_the_whole_list(cast: Cast) -> None:
    known, new = some_pupils(2)
    confirmed(cast, uploaded(cast, csv([known])))
    run_jobs()
    before = pupils_of(cast)
    found = uploaded(cast, csv([{**known, "SĐT liên hệ": "0987654321"}, new]))
    confirmed(cast, found)
    student = (
        Student.objects.unscoped(because=WHY)
        .select_related("person")
        .get(moet_code=known["Mã định danh Bộ GD&ĐT"])
    )
    correct_student(
        actor=actor_of(cast.hung),
        uuid=student.uuid,
        version=student.person.version,
        changes={"phone": "0911111111"},
        now=NOW,
    )
    assert run_jobs() == ["FAILED"]
    ended = fresh(found)
    assert (ended.state, ended.count("MOVED")) == (ImportState.CHECKED, 1)
    assert "1 hồ sơ vừa thay đổi" in ended.problem
    assert pupils_of(cast) == before
    student.person.refresh_from_db()
    assert student.person.phone == "0911111111"


def test_two_lists_of_one_school_at_once_register_nobody_twice(cast: Cast) -> None:
    before = pupils_of(cast)
    rows = some_pupils(3)
    first, second = uploaded(cast, csv(rows)), uploaded(cast, csv(rows))
    confirmed(cast, first)
    with pytest.raises(BeingWritten) as refused:
        confirmed(cast, second)
    assert refused.value.details["count"] == 3
    assert run_jobs() == ["DONE"]
    with pytest.raises(RecordsMoved):
        confirmed(cast, second)
    assert pupils_of(cast) == before + 3


def test_two_lists_of_one_school_with_other_pupils_wait_for_each_other(cast: Cast) -> None:
    before = pupils_of(cast)
    rows = some_pupils(5)
    first, second = uploaded(cast, csv(rows[:3])), uploaded(cast, csv(rows[3:]))
    confirmed(cast, first)
    confirmed(cast, second)
    assert run_jobs() == ["DONE", "DONE"]
    assert pupils_of(cast) == before + 5


def test_two_lists_that_correct_one_pupil_are_told_apart_from_their_rows(cast: Cast) -> None:
    known, other = some_pupils(2)
    confirmed(cast, uploaded(cast, csv([known, other])))
    run_jobs()
    first = uploaded(cast, csv([{**known, "SĐT học sinh": "0987654321"}, other]))
    second = uploaded(cast, csv([{**known, "SĐT học sinh": "0987654322"}, other]))
    confirmed(cast, first)
    with pytest.raises(BeingWritten) as refused:
        confirmed(cast, second)
    assert refused.value.details["count"] == 1


def test_a_stopped_job_opens_the_list_again(cast: Cast) -> None:
    found = confirmed(cast, uploaded(cast, csv(some_pupils(2))))
    job = Job.objects.unscoped(because=WHY).get()
    assert job.uuid == found.job_uuid
    stop_job(actor=loan(cast), job=job, now=NOW)
    stopped = fresh(found)
    assert (stopped.state, stopped.count("NEW")) == (ImportState.CHECKED, 2)
    assert stopped.problem == "Đã dừng ghi. Hồ sơ giữ nguyên."


def test_a_fault_of_ours_while_writing_leaves_nothing(cast: Cast, monkeypatch: Any) -> None:
    before = pupils_of(cast)
    importer = importers.get("students.list")

    def broken(**given: Any) -> None:
        importer_write(**given)
        raise ZeroDivisionError

    importer_write = importer.write
    monkeypatch.setattr(type(importer), "write", property(lambda _self: broken))
    found = uploaded(cast, csv(some_pupils(2, ["6K"])))
    actions.promise_remedy(actor=loan(cast), uuid=found.uuid, code="classes", now=NOW)
    confirmed(cast, found)
    assert run_jobs() == ["FAILED"]
    assert fresh(found).state == ImportState.FAILED
    assert (pupils_of(cast), opened("6K")) == (before, set())


# --- files


def test_a_file_that_is_no_list_leaves_nothing_in_storage(cast: Cast) -> None:
    before = stored_files()
    with pytest.raises(NoHeader):
        uploaded(cast, SimpleUploadedFile("x.csv", b"a;b\n1;2\n"))
    assert stored_files() == before
    assert not StoredFile.objects.unscoped(because=WHY).exists()


def test_too_many_rows_leave_nothing(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(upload, "MOST_ROWS", 3)
    before = stored_files()
    with pytest.raises(TooManyRows):
        uploaded(cast, csv(some_pupils(4)))
    assert stored_files() == before


def test_a_full_disk_is_a_sentence_and_leaves_nothing(cast: Cast, monkeypatch: Any) -> None:
    before = stored_files()

    def full(self: FileSystemStorage, name: str, content: ContentFile[bytes]) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(StorageFull):
        uploaded(cast, csv(some_pupils(1)))
    assert not SheetImport.objects.unscoped(because=WHY).exists()
    assert stored_files() == before


def test_what_fails_after_the_file_was_kept_takes_it_away_again(
    cast: Cast, monkeypatch: Any
) -> None:
    before = stored_files()

    def broken(**_given: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(upload, "check_new", broken)
    with pytest.raises(ZeroDivisionError):
        uploaded(cast, csv(some_pupils(1)))
    assert stored_files() == before


def test_rows_of_old_lists_are_forgotten(cast: Cast) -> None:
    found = uploaded(cast, csv(some_pupils(1)))
    assert actions.forget_old_imports(now=NOW) == 0
    assert actions.forget_old_imports(now=NOW + upload.KEPT * 1.1) == 1
    assert fresh(found).state == ImportState.DROPPED
    assert not ImportRow.objects.unscoped(because=WHY).exists()


# --- who may


@pytest.mark.parametrize("who", ["lan", "toan", "mai", "binh", "thanh"])
def test_others_reach_neither_the_list_nor_the_school(cast: Cast, who: str) -> None:
    found = uploaded(cast, csv(some_pupils(1)))
    actor = actor_of(getattr(cast, who))
    given: dict[str, Any] = {"actor": actor, "uuid": found.uuid, "now": NOW}
    for refused in (
        lambda: actions.fix_cell(**given, number=2, column=0, text="x"),
        lambda: actions.leave_out(**given, number=2, is_left_out=True),
        lambda: actions.confirm_import(**given, takes_good_rows=True),
        lambda: actions.match_columns(**given, chosen={}),
        lambda: actions.drop_import(**given),
        lambda: actions.recheck(**given),
        lambda: actions.promise_remedy(**given, code="classes"),
        lambda: actions.withdraw_remedy(**given, code="classes"),
        lambda: actions.upload_sheets(
            actor=actor,
            kind="students.list",
            unit_id=cast.school_a.pk,
            upload=csv(some_pupils(1)),
            now=NOW,
        ),
    ):
        with pytest.raises(NotFound):
            refused()
    assert fresh(found).state == ImportState.CHECKED


def test_a_question_is_answered_in_its_own_column_and_stays_answered(cast: Cast) -> None:
    """REC-07: never merge pupils on name+birth date alone."""
    make_student("Lê Ngọc Nguyên", homeroom_class=cast.class_6a, sex="FEMALE")
    namesake = {"Họ tên": "Lê Ngọc Nguyên", "Ngày sinh": "18/07/2015", "Giới tính": "Nam",
                "Mã định danh Bộ GD&ĐT": "", "Số định danh cá nhân": ""}  # fmt: skip
    (pupil,) = some_pupils(1)
    found = uploaded(cast, xlsx([{**pupil, **namesake}]))
    assert found.count("REFUSED") == 1
    (first,) = rows_of(found)
    (fault,) = [one for one in first.faults if one["code"] == "students.same_pupil"]
    given: dict[str, Any] = {"actor": loan(cast), "uuid": found.uuid, "now": NOW}
    answered = actions.fix_cell(
        **given, number=first.number, column=fault["column"], text="Em khác"
    )
    assert (answered.count("REFUSED"), answered.count("NEW")) == (0, 1)
    rematched = actions.match_columns(**given, chosen={})
    assert (rematched.count("REFUSED"), rematched.count("NEW")) == (0, 1)

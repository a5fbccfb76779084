"""A written list taken back as a whole: all as it was, or a page that says what leans on it."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_province, make_user
from tests.sheets import test_classes_list, test_schools_list, test_staff_list
from tests.sheets.loading import confirmed, fresh, loan, row, run_jobs, uploaded
from tests.sheets.rows import load, written
from tests.sheets.tables import differences, everything

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.access.api import operator_actor
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import Asked, AuditEntry, Span, batch, complete_until, trail_of
from khuevan.platform.audit.reversal.fields import changes_of_rows
from khuevan.platform.feed.selectors import changes, followed
from khuevan.platform.sheets import actions
from khuevan.platform.sheets.errors import NotUndoable, StillNeeded
from khuevan.platform.sheets.models import ImportState, SheetImport
from khuevan.platform.sheets.undo_frames import needed
from khuevan.registry.students.api import Guardianship, Student, correct_student
from khuevan.registry.students.imports.tests.lists import csv, some_pupils
from khuevan.registry.students.models import RegistryNumber
from khuevan.registry.students.permissions import IMPORT_STUDENTS

WHY = "a test looks"
STAFF, CLASS, SCHOOL = test_staff_list.ROW, test_classes_list.ROW, test_schools_list.ROW
NUMBERS = ("Số định danh cá nhân", "Mã định danh Bộ GD&ĐT")


def newest() -> SheetImport:
    return SheetImport.objects.unscoped(because=WHY).order_by("-pk")[0]


def loaded(kind: str, rows: list[dict[str, str]], place: str, folder: Path) -> SheetImport:
    """Load a list as the machine does, and return it."""
    answer = load(kind, written(folder / f"{kind}.csv", rows), "--school", place)
    assert answer.data["files_written"] == 1, answer.text
    return newest()


def taken_back(one: SheetImport, actor: Actor) -> SheetImport:
    return actions.undo_import(actor=actor, uuid=one.uuid, now=NOW)


PUPILS = some_pupils(6, ["6A", "6B"])
CHANGED_PUPIL = {
    **PUPILS[0],
    "Họ tên": "Nguyễn Đổi Tên",
    "Lớp học": "6B",
    "SĐT liên hệ": "0911222333",
    "Tên cha": "Trần Văn Khác",
    "Quốc tịch": "Lào",
}
KINDS: dict[str, tuple[list[dict[str, str]], list[dict[str, str]]]] = {
    "students": (PUPILS[:3], [CHANGED_PUPIL, PUPILS[1], *PUPILS[3:]]),
    "staff": (
        [STAFF],
        [
            {**STAFF, "Điện thoại": "0987654321", "Vị trí việc làm": "Thư viện"},
            {**STAFF, "Họ tên": "Lê Thị Mới", NUMBERS[0]: "", NUMBERS[1]: ""},
        ],
    ),
    "classes": (
        [CLASS],
        [
            {**CLASS, "Buổi học": "Chiều", "GVCN": "Nguyễn Thị Lan", "Lớp ghép": "Khối 7"},
            {**CLASS, "Tên lớp": "6D", "GVCN": ""},
        ],
    ),
    "schools": (
        [SCHOOL],
        [
            {**SCHOOL, "Điện thoại": "0239 3855 999", "Tên trường": "Trường TH&THCS Sơn Kim Một"},
            {**SCHOOL, "Mã trường": "42000889", "Tên trường": "Trường TH Sơn Hồng",
             "Cấp học": "TH", "Xã": "Xã Sơn Hồng"},
        ],
    ),
}  # fmt: skip


def place_of(kind: str, cast: Cast) -> str:
    return make_province().code if kind == "schools" else cast.school_a.code


@pytest.mark.parametrize("kind", KINDS)
def test_made_and_changed_rows_are_as_they_were(kind: str, cast: Cast, tmp_path: Path) -> None:
    first, second = KINDS[kind]
    place = place_of(kind, cast)
    empty = everything()
    one = loaded(kind, first, place, tmp_path)
    between = everything()
    other = loaded(kind, second, place, tmp_path)
    assert other.count("NEW"), other.counts
    assert other.count("CHANGED"), other.counts
    operator = operator_actor(on=TODAY, login="tests")
    done = taken_back(other, operator)
    assert done.state == ImportState.UNDONE
    assert differences(between, everything()) == []
    taken_back(one, operator)
    assert differences(empty, everything()) == []


def pupil_of(row: dict[str, str]) -> Student:
    return (
        Student.objects.unscoped(because=WHY)
        .select_related("person")
        .get(moet_code=row["Mã định danh Bộ GD&ĐT"])
    )


def of_pupils(cast: Cast, rows: list[dict[str, str]]) -> SheetImport:
    """Let Ms Loan load a list of pupils through the pages' actions."""
    found = uploaded(cast, csv(rows))
    confirmed(cast, found)
    assert run_jobs()[-1] == "DONE"
    return fresh(found)


def refused(one: SheetImport, actor: Actor) -> list[tuple[str, str, str]]:
    """Return what stands in the way of taking a list back: nothing changes by asking."""
    before = everything()
    told = actions.undoing_of(actor=actor, uuid=one.uuid)
    with pytest.raises(StillNeeded):
        actions.undo_import(actor=actor, uuid=one.uuid, now=NOW)
    assert differences(before, everything()) == []
    assert fresh(one).state == ImportState.DONE
    return [(later.subject, later.what, later.who) for later in told.later]


@pytest.mark.parametrize("seed", range(3))
def test_random_lists_are_taken_back_in_turn(seed: int, cast: Cast) -> None:
    draw = random.Random(seed)
    rows = some_pupils(8, ["6A", "6B"])
    taken: list[tuple[SheetImport, Any]] = []
    for _step in range(4):
        chosen = [dict(cells) for cells in draw.sample(rows, draw.randint(1, 8))]
        for cells in chosen:
            for name in draw.sample(["SĐT liên hệ", "Lớp học", "Tên cha", "Chỗ ở hiện nay"], 2):
                cells[name] = {
                    "SĐT liên hệ": f"09{draw.randint(10_000_000, 99_999_999)}",
                    "Lớp học": draw.choice(["6A", "6B"]),
                    "Tên cha": draw.choice(["Lê Văn Một", "Trần Văn Hai", cells["Tên cha"]]),
                    "Chỗ ở hiện nay": f"Xóm {draw.randint(1, 99)}",
                }[name]
        before = everything()
        found = uploaded(cast, csv(chosen))
        if found.ready:
            confirmed(cast, found, takes_good_rows=True)
            run_jobs()
            assert fresh(found).state == ImportState.DONE, fresh(found).problem
            taken.append((found, before))
    assert taken
    for found, before in reversed(taken):
        taken_back(found, loan(cast))
        assert differences(before, everything()) == []


def test_a_later_change_is_named_with_who_and_when(cast: Cast) -> None:
    one = of_pupils(cast, PUPILS[:3])
    pupil = pupil_of(PUPILS[1])
    with batch():
        correct_student(
            actor=actor_of(cast.hung),
            uuid=pupil.uuid,
            version=pupil.person.version,
            changes={"phone": "0911111111"},
            now=NOW,
        )
    hung = actor_of(cast.hung).label
    told = refused(one, loan(cast))
    assert told == [(str(pupil), "thông tin cá nhân", hung)]
    lines = needed(loan(cast), one, actions.undoing_of(actor=loan(cast), uuid=one.uuid).later)
    assert [(line.row, line.subject) for line in lines] == [(3, str(pupil))]
    changes = lines[0].facts[0].changes
    assert [(change.label, change.new) for change in changes] == [
        ("Số điện thoại", "091111 ••• 111")
    ]


def test_what_a_record_says_now_is_told_to_who_reaches_it_alone(cast: Cast) -> None:
    one = of_pupils(cast, PUPILS[:2])
    pupil = pupil_of(PUPILS[0])
    with batch():
        Person.objects.unscoped(because=WHY).filter(pk=pupil.person_id).update(
            birth_date=date(2015, 2, 28), ethnicity_code="03", sex=""
        )
    trail = trail_of([Span.from_data(data) for data in fresh(one).written])
    keys = [pupil.person_id]
    told = {
        person: changes_of_rows(
            trail,
            Asked(actor_of(person), one.unit_id, TODAY, IMPORT_STUDENTS),
            "accounts.Person",
            keys,
        )
        for person in (cast.loan, cast.binh)
    }
    fields = {change.label: change for change in told[cast.loan][pupil.person_id]}
    assert fields.keys() == {"Ngày sinh", "Dân tộc", "Giới tính"}
    assert (fields["Ngày sinh"].new, fields["Dân tộc"].new) == ("28/02/2015", "Thái")
    assert [word.kind for word in fields["Giới tính"].words] == ["old"]
    assert told[cast.binh] == {}


def test_some_of_the_changed_rows_were_changed_again(cast: Cast) -> None:
    of_pupils(cast, PUPILS[:3])
    moved = [{**row, "SĐT liên hệ": f"091122233{n}", "Lớp học": "6B"}
             for n, row in enumerate(PUPILS[:3])]  # fmt: skip
    second = of_pupils(cast, moved)
    third = of_pupils(cast, [{**moved[0], "Lớp học": "6A"}])
    told = refused(second, loan(cast))
    assert {subject for subject, _what, _who in told} == {str(pupil_of(PUPILS[0]))}
    taken_back(third, loan(cast))
    taken_back(second, loan(cast))


def test_an_account_and_a_sibling_need_who_came_with_the_list(cast: Cast) -> None:
    one = of_pupils(cast, PUPILS[:1])
    pupil = pupil_of(PUPILS[0])
    make_user(pupil.person)
    told = refused(one, loan(cast))
    assert [(subject, what) for subject, what, _who in told] == [
        (str(pupil), "tài khoản đăng nhập")
    ]
    parents = {name: PUPILS[1][name] for name in PUPILS[1] if "cha" in name or "mẹ" in name}
    other = of_pupils(cast, [PUPILS[1]])
    sibling = {**PUPILS[2], **parents, "SĐT liên hệ": PUPILS[1].get("SĐT liên hệ", "")}
    later = of_pupils(cast, [sibling])
    father = Guardianship.objects.unscoped(because=WHY).filter(student=pupil_of(PUPILS[1]))
    shared = {row.guardian_id for row in father} & set(
        Guardianship.objects.unscoped(because=WHY)
        .filter(student=pupil_of(sibling))
        .values_list("guardian_id", flat=True)
    )
    if shared:
        assert "quan hệ giám hộ" in {what for _who, what, _by in refused(other, loan(cast))}
    taken_back(later, loan(cast))
    taken_back(other, loan(cast))


def test_brothers_and_sisters_of_one_list_and_their_parents_go_together(cast: Cast) -> None:
    parents = {name: PUPILS[0][name] for name in PUPILS[0] if "cha" in name or "mẹ" in name}
    before = everything()
    one = of_pupils(cast, [PUPILS[0], {**PUPILS[1], **parents}])
    taken_back(one, loan(cast))
    assert differences(before, everything()) == []


def test_a_promised_class_goes_with_its_list_unless_somebody_sits_there(cast: Cast) -> None:
    before = everything()
    found = uploaded(cast, csv(some_pupils(2, ["6K"])))
    given: dict[str, Any] = {"actor": loan(cast), "uuid": found.uuid, "now": NOW}
    actions.promise_remedy(**given, code="classes")
    confirmed(cast, found)
    run_jobs()
    other = of_pupils(cast, [{**some_pupils(3)[2], "Lớp học": "6K"}])
    assert "chỗ trong lớp" in {what for _who, what, _by in refused(fresh(found), loan(cast))}
    taken_back(other, loan(cast))
    taken_back(found, loan(cast))
    assert differences(before, everything()) == []


def test_numbers_of_the_book_go_to_the_same_pupil_alone(cast: Cast) -> None:
    numbered = [{**PUPILS[0], "Số đăng bộ": "2026-0777"}]
    one = of_pupils(cast, numbered)
    taken_back(one, loan(cast))
    ledger = RegistryNumber.objects.unscoped(because=WHY)
    kept = ledger.get(number="2026-0777")
    assert kept.student is None
    assert kept.borne_by
    stranger = uploaded(cast, csv([{**PUPILS[1], "Số đăng bộ": "2026-0777"}]))
    assert [fault["code"] for fault in row(stranger, 2).faults] == [
        "students.registry_number_taken"
    ]
    again = of_pupils(cast, numbered)
    assert again.count("NEW") == 1
    assert ledger.get(number="2026-0777").student == pupil_of(PUPILS[0])


def test_followers_are_told_of_the_deletions(cast: Cast) -> None:
    one = of_pupils(cast, PUPILS[:1])
    key, start = pupil_of(PUPILS[0]).uuid, complete_until()
    taken_back(one, loan(cast))
    told = changes(actor=EVERYTHING, followed=followed(EVERYTHING), after=start, limit=1000)
    found = {(entry.resource, entry.key): entry.operation for entry in told.changes}
    assert found["students", key] == "DELETED"
    assert {"enrollments", "guardianships"} <= {name for name, _key in found}


def test_versions_go_on_so_that_no_open_page_saves_over_it(cast: Cast) -> None:
    of_pupils(cast, PUPILS[:1])
    version = pupil_of(PUPILS[0]).person.version
    second = of_pupils(cast, [{**PUPILS[0], "Dân tộc": "Mường"}])
    taken_back(second, loan(cast))
    assert pupil_of(PUPILS[0]).person.version > version + 1 or (
        pupil_of(PUPILS[0]).person.version == version
    )


def test_a_list_written_in_two_parts_is_taken_back_as_one(cast: Cast) -> None:
    before = everything()
    found = uploaded(cast, csv([PUPILS[0], {**PUPILS[1], "Ngày sinh": "31/02/2015"}]))
    confirmed(cast, found, takes_good_rows=True)
    run_jobs()
    actions.reopen_import(actor=loan(cast), uuid=found.uuid, now=NOW)
    column = next(c["index"] for c in found.columns if c["field"] == "birth_date")
    actions.fix_cell(
        actor=loan(cast), uuid=found.uuid, number=3, column=column, text="28/02/2015", now=NOW
    )
    confirmed(cast, found)
    run_jobs()
    assert len(fresh(found).written) == 2
    taken_back(found, loan(cast))
    assert differences(before, everything()) == []


def test_a_list_taken_back_is_mended_and_written_again(cast: Cast) -> None:
    one = of_pupils(cast, PUPILS[:2])
    taken_back(one, loan(cast))
    with pytest.raises(NotUndoable):
        taken_back(one, loan(cast))
    again = actions.reopen_import(actor=loan(cast), uuid=one.uuid, now=NOW)
    assert (again.state, again.count("NEW")) == (ImportState.CHECKED, 2)
    confirmed(cast, one)
    assert run_jobs() == ["DONE"]
    assert pupil_of(PUPILS[0]).pk


def test_log_and_history_tell_both(cast: Cast) -> None:
    of_pupils(cast, PUPILS[:1])
    second = of_pupils(cast, [{**PUPILS[0], "Dân tộc": "Mường"}, PUPILS[1]])
    gone = pupil_of(PUPILS[1]).pk
    taken_back(second, loan(cast))
    entries = AuditEntry.objects.unscoped(because=WHY)
    assert entries.filter(code="sheets.applied").count() == 2
    assert entries.get(code="sheets.undone").details["removed"] > 3
    kept = pupil_of(PUPILS[0]).person_id
    assert kept in entries.filter(code="sheets.returned").values_list("person_id", flat=True)
    events: Any = Student._meta.get_field("history").related_model
    history = events.objects.unscoped(because=WHY)
    labels = list(history.filter(pgh_obj_id=gone).values_list("pgh_label", flat=True))
    assert sorted(labels) == ["delete", "insert"]


def test_another_school_and_who_may_not_find_nothing(cast: Cast) -> None:
    one = of_pupils(cast, PUPILS[:1])
    for person in (cast.lan, cast.binh):
        with pytest.raises(NotFound):
            actions.undo_import(actor=actor_of(person), uuid=one.uuid, now=NOW)


def test_a_second_press_orders_nothing_more_and_a_refused_job_leaves_it_written(
    cast: Cast,
) -> None:
    one = of_pupils(cast, PUPILS[:2])
    given: dict[str, Any] = {"actor": loan(cast), "uuid": one.uuid, "now": NOW}
    first = actions.order_undo(**given)
    second = actions.order_undo(actor=actor_of(cast.hung), uuid=one.uuid, now=NOW)
    assert first.job_uuid == second.job_uuid
    assert first.state == ImportState.UNDOING
    pupil = pupil_of(PUPILS[0])
    correct_student(
        actor=actor_of(cast.hung),
        uuid=pupil.uuid,
        version=pupil.person.version,
        changes={"phone": "0911111111"},
        now=NOW,
    )
    before = everything()
    assert run_jobs() == ["FAILED"]
    assert (fresh(one).state, differences(before, everything())) == (ImportState.DONE, [])
    assert str(pupil) in fresh(one).problem


def test_a_fault_of_the_program_is_not_told_as_a_stop(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = of_pupils(cast, PUPILS[:1])
    actions.order_undo(actor=loan(cast), uuid=one.uuid, now=NOW)
    monkeypatch.setattr("khuevan.platform.sheets.actions.undo.lock_rows", lambda _trail: 1 / 0)
    assert run_jobs() == ["FAILED"]
    assert fresh(one).state == ImportState.DONE
    assert fresh(one).problem == "Chưa hoàn tác được. Danh sách vẫn giữ như đã ghi."

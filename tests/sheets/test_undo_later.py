"""What befalls people of a list afterwards: it is taken back clean, or told by whom and when."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.cast import Cast, Client, actor_of
from tests.duplicates.test_merging import make_one
from tests.factories import NOW, TODAY
from tests.sheets.loading import confirmed, fresh, loan, run_jobs, uploaded
from tests.sheets.tables import differences, everything
from tests.sheets.test_import_pages import page_of, text_of
from tests.sheets.test_staff_list import ROW as STAFF
from tests.sheets.test_undo import PUPILS, of_pupils, pupil_of, taken_back

from khuevan.platform.access.api import Role, actor_for_person
from khuevan.platform.accounts.api import Person, create_user
from khuevan.platform.audit.api import Later, batch
from khuevan.platform.audit.api import reversal_rules as rules
from khuevan.platform.audit.reversal.later import link_of, references
from khuevan.platform.audit.reversal.trail import tracked
from khuevan.platform.sheets import actions
from khuevan.platform.sheets.errors import StillNeeded
from khuevan.platform.sheets.models import ImportState, SheetImport
from khuevan.platform.sheets.permissions import UNDO_IMPORTS
from khuevan.registry.duplicates.actions import take_apart
from khuevan.registry.people.actions import answer
from khuevan.registry.schools.api import close_class
from khuevan.registry.students.api import Guardianship
from khuevan.registry.students.imports.tests.lists import csv
from khuevan.registry.transfers.actions import Wish, ask_to_leave, withdraw

WHY = "a test looks"
MERGED = "hai hồ sơ đã gộp làm một"


def refused(one: SheetImport, cast: Cast) -> dict[str, set[str]]:
    """Return what stands in the way, by what with who did it: each told with a day."""
    before = everything()
    told: list[Later] = actions.undoing_of(actor=loan(cast), uuid=one.uuid).later
    with pytest.raises(StillNeeded):
        actions.undo_import(actor=loan(cast), uuid=one.uuid, now=NOW)
    assert differences(before, everything()) == []
    assert [later for later in told if not (later.who and later.at and later.subject)] == []
    found: dict[str, set[str]] = {}
    for later in told:
        found.setdefault(later.what, set()).add(later.who)
    return found


def father_of(row: dict[str, str]) -> Person:
    rows = Guardianship.objects.unscoped(because=WHY).filter(student=pupil_of(row))
    return rows.select_related("guardian").order_by("pk")[0].guardian


def test_one_of_it_was_made_one_with_an_older_record(cast: Cast) -> None:
    one = of_pupils(cast, PUPILS[:3])
    with batch():
        made = make_one(cast.minh_anh.person, pupil_of(PUPILS[0]).person, actor=actor_of(cast.hung))
    assert refused(one, cast)[MERGED] == {"Hoàng Văn Hùng"}
    with batch():
        take_apart(actor=actor_of(cast.loan), uuid=made.uuid, reason="Hai em", now=NOW)
    told = refused(one, cast)
    assert told[MERGED] == {"Phan Thị Loan"}


def test_two_of_it_were_made_one(cast: Cast) -> None:
    one = of_pupils(cast, PUPILS[:3])
    people = [pupil_of(row).person for row in PUPILS[:2]]
    with batch():
        make_one(*people, actor=actor_of(cast.hung))
    assert MERGED in refused(one, cast)


def test_after_the_end_of_its_year_it_still_goes_clean(cast: Cast) -> None:
    before = everything()
    one = of_pupils(cast, PUPILS[:3])
    later = datetime(2027, 8, 20, 9, 0, tzinfo=NOW.tzinfo)
    actor = actor_for_person(cast.loan, on=later.date(), now=later, hat_key="")
    actions.undo_import(actor=actor, uuid=one.uuid, now=later)
    assert differences(before, everything()) == []


def test_a_class_was_closed_and_merged(cast: Cast) -> None:
    one = of_pupils(cast, PUPILS[:3])
    with batch():
        close_class(
            actor=actor_of(cast.hung),
            uuid=cast.class_6a.uuid,
            on=TODAY + timedelta(days=1),
            merged_into=cast.class_6b,
            now=NOW,
        )
    assert refused(one, cast) == {"chỗ trong lớp": {"Hoàng Văn Hùng"}}


@pytest.mark.parametrize("is_new", [True, False])
def test_a_transfer_was_begun_and_withdrawn(is_new: bool, cast: Cast) -> None:
    one = of_pupils(cast, PUPILS[:2])
    if not is_new:
        one = of_pupils(cast, [{**PUPILS[0], "Dân tộc": "Mường"}])
    hung = actor_of(cast.hung)
    wish = Wish(moves_on=TODAY, reason="Gia đình chuyển nơi ở")
    with batch():
        case = ask_to_leave(
            actor=hung, student_uuid=pupil_of(PUPILS[0]).uuid, to=cast.school_b, wish=wish, now=NOW
        )
    assert refused(one, cast) == {"hồ sơ chuyển trường": {"Hoàng Văn Hùng"}}
    with batch():
        withdraw(actor=hung, uuid=case.uuid, reason="Gia đình đổi ý", now=NOW)
    assert refused(one, cast) == {"hồ sơ chuyển trường": {"Hoàng Văn Hùng"}}


def test_a_father_of_it_was_given_a_sign_in(cast: Cast) -> None:
    one = of_pupils(cast, PUPILS[:2])
    with batch():
        create_user(
            actor=actor_of(cast.hung),
            person=father_of(PUPILS[0]),
            username="cha.em.dau",
            unit_id=cast.school_a.pk,
            now=NOW,
        )
    assert refused(one, cast) == {"tài khoản đăng nhập": {"Hoàng Văn Hùng"}}


def test_a_father_of_it_answered_for_his_child(cast: Cast) -> None:
    one = of_pupils(cast, PUPILS[:2])
    father = father_of(PUPILS[0])
    with batch():
        answer(
            actor=actor_of(father),
            uuid=pupil_of(PUPILS[0]).person.uuid,
            purpose="PUBLISH_PHOTO",
            is_yes=True,
            now=NOW,
        )
    assert refused(one, cast)["sự đồng ý"] == {father.full_name}


def test_whoever_may_not_any_more_takes_nothing_back(cast: Cast) -> None:
    one = of_pupils(cast, PUPILS[:2])
    actions.order_undo(actor=loan(cast), uuid=one.uuid, now=NOW)
    for role in Role.objects.filter(permissions__contains=[UNDO_IMPORTS.code]):
        role.permissions.remove(UNDO_IMPORTS.code)
        role.save()
    before = everything()
    assert run_jobs() == ["FAILED"]
    assert (fresh(one).state, differences(before, everything())) == (ImportState.DONE, [])


def half_written(cast: Cast) -> SheetImport:
    """Return a list of which one row was written, opened again to mend the other."""
    found = uploaded(cast, csv([PUPILS[0], {**PUPILS[1], "Ngày sinh": "31/02/2015"}]))
    confirmed(cast, found, takes_good_rows=True)
    run_jobs()
    return actions.reopen_import(actor=loan(cast), uuid=found.uuid, now=NOW)


def test_a_half_written_list_is_taken_back_from_where_it_is_mended(
    cast: Cast, client: Client
) -> None:
    clerk, before = client.sign_in(cast.loan), everything()
    one = half_written(cast)
    shown = text_of(clerk.get(page_of(one)))
    assert "Phần đã ghi của danh sách này đã có trong hồ sơ; phần còn lại thì chưa." in shown
    assert "Hoàn tác cả danh sách" in shown
    asked = text_of(clerk.get(page_of(one, "undo")))
    assert "Mọi nội dung đã ghi của danh sách này, ở tất cả các lần." in asked
    assert "Dòng đã thêm" not in asked
    clerk.post(page_of(one, "undo"))
    assert run_jobs() == ["DONE"]
    assert differences(before, everything()) == []
    assert "Sửa tiếp danh sách này" in text_of(clerk.get(page_of(one)))


def test_the_rest_of_a_half_written_list_is_given_up(cast: Cast, client: Client) -> None:
    clerk, before = client.sign_in(cast.loan), everything()
    one = half_written(cast)
    answer = text_of(clerk.post(page_of(one, "drop"), follow=True))
    assert "Phần còn lại của danh sách đã bỏ. Phần đã ghi trước đó vẫn giữ." in answer
    shown = text_of(clerk.get(page_of(one)))
    assert "Không có gì được ghi" not in shown
    assert "Hoàn tác cả danh sách" in shown
    taken_back(fresh(one), loan(cast))
    assert differences(before, everything()) == []


def test_numbers_of_the_book_are_told_of_pupils_alone(cast: Cast, client: Client) -> None:
    clerk = client.sign_in(cast.loan)
    kept = "Số đăng bộ đã cấp không cấp lại cho người khác."
    assert kept in text_of(clerk.get(page_of(of_pupils(cast, PUPILS[:1]), "undo")))
    (staff,) = actions.upload_sheets(
        actor=loan(cast),
        kind="staff.ministry_list",
        unit_id=cast.school_a.pk,
        upload=csv([STAFF]),
        now=NOW,
    )
    confirmed(cast, staff)
    assert run_jobs()[-1] == "DONE"
    assert kept not in text_of(clerk.get(page_of(staff, "undo")))


def test_every_row_that_may_stand_in_the_way_has_a_word_and_a_signature() -> None:
    """Whatever points at what lists write is told by a word, and by whom and when."""
    written = {
        "accounts.Person", "students.Student", "students.Enrollment", "students.ClassPlacement",
        "staff.StaffMember", "staff.Appointment", "schools.School", "schools.HomeroomClass",
        "organizations.OrgUnit", "students.Guardianship",
    }  # fmt: skip
    bare = {
        link_of(model, column)
        for model, column in references()
        if column.related_model._meta.label in written
        and (label := model._meta.label) not in rules.stays
        and not (
            link_of(model, column) in rules.goes_along
            and not rules.goes_along.get(link_of(model, column))
        )
        and not (label in rules.row_words and (label in tracked() or label in rules.signed))
    }
    assert bare == set()

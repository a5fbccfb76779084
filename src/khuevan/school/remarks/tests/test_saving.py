"""Saving comments: approved by who teaches there, refused for words, kept with what was before."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.cast import Cast, actor_of
from tests.factories import NOW, TODAY, make_staff, make_year

from khuevan.kernel.errors import NotFound
from khuevan.platform.accounts.api import Person
from khuevan.registry.curriculum.api import fill_plans
from khuevan.registry.students.api import Student
from khuevan.school.gradebooks.api import Gradebook, open_books
from khuevan.school.gradebooks.models import EntryWindow
from khuevan.school.remarks.actions import Entry, save_remarks
from khuevan.school.remarks.actions.saving import Answer, Outcome
from khuevan.school.remarks.errors import NotYourRemarks
from khuevan.school.remarks.models import Remark, RemarkSetting, RemarkVersion, Source, State

TEST = "a test"
GOOD = "Em học chăm, làm bài cẩn thận."


@pytest.fixture
def math(cast: Cast) -> Gradebook:
    """Give the gradebook of mathematics of 6A, which Toàn teaches."""
    fill_plans(actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW)
    open_books(actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW)
    books = Gradebook.objects.unscoped(because=TEST)
    return books.get(homeroom_class=cast.class_6a, subject_name="Toán")


def write(
    who: Person,
    of: UUID,
    pupil: Student,
    text: str = GOOD,
    base: int = 0,
    state: State = State.APPROVED,
) -> Answer:
    """Let somebody write one comment."""
    entry = Entry(pupil.uuid, text, state, Source.TYPED, base)
    (answer,) = save_remarks(actor=actor_of(who), uuid=of, period=1, entries=[entry], now=NOW)
    return answer


def test_a_comment_is_kept_with_every_earlier_text(cast: Cast, math: Gradebook) -> None:
    assert write(cast.toan, math.uuid, cast.minh_anh).outcome is Outcome.SAVED
    write(cast.toan, math.uuid, cast.minh_anh, "Em tiến bộ.", base=1, state=State.DRAFT)
    write(cast.toan, math.uuid, cast.minh_anh, "", base=2)
    now = Remark.objects.unscoped(because=TEST).get()
    assert (now.text, now.state, now.version, now.by_id) == ("", State.EMPTY, 3, cast.toan.pk)
    before = RemarkVersion.objects.unscoped(because=TEST).order_by("version")
    assert [(one.version, one.text, one.state) for one in before] == [
        (1, GOOD, State.APPROVED),
        (2, "Em tiến bộ.", State.DRAFT),
    ]


def test_sent_twice_is_saved_once_and_a_change_of_another_is_told(
    cast: Cast, math: Gradebook
) -> None:
    write(cast.toan, math.uuid, cast.minh_anh)
    assert write(cast.toan, math.uuid, cast.minh_anh).outcome is Outcome.SAVED
    write(cast.toan, math.uuid, cast.minh_anh, "Em tiến bộ.", base=1)
    late = write(cast.toan, math.uuid, cast.minh_anh)
    assert late.outcome is Outcome.SAVED, "it was written, and then changed by the same teacher"
    other = make_staff("Đỗ Văn Hai", school=cast.school_a, teaches=[cast.class_6a], subject="Toán")
    found = write(other.person, math.uuid, cast.minh_anh, "Em cần ôn bài.", base=1)
    assert found.outcome is Outcome.CONFLICT
    assert found.standing is not None
    assert (found.standing.text, found.standing.version) == ("Em tiến bộ.", 2)


def test_forbidden_words_are_refused_and_comparisons_told(cast: Cast, math: Gradebook) -> None:
    found = write(cast.toan, math.uuid, cast.minh_anh, "Em còn Lười học.", state=State.DRAFT)
    assert found.outcome is Outcome.REFUSED
    assert [(one.shown, one.place) for one in found.words] == [("Lười", 3)]
    RemarkSetting.objects.create(school=cast.school_a, forbidden=["lơ là"], longest=40)
    assert write(cast.toan, math.uuid, cast.minh_anh, "Em LƠ LÀ").outcome is Outcome.REFUSED
    assert write(cast.toan, math.uuid, cast.minh_anh, "Em " * 20).outcome is Outcome.TOO_LONG
    assert not Remark.objects.unscoped(because=TEST).exists()
    told = write(cast.toan, math.uuid, cast.minh_anh, "Em giỏi nhất lớp.")
    assert told.outcome is Outcome.SAVED
    assert [one.shown for one in told.told] == ["nhất lớp"]


def test_two_pupils_of_a_class_never_have_the_same_approved(cast: Cast, math: Gradebook) -> None:
    other = cast.others_6a[0]
    write(cast.toan, math.uuid, cast.minh_anh, "Em Anh học chăm.")
    found = write(cast.toan, math.uuid, other, "em An học  CHĂM")
    assert found.outcome is Outcome.REPEATED
    assert found.same_as == "Phạm Minh Anh"
    draft = write(cast.toan, math.uuid, other, "em An học chăm", state=State.DRAFT)
    assert draft.outcome is Outcome.SAVED, "a draft is not in a report yet"


def test_who_writes_where(cast: Cast, math: Gradebook) -> None:
    whole = cast.class_6a.uuid
    assert write(cast.lan, whole, cast.minh_anh).outcome is Outcome.SAVED
    for who, of in ((cast.lan, math.uuid), (cast.toan, whole)):
        with pytest.raises(NotYourRemarks):
            write(who, of, cast.minh_anh)
    for stranger in (cast.mai, cast.hung, cast.loan, cast.huong, cast.binh):
        for of in (math.uuid, whole):
            with pytest.raises((NotFound, NotYourRemarks)):
                write(stranger, of, cast.minh_anh)
    assert write(cast.lan, whole, cast.student_b, "Em ngoan.").outcome is Outcome.GONE
    with pytest.raises(NotFound):
        write(cast.toan, uuid4(), cast.minh_anh)


def test_a_locked_period_takes_nothing(cast: Cast, math: Gradebook) -> None:
    EntryWindow.objects.create(
        school=cast.school_a,
        academic_year=make_year(),
        level="THCS",
        period=1,
        opens_on=TODAY - timedelta(days=30),
        closes_on=TODAY,
    )
    assert write(cast.toan, math.uuid, cast.minh_anh).outcome is Outcome.LOCKED
    assert write(cast.lan, cast.class_6a.uuid, cast.minh_anh).outcome is Outcome.LOCKED

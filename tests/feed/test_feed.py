"""The feed: in order, complete, resumable, and nothing beyond the reader's reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import complete_until
from khuevan.platform.feed.selectors import Change, changes, followed
from khuevan.registry.students.api import Guardianship, Student, end_enrollment
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_student

FEED = "/api/v1/changes"
Writer = psycopg.Connection[tuple[Any, ...]]
INSERT = (
    "INSERT INTO organizations_orgunit (uuid, code, kind) VALUES (gen_random_uuid(), %s, 'COMMUNE')"
)


def after(number: int, actor: Actor = EVERYTHING, *names: str) -> list[Change]:
    """Return what the feed tells an actor after a number."""
    told = changes(actor=actor, followed=followed(actor, names), after=number, limit=1000)
    return told.changes


def test_a_new_pupil_comes_as_one_story_in_order(cast: Cast) -> None:
    start = complete_until()
    student = make_student("Lê Thị Mới", homeroom_class=cast.class_6a)
    told = after(start)
    assert [one.number for one in told] == sorted(one.number for one in told)
    order = [one.resource for one in told]
    assert order.index("student_people") < order.index("students") < order.index("enrollments")
    enrolled = next(one for one in told if one.resource == "enrollments")
    assert enrolled.operation == "CREATED"
    assert enrolled.data["student"] == student.uuid
    assert enrolled.data["school"] == cast.school_a.code


def test_a_reader_resumes_where_the_last_answer_ended(cast: Cast) -> None:
    start, whole = complete_until(), []
    make_student("Lê Thị Mới", homeroom_class=cast.class_6a)
    make_student("Lê Văn Sau", homeroom_class=cast.class_6a)
    number = start
    while True:
        part = changes(actor=EVERYTHING, followed=followed(EVERYTHING), after=number, limit=2)
        whole += part.changes
        number = part.next
        if not part.has_more:
            break
    assert whole == after(start)
    assert len({(one.number, one.resource) for one in whole}) == len(whole)
    assert not after(number)


def test_a_deletion_is_told_with_what_was(cast: Cast) -> None:
    row = Guardianship.objects.unscoped(because="a test").filter(student=cast.minh_anh)[0]
    start, guardian = complete_until(), row.guardian.uuid
    row.delete()
    (told,) = after(start, EVERYTHING, "guardianships")
    assert told.operation == "DELETED"
    assert told.data["guardian"] == guardian


def test_another_school_is_told_nothing(cast: Cast) -> None:
    start = complete_until()
    make_student("Lê Thị Mới", homeroom_class=cast.class_6a)
    assert after(start, actor_of(cast.loan), "students", "enrollments", "student_people")
    stranger = actor_of(cast.mai)
    assert [one.resource for one in after(start, stranger) if one.resource != "units"] == []


def test_the_school_is_told_that_a_pupil_left_and_nothing_after(cast: Cast) -> None:
    loan = actor_of(cast.loan)
    start = complete_until()
    end_enrollment(actor=loan, uuid=cast.minh_anh.uuid, exit_kind="DROPPED", on=TODAY, now=NOW)
    left = [one for one in after(start, loan) if one.resource == "enrollments"]
    assert left[-1].data["exit_kind"] == "DROPPED"
    gone = complete_until()
    rows = Student.objects.unscoped(because="a test")
    person = rows.get(pk=cast.minh_anh.pk).person
    person.given_name = "Ánh"
    person.save(update_fields=["given_name"])
    assert after(gone, EVERYTHING, "student_people")
    assert not after(gone, loan)


def test_private_facts_are_not_in_it(cast: Cast) -> None:
    told = after(0)
    assert any(one.resource == "student_people" for one in told)
    names = {name for one in told for name in one.data}
    assert not names & {"personal_number", "ethnicity_code", "disability_code", "phone", "note"}


def test_a_far_reader_moves_on_in_spans(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khuevan.platform.feed.selectors.SPAN", 3)
    part = changes(actor=EVERYTHING, followed=followed(EVERYTHING), after=0, limit=1000)
    assert part.next == 3
    assert part.has_more


def test_over_rest_with_a_purpose(cast: Cast, client: Client) -> None:
    asks = client.sign_in(cast.binh)
    start = complete_until()
    make_student("Lê Thị Mới", homeroom_class=cast.class_6a)
    assert asks.get(f"{FEED}?after={start}").status_code == 428
    answer: dict[str, Any] = asks.get(f"{FEED}?after={start}&purpose=REPORT").json()
    assert {one["resource"] for one in answer["items"]} >= {"students", "enrollments"}
    again = asks.get(f"{FEED}?after={answer['next']}&purpose=REPORT").json()
    assert again["items"] == []
    assert asks.get(f"{FEED}?resources=marks").status_code == 422


def test_a_number_that_was_never_given_is_refused(cast: Cast, client: Client) -> None:
    asks = client.sign_in(cast.binh)
    answer = asks.get(f"{FEED}?after={complete_until() + 1}&purpose=REPORT")
    assert (answer.status_code, answer.json()["code"]) == (409, "feed.number_ahead")


def test_who_may_not_follow_gets_nothing(cast: Cast, client: Client) -> None:
    assert client.sign_in(cast.huong).get(FEED).status_code == 404


@pytest.fixture
def writers(db: None) -> Iterator[tuple[Writer, Writer]]:
    """Give two programs that write beside this test, and take away what they wrote."""
    late, early = (psycopg.connect(**connection.get_connection_params()) for _one in range(2))
    yield late, early
    late.rollback()
    early.rollback()
    early.execute("DELETE FROM organizations_orgunit WHERE code IN ('LATE', 'EARLY')")
    early.commit()
    late.close()
    early.close()


def test_a_late_commit_is_never_passed_over(writers: tuple[Writer, Writer]) -> None:
    late, early = writers
    start = complete_until()
    late.execute(INSERT, ["LATE"])
    early.execute(INSERT, ["EARLY"])
    early.commit()
    assert _codes(after(start, EVERYTHING, "units")) == []  # EARLY waits behind LATE
    late.commit()
    assert _codes(after(start, EVERYTHING, "units")) == ["LATE", "EARLY"]


def test_what_was_rolled_back_holds_nobody_up(writers: tuple[Writer, Writer]) -> None:
    late, early = writers
    start = complete_until()
    late.execute(INSERT, ["LATE"])
    late.rollback()
    early.execute(INSERT, ["EARLY"])
    early.commit()
    assert _codes(after(start, EVERYTHING, "units")) == ["EARLY"]


def _codes(told: list[Change]) -> list[Any]:
    return [one.data["code"] for one in told]

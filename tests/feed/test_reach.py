"""The feed across a transfer: what comes into reach is told whole, what leaves it as gone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import complete_until
from khuevan.platform.feed.publications import publications
from khuevan.platform.feed.reach import fingerprint
from khuevan.platform.feed.selectors import changes, followed, snapshot
from khuevan.registry.staff.actions import assign_teaching
from khuevan.registry.staff.api import Position, StaffMember
from khuevan.registry.students.actions import enroll_students
from khuevan.registry.students.api import EntryKind, end_enrollment
from khuevan.registry.students.data import Arrival
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_staff, make_student

FOLLOWED = ("students", "student_people", "enrollments", "placements", "guardianships")
Held = dict[tuple[str, Any], dict[str, Any]]


class Copy:
    """A program that keeps a copy of what its reader may follow."""

    def __init__(self, actor: Actor) -> None:
        self.actor, self.held = actor, read(actor)
        self.number, self.reach, self.seen_on = complete_until(), "", actor.today

    def follow(self, limit: int = 3) -> None:
        """Take in everything that is new, a few changes at a time."""
        while True:
            part = changes(
                actor=self.actor,
                followed=followed(self.actor, FOLLOWED),
                after=self.number,
                limit=limit,
                seen_on=self.seen_on,
                reach=self.reach,
            )
            for one in part.changes:
                if one.operation in ("DELETED", "LEFT"):
                    self.held.pop((one.resource, one.key), None)
                else:
                    self.held[one.resource, one.key] = one.data
            self.number, self.reach, self.seen_on = part.next, part.reach, self.actor.today
            if not part.has_more:
                return


def read(actor: Actor) -> Held:
    """Return everything a reader may follow as it is, a few rows at a time."""
    held: Held = {}
    for one in followed(actor, FOLLOWED):
        cursor = ""
        while True:
            part = snapshot(actor=actor, followed=one, cursor=cursor, limit=2)
            held |= {(row.resource, row.key): row.data for row in part.rows}
            cursor = part.cursor
            if not cursor:
                break
    return held


def principal_of_b(cast: Cast) -> Any:
    """Return the principal of the other school."""
    member = make_staff("Đào Văn Nam", school=cast.school_b, position=Position.PRINCIPAL)
    return member.person


def move(cast: Cast, student: Any) -> None:
    """Let a pupil leave school A today and come to class B."""
    end_enrollment(actor=EVERYTHING, uuid=student.uuid, exit_kind="DROPPED", on=TODAY, now=NOW)
    enroll_students(
        actor=EVERYTHING,
        school_id=cast.school_b.pk,
        arrivals=[Arrival(student.pk, cast.class_b.pk, TODAY)],
        entry_kind=EntryKind.TRANSFERRED_IN,
        now=NOW,
    )


def test_a_copy_that_follows_equals_one_read_anew(cast: Cast) -> None:
    other = principal_of_b(cast)
    copies = [Copy(actor_of(cast.loan)), Copy(actor_of(other)), Copy(EVERYTHING)]
    make_student("Lê Thị Mới", homeroom_class=cast.class_6a)
    for copy in copies:
        copy.follow()
    move(cast, cast.minh_anh)
    make_student("Lê Văn Sau", homeroom_class=cast.class_b)
    for copy in copies:
        copy.follow()
        assert {key for key in copy.held if key[0] in ("students", "student_people")} == {
            key for key in read(copy.actor) if key[0] in ("students", "student_people")
        }
        now = read(copy.actor)
        assert {key: copy.held[key] for key in now} == now
    assert ("students", cast.minh_anh.uuid) not in copies[0].held
    assert ("students", cast.minh_anh.uuid) in copies[1].held


def test_who_left_is_told_without_a_fact(cast: Cast) -> None:
    loan = actor_of(cast.loan)
    start = complete_until()
    move(cast, cast.minh_anh)
    part = changes(actor=loan, followed=followed(loan, FOLLOWED), after=start, limit=100)
    left = [one for one in part.changes if one.operation == "LEFT"]
    assert {one.resource for one in left} >= {"students", "student_people"}
    assert all(one.data == {} for one in left)


def test_a_day_that_came_is_told_too(cast: Cast) -> None:
    loan = actor_of(cast.loan)
    end_enrollment(
        actor=EVERYTHING,
        uuid=cast.minh_anh.uuid,
        exit_kind="DROPPED",
        on=TODAY,
        now=NOW,
    )
    start = complete_until()
    asked: dict[str, Any] = {"followed": followed(loan, FOLLOWED), "after": start, "limit": 100}
    assert not changes(actor=loan, **asked, seen_on=TODAY).changes
    told = changes(actor=loan, **asked, seen_on=TODAY - timedelta(days=1)).changes
    assert ("LEFT", cast.minh_anh.uuid) in {(one.operation, one.key) for one in told}


def test_a_reader_whose_reach_stayed_reads_on(cast: Cast) -> None:
    loan = actor_of(cast.loan)
    one = followed(loan, FOLLOWED)
    first = changes(actor=loan, followed=one, after=complete_until(), limit=10)
    again = changes(actor=loan, followed=one, after=first.next, limit=10, reach=first.reach)
    assert not again.resync


def test_a_teacher_of_one_more_class_is_told_to_read_anew(cast: Cast) -> None:
    before = actor_of(cast.toan)
    one, after = followed(before, ("students", "placements")), complete_until()
    reach = changes(actor=before, followed=one, after=after, limit=10).reach
    member = StaffMember.objects.unscoped(because="a test").get(person=cast.toan)
    assign_teaching(
        actor=EVERYTHING,
        homeroom_class=cast.class_6b,
        member=member,
        subject_name="Toán",
        starts_on=TODAY,
        now=NOW,
    )
    wider = actor_of(cast.toan)
    told = changes(actor=wider, followed=one, after=after, limit=10, reach=reach)
    assert told.resync
    assert not changes(actor=wider, followed=one, after=after, limit=10, reach=told.reach).resync


def test_two_readers_of_different_reach_are_told_apart(cast: Cast) -> None:
    told = {
        fingerprint(actor, followed(actor, FOLLOWED))
        for actor in (actor_of(cast.loan), actor_of(principal_of_b(cast)), EVERYTHING)
    }
    assert len(told) == 3


def test_every_publication_can_be_read_and_followed(cast: Cast) -> None:
    for one in publications:
        snapshot(actor=EVERYTHING, followed=one, cursor="", limit=5)
    for one in followed(actor_of(cast.loan)):
        snapshot(actor=actor_of(cast.loan), followed=one, cursor="", limit=5)
    assert changes(actor=EVERYTHING, followed=followed(EVERYTHING), after=0, limit=1000).changes
    assert changes(
        actor=actor_of(cast.loan), followed=followed(actor_of(cast.loan)), after=0, limit=1000
    ).changes


def test_a_snapshot_over_rest_wants_a_purpose_too(cast: Cast, client: Client) -> None:
    asks = client.sign_in(cast.binh)
    path = "/api/v1/changes/snapshot?resource=students"
    assert asks.get(path).status_code == 428
    answer = asks.get(f"{path}&purpose=REPORT&limit=1").json()
    assert [one["operation"] for one in answer["items"]] == ["ENTERED"]
    assert answer["cursor"]
    assert asks.get("/api/v1/changes/snapshot?resource=marks&purpose=REPORT").status_code == 422


def test_who_may_not_follow_gets_no_snapshot(cast: Cast, client: Client) -> None:
    path = "/api/v1/changes/snapshot?resource=students"
    assert client.sign_in(cast.huong).get(path).status_code == 404

"""Deeds of a history: each is done by the program and, when it was not refused, by the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import DomainError
from khuevan.platform.organizations.api import UnitPlace, move_unit, version_of
from khuevan.registry.staff import actions as staff
from khuevan.registry.staff.actions import NewLeave, Post
from khuevan.registry.staff.models import (
    Appointment,
    HomeroomAssignment,
    StaffLeave,
    StaffMember,
    TeachingAssignment,
)
from khuevan.registry.students import actions as students
from khuevan.registry.students.data import Arrival
from khuevan.registry.students.models import Guardianship, GuardianshipLimit
from tests.factories import EVERYTHING, YEAR_ENDS, make_guardian_data
from tests.histories.model import FOREVER, LONG_AGO, Fact, Model

BECAUSE = "a test names it"
SUBJECTS = ("Toán", "Ngữ văn")


@dataclass
class Province:
    """The things a history plays with, by short names, and the model of them."""

    today: date
    people: dict[str, Any] = field(default_factory=dict)
    schools: dict[str, Any] = field(default_factory=dict)
    communes: dict[str, Any] = field(default_factory=dict)
    rooms: dict[str, Any] = field(default_factory=dict)
    pupils: dict[str, Any] = field(default_factory=dict)
    model: Model = field(default_factory=Model)
    mothers: int = 0
    done: int = 0

    @property
    def actor(self) -> Any:
        """Return who may do everything, today."""
        return replace(EVERYTHING, today=self.today)

    @property
    def now(self) -> datetime:
        """Return this morning."""
        return datetime(self.today.year, self.today.month, self.today.day, 8, tzinfo=VIETNAM)

    def do(self, deed: Callable[[], Any], told: Callable[[Any], None]) -> None:
        """Do something; tell the model unless it was refused."""
        try:
            with transaction.atomic():
                made = deed()
        except DomainError:
            return
        self.done += 1
        told(made)

    # --- days

    def days_pass(self, count: int, *_rest: int) -> None:
        """Let some days pass."""
        self.today += timedelta(days=count % 9)

    # --- staff

    def appoint(self, who: int, where: int, what: int, later: int) -> None:
        """Appoint somebody at a school, today or later, for a while or for good."""
        person, school = pick(self.workers, who), pick(self.schools, where)
        position = ("TEACHER", "CLERK", "PRINCIPAL")[what % 3]
        starts = self.today + timedelta(days=later % 4)
        ends = None if later % 2 else starts + timedelta(days=5 + later)
        post = Post(position, starts, ends)
        self.do(
            lambda: staff.appoint_to(
                actor=self.actor,
                person=self.people[person],
                unit_id=self.schools[school].pk,
                post=post,
                now=self.now,
            ),
            lambda row: self.model.jobs.append(
                Fact(person, school, starts, ends or FOREVER, position, row.pk)
            ),
        )

    def second_school(self, who: int, where: int, length: int, _rest: int) -> None:
        """Let somebody teach at a second school for some days."""
        person, school = pick(self.workers, who), pick(self.schools, where)
        member = self.member(person)
        if member is None:
            return
        ends = self.today + timedelta(days=1 + length)
        post = Post("TEACHER", self.today, ends, is_primary=False, weekly_periods=4)
        self.do(
            lambda: staff.appoint_second(
                actor=self.actor,
                member_uuid=member.uuid,
                school_id=self.schools[school].pk,
                post=post,
                now=self.now,
            ),
            lambda row: self.model.jobs.append(
                Fact(person, school, self.today, ends, "SECOND", row.pk)
            ),
        )

    def end_work(self, which: int, *_rest: int) -> None:
        """End an appointment today."""
        if not self.model.jobs:
            return
        job = self.model.jobs[which % len(self.model.jobs)]
        row = Appointment.objects.unscoped(because=BECAUSE).get(pk=job.row)
        self.do(
            lambda: staff.end_appointment(
                actor=self.actor, uuid=row.uuid, kind="RESIGNED", on=self.today, now=self.now
            ),
            lambda _row: self.model.end_job(job, self.today),
        )

    def in_charge(self, who: int, where: int, later: int, _rest: int) -> None:
        """Put somebody in charge of a class."""
        person, room = self._likely(who, where)
        member, starts = self.member(person), self.today + timedelta(days=later % 3)
        if member is None:
            return

        def told(_row: Any) -> None:
            for one in [d for d in self.model.duties if d.object == room and not d.kind]:
                if one.is_ahead(starts):
                    self.model.cut(self.model.duties, one, starts)
            self._new_duty(person, room, starts, "")

        self.do(
            lambda: staff.assign_homeroom(
                actor=self.actor,
                homeroom_class=self.rooms[room],
                member=member,
                starts_on=starts,
                now=self.now,
            ),
            told,
        )

    def teach(self, who: int, where: int, what: int, takes_over: int) -> None:
        """Let somebody teach a subject in a class, beside others or in their place."""
        (person, room), subject = self._likely(who, where), SUBJECTS[what % 2]
        member = self.member(person)
        if member is None:
            return

        def told(_row: Any) -> None:
            if takes_over % 2:
                for one in [d for d in self.model.duties if (d.object, d.kind) == (room, subject)]:
                    if one.subject != person and one.is_ahead(self.today):
                        self.model.cut(self.model.duties, one, self.today)
            self._new_duty(person, room, self.today, subject)

        self.do(
            lambda: staff.assign_teaching(
                actor=self.actor,
                homeroom_class=self.rooms[room],
                member=member,
                subject_name=subject,
                starts_on=self.today,
                takes_over=bool(takes_over % 2),
                now=self.now,
            ),
            told,
        )

    def end_duty(self, which: int, *_rest: int) -> None:
        """End a homeroom or lessons today."""
        if not self.model.duties:
            return
        duty = self.model.duties[which % len(self.model.duties)]
        model: Any = TeachingAssignment if duty.kind else HomeroomAssignment
        rows = model.objects.unscoped(because=BECAUSE).filter(
            homeroom_class=self.rooms[duty.object],
            person=self.people[duty.subject],
            starts_on=duty.starts,
        )
        row = (rows.filter(subject_name=duty.kind) if duty.kind else rows).get()
        deed = staff.end_teaching if duty.kind else staff.end_homeroom
        self.do(
            lambda: deed(actor=self.actor, uuid=row.uuid, on=self.today, now=self.now),
            lambda _row: self.model.cut(self.model.duties, duty, self.today),
        )

    # --- leave

    def leave(self, who: int, where: int, later: int, length: int) -> None:
        """Record that somebody will be away, with classes closed to them."""
        person, room = self._likely(who, where)
        member, school = self.member(person), self.model.school_of[room]
        if member is None:
            return
        starts = self.today + timedelta(days=later % 4)
        ends = starts + timedelta(days=1 + length)
        self.do(
            lambda: staff.record_leave(
                actor=self.actor,
                member_uuid=member.uuid,
                school_id=self.schools[school].pk,
                new=NewLeave("SICK", starts, ends),
                now=self.now,
            ),
            lambda row: self.model.leaves.append(Fact(person, school, starts, ends, "", row.pk)),
        )

    def come_back(self, which: int, later: int, *_rest: int) -> None:
        """Let somebody be back on another day."""
        if not self.model.leaves:
            return
        away = self.model.leaves[which % len(self.model.leaves)]
        row = StaffLeave.objects.unscoped(because=BECAUSE).get(pk=away.row)
        on = self.today + timedelta(days=later % 6)

        def told(_row: Any) -> None:
            before, away.ends = away.ends, on
            for one in [s for s in self.model.stand_ins if s.row == away.row]:
                if one.starts >= on:
                    self.model.stand_ins.remove(one)
                elif one.ends == before or one.ends > on:
                    one.ends = on

        self.do(
            lambda: staff.change_return(actor=self.actor, uuid=row.uuid, on=on, now=self.now), told
        )

    def stand_in(self, which: int, who: int, what: int, length: int) -> None:
        """Let a colleague stand in for a duty of somebody away."""
        if not self.model.leaves:
            return
        away = self.model.leaves[which % len(self.model.leaves)]
        duties = [
            one
            for one in self.model.duties
            if one.subject == away.subject and self.model.school_of[one.object] == away.object
        ]
        colleagues = [one.subject for one in self.model.jobs if one.object == away.object]
        person = pick(colleagues if who % 4 else self.workers, who)
        member = self.member(person)
        if not duties or member is None:
            return
        duty = duties[what % len(duties)]
        row = StaffLeave.objects.unscoped(because=BECAUSE).get(pk=away.row)
        ends = away.starts + timedelta(days=1 + length)
        self.do(
            lambda: staff.add_substitute(
                actor=self.actor,
                leave_uuid=row.uuid,
                room=self.rooms[duty.object],
                duty="TEACHING" if duty.kind else "HOMEROOM",
                subject_name=duty.kind,
                member_uuid=member.uuid,
                starts_on=away.starts,
                ends_on=ends,
                now=self.now,
            ),
            lambda _row: self._stands_in(away, person, duty, min(ends, away.ends)),
        )

    def _stands_in(self, away: Fact, person: str, duty: Fact, until: date) -> None:
        last = self.model.last_day_of_work(person, away.object, away.starts, until)
        assert last is not None
        fact = Fact(person, duty.object, away.starts, last, duty.kind, away.row)
        self.model.stand_ins.append(fact)

    # --- pupils

    def place(self, who: int, where: int, *_rest: int) -> None:
        """Move a pupil to a class of the school, today."""
        pupil, room = pick(self.pupils, who), pick(self.rooms, where)

        def told(_rows: Any) -> None:
            self._leave_seat(pupil)
            self.model.seats.append(Fact(pupil, room, self.today))

        self.do(
            lambda: students.place_students(
                actor=self.actor,
                classes={self.pupils[pupil].uuid: self.rooms[room]},
                on=self.today,
                now=self.now,
            ),
            told,
        )

    def pupil_leaves(self, who: int, *_rest: int) -> None:
        """Let a pupil leave the school, today."""
        pupil = pick(self.pupils, who)

        def told(_row: Any) -> None:
            for one in self.model.enrolled:
                if one.subject == pupil and one.is_ahead(self.today):
                    one.ends = self.today
            self._leave_seat(pupil)

        self.do(
            lambda: students.end_enrollment(
                actor=self.actor,
                uuid=self.pupils[pupil].uuid,
                exit_kind="TRANSFERRED_OUT",
                on=self.today,
                now=self.now,
            ),
            told,
        )

    def pupil_comes(self, who: int, where: int, *_rest: int) -> None:
        """Let a pupil come to a school and a class of it, today."""
        pupil, room = pick(self.pupils, who), pick(self.rooms, where)
        school = self.model.school_of[room]

        def told(_rows: Any) -> None:
            self.model.enrolled.append(Fact(pupil, school, self.today))
            self.model.seats.append(Fact(pupil, room, self.today))

        self.do(
            lambda: students.enroll_students(
                actor=self.actor,
                school_id=self.schools[school].pk,
                arrivals=[Arrival(self.pupils[pupil].pk, self.rooms[room].pk, self.today)],
                entry_kind="TRANSFERRED_IN",
                now=self.now,
            ),
            told,
        )

    def new_mother(self, who: int, *_rest: int) -> None:
        """Let somebody else answer for a pupil from today on, in place of who did."""
        pupil = pick(self.pupils, who)
        student = self.pupils[pupil]
        student.person.refresh_from_db()
        self.mothers += 1
        given = ("Hạnh", "Nga", "Thu", "Yến", "Đào")[self.mothers % 5]
        data = make_guardian_data(
            f"Trần Thị {given}", phone=f"09870001{self.mothers:02d}", birth_year=1980
        )

        def told(_row: Any) -> None:
            rows = student.guardianships.unscoped(because=BECAUSE)
            row = rows.filter(ends_on__isnull=True).select_related("guardian").get()
            for one in self.model.guardians:
                if one.object == pupil and one.is_ahead(self.today):
                    one.ends = self.today
            name = f"guardian {row.guardian_id}"
            self.people[name] = row.guardian
            self.model.guardians.append(Fact(name, pupil, LONG_AGO, row=row.pk))

        self.do(
            lambda: students.correct_student(
                actor=self.actor,
                uuid=student.uuid,
                version=student.person.version,
                changes={"guardians": (data,)},
                now=self.now,
            ),
            told,
        )

    def lose_custody(self, who: int, later: int, length: int, _rest: int) -> None:
        """Let a pupil's guardian be without custody from a day on, for good or for a while."""
        answering = [one for one in self.model.guardians if one.is_ahead(self.today)]
        if not answering:
            return
        guardian = answering[who % len(answering)]
        starts = self.today + timedelta(days=later % 4)
        ends = starts + timedelta(days=1 + length) if length % 2 else None
        row = Guardianship.objects.unscoped(because=BECAUSE).get(pk=guardian.row)
        self.do(
            lambda: students.limit_guardian(
                actor=self.actor,
                uuid=row.uuid,
                kind="NO_CUSTODY",
                starts_on=starts,
                ends_on=ends,
                paper="12/2026/QĐST-HNGĐ",
                now=self.now,
            ),
            lambda limit: self.model.limits.append(
                Fact(guardian.subject, guardian.object, starts, ends or FOREVER, "", limit.pk)
            ),
        )

    def gain_custody(self, which: int, *_rest: int) -> None:
        """Let a guardian answer for the pupil again, from today on."""
        if not self.model.limits:
            return
        limit = self.model.limits[which % len(self.model.limits)]
        row = GuardianshipLimit.objects.unscoped(because=BECAUSE).get(pk=limit.row)
        self.do(
            lambda: students.lift_limit(
                actor=self.actor, uuid=row.uuid, on=self.today, now=self.now
            ),
            lambda _row: self.model.cut(self.model.limits, limit, self.today),
        )

    # --- units

    def school_moves(self, which: int, where: int, *_rest: int) -> None:
        """Put a school under a commune, today."""
        school, commune = pick(self.schools, which), pick(self.communes, where)
        unit = self.schools[school].pk
        version = version_of(unit, on=self.today)
        assert version is not None
        to = UnitPlace(version.name, version.short_name, self.communes[commune].pk, None)

        def told(_row: Any) -> None:
            for one in self.model.managers:
                if one.subject == school and one.is_ahead(self.today):
                    one.ends = self.today
            self.model.managers.append(Fact(school, commune, self.today))

        self.do(
            lambda: move_unit(actor=self.actor, unit_id=unit, to=to, on=self.today, now=self.now),
            told,
        )

    # --- small help

    @property
    def workers(self) -> list[str]:
        """Return those who may be appointed."""
        return sorted(name for name in self.people if name.startswith("worker"))

    def _likely(self, who: int, where: int) -> tuple[str, str]:
        """Return somebody and a class: mostly of a school they work at, now and then of any."""
        if who % 5 == 4:
            return pick(self.workers, who), pick(self.rooms, where)
        job = self.model.jobs[who % len(self.model.jobs)]
        rooms = [room for room, school in self.model.school_of.items() if school == job.object]
        return job.subject, pick(rooms, where)

    def member(self, person: str) -> StaffMember | None:
        """Return somebody as a staff member, if they ever were."""
        rows = StaffMember.objects.unscoped(because=BECAUSE)
        return rows.filter(person=self.people[person]).first()

    def _new_duty(self, person: str, room: str, starts: date, kind: str) -> None:
        school = self.model.school_of[room]
        last = self.model.last_day_of_work(person, school, starts, YEAR_ENDS)
        assert last is not None
        self.model.duties.append(Fact(person, room, starts, last, kind))

    def _leave_seat(self, pupil: str) -> None:
        for one in [seat for seat in self.model.seats if seat.subject == pupil]:
            if one.is_ahead(self.today):
                self.model.cut(self.model.seats, one, self.today)


def pick(names: Any, number: int) -> str:
    """Return one of some names."""
    ordered = sorted(names)
    return str(ordered[number % len(ordered)])


DEEDS = (
    "appoint", "appoint", "second_school", "end_work", "in_charge", "in_charge", "teach", "teach",
    "end_duty", "leave", "leave", "come_back", "stand_in", "stand_in", "place", "pupil_leaves",
    "pupil_comes", "new_mother", "lose_custody", "lose_custody", "gain_custody", "school_moves",
    "days_pass", "days_pass",
)  # fmt: skip

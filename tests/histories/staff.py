"""What happens to staff in a history: positions, classes, leaves, who stands in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from khuevan.registry.staff import actions as staff
from khuevan.registry.staff.actions import NewLeave, Post
from khuevan.registry.staff.models import (
    Appointment,
    HomeroomAssignment,
    StaffLeave,
    TeachingAssignment,
)
from tests.histories.model import FOREVER, Fact
from tests.histories.stage import BECAUSE, SUBJECTS, Stage, pick


class StaffDeeds(Stage):
    """Deeds on staff."""

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
        """End a homeroom or lessons today; what began today ends tomorrow."""
        if not self.model.duties:
            return
        open_now = [one for one in self.model.duties if one.holds(self.today)] or self.model.duties
        duty = open_now[which % len(open_now)]
        model: Any = TeachingAssignment if duty.kind else HomeroomAssignment
        rows = model.objects.unscoped(because=BECAUSE).filter(
            homeroom_class=self.rooms[duty.object],
            person=self.people[duty.subject],
            starts_on=duty.starts,
        )
        row = (rows.filter(subject_name=duty.kind) if duty.kind else rows).get()
        deed = staff.end_teaching if duty.kind else staff.end_homeroom
        on = max(self.today, duty.starts + timedelta(days=1))
        self.do(
            lambda: deed(actor=self.actor, uuid=row.uuid, on=on, now=self.now),
            lambda _row: self.model.cut(self.model.duties, duty, on),
        )

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
        """Let a colleague stand in for a duty of somebody away; now and then whoever it is."""
        found = self._coverable()
        if not found:
            self._make_coverable(which, what, length)
            found = self._coverable()
        if not found:
            return
        away, duty, person = found[which % len(found)]
        member = self.member(pick(self.workers, who) if who % 4 == 3 else person)
        if member is None:
            return
        person = next(name for name in self.workers if self.people[name].pk == member.person_id)
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

    def _coverable(self) -> list[tuple[Fact, Fact, str]]:
        """Return who is away from which duty, with each colleague there who could take it."""
        return [
            (away, duty, job.subject)
            for away in self.model.leaves
            for duty in self.model.duties
            for job in self.model.jobs
            if away.is_ahead(self.today)
            and duty.subject == away.subject
            and duty.holds(away.starts)
            and self.model.school_of[duty.object] == away.object == job.object
            and job.holds(away.starts)
            and job.subject != away.subject
        ]

    def _make_coverable(self, which: int, what: int, length: int) -> None:
        """Let somebody at work have a colleague, lessons, and a leave that begins today."""
        holding = [n for n, job in enumerate(self.model.jobs) if job.holds(self.today)]
        if not holding:
            return
        place = holding[which % len(holding)]
        job, count = self.model.jobs[place], len(self.model.jobs)
        idle = [
            name
            for name in self.workers
            if not any(one.subject == name and one.is_ahead(self.today) for one in self.model.jobs)
        ]
        who = next((n for n in range(place, place + 6 * count, count) if n % 5 != 4), None)
        if who is None:
            return
        school = sorted(self.schools).index(job.object)
        self._also("teach", who, what, what, 0)
        self._also("leave", who, what, 0, length + 3)
        if idle:
            self._also("appoint", self.workers.index(idle[0]), school, 0, 8)

    def _also(self, deed: str, *numbers: int) -> None:
        """Do another deed, counted as what it is."""
        outer, self.deed = self.deed, deed
        getattr(self, deed)(*numbers)
        self.deed = outer

    def _stands_in(self, away: Fact, person: str, duty: Fact, until: date) -> None:
        last = self.model.last_day_of_work(person, away.object, away.starts, until)
        assert last is not None
        fact = Fact(person, duty.object, away.starts, last, duty.kind, away.row)
        self.model.stand_ins.append(fact)

"""What happens to pupils and units in a history: classes, schools, custody, reorganizations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from khuevan.platform.organizations.api import UnitPlace, move_unit, version_of
from khuevan.registry.students import actions as students
from khuevan.registry.students.data import Arrival
from khuevan.registry.students.models import Guardianship, GuardianshipLimit
from tests.factories import make_guardian_data
from tests.histories.model import FOREVER, LONG_AGO, Fact
from tests.histories.stage import BECAUSE, Stage, pick


class PupilDeeds(Stage):
    """Deeds on pupils and on the units their schools stand under."""

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
                exit_kind="ABROAD",
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

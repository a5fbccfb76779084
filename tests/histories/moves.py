"""Who changes schools in a history: pupils and staff, by whole cases, and releases taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from khuevan.registry.staff.models import Appointment
from khuevan.registry.transfers import actions
from khuevan.registry.transfers.models import Transfer
from tests.histories.model import FOREVER, Fact
from tests.histories.stage import BECAUSE, Stage, pick
from tests.signing import decide_all


class MoveDeeds(Stage):
    """Deeds of transfers, from the request to the class or the new position."""

    def pupil_moves(self, who: int, where: int, *_rest: int) -> None:
        """Let a pupil go to another school and into a class of it, today."""
        pupil, room = pick(self.pupils, who), pick(self.rooms, where)
        school = self.model.school_of[room]

        def deed() -> Transfer:
            case = actions.ask_to_leave(
                actor=self.actor,
                student_uuid=self.pupils[pupil].uuid,
                to=self.schools[school],
                wish=actions.Wish(self.today, "Chuyển nơi ở"),
                now=self.now,
            )
            self._release(case)
            return actions.receive(
                actor=self.actor,
                uuid=case.uuid,
                on=self.today,
                homeroom_class=self.rooms[room],
                now=self.now,
            )

        def told(_case: Transfer) -> None:
            for one in self.model.enrolled:
                if one.subject == pupil and one.is_ahead(self.today):
                    one.ends = self.today
            self._leave_seat(pupil)
            self.model.enrolled.append(Fact(pupil, school, self.today))
            self.model.seats.append(Fact(pupil, room, self.today))

        self.do(deed, told)

    def colleague_moves(self, who: int, where: int, later: int, is_lent: int) -> None:
        """Let somebody go to another school today; now and then for some days only."""
        returns = self.today + timedelta(days=2 + later) if is_lent % 2 else None
        found = self._main_job(who)
        if found is None:
            return
        school = pick(self.schools, where)
        until = found.ends

        def deed() -> Transfer:
            case = self._ask(found, school, returns)
            self._release(case)
            return actions.receive(actor=self.actor, uuid=case.uuid, on=self.today, now=self.now)

        def told(case: Transfer) -> None:
            self.model.end_job(found, self.today)
            jobs = self.model.jobs
            person, row = found.subject, case.new_appointment_id or 0
            jobs.append(Fact(person, school, self.today, returns or FOREVER, "TEACHER", row))
            if returns is not None and until > returns:
                rows = Appointment.objects.unscoped(because=BECAUSE)
                back = rows.get(person=self.people[person], starts_on=returns, is_primary=True)
                jobs.append(Fact(person, found.object, returns, until, found.kind, back.pk))

        self.do(deed, told)

    def colleague_stays(self, who: int, where: int, *_rest: int) -> None:
        """Release somebody to another school and take that back, today."""
        found = self._main_job(who)
        if found is None:
            return
        school = pick(self.schools, where)

        def deed() -> Transfer:
            case = self._ask(found, school, None)
            self._release(case)
            actions.take_back(actor=self.actor, uuid=case.uuid, now=self.now)
            return actions.withdraw(actor=self.actor, uuid=case.uuid, reason="Đổi ý", now=self.now)

        self.do(deed, lambda _case: self.model.forget_unbegun(found, self.today))

    def _main_job(self, who: int) -> Fact | None:
        """Return a job of today that counts somebody, if there is one."""
        jobs = [one for one in self.model.jobs if one.kind != "SECOND" and one.holds(self.today)]
        return jobs[who % len(jobs)] if jobs else None

    def _ask(self, job: Fact, school: str, returns: date | None) -> Transfer:
        member = self.member(job.subject)
        assert member is not None
        wish: dict[str, Any] = {"moves_on": self.today, "reason": "Theo nhu cầu"}
        kind = "SECONDMENT" if returns else "NEED"
        return actions.ask_for_colleague(
            actor=self.actor,
            member_uuid=member.uuid,
            to=self.schools[school],
            wish=actions.StaffWish(**wish, move=kind, returns_on=returns),
            now=self.now,
        )

    def _release(self, case: Transfer) -> None:
        """Let a case be agreed to, decided and released."""
        actions.accept(actor=self.actor, uuid=case.uuid, now=self.now)
        for rule, _side in actions.needed_papers(case):
            actions.give_paper(actor=self.actor, uuid=case.uuid, paper=rule.paper, now=self.now)
        decide_all(case, number="1/QĐ", on=self.today, now=self.now)
        actions.release(actor=self.actor, uuid=case.uuid, on=self.today, now=self.now)

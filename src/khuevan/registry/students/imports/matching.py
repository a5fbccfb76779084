"""Which known pupil a row means, if any; what only a person can tell becomes a question."""

from __future__ import annotations

from dataclasses import dataclass, field

from khuevan.kernel.vietnamese import match_key
from khuevan.platform.sheets.api import (
    Fault,
    ParsedRow,
    Problem,
    Recognized,
    Severity,
    format_date,
    locate,
)
from khuevan.registry.students.data import StudentData
from khuevan.registry.students.identity import (
    Facts,
    Verdict,
    judge_by_name,
    judge_by_number,
)
from khuevan.registry.students.imports.compare import SEX_NAMES
from khuevan.registry.students.imports.known import Former, Known, Records
from khuevan.registry.students.imports.shown import column_for
from khuevan.registry.students.imports.wanted import class_id

ANSWER = "same_pupil"
WARNING = Severity.WARNING


@dataclass(slots=True)
class Matcher:
    """Finds the pupils of rows, one row after the other."""

    records: Records
    recognized: Recognized
    class_names: dict[int, str]
    taken: dict[int, int] = field(default_factory=dict)
    """Student id to the row that found it: two rows can't be one pupil."""

    @property
    def on_roll(self) -> dict[int, Known]:
        """Return the pupils of the school by their ids."""
        return {one.student.pk: one for listed in self.records.by_name.values() for one in listed}

    def fault(self, row: ParsedRow, problem: Problem, name: str) -> Fault:
        """Say where in the sheet a problem stands."""
        place = column_for(name, self.recognized)
        text = row.told(place, self.recognized)
        return locate(problem, row.number, self.recognized, place, text)

    def find(self, row: ParsedRow, wanted: StudentData) -> Match:
        """Return the pupil a row means: by number or code, or by name and more."""
        found = self._find_by_number(row, wanted) or self._find_by_name(row, wanted)
        if found.known is None or found.is_refused:
            return found
        former = found.known.former
        if former is not None and former.is_here:
            found = self._returns(row, found.known, former)
        if found.known is None:
            return found
        first = self.taken.setdefault(found.known.student.pk, row.number)
        if first == row.number:
            return found
        return self._refused(row, Problem("students.same_as_row", {"row": first}), "full_name")

    def _returns(self, row: ParsedRow, known: Known, former: Former) -> Match:
        """Return a pupil who was at this school before, unless another school has the pupil now."""
        if former.is_open and former.comes_on is not None:
            later = Problem("students.comes_later", {"day": format_date(former.comes_on)})
            return self._refused(row, later, "full_name")
        if former.is_open:
            return self._refused(row, Problem("students.still_elsewhere"), "full_name")
        returns = Problem(
            "students.returns", {"day": format_date(former.ends_on)}, severity=WARNING
        )
        return Match(known, self.fault(row, returns, "full_name"))

    def _find_by_number(self, row: ParsedRow, wanted: StudentData) -> Match | None:
        records = self.records
        by_number = records.by_number.get(wanted.personal_number or "")
        by_code = records.by_code.get(wanted.moet_code or "")
        if by_number and by_code and by_number is not by_code:
            return self._refused(row, Problem("students.two_records"), "moet_code")
        if wanted.personal_number in records.numbers_elsewhere:
            return self._refused(row, Problem("students.number_taken"), "personal_number")
        known = by_number or by_code
        if known is None:
            return None
        if known.former is not None and not known.former.is_here:
            return self._from_elsewhere(row, wanted, known, is_by_number=by_number is not None)
        told = told_facts(row, wanted)
        verdict = judge_by_number(facts_of(known), told)
        if verdict == Verdict.SAME:
            return Match(known)
        both = {"known": self.describe(facts_of(known)), "told": self.describe(told)}
        if verdict == Verdict.ANOTHER:
            name = "personal_number" if by_number else "moet_code"
            return Match(known, self.fault(row, Problem("students.number_of_another", both), name))
        doubt = Problem("students.another_by_number", both, severity=WARNING)
        return Match(known, self.fault(row, doubt, "full_name"))

    def _from_elsewhere(
        self, row: ParsedRow, wanted: StudentData, known: Known, *, is_by_number: bool
    ) -> Match:
        """Return a pupil of another school: all has to agree, for nothing of the record is told."""
        name = "personal_number" if is_by_number else "moet_code"
        if judge_by_number(facts_of(known), told_facts(row, wanted)) != Verdict.SAME:
            code = "students.number_taken" if is_by_number else "students.code_taken"
            return self._refused(row, Problem(code), name)
        if known.former is not None and known.former.is_open:
            return self._refused(row, Problem("students.still_elsewhere"), name)
        comes = Problem("students.comes_from_elsewhere", severity=WARNING)
        return Match(known, self.fault(row, comes, name))

    def _find_by_name(self, row: ParsedRow, wanted: StudentData) -> Match:
        told = told_facts(row, wanted)
        judged = [
            (judge_by_name(facts_of(known), told), known)
            for known in self.records.by_name.get(
                (match_key(wanted.full_name), wanted.birth_date), ()
            )
        ]
        sure = [known for verdict, known in judged if verdict == Verdict.SAME]
        asked = [known for verdict, known in judged if verdict == Verdict.ASK]
        if len(sure) == 1:
            return Match(sure[0], self._doubt_by_name(row, wanted))
        if sure:
            several = Problem("students.several_alike", {"count": len(sure)})
            return self._refused(row, several, "full_name")
        return self._ask(row, told, asked) if asked else self._find_leaver(row, wanted, told)

    def _find_leaver(self, row: ParsedRow, wanted: StudentData, told: Facts) -> Match:
        """Ask about a pupil who left and may come back; of another school's nothing is told."""
        key = match_key(wanted.full_name), wanted.birth_date
        judged = [
            (judge_by_name(facts_of(known), told), known)
            for known in self.records.leavers.get(key, ())
        ]
        listed = [known for verdict, known in judged if verdict != Verdict.ANOTHER]
        own = [known for known in listed if known.former is not None and known.former.is_here]
        if own:
            return self._ask(row, told, own)
        if not listed or row.values.get(ANSWER) == "ANOTHER":
            return Match()
        return self._refused(row, Problem("students.same_elsewhere"), ANSWER)

    def _ask(self, row: ParsedRow, told: Facts, asked: list[Known]) -> Match:
        """Return what a person answered, or the question with both sides."""
        answer = row.values.get(ANSWER)
        if answer == "ANOTHER":
            return Match()
        if len(asked) > 1:
            several = Problem("students.several_alike", {"count": len(asked)})
            return self._refused(row, several, "full_name")
        if answer == "SAME":
            return Match(asked[0])
        both = {"known": self.describe(facts_of(asked[0])), "told": self.describe(told)}
        return Match(asked[0], self.fault(row, Problem("students.same_pupil", both), ANSWER))

    def _doubt_by_name(self, row: ParsedRow, wanted: StudentData) -> Fault | None:
        """Return a warning when the list gives a number that the record does not have yet."""
        if not (wanted.personal_number or wanted.moet_code):
            return None
        return self.fault(row, Problem("students.found_by_name", severity=WARNING), "full_name")

    def _refused(self, row: ParsedRow, problem: Problem, name: str) -> Match:
        return Match(None, self.fault(row, problem, name))

    def describe(self, facts: Facts) -> str:
        """Return one side of a comparison as a person reads it."""
        parts = (
            facts.full_name,
            format_date(facts.birth_date) if facts.birth_date else "",
            SEX_NAMES.get(facts.sex, ""),
            self.class_names.get(facts.class_id or 0, ""),
            *facts.guardians.values(),
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Match:
    """The pupil a row means, and what is to be said of it."""

    known: Known | None = None
    fault: Fault | None = None

    @property
    def is_refused(self) -> bool:
        """Say whether the row can't go in."""
        return self.fault is not None and self.fault.is_error


def facts_of(known: Known) -> Facts:
    """Return what the records say of a pupil."""
    person = known.person
    return Facts(
        full_name=person.full_name,
        birth_date=person.birth_date,
        sex=person.sex,
        class_id=known.class_id,
        personal_number=person.personal_number,
        moet_code=known.student.moet_code,
        guardians={kind: row.full_name for kind, row in known.guardians.items()},
    )


def told_facts(row: ParsedRow, wanted: StudentData) -> Facts:
    """Return what a row says of a pupil."""
    return Facts(
        full_name=wanted.full_name,
        birth_date=wanted.birth_date,
        sex=wanted.sex,
        class_id=class_id(row.values),
        personal_number=wanted.personal_number,
        moet_code=wanted.moet_code,
        guardians={one.relation: one.full_name for one in wanted.guardians},
    )

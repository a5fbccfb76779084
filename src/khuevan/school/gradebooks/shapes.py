"""Which gradebooks a class needs, from its plan and the circular: pure, for one class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from khuevan.registry.curriculum.api import AssessmentForm, PlanKind
from khuevan.school.assessments.api import (
    Form,
    Period,
    SecondaryRules,
    mark_counts,
    required_tests,
)
from khuevan.school.gradebooks.slots import (
    CLUSTER,
    FIELD,
    LEVEL,
    TEST,
    TRAIT,
    BookForm,
    Slot,
    secondary_slots,
    slot,
)

TERMS = (1, 2)
PERIODS: dict[int, Period] = {
    1: Period.MID_1,
    2: Period.END_1,
    3: Period.MID_2,
    4: Period.YEAR_END,
}
"""The periods of a primary school by number."""
TRAITS = (
    "Tự chủ và tự học",
    "Giao tiếp và hợp tác",
    "Giải quyết vấn đề và sáng tạo",
    "Ngôn ngữ",
    "Tính toán",
    "Khoa học",
    "Công nghệ",
    "Tin học",
    "Thẩm mĩ",
    "Thể chất",
    "Yêu nước",
    "Nhân ái",
    "Chăm chỉ",
    "Trung thực",
    "Trách nhiệm",
)
"""General competencies, specific ones, qualities, in the order of their places (ASM-22)."""
FROM_GRADE = {"Công nghệ": 3, "Tin học": 3}
"""Competencies of subjects that begin in a later grade."""
FIELDS = (
    "Thể chất",
    "Nhận thức",
    "Ngôn ngữ",
    "Tình cảm và kĩ năng xã hội",
    "Thẩm mĩ",
)
"""Fields of a young child's development; those under three have no field of aesthetics."""
FEWER_FIELDS = "NT"
TESTED = {
    "VIETNAMESE": "TIENG_VIET",
    "MATHEMATICS": "TOAN",
    "FOREIGN_LANGUAGE_1": "NGOAI_NGU_1",
    "HISTORY_GEOGRAPHY": "LICH_SU_DIA_LI",
    "SCIENCE": "KHOA_HOC",
}
TESTED_STRANDS = {"Tin học": "TIN_HOC", "Công nghệ": "CONG_NGHE"}
OUTSIDE = {PlanKind.OPTIONAL}
"""What a class learns beside the programme does not enter the level of study (ASM-01)."""


@dataclass(frozen=True, slots=True)
class PlannedSubject:
    """A subject in the plan of a class, with its part of the programme and form of assessment."""

    name: str
    kind: str
    annual: int
    component: str
    form: str
    """An `AssessmentForm`."""
    component_name: str = ""
    strands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookShape:
    """A gradebook as a class needs it."""

    subject_name: str
    form: BookForm
    slots: tuple[Slot, ...]
    parts: tuple[str, ...] = ()
    component: str = ""
    annual_periods: int = 0
    required: tuple[int, ...] = ()
    counts_in_overall: bool = True


@dataclass(slots=True)
class _Joined:
    name: str
    component: str
    form: str
    annual: int = 0
    topics: int = 0
    parts: list[str] = field(default_factory=list)
    counts: bool = True


def secondary_books(planned: Iterable[PlannedSubject], rules: SecondaryRules) -> list[BookShape]:
    """Return the gradebooks of a class of a secondary school, in the order of its plan.

    Subjects planned apart that are one scored part of the programme (physics, chemistry and
    biology of natural science) have one gradebook; music and art, assessed by comment, one each.
    """
    found: dict[str, _Joined] = {}
    for one in planned:
        is_scored = one.form != AssessmentForm.COMMENT
        name = one.component_name if is_scored and one.component_name else one.name
        book = found.setdefault(name, _Joined(name, one.component, one.form))
        if one.kind == PlanKind.CLUSTER:
            book.topics += one.annual
        else:
            book.annual += one.annual
            book.counts = one.kind not in OUTSIDE
        if one.name not in book.parts:
            book.parts.append(one.name)
    return [_secondary(one, rules) for one in found.values() if one.annual]


def _secondary(book: _Joined, rules: SecondaryRules) -> BookShape:
    is_scored = book.form != AssessmentForm.COMMENT
    form = Form.COMMENT_AND_SCORE if is_scored else Form.COMMENT
    counts = [mark_counts(form, book.annual, semester=term, rules=rules) for term in TERMS]
    required = tuple(one.regular for one in counts)
    cluster = rules.cluster_semester if book.topics else 0
    return BookShape(
        subject_name=book.name,
        form=BookForm.SCORE if is_scored else BookForm.COMMENT,
        slots=tuple(secondary_slots(required, cluster_period=cluster)),
        parts=tuple(book.parts),
        component=book.component,
        annual_periods=book.annual,
        required=required,
        counts_in_overall=book.counts,
    )


def primary_books(grade: int, planned: Sequence[PlannedSubject]) -> list[BookShape]:
    """Return the gradebooks of a primary class: each subject, and qualities and competencies."""
    books: dict[str, BookShape] = {}
    for one in planned:
        if one.name in books or one.kind == PlanKind.SECOND:
            continue
        strands = one.strands if one.name not in one.strands else ()
        for name in strands or (one.name,):
            books[name] = BookShape(
                subject_name=name,
                form=BookForm.LEVEL,
                slots=tuple(_primary_slots(grade, name, one.component)),
                parts=(one.name,),
                component=one.component,
                annual_periods=one.annual,
                counts_in_overall=one.kind not in OUTSIDE,
            )
    places = [at for at, name in enumerate(TRAITS) if grade >= FROM_GRADE.get(name, 1)]
    traits = tuple(slot(period, TRAIT + at) for period in PERIODS for at in places)
    return [*books.values(), BookShape("", BookForm.TRAITS, traits)]


def preschool_books(grade_code: str) -> list[BookShape]:
    """Return the gradebook of a preschool class: fields of development at the end of the age."""
    fields = FIELDS[:-1] if grade_code == FEWER_FIELDS else FIELDS
    slots = tuple(slot(1, FIELD + at) for at in range(len(fields)))
    return [BookShape("", BookForm.DEVELOPMENT, slots)]


def _primary_slots(grade: int, name: str, component: str) -> Iterable[Slot]:
    tested = TESTED_STRANDS.get(name) or TESTED.get(component)
    for number, period in PERIODS.items():
        yield slot(number, LEVEL)
        if tested in required_tests(grade, period):
            yield slot(number, TEST)


def has_cluster(slots: Iterable[Slot]) -> bool:
    """Return whether one of the columns is that of study topics."""
    return any(one % 100 == CLUSTER for one in slots)

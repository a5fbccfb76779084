"""Reading what a case of Circular 22/2021 tells of a pupil: marks, comments, results."""

from __future__ import annotations

from django.utils.translation import gettext as _

from khuevan.school.assessments.cases.reading import Node
from khuevan.school.assessments.rules.marks import WrongForm, read_mark
from khuevan.school.assessments.rules.student_year import SubjectYear
from khuevan.school.assessments.rules.values import (
    AdjustmentMode,
    Form,
    Level,
    SecondaryRules,
    SemesterComments,
    SemesterMarks,
    State,
    SubjectResult,
    Tenths,
    Verdict,
)

SEMESTERS = ("semester_1", "semester_2")
CLUSTER = 35
"""The periods a year of a cluster of study topics."""


def rules_of(given: Node, *, allow_parallel: bool = False) -> SecondaryRules:
    """Read what a case says of what the circular leaves open; else as is usual."""
    usual, mode = SecondaryRules(), given.get("adjustment_mode")
    count = given.get("min_subjects_at_level")
    return SecondaryRules(
        adjustment_mode=mode.choice(AdjustmentMode) if mode else usual.adjustment_mode,
        min_subjects_at_level=count.integer() if count else usual.min_subjects_at_level,
        allow_parallel=allow_parallel,
    )


def counted(given: Node, named: str) -> tuple[Form, int, int, int | None]:
    """Read the form, the periods of a year, those of study topics, and their semester."""
    form = given[named].choice(Form)
    total, cluster = given["annual_periods_total"].integer(), given["cluster_periods"]
    if cluster.integer() not in (0, CLUSTER) or cluster.integer() > total:
        cluster.fail(_("0 or %(most)s is wanted, of the periods of the year") % {"most": CLUSTER})
    semester = given["cluster_semester"].or_null(lambda one: one.integer(least=1, most=2))
    return form, total, cluster.integer(), semester


def marks_of(given: Node, *, needs_cluster: bool) -> SemesterMarks | None:
    """Read the marks of a semester; None where one is of wrong form."""
    written, cluster = given["regular"].items(), given.get("cluster_mark")
    ends = given["midterm"], given["final"]
    try:
        regular = tuple(_mark(one) for one in written)
        midterm, final = (_mark(one) for one in ends)
        extra = _mark(cluster) if cluster else None
    except WrongForm:
        return None
    return SemesterMarks(regular, midterm, final, extra, needs_cluster)


def _mark(node: Node) -> Tenths | None:
    return None if node.is_null else read_mark(node.value)


def comments_of(given: Node) -> SemesterComments:
    """Read the comments of a semester."""
    regular = tuple(one.or_null(_comment) for one in given["regular"].items())
    found = SemesterComments(
        regular, given["midterm"].or_null(_comment), given["final"].or_null(_comment)
    )
    given.close()
    return found


def _comment(node: Node) -> Verdict:
    return node.choice(Verdict)


def level_of(node: Node) -> Level:
    """Read a level of study or conduct."""
    return node.choice(Level)


def sat_result(node: Node, form: Form) -> Tenths | Verdict | None:
    """Read what a pupil sat again for; None where the subject was not taken."""
    if node.is_null:
        return None
    return _comment(node) if form is Form.COMMENT else node.written(read_mark)


def results_of(given: Node) -> list[SubjectResult]:
    """Read the subject results of a case, each subject once."""
    found = [_subject_result(one) for one in given["subjects"].items()]
    refuse_twice(given["subjects"], [one.id for one in found])
    return found


def _subject_result(node: Node) -> SubjectResult:
    form = node["form"].choice(Form)
    is_scored = form is Form.COMMENT_AND_SCORE
    value = node["average" if is_scored else "result"]
    counts = node.get("counts_in_overall")
    found = SubjectResult(
        id=node["id"].text(),
        form=form,
        average=value.or_null(lambda one: one.written(read_mark)) if is_scored else None,
        verdict=None if is_scored else value.or_null(_comment),
        is_exempt=flag(node, "exempt"),
        counts_in_overall=counts.boolean() if counts else True,
    )
    node.close()
    return found


def subject_year(node: Node) -> SubjectYear:
    """Read a subject with both semesters."""
    form, total, cluster, semester = counted(node, "form")
    found = SubjectYear(
        id=node["id"].text(),
        form=form,
        annual_periods=total,
        semesters=tuple(_semester(node[name], form) for name in SEMESTERS),
        cluster_periods=cluster,
        cluster_semester=semester,
        is_exempt=node["exempt"].boolean(),
        counts_in_overall=node["counts_in_overall"].boolean(),
    )
    node.close()
    return found


def _semester(node: Node, form: Form) -> SemesterMarks | SemesterComments | State | None:
    if node.is_null:
        return None
    if form is Form.COMMENT:
        return comments_of(node)
    marks = marks_of(node, needs_cluster=False)
    node.close()
    return marks or State.INVALID


def refuse_twice(node: Node, names: list[str]) -> None:
    """Refuse a list in which a subject stands twice.

    :raises UnreadableCase:
    """
    if len(set(names)) < len(names):
        node.fail(_("the id of a subject stands here twice"))


def flag(given: Node, key: str) -> bool:
    """Read a yes or no that may be absent: then it is no."""
    found = given.get(key)
    return found is not None and found.boolean()

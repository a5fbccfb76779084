"""How many marks a subject has in a semester (ASM-01, ASM-02; Circular 22/2021, articles 6, 7)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from khuevan.school.assessments.rules.derivation import Derivation, Step
from khuevan.school.assessments.rules.values import Form, SecondaryRules

ARTICLE = "Điều 6, Điều 7"
_COMMENTS = _("%(regular)s regular comments, one midterm, one final: assessed by comment")
_PERIODS = _("%(regular)s regular marks for %(periods)s periods a year, one midterm, one final")
_TOPICS = _("The mark of study topics counts as one more regular mark in this semester")


@dataclass(frozen=True, slots=True)
class MarkCounts:
    """How many marks, or comments, a semester needs; the cluster's mark beside the regular ones."""

    regular: int
    midterm: int = 1
    final: int = 1
    cluster: int = 0
    why: Derivation = ()


def mark_counts(
    form: Form,
    annual_periods: int,
    *,
    semester: int,
    cluster_periods: int = 0,
    cluster_semester: int | None = None,
    rules: SecondaryRules,
) -> MarkCounts:
    """Return how many marks a semester (1 or 2) needs.

    `annual_periods` are those of the year with the `cluster_periods` of study topics, which do not
    count for the number of regular marks; the cluster's mark counts as one more in its semester.
    """
    if form is Form.COMMENT:
        told = Step("ASM-02", ARTICLE, _COMMENTS, {"regular": rules.comment_regular})
        return MarkCounts(rules.comment_regular, why=(told,))
    own = annual_periods - cluster_periods
    up_to = (count for most, count in rules.regular_counts if own <= most)
    regular = next(up_to, rules.most_regular)
    in_cluster = cluster_periods > 0 and semester == (cluster_semester or rules.cluster_semester)
    counted = Step("ASM-02", ARTICLE, _PERIODS, {"regular": regular, "periods": own})
    more = (Step("ASM-02", "Điều 6 khoản 3", _TOPICS),) if in_cluster else ()
    return MarkCounts(regular, cluster=int(in_cluster), why=(counted, *more))

"""How many marks a subject has in a semester (ASM-01, ASM-02; Circular 22/2021, articles 6, 7)."""

from __future__ import annotations

from dataclasses import dataclass

from khuevan.school.assessments.rules.values import Form, SecondaryRules


@dataclass(frozen=True, slots=True)
class MarkCounts:
    """How many marks, or comments, a semester needs; the cluster's mark beside the regular ones."""

    regular: int
    midterm: int = 1
    final: int = 1
    cluster: int = 0


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
        return MarkCounts(rules.comment_regular)
    own = annual_periods - cluster_periods
    regular = next((count for most, count in rules.regular_counts if own <= most), None)
    in_cluster = cluster_periods > 0 and semester == (cluster_semester or rules.cluster_semester)
    return MarkCounts(regular or rules.most_regular, cluster=int(in_cluster))

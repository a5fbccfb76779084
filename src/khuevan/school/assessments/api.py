"""What other apps may use of the assessments app: the rules of the circulars."""

from khuevan.school.assessments.rules.books import Book, Chosen
from khuevan.school.assessments.rules.conduct import Conduct, conduct_year
from khuevan.school.assessments.rules.counts import MarkCounts, mark_counts
from khuevan.school.assessments.rules.derivation import Derivation, Points, Step, Words
from khuevan.school.assessments.rules.marks import WrongForm
from khuevan.school.assessments.rules.primary import (
    Period,
    PrimaryYear,
    Reached,
    Shown,
    YearLevel,
    completion,
    required_tests,
    year_award,
    year_result,
)
from khuevan.school.assessments.rules.promotion import (
    Promotion,
    Retest,
    promotion,
    retest_subjects,
    summer_retest,
)
from khuevan.school.assessments.rules.raising import Raising, needed_final, what_would_raise
from khuevan.school.assessments.rules.semesters import (
    Average,
    Said,
    semester_average,
    semester_verdict,
    year_average,
    year_verdict,
)
from khuevan.school.assessments.rules.study import Study, study_result
from khuevan.school.assessments.rules.titles import EXCELLENT_SUBJECTS, Awarded, year_title
from khuevan.school.assessments.rules.values import (
    AdjustmentMode,
    Form,
    Level,
    Outcome,
    SecondaryRules,
    SemesterComments,
    SemesterMarks,
    Stage,
    State,
    SubjectResult,
    Tenths,
    Title,
    Verdict,
)
from khuevan.school.assessments.selectors import AssessmentRules, assessment_rules

__all__ = [
    "AdjustmentMode",
    "AssessmentRules",
    "Average",
    "Awarded",
    "Book",
    "Chosen",
    "Conduct",
    "Derivation",
    "EXCELLENT_SUBJECTS",
    "Form",
    "Level",
    "MarkCounts",
    "Outcome",
    "Period",
    "Points",
    "PrimaryYear",
    "Promotion",
    "Raising",
    "Reached",
    "Retest",
    "Said",
    "SecondaryRules",
    "SemesterComments",
    "SemesterMarks",
    "Shown",
    "Stage",
    "State",
    "Step",
    "Study",
    "SubjectResult",
    "Tenths",
    "Title",
    "Verdict",
    "Words",
    "WrongForm",
    "YearLevel",
    "assessment_rules",
    "completion",
    "conduct_year",
    "mark_counts",
    "needed_final",
    "promotion",
    "required_tests",
    "retest_subjects",
    "semester_average",
    "semester_verdict",
    "study_result",
    "summer_retest",
    "what_would_raise",
    "year_average",
    "year_award",
    "year_result",
    "year_title",
    "year_verdict",
]

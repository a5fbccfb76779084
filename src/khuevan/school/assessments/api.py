"""What other apps may use of the assessments app: the rules of the circulars."""

from khuevan.school.assessments.rules.books import Book, Chosen
from khuevan.school.assessments.rules.conduct import conduct_year
from khuevan.school.assessments.rules.counts import MarkCounts, mark_counts
from khuevan.school.assessments.rules.derivation import Derivation, Points, Step, Words
from khuevan.school.assessments.rules.marks import WrongForm
from khuevan.school.assessments.rules.primary import Period, required_tests
from khuevan.school.assessments.rules.raising import needed_final
from khuevan.school.assessments.rules.semesters import (
    Average,
    Said,
    semester_average,
    semester_verdict,
    year_average,
    year_verdict,
)
from khuevan.school.assessments.rules.values import (
    Form,
    SecondaryRules,
    SemesterComments,
    SemesterMarks,
    State,
    Tenths,
    Verdict,
)
from khuevan.school.assessments.selectors import AssessmentRules, assessment_rules

__all__ = [
    "AssessmentRules",
    "Average",
    "Book",
    "Chosen",
    "Derivation",
    "Form",
    "MarkCounts",
    "Period",
    "Points",
    "Said",
    "SecondaryRules",
    "SemesterComments",
    "SemesterMarks",
    "State",
    "Step",
    "Tenths",
    "Verdict",
    "Words",
    "WrongForm",
    "assessment_rules",
    "mark_counts",
    "needed_final",
    "required_tests",
    "semester_average",
    "semester_verdict",
    "year_average",
    "conduct_year",
    "year_verdict",
]

"""Sentences of the faults that only a comparison with the school can find."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import FaultText
from khuevan.registry.staff.api import subject_label

SUBJECT = {"subject": subject_label}
MATCH_IT = _("Correct it, or match it once for all rows.")

FAULT_TEXTS = {
    "curriculum.blank_teacher": FaultText(_("Blank cell."), _("Write the teacher's name.")),
    "curriculum.blank_subject": FaultText(_("Blank cell."), _("Write the subject.")),
    "curriculum.blank_class": FaultText(_("Blank cell."), _("Write the class, for example 6A.")),
    "curriculum.unknown_teacher": FaultText(
        _("Nobody who works at the school is called “%(name)s”."), MATCH_IT
    ),
    "curriculum.unknown_class": FaultText(
        _("The school has no class “%(name)s” this year."), MATCH_IT
    ),
    "curriculum.unknown_subject": FaultText(_("No subject is called “%(name)s”."), MATCH_IT),
    "curriculum.language_guessed": FaultText(
        _("Which language the class learns isn't recorded; taken for %(subject)s."),
        _("If it is another one, write its name."),
        SUBJECT,
    ),
    "curriculum.several_teachers": FaultText(
        _("Several who work at the school are called “%(name)s” (codes: %(codes)s)."),
        _("Write the code in the column “Mã giáo viên”, or in brackets behind the name."),
    ),
    "curriculum.unread_class": FaultText(
        _("“%(name)s” is no class with its periods."), _("Write it like 11A2(3), 12A1(2).")
    ),
    "curriculum.periods_unfit": FaultText(
        _("A subject has from 1 to %(most)s periods a week in a class."), _("Check the number.")
    ),
    "curriculum.no_periods": FaultText(
        _("No periods in either term."), _("Write the number, or leave the row out.")
    ),
    "curriculum.blank_periods": FaultText(
        _("Class %(room)s has no plan of %(subject)s, and the list names no number."),
        _("Write the periods a week."),
        SUBJECT,
    ),
    "curriculum.same_as_row": FaultText(
        _("Row %(row)d gives this teacher %(subject)s of class %(room)s too: the periods are added"
          " up."),
        _("If one of the two means another class, correct it."),
        SUBJECT,
    ),
    "curriculum.no_plan": FaultText(
        _("Class %(room)s has no plan of subjects, and you don't plan for this school."),
        _("Ask who plans to make the plan first."),
    ),
    "curriculum.more_than_planned": FaultText(
        _("%(subject)s, class %(room)s: the plan has %(planned)s periods a week, the list gives"
          " %(given)s."),
        _("Correct the number or the subject, or change the plan."),
        SUBJECT,
    ),
    "curriculum.less_than_planned": FaultText(
        _("%(subject)s, class %(room)s: of %(planned)s periods a week nobody gives %(short)s."),
        "",
        SUBJECT,
    ),
    "curriculum.takes_over": FaultText(
        _("%(subject)s, class %(room)s: no longer given by %(names)s."),
        _("Add a row for whoever goes on giving some of it."),
        SUBJECT,
    ),
    "curriculum.several_days": FaultText(
        _("Rows of %(subject)s, class %(room)s, name different days."),
        _("Name one day from which the subject is given so; a later change is a list of its own."),
        SUBJECT,
    ),
    "curriculum.outside_the_year": FaultText(
        _("This day isn't in the school year %(year)s."), _("Check the day.")
    ),
    "curriculum.answers_unread": FaultText(
        _("“%(name)s” says neither yes nor no."),
        _("Write x for the teacher who answers for the marks, and leave the others blank."),
    ),
    "curriculum.several_answer": FaultText(
        _("%(subject)s, class %(room)s: more than one is to answer for the marks."),
        _("Mark one of the teachers alone."),
        SUBJECT,
    ),
    "curriculum.not_trained": FaultText(
        _("%(name)s is recorded as trained for other subjects than %(subject)s."),
        _("Look whether it is right; the list may be written all the same."),
        SUBJECT,
    ),
    "curriculum.over_the_limit": FaultText(
        _("%(name)s would give %(given)s periods a week: the norm is %(norm)s, owed are %(owed)s,"
          " and at most %(most)s are allowed (Circular 05/2025)."),
        _("Look whether it is right; the list may be written all the same."),
    ),
}  # fmt: skip

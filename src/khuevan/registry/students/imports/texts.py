"""Sentences of the faults that only a comparison with the records can find."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import FaultText

STILL_HERE = _("The list says “%(value)s”, the records have the pupil here: nothing is written.")

FAULT_TEXTS = {
    "students.is_results": FaultText(
        _("This is a sheet of results: its levels and marks are not kept yet."),
        _("They come in with the gradebook; who is on the sheet is compared with the records."),
    ),
    "students.results_add_nobody": FaultText(
        _("The school has no such pupil, and a sheet of results adds nobody."),
        _("Load the list of pupils first, or correct name, birth date or code."),
    ),
    "students.results_differ": FaultText(
        _("The records say “%(old)s”; a sheet of results changes nothing."),
        _("If the sheet is right, load the list of pupils or correct the record."),
    ),
    "students.blank_name": FaultText(
        _("Blank cell."), _("Write the full name as on the birth certificate.")
    ),
    "students.blank_birth_date": FaultText(
        _("Blank cell."), _("Write the date of birth as on the birth certificate.")
    ),
    "students.blank_class": FaultText(_("Blank cell."), _("Write the class, for example 6A.")),
    "students.unknown_class": FaultText(
        _("The school has no class %(value)s."), _("Choose one of: %(choices)s.")
    ),
    "students.same_as_row": FaultText(
        _("Same as row %(row)d."), _("Keep one row and delete the other.")
    ),
    "students.number_taken": FaultText(
        _("This personal number belongs to another person, or to this pupil otherwise written."),
        _("Check number, name and date of birth against the birth certificate."),
    ),
    "students.code_taken": FaultText(
        _("This ministry code belongs to another pupil, or to this one otherwise written."),
        _("Check code, name and date of birth against the birth certificate."),
    ),
    "students.still_elsewhere": FaultText(
        _("This pupil is still on the roll of another school."),
        _(
            "Ask that school to record the leaving on the pupil's record, then check this list"
            " again: the pupil comes in with the same record."
        ),
    ),
    "students.comes_from_elsewhere": FaultText(
        _("The records know this pupil from a former school."),
        _("The same record goes on here; nothing is entered twice."),
    ),
    "students.returns": FaultText(
        _("This pupil was at the school before, until %(day)s."),
        _("The record goes on, under the old number of the registry book."),
    ),
    "students.same_elsewhere": FaultText(
        _("A pupil of this name and date of birth left another school."),
        _(
            "If it is this pupil, write the personal number or the ministry code; if not, answer"
            " “Em khác” in the column “Em đã có trong hồ sơ”."
        ),
    ),
    "students.keeps_registry_number": FaultText(
        _("This pupil returns and keeps the old number of the registry book, %(number)s."),
        _("Write that number, or leave the cell blank."),
    ),
    "students.registry_number_in_row": FaultText(
        _("Row %(row)d has this number of the registry book too."),
        _("Check the registry book and correct the number in one of the two rows."),
    ),
    "students.registry_number_taken": FaultText(
        _("This number of the registry book belongs to another pupil."),
        _("Check the registry book."),
    ),
    "students.several_alike": FaultText(
        _("%(count)s pupils of the school have this name and birth date."),
        _("Write the personal number or the ministry code, so that the right one is found."),
    ),
    "students.another_by_number": FaultText(
        _("The record with this number is written otherwise: %(known)s."),
        _("Look whether the number is this pupil's, and which spelling is right."),
    ),
    "students.number_of_another": FaultText(
        _("One number, two pupils.\nIn the records: %(known)s.\nIn the list: %(told)s."),
        _("Compare the birth certificates of both and correct the number in one of the two."),
    ),
    "students.number_in_two_rows": FaultText(
        _("One number, two pupils.\nThis row: %(told)s.\nRow %(row)d: %(other)s."),
        _("Compare the birth certificates of both and correct the number in one of the two."),
    ),
    "students.same_pupil": FaultText(
        _("Is this the same pupil?\nIn the records: %(known)s.\nIn the list: %(told)s."),
        _(
            "Say “Cùng một em” or “Em khác” here, or in the column “Em đã có trong hồ sơ” of the"
            " file, or write the personal number: name and date of birth alone do not tell."
        ),
    ),
    "students.like_row": FaultText(
        _("Name and birth date as in row %(row)d."), _("Look whether it is the same pupil.")
    ),
    "students.found_by_name": FaultText(
        _("Found by name and birth date only."),
        _("Look whether it is the same pupil."),
    ),
    "students.two_records": FaultText(
        _("The personal number and the ministry code belong to two different pupils."),
        _("Correct one of the two."),
    ),
    "students.phone_not_kept": FaultText(
        _("The first guardian has another phone in the records, so this one is not stored."),
        _("If the phone has changed, write it in the column of the father, mother or guardian."),
    ),
    "students.state_of_nobody_here": FaultText(
        _("The list says “%(value)s”, and the school has no such pupil: the row is passed over.")
    ),
    "students.state_transferred_out": FaultText(
        STILL_HERE,
        _("If it is so, choose “Changes schools” on the pupil's record: a transfer case."),
    ),
    "students.state_dropped": FaultText(
        STILL_HERE,
        _("If it is so, choose “Leaves the school” on the pupil's record: dropped out."),
    ),
    "students.state_on_leave": FaultText(
        STILL_HERE, _("If it is so, record the leave on the pupil's record.")
    ),
    "students.state_completed": FaultText(
        STILL_HERE,
        _("If it is so, choose “Leaves the school” on the pupil's record: completed."),
    ),
    "students.state_deceased": FaultText(
        STILL_HERE,
        _("If it is so, record it on the pupil's record, so that the family is spared mail."),
    ),
    "students.is_on_leave": FaultText(
        _("The records have this pupil on leave, so the row places nobody in a class."),
        _("When the pupil is back, record it on the pupil's record, with the class."),
    ),
    "students.seated_elsewhere": FaultText(
        _("This is the pupil's second school: the main school says the class."),
        _("Nothing to do; the other cells of the row are written."),
    ),
    "students.comes_later": FaultText(
        _("This pupil is at the school from %(day)s on, after the year of this list."),
        _("Check the school year of the list, or leave the row out."),
    ),
    "students.blank_sex": FaultText(
        _("Blank cell."), _("Write Nam or Nữ; the pupil goes in without a sex.")
    ),
    "students.unusual_age": FaultText(
        _("%(age)d years old in class %(class)s, where %(usual)d is usual."),
        _("Check the year of birth and the class; if both are right, leave the row as it is."),
    ),
    "students.class_over_norm": FaultText(
        _("Class %(class)s would have %(count)d pupils, more than %(limit)d (%(regulation)s)."),
        _("Move pupils to another class, or go on if the school has a reason."),
    ),
    "students.age_of_nobody": FaultText(
        _("No pupil is %(age)d years old."), _("Check the year of birth.")
    ),
    "students.parent_age": FaultText(
        _("This year does not fit a child born in %(year)d."),
        _("Check the year of birth of the parent and of the child."),
    ),
    "students.entered_in_future": FaultText(
        _("The first day at the school is still to come."),
        _("Check the date, or load this row on that day."),
    ),
    "students.other_grade": FaultText(
        _("The grade column says %(value)s, class %(class)s is of grade %(grade)s."),
        _("Check which of the two is right."),
    ),
}

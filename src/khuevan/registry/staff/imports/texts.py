"""Sentences of the faults that only a comparison with the staff can find."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import FaultText

STILL_HERE = _("The list says “%(value)s”, the records have the person here: nothing is written.")
ON_THE_RECORD = _("If it is so, record it on the page of the person.")

FAULT_TEXTS = {
    "staff.blank_name": FaultText(_("Blank cell."), _("Write the full name.")),
    "staff.blank_birth_date": FaultText(_("Blank cell."), _("Write the date of birth.")),
    "staff.blank_position": FaultText(
        _("Blank cell."), _("Write the position, for example Giáo viên.")
    ),
    "staff.blank_sex": FaultText(_("Blank cell."), _("Write Nam or Nữ.")),
    "staff.age_of_nobody": FaultText(
        _("Nobody of the staff is of this age."), _("Check the year of birth.")
    ),
    "staff.same_as_row": FaultText(
        _("Same as row %(row)d."), _("Keep one row and delete the other.")
    ),
    "staff.number_in_two_rows": FaultText(
        _("One number, two people.\nThis row: %(told)s.\nRow %(row)d: %(other)s."),
        _("Compare the papers of both and correct the number in one of the two."),
    ),
    "staff.of_another_school": FaultText(
        _("This row is of another school."), _("Load the list of each school apart.")
    ),
    "staff.starts_in_future": FaultText(
        _("The day is still to come."), _("Check the date, or load this row on that day.")
    ),
    "staff.two_people": FaultText(
        _("The personal number and the ministry code belong to two different people."),
        _("Correct one of the two."),
    ),
    "staff.of_another": FaultText(
        _("This number or code is kept with another name or date of birth."),
        _("Check it against the papers of the person."),
    ),
    "staff.works_elsewhere": FaultText(
        _("The main position of this person is at another unit."),
        _("Record a move, or a second school, instead."),
    ),
    "staff.several_alike": FaultText(
        _("Several of the staff have this name and date of birth."),
        _("Write the personal number or the ministry code."),
    ),
    "staff.perhaps_known": FaultText(
        _("Somebody of this name and date of birth works here, with another number or code."),
        _("Correct the number or code if it is the same person."),
    ),
    "staff.found_by_name": FaultText(
        _("Found by name and date of birth only."), _("Look whether it is the same person.")
    ),
    "staff.filled_above": FaultText(
        _("The level above the school records who holds this position."),
        _("Ask the managing office to record it, and leave the row out."),
    ),
    "staff.position_of_today": FaultText(
        _("The position held now begins today or later."),
        _("Correct it on the page of the person."),
    ),
    "staff.not_oneself": FaultText(
        _("Nobody corrects their own record."), _("Ask a colleague to load this row.")
    ),
    "staff.kept_elsewhere": FaultText(
        _("The main workplace of this person keeps name, birth and number."),
        _("Leave the row out, or write these as they are recorded."),
    ),
    "staff.stays_as_recorded": FaultText(
        _("The records say otherwise, and a list does not change it."),
        _("If the list is right, correct it on the page of the person."),
    ),
    "staff.state_of_nobody_here": FaultText(
        _("The list says “%(value)s”, and nobody such is on the staff: the row is passed over.")
    ),
    "staff.state_moved": FaultText(STILL_HERE, ON_THE_RECORD),
    "staff.state_retired": FaultText(STILL_HERE, ON_THE_RECORD),
    "staff.state_left": FaultText(STILL_HERE, ON_THE_RECORD),
    "staff.state_deceased": FaultText(STILL_HERE, ON_THE_RECORD),
    "staff.state_away": FaultText(
        _("The list says “%(value)s”; the person is loaded as one of the staff."),
        _("Record the leave, with its days, on the page of the person."),
    ),
}

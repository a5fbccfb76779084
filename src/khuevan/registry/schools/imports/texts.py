"""Sentences of the faults that only a comparison with the register can find."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import FaultText

FAULT_TEXTS = {
    "schools.blank_class": FaultText(_("Blank cell."), _("Write the class, for example 6A.")),
    "schools.not_a_school": FaultText(
        _("This list is not of a school."), _("Name the school whose classes they are.")
    ),
    "schools.no_year": FaultText(
        _("No school year is recorded yet."), _("Write down the school year first.")
    ),
    "schools.unknown_grade": FaultText(
        _("“%(value)s” is no grade of the school."), _("Choose one of: %(choices)s.")
    ),
    "schools.unknown_campus": FaultText(
        _("The school has no campus “%(value)s”."), _("Choose one of: %(choices)s.")
    ),
    "schools.grade_needed": FaultText(
        _("Nothing says of which grade the class is."), _("Write the grade in the column “Khối”.")
    ),
    "schools.grade_not_taught": FaultText(
        _("The school does not teach %(grade)s."),
        _("Check the grade; the levels stand on the school's page."),
    ),
    "schools.other_grade": FaultText(
        _("The records have this class in %(grade)s; a class does not change its grade."),
        _("Check the class and its grade."),
    ),
    "schools.grade_of_name": FaultText(
        _("The name tells another grade than the column."), _("Check the class and its grade.")
    ),
    "schools.class_is_closed": FaultText(
        _("This class was closed."), _("Give the new class another name, or leave the row out.")
    ),
    "schools.sessions_unfit": FaultText(
        _("A class has 1 to 12 sessions a week."), _("Check the number.")
    ),
    "schools.grades_dont_mix": FaultText(
        _("Grades of one level only sit in one class."), _("Check the grades.")
    ),
    "schools.teacher_unknown": FaultText(
        _("Nobody of this name is on the staff of the school."),
        _("The class goes in without; load the staff, then this list once more."),
    ),
    "schools.teachers_alike": FaultText(
        _("Several of the staff have this name."),
        _("Write the ministry code in the column “Mã GVCN”; the class goes in without."),
    ),
    "schools.same_as_row": FaultText(
        _("Same as row %(row)d."), _("Keep one row and delete the other.")
    ),
    "schools.code_of_another": FaultText(
        _("This code belongs to another unit, or to a school that is not yours."),
        _("Check the code against the ministry's list."),
    ),
    "schools.code_unfit": FaultText(
        _("“%(value)s” is no school code."),
        _("Write letters without diacritics and digits only."),
    ),
    "schools.unknown_commune": FaultText(
        _("There is no commune “%(value)s” in the province."),
        _("Write it as in the list since 1/7/2025, with xã, phường or đặc khu, or its code."),
    ),
    "schools.unknown_province": FaultText(
        _("There is no province “%(value)s”."), _("Write it as in the list since 1/7/2025.")
    ),
    "schools.other_province": FaultText(
        _("This is not the province of the list."), _("Load the schools of each province apart.")
    ),
    "schools.unknown_manager": FaultText(
        _("“%(value)s” is no managing office."),
        _("Write Sở GDĐT, or UBND with the name of the commune."),
    ),
    "schools.managed_elsewhere": FaultText(
        _("Such schools do not stand under this office since 1/7/2025."),
        _("Check the levels and the managing office."),
    ),
    "schools.manager_of_another": FaultText(
        _("The managing office is of another commune than the school."),
        _("Check the commune and the managing office."),
    ),
    "schools.commune_needed": FaultText(
        _("The commune is needed: its committee manages the school."),
        _("Write the commune in the column “Xã”."),
    ),
    "schools.area_needed": FaultText(
        _("The commune is needed: a school stands in one, whoever manages it."),
        _("Write the commune in the column “Xã”."),
    ),
    "schools.office_missing": FaultText(
        _("The records have no office over this school yet."),
        _("Add the commune's committee under “Units” first."),
    ),
    "schools.levels_unfit": FaultText(
        _("“%(kind)s” does not teach these levels."), _("Check the levels and the kind of school.")
    ),
    "schools.ownership_unfit": FaultText(
        _("Only preschools are people-founded."), _("Check the ownership.")
    ),
    "schools.facility_ownership": FaultText(
        _("An independent preschool facility is people-founded or private."),
        _("Check the ownership."),
    ),
    "schools.facility_boarding": FaultText(
        _("An independent preschool facility is no boarding school."),
        _("Leave the cell blank, or write day boarding."),
    ),
    "schools.facility_national_standard": FaultText(
        _("National standards are of schools, not of independent preschool facilities."),
        _("Leave the cell blank."),
    ),
    "schools.founded_in_future": FaultText(
        _("The year is still to come."), _("A school to be is opened on its own page.")
    ),
    "schools.website_unfit": FaultText(
        _("“%(value)s” is no address of a website."), _("Write it as https://… or leave it blank.")
    ),
    "schools.stands_by_decision": FaultText(
        _("What the school is by law stands by a decision, and changes by one."),
        _("Record the decision on the school's page, or correct the list."),
    ),
    "schools.conversion_not_correction": FaultText(
        _("This has held for more than %(days)s days, so it changes by a decision."),
        _("Record the decision on the school's page, or correct the list."),
    ),
    "schools.level_still_taught": FaultText(
        _("%(level)s still has %(count)s open classes."),
        _("Close them first, or correct the list."),
    ),
    "schools.move_before_conversion": FaultText(
        _("%(kind)s: founded by %(who)s, so it does not stand under a commune."),
        _("Move the school on its page first, or correct the list."),
    ),
    "schools.founded_after_records": FaultText(
        _("The school is on record since %(since)s."),
        _("Check the year; it can't be later than that day."),
    ),
    "schools.founded_this_year": FaultText(
        _("A school founded this year opens by the decision that founds it."),
        _("Leave the row out and open the school under “Schools” with its decision."),
    ),
    "schools.founded_unsaid": FaultText(
        _("Recorded as a school that has long been there, without a decision."),
        _("Write the year of founding; a school of this year opens under “Schools”."),
    ),
    "schools.name_of_the_period": FaultText(
        _("The name is corrected as if it had been so from the start."),
        _("If the school was renamed, leave the row out and rename it on its page from a day on."),
    ),
    "schools.moves_by_decision": FaultText(
        _("The records have the school in another commune."),
        _("Record the decision on the school's page, or correct the list."),
    ),
}

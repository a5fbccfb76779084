"""Sentences of the faults of a timetable that was made elsewhere."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import FaultText

FAULT_TEXTS = {
    "timetable.blank_number": FaultText(
        _("Blank cell."), _("Number the lessons from 1, each row another number.")
    ),
    "timetable.no_class": FaultText(_("No class is named."), _("Write the class, for example 6A.")),
    "timetable.no_subject": FaultText(_("No subject is named."), _("Write the subject.")),
    "timetable.no_teacher": FaultText(_("Nobody gives this lesson."), ""),
    "timetable.other_teachers": FaultText(
        _("Of several teachers the first is taken; left out: %(names)s."), ""
    ),
    "timetable.length_unfit": FaultText(
        _("A lesson has from 1 to %(most)s periods."), _("Check the number.")
    ),
    "timetable.no_such_time": FaultText(
        _("The school has no period %(period)s on that half-day: the lesson waits for a place."),
        _("Set the bell times first, and check the list again."),
    ),
    "timetable.unknown_room": FaultText(
        _("The school has no room “%(name)s”: the lesson is held in the class's own."),
        _("Add the room, and check the list again."),
    ),
    "timetable.rule_left_out": FaultText(_("This rule is not taken."), ""),
    "timetable.rule_kept_own": FaultText(
        _("%(name)s has a wish of this kind already; that one stays."), ""
    ),
}

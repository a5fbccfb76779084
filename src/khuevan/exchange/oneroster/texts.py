"""Sentences of what is wrong with rows of a package."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import FaultText

MEND = _("Correct it in the system the package comes from, and export again.")
BY_PAGE = _("Record it on the page of the person.")

FAULT_TEXTS = {
    "oneroster.no_id": FaultText(_("Blank sourcedId."), MEND),
    "oneroster.id_twice": FaultText(_("The same sourcedId stands in row %(row)d."), MEND),
    "oneroster.status_unknown": FaultText(
        _("“%(value)s” is no status."), _("Write active or tobedeleted, or leave it blank.")
    ),
    "oneroster.to_be_deleted": FaultText(
        _("Marked to be deleted. A file removes nothing from the records."),
        _("Close the class, or end the stay, on its page."),
    ),
    "oneroster.inactive": FaultText(_("Marked inactive."), _("The row is left out.")),
    "oneroster.reference": FaultText(
        _("“%(value)s” is not in %(file)s."), _("Add it there, or correct the reference.")
    ),
    "oneroster.refers_refused": FaultText(
        _("“%(value)s” is refused or left out: see row %(row)d of %(file)s."),
        _("Correct that row first."),
    ),
    "oneroster.date": FaultText(
        _("“%(value)s” is no date."), _("Write year-month-day, for example 2026-09-05.")
    ),
    "oneroster.ends_first": FaultText(_("Ends before it begins."), MEND),
    "oneroster.over": FaultText(_("Over since %(day)s."), _("The row is left out.")),
    "oneroster.school_unknown": FaultText(
        _("No school that you may see has the code “%(value)s”."),
        _("Load the schools first, or write the school's code as identifier."),
    ),
    "oneroster.another_school": FaultText(
        _("“%(value)s” is the code of another school than %(unit)s."),
        _("Choose the package of the school, or leave the school's code out."),
    ),
    "oneroster.no_school": FaultText(
        _("“%(org)s” is no school, and people belong to one."),
        _("The row is left out: record who works at an office on its page."),
    ),
    "oneroster.type_unknown": FaultText(
        _("“%(value)s” is none of the words the standard has here."), MEND
    ),
    "oneroster.role_unknown": FaultText(
        _("“%(value)s” is no role of OneRoster."),
        _("Write student, teacher, principal, counselor, parent, guardian or relative."),
    ),
    "oneroster.role_without_post": FaultText(
        _("The role “%(value)s” says no position at a school."), BY_PAGE
    ),
    "oneroster.position_stays": FaultText(
        _("Recorded here as %(position)s, and a role in a package does not change that."),
        _("If the role is right, record the position on the page of the person."),
    ),
    "oneroster.no_role": FaultText(_("roles.csv says nothing of this user."), MEND),
    "oneroster.no_org": FaultText(_("No school is named."), MEND),
    "oneroster.other_school": FaultText(
        _("A second school: the first one is the main one."), BY_PAGE
    ),
    "oneroster.subject_class": FaultText(
        _("A class of one subject: the records keep homeroom classes."),
        _("The row is left out, with who is enrolled in it."),
    ),
    "oneroster.other_year": FaultText(
        _("The class is not of the school year %(year)s."),
        _("Load the package of another year with that year."),
    ),
    "oneroster.no_homeroom": FaultText(
        _("In no homeroom class of the school year."),
        _("Enroll the pupil in a class whose classType is homeroom."),
    ),
    "oneroster.second_homeroom": FaultText(
        _("The pupil is in another homeroom class already: see row %(row)d."), MEND
    ),
    "oneroster.class_elsewhere": FaultText(_("The class belongs to another school."), MEND),
    "oneroster.role_of_another": FaultText(
        _("The user is enrolled as “%(value)s”, and is %(role)s by role."), MEND
    ),
    "oneroster.two_teachers": FaultText(
        _("The class has a homeroom teacher already: see row %(row)d."),
        _("Mark the homeroom teacher's row as primary."),
    ),
    "oneroster.guardian_left": FaultText(
        _("The records keep one such guardian of a pupil: “%(who)s” is left out."), BY_PAGE
    ),
    "oneroster.not_declared": FaultText(
        _("%(file)s is there, and manifest.csv calls it absent."), _("It is not read.")
    ),
}

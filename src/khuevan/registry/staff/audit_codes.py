"""What the staff app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

APPOINTED = declare_code("staff.appointed", _("Appointed: %(position)s"))
APPOINTED_MANY = declare_code("staff.appointed_many", _("Staff appointed: %(count)s"))
CHANGED = declare_code("staff.position_changed", _("Position changed: %(position)s"))
SECOND = declare_code("staff.second_school", _("Teaches at a second school: %(school)s"))
ENDED = declare_code("staff.appointment_ended", _("Position ended: %(position)s (%(how)s)"))
TAKEN_BACK = declare_code("staff.taken_back", _("End of a position taken back: %(position)s"))
HOMEROOM_ASSIGNED = declare_code("staff.homeroom_assigned", _("Homeroom teacher assigned"))
HOMEROOM_ENDED = declare_code("staff.homeroom_ended", _("No longer homeroom teacher"))
TEACHING_ASSIGNED = declare_code("staff.teaching_assigned", _("Teaching assigned: %(subject)s"))
TEACHING_ENDED = declare_code("staff.teaching_ended", _("Teaching ended: %(subject)s"))
LESSONS_GIVEN = declare_code(
    "staff.lessons_given", _("Lessons given: %(begun)s begun, %(ended)s ended")
)
SUBJECT_ADDED = declare_code("staff.subject_added", _("Subject added: %(subject)s (%(tie)s)"))
SUBJECT_ENDED = declare_code("staff.subject_ended", _("Subject ended: %(subject)s (%(tie)s)"))
TITLE_GIVEN = declare_code("staff.title_given", _("Professional title: %(title)s"))
QUALIFICATION_ADDED = declare_code("staff.qualification_added", _("Qualification added: %(kind)s"))
QUALIFICATION_WITHDRAWN = declare_code(
    "staff.qualification_withdrawn", _("Qualification withdrawn: %(kind)s")
)
LEAVE_RECORDED = declare_code("staff.leave_recorded", _("On leave: %(kind)s, until %(day)s"))
LEAVE_CHANGED = declare_code("staff.leave_changed", _("Leave now ends on %(day)s"))
STANDS_IN = declare_code("staff.stands_in", _("Stands in: class %(room)s, %(duty)s"))
STANDING_IN_ENDED = declare_code(
    "staff.standing_in_ended", _("No longer stands in: class %(room)s, %(duty)s")
)
IDENTITY_CORRECTED = declare_code("staff.corrected", _("Record of a staff member corrected"))
UNMASKED = declare_code("staff.unmasked", _("Personal number of a staff member shown"))
EXPORTED = declare_code("staff.exported", _("List of staff exported: %(count)s rows"))

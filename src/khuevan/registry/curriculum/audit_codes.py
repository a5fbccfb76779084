"""What the curriculum app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

PLANS_FILLED = declare_code("curriculum.plans_filled", _("Plans made for %(count)s classes"))
SUBJECT_PLANNED = declare_code(
    "curriculum.subject_planned", _("Planned: %(subject)s, %(count)s periods a year")
)
INTEGRATED_PLANNED = declare_code(
    "curriculum.integrated_planned", _("Learnt within subjects: %(count)s periods a year")
)
PLANS_FOLLOW = declare_code(
    "curriculum.plans_follow",
    _("Plans follow what is given or chosen: %(count)s subjects of classes"),
)
SUBJECT_REMOVED = declare_code("curriculum.subject_removed", _("No longer planned: %(subject)s"))
PERIODS_ASSIGNED = declare_code(
    "curriculum.periods_assigned", _("Periods assigned: %(subject)s, %(count)s a year")
)
RESPONSIBLE_SET = declare_code(
    "curriculum.responsible_set", _("%(name)s answers for the marks of %(subject)s")
)
DUTY_RECORDED = declare_code("curriculum.duty_recorded", _("Duty recorded: %(duty)s"))
WORK_RECORDED = declare_code("curriculum.work_recorded", _("Converted work recorded: %(work)s"))
WORK_ENDED = declare_code("curriculum.work_ended", _("Converted work ended: %(work)s"))
WORK_WITHDRAWN = declare_code("curriculum.work_withdrawn", _("Converted work taken back: %(work)s"))
ZONE_SET = declare_code("curriculum.zone_set", _("The school lies in zone %(zone)s from %(day)s"))
DUTY_ENDED = declare_code("curriculum.duty_ended", _("Duty ended: %(duty)s"))
DUTY_WITHDRAWN = declare_code("curriculum.duty_withdrawn", _("Duty taken back: %(duty)s"))
GROUP_KEPT = declare_code("curriculum.group_kept", _("Group kept: %(group)s, %(subject)s"))
GROUP_PUPILS_SET = declare_code(
    "curriculum.group_pupils_set", _("Pupils of the group %(group)s set: %(count)s")
)
GROUP_GIVEN = declare_code("curriculum.group_given", _("Teacher of the group %(group)s set"))
GROUP_REMOVED = declare_code("curriculum.group_removed", _("Group dissolved: %(group)s"))

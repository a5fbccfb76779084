"""What other apps may use of the curriculum app."""

from khuevan.registry.curriculum.actions import assign_subject, fill_plans, plan_subject, set_weeks
from khuevan.registry.curriculum.models import AssignedPeriods, ClassSubject, PlanKind, TeachingDuty
from khuevan.registry.curriculum.permissions import MANAGE_PLANS, VIEW_LOADS, VIEW_PLANS
from khuevan.registry.curriculum.selectors.loads import TeacherLoad, teacher_loads
from khuevan.registry.curriculum.selectors.plans import ClassPlan, SubjectPlan, class_plans

__all__ = [
    "MANAGE_PLANS",
    "VIEW_LOADS",
    "VIEW_PLANS",
    "AssignedPeriods",
    "ClassPlan",
    "ClassSubject",
    "PlanKind",
    "SubjectPlan",
    "TeacherLoad",
    "TeachingDuty",
    "assign_subject",
    "class_plans",
    "fill_plans",
    "plan_subject",
    "set_weeks",
    "teacher_loads",
]

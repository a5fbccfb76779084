"""What other apps may use of the curriculum app."""

from khuevan.registry.curriculum.actions import (
    assign_subject,
    bulk_fill_plans,
    fill_plans,
    follow_choices,
    plan_subject,
    set_weeks,
)
from khuevan.registry.curriculum.actions.groups import (
    GroupData,
    change_group,
    make_group,
    set_group_pupils,
)
from khuevan.registry.curriculum.assessing import AssessmentForm, assessment_of_subject
from khuevan.registry.curriculum.carried import Carried, class_combinations
from khuevan.registry.curriculum.errors import NormUnknown
from khuevan.registry.curriculum.imports.layouts import CODE as ASSIGNMENTS
from khuevan.registry.curriculum.imports.names import NAME_KINDS, Names, Unknown
from khuevan.registry.curriculum.imports.reading import Faults
from khuevan.registry.curriculum.imports.words import names_at
from khuevan.registry.curriculum.load_rules import Load, Taught
from khuevan.registry.curriculum.models import (
    AssignedPeriods,
    ClassSubject,
    ConvertedWork,
    GroupPupil,
    Pace,
    PlanKind,
    TeachingDuty,
    TeachingGroup,
)
from khuevan.registry.curriculum.norms import (
    USUAL_ZONE,
    Circumstances,
    Held,
    duty_label,
    norm_for,
    reduction_of,
)
from khuevan.registry.curriculum.offered import offer_faults, offered_subjects
from khuevan.registry.curriculum.permissions import MANAGE_PLANS, VIEW_LOADS, VIEW_PLANS
from khuevan.registry.curriculum.plans import component_in_programme
from khuevan.registry.curriculum.programme import frame_of, opening_day
from khuevan.registry.curriculum.selectors.answering import Responsible, responsible_for
from khuevan.registry.curriculum.selectors.groups import Group, groups_of, teaching_groups
from khuevan.registry.curriculum.selectors.loads import TeacherLoad, teacher_loads
from khuevan.registry.curriculum.selectors.owed import Serving, serving_in
from khuevan.registry.curriculum.selectors.plans import (
    ClassPlan,
    Giver,
    SubjectPlan,
    class_plans,
    givers_of,
    planned_periods,
    terms_of,
)
from khuevan.registry.curriculum.selectors.works import taught_of, works_in
from khuevan.registry.curriculum.shown import fraction_words, plan_fault_words, sure_pill
from khuevan.registry.curriculum.terms import term_now
from khuevan.registry.curriculum.week_shapes import session_words, week_shapes

__all__ = [
    "AssessmentForm",
    "assessment_of_subject",
    "component_in_programme",
    "Carried",
    "change_group",
    "class_combinations",
    "ASSIGNMENTS",
    "NAME_KINDS",
    "Faults",
    "Names",
    "Unknown",
    "names_at",
    "set_group_pupils",
    "plan_fault_words",
    "opening_day",
    "offer_faults",
    "make_group",
    "follow_choices",
    "offered_subjects",
    "GroupData",
    "MANAGE_PLANS",
    "USUAL_ZONE",
    "VIEW_LOADS",
    "VIEW_PLANS",
    "AssignedPeriods",
    "Circumstances",
    "ConvertedWork",
    "Load",
    "Pace",
    "Responsible",
    "Serving",
    "Taught",
    "serving_in",
    "taught_of",
    "works_in",
    "ClassPlan",
    "ClassSubject",
    "Group",
    "Giver",
    "GroupPupil",
    "Held",
    "NormUnknown",
    "PlanKind",
    "SubjectPlan",
    "TeacherLoad",
    "TeachingDuty",
    "TeachingGroup",
    "teaching_groups",
    "assign_subject",
    "bulk_fill_plans",
    "class_plans",
    "duty_label",
    "fill_plans",
    "fraction_words",
    "givers_of",
    "groups_of",
    "sure_pill",
    "norm_for",
    "plan_subject",
    "planned_periods",
    "reduction_of",
    "responsible_for",
    "frame_of",
    "session_words",
    "set_weeks",
    "teacher_loads",
    "term_now",
    "terms_of",
    "week_shapes",
]

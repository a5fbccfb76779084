"""What happens to schools, their places and their classes, by topic."""

from khuevan.registry.schools.actions.classes import (
    ClassDetails,
    NewRoom,
    build_class,
    close_class,
    edit_class,
    open_class,
    open_classes,
    set_grade_session,
)
from khuevan.registry.schools.actions.closing import close_school
from khuevan.registry.schools.actions.decisions import correct_decision
from khuevan.registry.schools.actions.facts import (
    change_code,
    change_facts,
    correct_facts,
    take_up_codes,
)
from khuevan.registry.schools.actions.opening import (
    SchoolData,
    build_main_campus,
    build_version,
    open_school,
    require_fit,
    require_free_codes,
)
from khuevan.registry.schools.actions.permitting import permit_operation
from khuevan.registry.schools.actions.places import (
    CampusData,
    RoomData,
    add_campus,
    add_room,
    change_campus,
    change_contact,
    change_room,
    close_campus,
    close_room,
)
from khuevan.registry.schools.actions.registering import Correction as RegisterCorrection
from khuevan.registry.schools.actions.registering import (
    Registered,
    correct_register,
    register_schools,
)
from khuevan.registry.schools.actions.withdrawing import withdraw_decision
from khuevan.registry.schools.actions.years import (
    FrameData,
    add_make_up_day,
    close_days,
    set_frame,
    withdraw_closure,
    withdraw_make_up_day,
)

__all__ = [
    "CampusData",
    "ClassDetails",
    "FrameData",
    "RegisterCorrection",
    "Registered",
    "RoomData",
    "SchoolData",
    "add_campus",
    "add_make_up_day",
    "add_room",
    "build_class",
    "build_main_campus",
    "build_version",
    "change_campus",
    "change_code",
    "change_contact",
    "change_facts",
    "change_room",
    "close_campus",
    "close_class",
    "close_days",
    "close_room",
    "close_school",
    "correct_decision",
    "correct_facts",
    "correct_register",
    "edit_class",
    "NewRoom",
    "open_class",
    "open_classes",
    "set_grade_session",
    "open_school",
    "permit_operation",
    "register_schools",
    "require_fit",
    "require_free_codes",
    "set_frame",
    "take_up_codes",
    "withdraw_closure",
    "withdraw_decision",
    "withdraw_make_up_day",
]

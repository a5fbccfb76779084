"""What happens to staff; each deed writes the grants that follow from it."""

from khuevan.registry.staff.actions.appointing import (
    Post,
    appoint,
    appoint_second,
    appoint_to,
    change_position,
    write_appointment,
)
from khuevan.registry.staff.actions.classes import (
    assign_homeroom,
    assign_teaching,
    end_homeroom,
    end_teaching,
    withdraw_teaching,
)
from khuevan.registry.staff.actions.ending import (
    close_accounts_of_leavers,
    end_appointment,
    undo_ending,
)
from khuevan.registry.staff.actions.identity import Identity, correct_identity, identity_of
from khuevan.registry.staff.actions.leave import (
    NewLeave,
    add_substitute,
    change_return,
    end_substitution,
    record_leave,
)
from khuevan.registry.staff.actions.lessons import LessonsGiven, give_lessons
from khuevan.registry.staff.actions.looking import export_note, open_record, unmask
from khuevan.registry.staff.actions.moving import (
    receive_member,
    release_member,
    take_member_back,
)
from khuevan.registry.staff.actions.taking_on import NewMember, take_on
from khuevan.registry.staff.actions.taking_on_many import take_on_all
from khuevan.registry.staff.actions.training import (
    add_qualification,
    add_subject,
    end_subject,
    give_title,
    withdraw_qualification,
)

__all__ = [
    "Identity",
    "close_accounts_of_leavers",
    "correct_identity",
    "identity_of",
    "NewLeave",
    "NewMember",
    "Post",
    "add_qualification",
    "add_subject",
    "add_substitute",
    "appoint",
    "appoint_second",
    "appoint_to",
    "assign_homeroom",
    "LessonsGiven",
    "assign_teaching",
    "give_lessons",
    "change_position",
    "change_return",
    "end_appointment",
    "end_homeroom",
    "end_subject",
    "end_substitution",
    "end_teaching",
    "export_note",
    "give_title",
    "open_record",
    "receive_member",
    "record_leave",
    "release_member",
    "take_member_back",
    "take_on",
    "take_on_all",
    "undo_ending",
    "withdraw_teaching",
    "unmask",
    "withdraw_qualification",
    "write_appointment",
]

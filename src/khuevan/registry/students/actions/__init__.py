"""Everything that happens to pupils, by verb."""

from khuevan.registry.students.actions.breaks import (
    end_break,
    start_break,
    undo_break,
    undo_return,
)
from khuevan.registry.students.actions.consent import give_consent, withdraw_consent
from khuevan.registry.students.actions.correct import correct_student, correct_students
from khuevan.registry.students.actions.crossing import (
    receive_student,
    release_student,
    take_back_receipt,
    take_back_release,
)
from khuevan.registry.students.actions.custody import (
    add_guardian,
    end_guardianship,
    lift_limit,
    limit_guardian,
    order_guardians,
    restore_guardian,
)
from khuevan.registry.students.actions.enroll import enroll_students
from khuevan.registry.students.actions.former import (
    open_last_view,
    unmask_last_view,
)
from khuevan.registry.students.actions.leave import end_enrollment, undo_leaving
from khuevan.registry.students.actions.look import (
    export_note,
    note_list_given,
    note_look,
    open_record,
    require_list_purpose,
    require_purpose,
    unmask,
)
from khuevan.registry.students.actions.numbers import number_pupils, set_numbering
from khuevan.registry.students.actions.place import (
    further_grade,
    place_student,
    place_students,
    undo_moves,
)
from khuevan.registry.students.actions.register import register_student, register_students
from khuevan.registry.students.actions.second import end_second, start_second, undo_second

__all__ = [
    "end_second",
    "start_second",
    "undo_second",
    "open_last_view",
    "unmask_last_view",
    "end_break",
    "number_pupils",
    "set_numbering",
    "start_break",
    "undo_break",
    "undo_return",
    "add_guardian",
    "end_guardianship",
    "lift_limit",
    "limit_guardian",
    "order_guardians",
    "restore_guardian",
    "give_consent",
    "withdraw_consent",
    "correct_student",
    "correct_students",
    "end_enrollment",
    "enroll_students",
    "export_note",
    "note_list_given",
    "note_look",
    "open_record",
    "further_grade",
    "place_student",
    "place_students",
    "receive_student",
    "register_student",
    "register_students",
    "release_student",
    "require_list_purpose",
    "require_purpose",
    "take_back_receipt",
    "take_back_release",
    "undo_leaving",
    "undo_moves",
    "unmask",
]

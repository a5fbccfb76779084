"""Routes of pupils and of classes, which are made of pupils."""

from django.urls import path

from khuevan.registry.students.pages import (
    book,
    classes,
    edits,
    files,
    former,
    guardians,
    lists,
    purpose,
    records,
    states,
)

app_name = "students"

urlpatterns = [
    path("students/", lists.student_list, name="list"),
    path("students/print/", lists.student_print, name="print"),
    path("students/export/", files.export, name="export"),
    path("students/<uuid:uuid>/", records.overview, name="record"),
    path("students/<uuid:uuid>/purpose/", purpose.purpose, name="purpose"),
    path("students/<uuid:uuid>/family/", records.family, name="family"),
    path("students/<uuid:uuid>/schooling/", records.schooling, name="schooling"),
    path("students/<uuid:uuid>/history/", records.history, name="history"),
    path("students/<uuid:uuid>/views/", records.views, name="views"),
    path("students/<uuid:uuid>/sensitive/", records.sensitive, name="sensitive"),
    path("students/<uuid:uuid>/edit/", edits.edit, name="edit"),
    path("students/<uuid:uuid>/leave/", edits.leave, name="leave"),
    path("students/<uuid:uuid>/guardians/new/", guardians.guardian_new, name="guardian_new"),
    path(
        "students/<uuid:uuid>/guardians/<uuid:which>/limit/",
        guardians.guardian_limit,
        name="guardian_limit",
    ),
    path(
        "students/<uuid:uuid>/guardians/<uuid:which>/end/",
        guardians.guardian_end,
        name="guardian_end",
    ),
    path(
        "students/<uuid:uuid>/guardians/<uuid:which>/restore/",
        guardians.guardian_restore,
        name="guardian_restore",
    ),
    path(
        "students/<uuid:uuid>/guardians/<uuid:which>/up/", guardians.guardian_up, name="guardian_up"
    ),
    path("students/<uuid:uuid>/limits/<uuid:which>/lift/", guardians.limit_lift, name="limit_lift"),
    path("students/<uuid:uuid>/second-schools/new/", states.second_new, name="second_new"),
    path(
        "students/<uuid:uuid>/second-schools/<uuid:which>/end/",
        states.second_end,
        name="second_end",
    ),
    path(
        "students/<uuid:uuid>/second-schools/<uuid:which>/undo/",
        states.second_undo,
        name="second_undo",
    ),
    path("students/<uuid:uuid>/breaks/new/", states.break_new, name="break_new"),
    path("students/<uuid:uuid>/breaks/<uuid:which>/end/", states.break_end, name="break_end"),
    path("students/<uuid:uuid>/breaks/<uuid:which>/undo/", states.break_undo, name="break_undo"),
    path(
        "students/<uuid:uuid>/breaks/<uuid:which>/reopen/",
        states.break_reopen,
        name="break_reopen",
    ),
    path("former-pupils/<uuid:uuid>/", former.former, name="former"),
    path("former-pupils/<uuid:uuid>/sensitive/", former.former_sensitive, name="former_sensitive"),
    path("schools/<str:code>/former-pupils/", former.former_list, name="former_list"),
    path("schools/<str:code>/registry/", book.registry, name="registry"),
    path("schools/<str:code>/registry/numbering/", book.numbering, name="numbering"),
    path("schools/<str:code>/registry/numbers/", book.give_numbers, name="give_numbers"),
    path("schools/<str:code>/registry/print/", book.registry_print, name="registry_print"),
    path("schools/<str:code>/registry/export/", book.registry_export, name="registry_export"),
    path("enrollments/<uuid:uuid>/take-back/", edits.undo_leave, name="undo_leave"),
    path("schools/<str:code>/students/", lists.school_students, name="school"),
    path("schools/<str:code>/students/new/", edits.new, name="new"),
    path("schools/<str:code>/students/move/", classes.move, name="move"),
    path(
        "schools/<str:code>/students/moves/<uuid:request_id>/undo/",
        classes.undo_move,
        name="undo_move",
    ),
    path("schools/<str:code>/classes/", lists.school_classes, name="classes"),
    path("schools/<str:code>/classes/new/", classes.class_open, name="class_open"),
    path("schools/<str:code>/classes/<uuid:uuid>/", classes.class_page, name="class"),
    path("schools/<str:code>/classes/<uuid:uuid>/print/", classes.class_print, name="class_print"),
    path("schools/<str:code>/classes/<uuid:uuid>/list.pdf", classes.class_pdf, name="class_pdf"),
]

"""Routes of staff."""

from django.urls import path

from khuevan.registry.staff.pages import (
    classes,
    identity,
    leave,
    lists,
    new,
    positions,
    records,
    training,
)

app_name = "staff"

urlpatterns = [
    path("staff/", lists.staff_list, name="list"),
    path("staff/export/", lists.export, name="export"),
    path("schools/<str:code>/staff/", lists.school_staff, name="school"),
    path("units/<str:code>/staff/new/", new.new, name="new"),
    path("staff/<uuid:uuid>/", records.overview, name="record"),
    path("staff/<uuid:uuid>/number/", records.number, name="number"),
    path("staff/<uuid:uuid>/duties/", records.duties, name="duties"),
    path("staff/<uuid:uuid>/history/", records.history, name="history"),
    path("staff/<uuid:uuid>/events/", records.events, name="events"),
    path("staff/<uuid:uuid>/views/", records.views, name="views"),
    path("staff/<uuid:uuid>/identity/", identity.identity, name="identity"),
    path("staff/<uuid:uuid>/second/", positions.second, name="second"),
    path("staff/<uuid:uuid>/leave/", leave.leave, name="leave"),
    path("staff/leaves/<uuid:uuid>/", leave.one_leave, name="one_leave"),
    path("staff/leaves/<uuid:uuid>/return/", leave.change_return, name="change_return"),
    path("staff/substitutions/<uuid:uuid>/end/", leave.end_substitution, name="end_substitution"),
    path("schools/<str:code>/staff/away/", leave.who_for_whom, name="absences"),
    path("schools/<str:code>/classes/<uuid:uuid>/staff/", classes.one_class, name="class"),
    path(
        "schools/<str:code>/classes/<uuid:uuid>/staff/homeroom/",
        classes.homeroom,
        name="homeroom",
    ),
    path("schools/<str:code>/classes/<uuid:uuid>/staff/lessons/", classes.lessons, name="lessons"),
    path("staff/homerooms/<uuid:uuid>/end/", classes.end_homeroom, name="end_homeroom"),
    path("staff/lessons/<uuid:uuid>/end/", classes.end_lessons, name="end_lessons"),
    path("staff/<uuid:uuid>/subject/", training.subject, name="subject"),
    path("staff/<uuid:uuid>/title/", training.title, name="title"),
    path("staff/<uuid:uuid>/qualification/", training.qualification, name="qualification"),
    path("staff/appointments/<uuid:uuid>/change/", positions.change, name="change"),
    path("staff/appointments/<uuid:uuid>/end/", positions.end, name="end"),
    path("staff/appointments/<uuid:uuid>/undo/", positions.undo_end, name="undo_end"),
    path("staff/subjects/<uuid:uuid>/end/", training.end_subject, name="end_subject"),
    path("staff/qualifications/<uuid:uuid>/withdraw/", training.withdraw, name="withdraw"),
]

"""Routes of timetables."""

from django.urls import path

from khuevan.school.timetable.pages import (
    combined,
    days,
    editor,
    files,
    moving,
    own,
    rooms,
    versions,
)

app_name = "timetable"

_ONE = "timetables/<uuid:uuid>/"

urlpatterns = [
    path("timetables/", versions.start, name="start"),
    path("schools/<str:code>/timetables/", versions.versions, name="versions"),
    path("schools/<str:code>/timetables/new/", versions.new, name="new"),
    path("schools/<str:code>/timetables/day/", days.school_day, name="day"),
    path("schools/<str:code>/timetables/day/<uuid:uuid>/", days.lesson_day, name="lesson_day"),
    path("schools/<str:code>/timetables/day/<uuid:uuid>/off/", days.off, name="off"),
    path("schools/<str:code>/timetables/day/<uuid:uuid>/usual/", days.usual, name="usual"),
    path("schools/<str:code>/timetables/day/<uuid:uuid>/move/", moving.move_day, name="move_day"),
    path("schools/<str:code>/timetables/day/<uuid:uuid>/swap/", moving.swap_day, name="swap_day"),
    path("my/timetable/", own.week, name="own"),
    path("my/timetable/feed/", own.make_feed, name="make_feed"),
    path("calendar/<str:token>.ics", own.feed, name="feed"),
    path(_ONE, editor.editor, name="editor"),
    path(f"{_ONE}move/", editor.move, name="move"),
    path(f"{_ONE}room/", editor.room, name="room"),
    path(f"{_ONE}shape/", editor.shape, name="shape"),
    path(f"{_ONE}lock/", editor.lock, name="lock"),
    path(f"{_ONE}undo/", editor.undo, name="undo"),
    path(f"{_ONE}redo/", editor.redo, name="redo"),
    path(f"{_ONE}rest/", editor.rest, name="rest"),
    path(f"{_ONE}problem.fet", files.problem, name="problem"),
    path(f"{_ONE}result/", files.result, name="result"),
    path(f"{_ONE}timetable.xlsx", files.workbook, name="workbook"),
    path(f"{_ONE}print/", files.printed, name="print"),
    path(f"{_ONE}rooms/", rooms.rooms, name="rooms"),
    path(f"{_ONE}combined/", combined.combined, name="combined"),
    path(f"{_ONE}combined/apart/", combined.apart, name="apart"),
    path(f"{_ONE}publish/", versions.publish, name="publish"),
    path(f"{_ONE}remove/", versions.remove, name="remove"),
]

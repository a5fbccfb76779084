"""Routes of timetables."""

from django.urls import path

from khuevan.school.timetable.pages import (
    bells,
    combined,
    comparing,
    days,
    editor,
    files,
    moving,
    own,
    rooms,
    rules,
    versions,
    wishes,
)

app_name = "timetable"

_ONE = "timetables/<uuid:uuid>/"
_SCHOOL = "schools/<str:code>/timetables/"

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
    path(f"{_SCHOOL}bells/", bells.bells, name="bells"),
    path(f"{_SCHOOL}bells/grade/", bells.grade_session, name="grade_session"),
    path(f"{_SCHOOL}rules/", rules.rules, name="rules"),
    path(f"{_SCHOOL}rules/copy/", rules.rules_copy, name="rules_copy"),
    path(f"{_SCHOOL}rules/departments/", rules.department, name="department"),
    path(f"{_SCHOOL}rules/<str:rule>/", rules.rule, name="rule"),
    path(f"{_SCHOOL}rules/<str:rule>/more/", rules.rule_more, name="rule_more"),
    path("timetables/rules/<uuid:uuid>/drop/", rules.rule_drop, name="rule_drop"),
    path(
        "timetables/departments/<uuid:uuid>/remove/",
        rules.department_remove,
        name="department_remove",
    ),
    path("my/timetable/", own.week, name="own"),
    path("my/timetable/wishes/", wishes.own, name="own_wishes"),
    path("my/timetable/wishes/<uuid:uuid>/withdraw/", wishes.own_withdraw, name="own_withdraw"),
    path("my/timetable/wishes/<str:kind>/", wishes.own_wish, name="own_wish"),
    path(f"{_SCHOOL}wishes/", wishes.wishes, name="wishes"),
    path(f"{_SCHOOL}wishes/<uuid:uuid>/<str:kind>/", wishes.member_wish, name="member_wish"),
    path("timetables/wishes/<uuid:uuid>/answer/", wishes.answer, name="wish_answer"),
    path("timetables/wishes/<uuid:uuid>/remove/", wishes.remove, name="wish_remove"),
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
    path(f"{_ONE}compare/", comparing.compare, name="compare"),
    path(f"{_ONE}publish/", versions.publish, name="publish"),
    path(f"{_ONE}remove/", versions.remove, name="remove"),
]

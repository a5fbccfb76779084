"""Routes of the curriculum."""

from django.urls import path

from khuevan.registry.curriculum.pages import (
    duties,
    giving,
    groups,
    loads,
    plans,
    programme,
    teaching,
    works,
    year,
)

app_name = "curriculum"

_SCHOOL = "schools/<str:code>/"

urlpatterns = [
    path("programme/", programme.programme, name="programme"),
    path(f"{_SCHOOL}curriculum/", plans.board, name="board"),
    path(f"{_SCHOOL}curriculum/fill/", plans.fill, name="fill"),
    path(f"{_SCHOOL}curriculum/year/", year.year, name="year"),
    path(f"{_SCHOOL}curriculum/year/print/", year.printed, name="year_print"),
    path(f"{_SCHOOL}curriculum/year/workbook/", year.workbook, name="year_workbook"),
    path(f"{_SCHOOL}classes/<uuid:uuid>/curriculum/within/", year.integrated, name="integrated"),
    path(f"{_SCHOOL}curriculum/<uuid:uuid>/", plans.subject, name="subject"),
    path(f"{_SCHOOL}curriculum/<uuid:uuid>/remove/", plans.remove, name="remove"),
    path(f"{_SCHOOL}classes/<uuid:uuid>/curriculum/add/", plans.add, name="add"),
    path(f"{_SCHOOL}groups/", groups.board, name="groups"),
    path(f"{_SCHOOL}groups/add/", groups.add, name="group_add"),
    path(f"{_SCHOOL}groups/<uuid:uuid>/", groups.group, name="group"),
    path(f"{_SCHOOL}groups/<uuid:uuid>/pupils/", groups.pupils, name="group_pupils"),
    path(f"{_SCHOOL}groups/<uuid:uuid>/teacher/", groups.teacher, name="group_teacher"),
    path(f"{_SCHOOL}groups/<uuid:uuid>/end/", groups.end, name="group_end"),
    path(f"{_SCHOOL}assignments/", teaching.board, name="teaching"),
    path(f"{_SCHOOL}assignments/<uuid:uuid>/", giving.give, name="give"),
    path(f"{_SCHOOL}assignments/<uuid:uuid>/responsible/", giving.responsible, name="responsible"),
    path(
        f"{_SCHOOL}assignments/<uuid:uuid>/periods/<uuid:teaching>/",
        giving.periods,
        name="periods",
    ),
    path(f"{_SCHOOL}loads/", loads.board, name="loads"),
    path(f"{_SCHOOL}loads/work/", works.works, name="works"),
    path(f"{_SCHOOL}loads/work/<uuid:uuid>/end/", works.end_work, name="end_work"),
    path(f"{_SCHOOL}loads/work/<uuid:uuid>/withdraw/", works.withdraw_work, name="withdraw_work"),
    path(f"{_SCHOOL}loads/zone/", works.zone, name="zone"),
    path(f"{_SCHOOL}loads/<uuid:uuid>/work/", works.new_work, name="new_work"),
    path(f"{_SCHOOL}loads/<uuid:uuid>/", loads.one_teacher, name="load"),
    path(f"{_SCHOOL}loads/<uuid:uuid>/duty/", duties.duty, name="duty"),
    path(f"{_SCHOOL}loads/duty/<uuid:uuid>/end/", duties.end_duty, name="end_duty"),
    path(f"{_SCHOOL}loads/duty/<uuid:uuid>/withdraw/", duties.withdraw_duty, name="withdraw_duty"),
]

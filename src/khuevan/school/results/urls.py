"""Routes of results."""

from django.urls import path

from khuevan.school.results.pages import classes, pupils, summaries

app_name = "results"

_CLASS = "schools/<str:code>/classes/<uuid:uuid>/results/"

urlpatterns = [
    path("results/", summaries.index, name="index"),
    path("schools/<str:code>/results/", summaries.school, name="school"),
    path("students/<uuid:uuid>/study/", pupils.pupil, name="pupil"),
    path(_CLASS, classes.class_results, name="class"),
    path(f"{_CLASS}conduct/", classes.conduct, name="conduct"),
    path(f"{_CLASS}settle/", classes.settle, name="settle"),
    path(f"{_CLASS}approve/", classes.approve, name="approve"),
    path(f"{_CLASS}give-back/", classes.give_back, name="give_back"),
    path(f"{_CLASS}results.xlsx", classes.workbook, name="workbook"),
    path(f"{_CLASS}results.pdf", classes.printed, name="print"),
]

"""Routes of staffing."""

from django.urls import path

from khuevan.insight.staffing.pages import schools, tables

app_name = "staffing"

urlpatterns = [
    path("staffing/", tables.index, name="index"),
    path("staffing/staffing.xlsx", tables.as_file, name="file"),
    path("staffing/schools/<str:code>/", schools.school, name="school"),
    path("staffing/schools/<str:code>/count/", schools.count_anew, name="count"),
    path("staffing/schools/<str:code>/<str:level>/<str:post>/", schools.post, name="post"),
]

"""Routes of background work."""

from django.urls import path

from khuevan.platform.jobs import pages

app_name = "jobs"

urlpatterns = [
    path("jobs/", pages.job_list, name="list"),
    path("jobs/<uuid:uuid>/", pages.detail, name="detail"),
    path("jobs/<uuid:uuid>/card/", pages.card, name="card"),
    path("jobs/<uuid:uuid>/stop/", pages.stop, name="stop"),
]

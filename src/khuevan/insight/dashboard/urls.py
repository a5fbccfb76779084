"""Routes of the first page, the dashboard and the figures."""

from django.urls import path

from khuevan.insight.dashboard import pages

app_name = "dashboard"

urlpatterns = [
    path("", pages.home, name="home"),
    path("dashboard/", pages.dashboard, name="dashboard"),
    path("figures/", pages.figure_list, name="figures"),
    path("figures/all.xlsx", pages.all_figures_file, name="all_file"),
    path("figures/<slug:code>/", pages.figure, name="figure"),
    path("figures/<slug:code>.xlsx", pages.figure_file, name="figure_file"),
]

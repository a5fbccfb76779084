"""Routes of transfers."""

from django.urls import path

from khuevan.registry.transfers.pages import ask, board, case, steps

app_name = "transfers"

urlpatterns = [
    path("transfers/", board.board, name="board"),
    path("transfers/list/", board.transfer_list, name="list"),
    path("transfers/export/", board.export, name="export"),
    path("transfers/papers/<uuid:uuid>/", case.paper_file, name="paper_file"),
    path("transfers/papers/<uuid:uuid>/remove/", steps.paper_remove, name="paper_remove"),
    path("transfers/decisions/<uuid:uuid>/", case.decision_file, name="decision_file"),
    path("transfers/<uuid:uuid>/", case.case, name="case"),
    path("transfers/<uuid:uuid>/accept/", steps.accept, name="accept"),
    path("transfers/<uuid:uuid>/refuse/", steps.refuse, name="refuse"),
    path("transfers/<uuid:uuid>/withdraw/", steps.withdraw, name="withdraw"),
    path("transfers/<uuid:uuid>/withdraw/wish/", steps.withdraw_wish, name="withdraw_wish"),
    path("transfers/<uuid:uuid>/decide/<str:side>/", steps.decide, name="decide"),
    path("transfers/<uuid:uuid>/release/", steps.release, name="release"),
    path("transfers/<uuid:uuid>/take-back/", steps.take_back, name="take_back"),
    path("transfers/<uuid:uuid>/receive/", steps.receive, name="receive"),
    path("transfers/<uuid:uuid>/place/", steps.place, name="place"),
    path("transfers/<uuid:uuid>/paper/", steps.paper, name="paper"),
    path("students/<uuid:uuid>/transfer/", ask.leave, name="leave"),
    path("students/<uuid:uuid>/transfer/wish/", ask.wish, name="wish"),
    path("schools/<str:code>/transfers/new/", ask.come, name="come"),
    path("schools/<str:code>/transfers/from-outside/", ask.from_outside, name="from_outside"),
]

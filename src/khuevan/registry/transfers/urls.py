"""Routes of transfers."""

from django.urls import path

from khuevan.registry.transfers.pages import ask, ask_staff, board, case, steps

app_name = "transfers"

urlpatterns = [
    path("transfers/", board.board, name="board"),
    path("transfers/list/", board.transfer_list, name="list"),
    path("transfers/export/", board.export, name="export"),
    path("transfers/papers/<uuid:uuid>/", case.paper_file, name="paper_file"),
    path("transfers/papers/<uuid:uuid>/remove/", steps.paper_remove, name="paper_remove"),
    path("transfers/decisions/<uuid:uuid>/", case.decision_file, name="decision_file"),
    path("transfers/own/", ask_staff.own, name="own"),
    path("transfers/own/ask/", ask_staff.own_ask, name="own_ask"),
    path("transfers/own/<uuid:uuid>/", case.own_case, name="own_case"),
    path("transfers/own/<uuid:uuid>/withdraw/", steps.own_withdraw, name="own_withdraw"),
    path("transfers/own/papers/<uuid:uuid>/", case.own_paper_file, name="own_paper_file"),
    path("transfers/own/decisions/<uuid:uuid>/", case.own_decision_file, name="own_decision_file"),
    path("transfers/staff/", board.staff_board, name="staff_board"),
    path("transfers/staff/list/", board.staff_list, name="staff_list"),
    path("transfers/staff/export/", board.staff_export, name="staff_export"),
    path("transfers/staff/papers/<uuid:uuid>/", case.staff_paper_file, name="staff_paper_file"),
    path(
        "transfers/staff/papers/<uuid:uuid>/remove/",
        steps.staff_paper_remove,
        name="staff_paper_remove",
    ),
    path(
        "transfers/staff/decisions/<uuid:uuid>/",
        case.staff_decision_file,
        name="staff_decision_file",
    ),
    path("transfers/staff/<uuid:uuid>/", case.staff_case, name="staff_case"),
    path("transfers/staff/<uuid:uuid>/purpose/", case.staff_purpose, name="staff_purpose"),
    path("transfers/staff/<uuid:uuid>/accept/", steps.staff_accept, name="staff_accept"),
    path("transfers/staff/<uuid:uuid>/refuse/", steps.staff_refuse, name="staff_refuse"),
    path("transfers/staff/<uuid:uuid>/withdraw/", steps.staff_withdraw, name="staff_withdraw"),
    path("transfers/staff/<uuid:uuid>/decide/<str:side>/", steps.staff_decide, name="staff_decide"),
    path("transfers/staff/<uuid:uuid>/release/", steps.staff_release, name="staff_release"),
    path("transfers/staff/<uuid:uuid>/take-back/", steps.staff_take_back, name="staff_take_back"),
    path("transfers/staff/<uuid:uuid>/receive/", steps.staff_receive, name="staff_receive"),
    path("transfers/staff/<uuid:uuid>/paper/", steps.staff_paper, name="staff_paper"),
    path("staff/<uuid:uuid>/transfer/", ask_staff.staff_leave, name="staff_leave"),
    path("schools/<str:code>/transfers/staff/new/", ask_staff.staff_come, name="staff_come"),
    path(
        "schools/<str:code>/transfers/staff/from-outside/",
        ask_staff.staff_from_outside,
        name="staff_from_outside",
    ),
    path("transfers/<uuid:uuid>/", case.case, name="case"),
    path("transfers/<uuid:uuid>/purpose/", case.purpose, name="purpose"),
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

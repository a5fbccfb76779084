"""How each route is called in the matrix. A route without a row here fails the test.

The rows of an app of its own stand in `tests/walls/apps/`.
"""

from __future__ import annotations

from tests.walls.apps import gathered
from tests.walls.shapes import (
    IMPORT,
    SEE_CLASS,
    SEE_PUPIL,
    SEE_SCHOOL,
    Sample,
    class_a,
    code_a,
    of_import,
    of_row,
    pupil,
)
from tests.walls.world import uuid_of

ROUTES: dict[str, Sample] = {
    # --- everybody's own
    "dashboard:home": Sample(),
    "jobs:list": Sample(),
    "notifications:inbox": Sample(),
    "search:results": Sample(query=lambda _w: "?q=minh"),
    "search:dropdown": Sample(query=lambda _w: "?q=minh"),
    "access:account": Sample(),
    "access:delegations": Sample(),
    "access:devices": Sample(),
    "access:end_other_devices": Sample(),
    "access:end_device": Sample(lambda w: uuid_of(w.device), own=lambda w: w.cast.loan),
    "access:roles": Sample(),
    "access:role": Sample(lambda _w: {"code": "principal"}, shared=True),
    "access:second_factor": Sample(status=302),
    "access:why": Sample(),
    "access:kept": Sample(status=302),
    "access:send_kept": Sample(),
    "access:drop_kept": Sample(),
    "access:hat": Sample(
        lambda w: {"key": f"clerk-{w.cast.school_a.pk}"}, own=lambda w: w.cast.loan
    ),
    "notifications:read_all": Sample(),
    "notifications:open": Sample(lambda w: uuid_of(w.notification), own=lambda w: w.cast.loan),
    "jobs:detail": Sample(lambda w: uuid_of(w.job), own=lambda w: w.cast.loan),
    "jobs:card": Sample(lambda w: uuid_of(w.job), own=lambda w: w.cast.loan),
    "jobs:stop": Sample(lambda w: uuid_of(w.job), own=lambda w: w.cast.loan),
    "files:download": Sample(lambda w: uuid_of(w.file), own=lambda w: w.cast.loan),
    # --- accounts and roles
    "access:users": Sample(),
    "access:user": Sample(lambda w: uuid_of(w.clerk_user)),
    "access:find_person": Sample(query=lambda _w: "?q=loan"),
    "access:new_account": Sample(lambda w: uuid_of(w.new_colleague), also=SEE_SCHOOL),
    "access:reset_password": Sample(lambda w: uuid_of(w.small_user), also=SEE_SCHOOL),
    "access:ask_reset": Sample(lambda w: uuid_of(w.deputy_user)),
    "access:resets": Sample(),
    "access:reset": Sample(lambda w: uuid_of(w.reset_request), own=lambda w: w.office),
    "access:confirm_reset": Sample(lambda w: uuid_of(w.reset_request), also=SEE_PUPIL),
    "access:decline_reset": Sample(lambda w: uuid_of(w.reset_request), own=lambda w: w.office),
    "access:collect_reset": Sample(
        lambda w: uuid_of(w.confirmed_request), own=lambda w: w.cast.loan
    ),
    "access:deactivate": Sample(lambda w: uuid_of(w.small_user), also=SEE_SCHOOL),
    "access:reactivate": Sample(lambda w: uuid_of(w.idle_user), also=SEE_SCHOOL),
    "access:remove_second": Sample(lambda w: uuid_of(w.small_user), also=SEE_SCHOOL),
    "access:give_grant": Sample(
        lambda w: uuid_of(w.cast.loan), lambda w: f"?unit={w.cast.school_a.code}"
    ),
    "access:end_grant": Sample(lambda w: uuid_of(w.grant)),
    "access:why_of": Sample(lambda w: uuid_of(w.cast.loan)),
    "access:new_role": Sample(at_province=True),
    "access:change_role": Sample(
        lambda _w: {"code": "school_clerk"}, at_province=True, shared=True
    ),
    "access:delegate": Sample(),
    "access:end_delegation": Sample(lambda w: uuid_of(w.delegation), own=lambda w: w.cast.hung),
    "access:support": Sample(),
    "access:open_support": Sample(),
    "access:close_support": Sample(lambda w: uuid_of(w.support_session), own=lambda w: w.engineer),
    # --- the logs
    "audit:list": Sample(),
    "audit:entry": Sample(lambda w: {"uuid": w.audit_entry.uuid}),
    # --- the regulations
    "regulations:list": Sample(),
    "regulations:one": Sample(lambda _w: {"code": "TT15-2026"}, shared=True),
    # --- import wizard
    "sheets:index": Sample(also=IMPORT),
    "sheets:upload": Sample(lambda _w: {"kind": "students.list"}, also=IMPORT, shared=True),
    "sheets:package": Sample(lambda _w: {"kind": "oneroster"}, also=IMPORT, shared=True),
    "sheets:template": Sample(lambda _w: {"kind": "students.list"}, also=IMPORT, shared=True),
    "sheets:out": Sample(lambda _w: {"kind": "schools"}, also=SEE_SCHOOL, shared=True),
    "sheets:import": Sample(of_import, also=IMPORT),
    "sheets:match": Sample(of_import, also=IMPORT),
    "sheets:confirm": Sample(of_import, also=IMPORT),
    "sheets:recheck": Sample(of_import, also=IMPORT),
    "sheets:drop": Sample(of_import, also=IMPORT),
    "sheets:marked": Sample(of_import, also=IMPORT),
    "sheets:fix": Sample(lambda w: {**of_row(w), "column": 2}, also=IMPORT),
    "sheets:leave_out": Sample(of_row, also=IMPORT),
    "sheets:take_back": Sample(lambda w: {**uuid_of(w.second_list), "number": 3}, also=IMPORT),
    "sheets:remedy": Sample(
        lambda w: {**uuid_of(w.second_list), "code": "classes"},
        also=(*IMPORT, "schools.class:manage"),
    ),
    "sheets:undo": Sample(lambda w: uuid_of(w.written_list), also=IMPORT),
    "sheets:reopen": Sample(lambda w: uuid_of(w.written_list), also=IMPORT),
    # --- schools
    "schools:list": Sample(status=302),
    "schools:file": Sample(lambda _w: {"kind": "xlsx"}, shared=True),
    "schools:school": Sample(code_a),
    "schools:history": Sample(code_a),
    # --- staff
    "staff:list": Sample(),
    "staff:export": Sample(),
    "staff:school": Sample(code_a, also=("schools.school:view",)),
    # --- classes and pupils
    "students:list": Sample(),
    "students:print": Sample(),
    "students:export": Sample(),
    "students:purpose": Sample(pupil, status=302),
    "students:record": Sample(pupil),
    "students:family": Sample(pupil, also=SEE_PUPIL),
    "students:schooling": Sample(pupil),
    "students:history": Sample(pupil),
    "students:views": Sample(pupil, also=SEE_PUPIL),
    "students:sensitive": Sample(pupil, also=SEE_PUPIL),
    "students:edit": Sample(pupil, also=SEE_PUPIL),
    "students:leave": Sample(pupil, also=SEE_PUPIL),
    "students:undo_leave": Sample(lambda w: uuid_of(w.left), also=SEE_PUPIL),
    "students:school": Sample(code_a, also=SEE_SCHOOL),
    "students:new": Sample(code_a, also=SEE_SCHOOL),
    "students:move": Sample(code_a, also=(*SEE_SCHOOL, *SEE_CLASS), status=302),
    "students:undo_move": Sample(
        lambda w: {**code_a(w), "request_id": w.move}, own=lambda w: w.cast.loan
    ),
    "students:classes": Sample(code_a, also=SEE_SCHOOL),
    "students:class_open": Sample(code_a, also=SEE_SCHOOL),
    "students:class": Sample(class_a, also=SEE_CLASS),
    "students:class_print": Sample(class_a, also=SEE_CLASS),
    "students:class_pdf": Sample(class_a, also=SEE_CLASS),
    # --- families
    "family:home": Sample(),
    "family:record": Sample(),
    "family:looks": Sample(),
    "family:consent": Sample(own=lambda w: w.adult),
    "family:child": Sample(pupil, own=lambda w: w.cast.huong),
    "family:child_number": Sample(pupil, own=lambda w: w.cast.huong),
    "family:child_file": Sample(pupil, own=lambda w: w.cast.huong),
    "family:child_looks": Sample(pupil, own=lambda w: w.cast.huong),
    "family:week": Sample(pupil, own=lambda w: w.cast.huong),
    # --- figures
    "dashboard:dashboard": Sample(also=("insight.figure:view",)),
    "dashboard:figures": Sample(),
    "dashboard:figure": Sample(lambda _w: {"code": "pupils"}, shared=True),
    "dashboard:figure_file": Sample(lambda _w: {"code": "pupils"}, shared=True),
    "dashboard:all_file": Sample(),
    # --- programs
    "rest:tokens": Sample(also=SEE_SCHOOL),
    "rest:revoke": Sample(lambda w: uuid_of(w.token), own=lambda w: w.cast.loan),
    "GET /api/v1/me": Sample(),
    "GET /api/v1/jobs": Sample(),
    "GET /api/v1/jobs/<uuid>": Sample(lambda w: uuid_of(w.job), own=lambda w: w.cast.loan),
    "GET /api/v1/search": Sample(query=lambda _w: "?q=minh"),
    "GET /api/v1/schools": Sample(),
    "GET /api/v1/schools/<code>": Sample(code_a),
    "GET /api/v1/schools/<code>/classes": Sample(code_a, also=SEE_SCHOOL),
    "GET /api/v1/staff": Sample(),
    "GET /api/v1/students": Sample(query=lambda _w: "?purpose=REPORT"),
    "GET /api/v1/students/<uuid>": Sample(pupil),
    "POST /api/v1/students/<uuid>/sensitive": Sample(pupil),
    "POST /api/v1/students": Sample(also=(*SEE_SCHOOL, *SEE_PUPIL)),
    "POST /api/v1/students/<uuid>/corrections": Sample(pupil, also=SEE_PUPIL),
    "POST /api/v1/classes/<uuid>/placements": Sample(
        lambda w: uuid_of(w.cast.class_6b), also=SEE_CLASS
    ),
    "POST /api/v1/schools/<code>/placements/<request_id>/undo": Sample(
        lambda w: {**code_a(w), "request_id": w.move}, own=lambda w: w.cast.loan
    ),
    "POST /api/v1/students/<uuid>/placements": Sample(pupil, also=SEE_CLASS),
    "POST /api/v1/imports/<kind>": Sample(lambda _w: {"kind": "students"}, also=IMPORT),
    "GET /api/v1/imports/<uuidstr:uuid>": Sample(of_import, also=IMPORT),
    "GET /api/v1/imports/<uuidstr:uuid>/faults": Sample(of_import, also=IMPORT),
    "POST /api/v1/imports/<uuidstr:uuid>/confirm": Sample(of_import, also=IMPORT),
    "GET /api/v1/imports/<uuidstr:uuid>/undo": Sample(
        lambda w: uuid_of(w.written_list), also=IMPORT
    ),
    "POST /api/v1/imports/<uuidstr:uuid>/undo": Sample(
        lambda w: uuid_of(w.written_list), also=IMPORT
    ),
    "POST /api/v1/exports/<kind>": Sample(
        lambda _w: {"kind": "students"}, also=("students.student:export", *IMPORT, *SEE_CLASS)
    ),
    "GET /api/v1/figures": Sample(),
    "GET /api/v1/figures/<code>": Sample(lambda _w: {"code": "pupils"}, shared=True),
    "GET /api/v1/grants": Sample(),
    "POST /api/v1/grants": Sample(),
    "POST /api/v1/grants/<uuid>/end": Sample(lambda w: uuid_of(w.grant), also=SEE_SCHOOL),
}

ROUTES |= gathered("ROUTES")

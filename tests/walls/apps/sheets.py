"""Rows of the matrix for zips of many schools' lists: one of the department that was stopped."""

from __future__ import annotations

import io
import zipfile
from contextlib import nullcontext
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.actions.bundle_undo import order_bundle_undo
from khuevan.platform.sheets.actions.bundles import (
    go_on_with_bundle,
    stop_bundle,
    take_in_bundle,
    write_checked_bundle,
)
from khuevan.platform.sheets.actions.packages import open_and_load, take_in_package
from khuevan.platform.sheets.bundle_pages import newest_bundles
from khuevan.platform.sheets.models import Bundle, BundleFile, PackageLoad, PackageMode
from khuevan.platform.sheets.packages import packages
from khuevan.platform.sheets.selectors import packages_of
from tests.cast import actor_of
from tests.factories import EVERYTHING, NOW
from tests.sheets.oneroster import Roster
from tests.walls.shapes import IMPORT, Deed, Sample
from tests.walls.world import LIST, World, uuid_of


def archive() -> SimpleUploadedFile:
    """Return a zip with a list of school A."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        target.writestr("42000501.csv", LIST)
    return SimpleUploadedFile("nhieu-truong.zip", content.getvalue())


def stopped(world: World) -> Bundle:
    """Take a zip in for the department, and stop it before its first file."""
    bundle = _taken_in(world, EVERYTHING)
    stop_bundle(uuid=bundle.uuid, problem="", now=NOW)
    return bundle


def looked_at(world: World) -> Bundle:
    """Take a zip in for the department that was checked alone."""
    bundle = stopped(world)
    bundles = Bundle.objects.unscoped(because="a zip as it stands after its check")
    bundles.filter(pk=bundle.pk).update(mode="CHECK", state="DONE")
    return bundle


def in_records(world: World) -> Bundle:
    """Take a zip in for the department of which a file is written."""
    bundle = stopped(world)
    files = BundleFile.objects.unscoped(because="a zip as it stands after its writing")
    files.filter(bundle=bundle).update(state="WRITTEN", lists=[str(uuid4())])
    return bundle


def _looked_at(world: World) -> dict[str, object]:
    return uuid_of(world.once(looked_at))


def _in_records(world: World) -> dict[str, object]:
    return uuid_of(world.once(in_records))


def _taken_in(world: World, actor: Actor) -> Bundle:
    return take_in_bundle(
        actor=actor,
        kind="students.list",
        unit_id=world.province.pk,
        mode="ALL",
        upload=archive(),
        now=NOW,
    )


def _one(world: World) -> dict[str, object]:
    return uuid_of(world.once(stopped))


def checked(world: World) -> PackageLoad:
    """Let Ms Loan bring a package, and check it."""
    package = _brought(world, actor_of(world.cast.loan))
    return open_and_load(
        actor=actor_of(world.cast.loan),
        uuid=package.uuid,
        now=NOW,
        step=nullcontext,
        progress=lambda _done, _total: None,
    )


def _brought(world: World, actor: Actor) -> PackageLoad:
    return take_in_package(
        actor=actor,
        kind=packages.get("oneroster"),
        unit_id=world.cast.school_a.pk,
        mode=PackageMode.CHECK,
        upload=SimpleUploadedFile("r.zip", Roster(world.cast.school_a.code).content()),
        now=NOW,
    )


def _package(world: World) -> dict[str, object]:
    return uuid_of(world.once(checked))


BACK = (*IMPORT, "sheets.many:record")
OF_LOAN = Sample(_package, also=IMPORT, own=lambda w: w.cast.loan)
ROUTES = {
    "sheets:package_made": OF_LOAN,
    "POST /api/v1/packages/<kind>": Sample(lambda _w: {"kind": "oneroster"}, also=IMPORT),
    "GET /api/v1/packages/<uuidstr:uuid>": OF_LOAN,
    "GET /api/v1/packages/<uuidstr:uuid>/faults": OF_LOAN,
    "POST /api/v1/packages/<uuidstr:uuid>/apply": OF_LOAN,
    "sheets:bundle_new": Sample(also=IMPORT, at_province=True),
    "sheets:bundle": Sample(_one, also=IMPORT, at_province=True),
    "sheets:bundle_go_on": Sample(_one, also=IMPORT, at_province=True),
    "sheets:bundle_write": Sample(_looked_at, also=IMPORT, at_province=True),
    "sheets:bundle_undo": Sample(_in_records, also=BACK, at_province=True),
    "sheets:bundle_report": Sample(_one, also=IMPORT, at_province=True),
    "POST /api/v1/imports/many": Sample(also=IMPORT, at_province=True),
    "GET /api/v1/imports/many/<uuidstr:uuid>": Sample(_one, also=IMPORT, at_province=True),
    "GET /api/v1/imports/many/<uuidstr:uuid>/files": Sample(_one, also=IMPORT, at_province=True),
    "POST /api/v1/imports/many/<uuidstr:uuid>/go-on": Sample(_one, also=IMPORT, at_province=True),
    "POST /api/v1/imports/many/<uuidstr:uuid>/write": Sample(
        _looked_at, also=IMPORT, at_province=True
    ),
    "POST /api/v1/imports/many/<uuidstr:uuid>/undo": Sample(
        _in_records, also=BACK, at_province=True
    ),
}
DEEDS = {
    "sheets:bundle_new": Deed(
        Bundle, lambda _w: {"kind": "students.list", "mode": "ALL", "file": archive()}
    ),
    "sheets:bundle_go_on": Deed(Bundle),
    "sheets:bundle_write": Deed(Bundle, lambda _w: {"mode": "ALL"}),
    "sheets:bundle_undo": Deed(Bundle),
    "POST /api/v1/imports/many": Deed(
        Bundle, lambda _w: {"kind": "students", "mode": "CHECK", "file": archive()}, 202
    ),
    "POST /api/v1/imports/many/<uuidstr:uuid>/go-on": Deed(Bundle, status=202),
    "POST /api/v1/imports/many/<uuidstr:uuid>/write": Deed(Bundle, lambda _w: {"mode": "ALL"}, 202),
    "POST /api/v1/imports/many/<uuidstr:uuid>/undo": Deed(Bundle, status=202),
}
READS = {
    "packages of several lists": lambda w, actor: [
        # Whoever may do everything has brought none: whose it is reads it.
        one
        for one in packages_of(actor_of(w.cast.loan) if actor is EVERYTHING else actor)
        if one.pk == w.once(checked).pk
    ],
    "zips of many schools' lists": lambda w, actor: [
        one for one in newest_bundles(actor) if one.pk == w.once(stopped).pk
    ],
}
ACTS = {
    "load a zip of many schools' lists": _taken_in,
    "go on with a zip of lists": lambda w, actor: go_on_with_bundle(
        actor=actor, uuid=w.once(stopped).uuid, now=NOW
    ),
    "write a checked zip of lists": lambda w, actor: write_checked_bundle(
        actor=actor, uuid=w.once(looked_at).uuid, mode="ALL", now=NOW
    ),
    "take a zip of lists back": lambda w, actor: order_bundle_undo(
        actor=actor, uuid=w.once(in_records).uuid, now=NOW
    ),
}

MAKES = (stopped, checked, looked_at, in_records)

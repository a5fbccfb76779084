"""OneRoster packages: staff, classes and pupils of the schools, every fault where it stands."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY, make_user
from tests.sheets.loading import fresh, run_jobs
from tests.sheets.oneroster import Roster
from tests.sheets.rows import counts, load

from khuevan.exchange.api.actions import create_token
from khuevan.exchange.oneroster import reading
from khuevan.exchange.oneroster.errors import (
    ColumnsMissing,
    FileMissing,
    NoPackage,
    PackageTooLarge,
    SchoolsSeveral,
    VersionUnknown,
)
from khuevan.exchange.oneroster.lists import open_package
from khuevan.exchange.oneroster.reading import read_files
from khuevan.platform.sheets.actions import confirm_import, straight
from khuevan.platform.sheets.checking import look_over
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.models import SheetImport
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.staff.api import Appointment
from khuevan.registry.students.api import Guardianship, Student

WHY = "a test looks"


def told(answer: Any, group: str = "errors") -> list[tuple[str, int, str, str, str]]:
    return [
        (one["sheet"], one["row"], one["column"], one["value"], one["code"])
        for one in answer.data[group]
    ]


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize("mode", ["bulk", "delta"])
def test_a_package_goes_in_and_again_nothing_changes(
    cast: Cast, tmp_path: Path, version: str, mode: str
) -> None:
    path = Roster(cast.school_a.code, version, mode).written(tmp_path / "r.zip")
    before = load("oneroster", path, "--check")
    assert counts(before) == (4, 0, 0, 0), before.data["errors"]
    assert not SheetImport.objects.unscoped(because=WHY).exists()
    answer = load("oneroster", path)
    assert (counts(answer), answer.data["files_written"]) == ((4, 0, 0, 0), 1)
    room = HomeroomClass.objects.unscoped(because=WHY).get(school=cast.school_a, name="6E")
    assert room.grade_level.code == "6"
    pupil = Student.objects.unscoped(because=WHY).get(person__search_name="le gia bao")
    assert pupil.person.personal_number == "042215009101"
    held = Guardianship.objects.unscoped(because=WHY).filter(student=pupil)
    assert set(held.values_list("relation", flat=True)) == {"FATHER", "MOTHER"}
    post = Appointment.objects.unscoped(because=WHY).get(person__search_name="tran thi bich")
    assert (post.position, post.unit_id) == ("TEACHER", cast.school_a.pk)
    again = load("oneroster", path)
    assert counts(again) == (0, 0, 4, 0), again.data
    assert again.data["files_written"] == 0


def test_the_homeroom_teacher_is_told(cast: Cast, tmp_path: Path) -> None:
    path = Roster(cast.school_a.code).written(tmp_path / "r.zip")
    load("oneroster", path)
    answer = load("oneroster", path, "--check")
    assert not [one for one in told(answer, "warnings") if "teacher" in one[4]]


def test_faults_stand_where_the_package_has_them(cast: Cast, tmp_path: Path) -> None:
    roster = Roster(cast.school_a.code)
    roster.row("demographics", "s1")["birthDate"] = "2015-13-40"
    roster.row("enrollments", "e-s2")["classSourcedId"] = "c9"
    roster.row("users", "t1")["role"] = "captain"
    roster.rows["classes"].append(dict(roster.row("classes", "c1")))
    roster.rows["classes"].append({**roster.row("classes", "c1"), "sourcedId": "c2", "title": "6F",
                                   "status": "tobedeleted"})  # fmt: skip
    path = roster.written(tmp_path / "r.zip")
    answer = load("oneroster", path)
    assert answer.data["files_written"] == 0
    assert set(told(answer)) == {
        ("demographics.csv", 3, "birthDate", "2015-13-40", "sheets.date_no_such_month"),
        ("enrollments.csv", 4, "classSourcedId", "c9", "oneroster.reference"),
        ("users.csv", 4, "sourcedId", "s2", "oneroster.no_homeroom"),
        ("users.csv", 2, "role", "captain", "oneroster.role_unknown"),
        ("classes.csv", 3, "sourcedId", "c1", "oneroster.id_twice"),
    }
    assert ("classes.csv", 4, "status", "tobedeleted", "oneroster.to_be_deleted") in told(
        answer, "warnings"
    )
    assert counts(answer) == (1, 0, 0, 5)
    good = load("oneroster", path, "--accept", "good")
    assert (counts(good), good.data["files_written"]) == ((1, 0, 0, 5), 1)


def test_no_school_is_made_in_passing(cast: Cast, tmp_path: Path) -> None:
    roster = Roster("99999999")
    path = roster.written(tmp_path / "r.zip")
    answer = load("oneroster", path)
    assert ("orgs.csv", 2, "identifier", "99999999", "oneroster.school_unknown") in told(answer)
    assert counts(answer)[:3] == (0, 0, 0)
    named = load("oneroster", path, "--school", cast.school_a.code, "--check")
    assert counts(named) == (4, 0, 0, 0)
    roster.rows["orgs"].append({"sourcedId": "o2", "name": "Hai", "type": "school"})
    with pytest.raises(SchoolsSeveral):
        load("oneroster", roster.written(tmp_path / "two.zip"), "--school", cast.school_a.code)


def test_without_demographics_the_user_is_named(cast: Cast, tmp_path: Path) -> None:
    roster = Roster(cast.school_a.code)
    del roster.rows["demographics"]
    answer = load("oneroster", roster.written(tmp_path / "r.zip"))
    assert counts(answer) == (1, 0, 0, 3)
    assert ("users.csv", 3, "birthDate", "", "students.blank_birth_date") in told(answer)
    assert ("users.csv", 2, "birthDate", "", "staff.blank_birth_date") in told(answer)


def test_classes_of_subjects_and_of_other_years_stay_out(cast: Cast, tmp_path: Path) -> None:
    roster = Roster(cast.school_a.code)
    room = roster.row("classes", "c1")
    roster.rows["classes"].append({**room, "sourcedId": "m", "classType": "scheduled"})
    roster.rows["academicSessions"].append(
        {"sourcedId": "old", "startDate": "2022-09-01", "endDate": "2023-05-31"}
    )
    roster.rows["classes"].append({**room, "sourcedId": "o", "termSourcedIds": "old"})
    answer = load("oneroster", roster.written(tmp_path / "r.zip"), "--check")
    assert counts(answer) == (4, 0, 0, 0)
    assert [one[4] for one in told(answer, "warnings")] == [
        "oneroster.subject_class", "oneroster.other_year"]  # fmt: skip


def test_what_is_no_package_is_refused_as_a_whole(cast: Cast, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a;b\n1;2\n")
    with pytest.raises(NoPackage):
        load("oneroster", str(other))
    with pytest.raises(VersionUnknown, match="1.0"):
        load("oneroster", Roster(cast.school_a.code, "1.0").written(tmp_path / "v.zip"))
    broken = Roster(cast.school_a.code, promised=["lineItems", "roles"])
    with pytest.raises(FileMissing, match=r"roles\.csv"):
        load("oneroster", broken.written(tmp_path / "m.zip"))
    thin = Roster(cast.school_a.code, left_out=["role"])
    with pytest.raises(ColumnsMissing, match=r"users\.csv.*role"):
        load("oneroster", thin.written(tmp_path / "c.zip"))


@pytest.mark.parametrize("role", ["teacher", "principal", "counselor"])
@pytest.mark.parametrize("held", ["PRINCIPAL", "VICE_PRINCIPAL", "ACCOUNTANT", "TEACHER"])
def test_a_role_never_changes_a_position(cast: Cast, tmp_path: Path, role: str, held: str) -> None:
    roster = Roster(cast.school_a.code)
    load("oneroster", roster.written(tmp_path / "r.zip"))
    posts = Appointment.objects.unscoped(because=WHY)
    mine = posts.filter(person__search_name="tran thi bich")
    mine.update(position=held, starts_on=TODAY - timedelta(days=400))
    roster.row("users", "t1")["role"] = role
    if held == "TEACHER":
        roster.row("users", "t1")["userIds"] = ""  # known by name and birth alone
    answer = load("oneroster", roster.written(tmp_path / "again.zip"), "--accept", "good")
    assert counts(answer) == (0, 0, 4, 0), answer.data
    assert [(one.position, one.ends_on) for one in mine] == [(held, None)]
    stays = [one for one in told(answer, "warnings") if one[4] == "oneroster.position_stays"]
    assert len(stays) == (held.lower() != role), told(answer, "warnings")


def test_others_load_nothing_of_a_school(cast: Cast, tmp_path: Path) -> None:
    path = Roster(cast.school_b.code).written(tmp_path / "r.zip")
    answer = load("oneroster", path, actor=actor_of(cast.loan))
    assert counts(answer)[:3] == (0, 0, 0)
    assert "oneroster.school_unknown" in {one[4] for one in told(answer)}
    mine = Roster(cast.school_a.code).written(tmp_path / "a.zip")
    assert counts(load("oneroster", mine, actor=actor_of(cast.loan))) == (4, 0, 0, 0)


def test_the_page_makes_lists_of_a_package(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    file = SimpleUploadedFile("r.zip", Roster(cast.school_a.code).content())
    answer = client.post("/imports/packages/oneroster/", {"file": file}, follow=True)
    assert "Anh/chị có thể rời trang này" in answer.content.decode()
    assert run_jobs() == ["DONE"]
    made = answer.redirect_chain[-1][0]
    answer = client.get(made)
    assert made in client.get("/imports/").content.decode()
    lists = list(SheetImport.objects.unscoped(because=WHY).order_by("pk"))
    assert [one.kind for one in lists] == [
        "staff.ministry_list",
        "schools.classes",
        "students.list",
    ]
    assert all(one.file_name in answer.content.decode() for one in lists)
    assert [one.ready for one in lists] == [1, 1, 0]
    for one in lists[:2]:
        confirm_import(actor=actor_of(cast.loan), uuid=one.uuid, takes_good_rows=False, now=NOW)
    assert run_jobs() == ["DONE", "DONE"]
    client.post(f"/imports/{lists[2].uuid}/check/")
    assert fresh(lists[2]).ready == 2
    another = SimpleUploadedFile("r.zip", Roster(cast.school_b.code).content())
    answer = client.post("/imports/packages/oneroster/", {"file": another}, follow=True)
    run_jobs()
    refused = answer.redirect_chain[-1][0]
    for _reload in range(2):
        assert cast.school_b.code in client.get(refused).content.decode()
    assert SheetImport.objects.unscoped(because=WHY).count() == 3
    wrong = SimpleUploadedFile("r.zip", b"PK")
    assert client.post("/imports/packages/oneroster/", {"file": wrong}).status_code == 422


def brought(client: Client, content: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("r.zip", content)
    return client.post("/api/v1/packages/oneroster", {"file": file, **more})


def test_programs_check_a_package_then_write_it(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    answer = brought(client, Roster(cast.school_a.code).content())
    assert (answer.status_code, answer.json()["state"]) == (202, "RUNNING")
    place = f"/api/v1/packages/{answer.json()['uuid']}"
    assert client.post(f"{place}/apply", {}, content_type="application/json").status_code == 409
    assert run_jobs() == ["DONE"]
    told = client.get(place).json()
    assert (told["state"], told["new"], told["refused"], told["written"]) == ("DONE", 4, 0, False)
    assert [(one["kind"], one["new"]) for one in told["kinds"]] == [
        ("staff", 1), ("classes", 1), ("students", 2)]  # fmt: skip
    assert not SheetImport.objects.unscoped(because=WHY).exists()
    assert client.post(f"{place}/apply", {}, content_type="application/json").status_code == 202
    assert run_jobs() == ["DONE"]
    told = client.get(place).json()
    assert (told["written"], len(told["lists"])) == (True, 3)
    for one in SheetImport.objects.unscoped(because=WHY):
        assert (one.state, one.file is not None) == ("DONE", True)
    assert client.post(f"{place}/apply", {}, content_type="application/json").status_code == 409
    again = brought(client, Roster(cast.school_a.code).content(), mode="ALL").json()
    assert run_jobs() == ["DONE"]
    again = client.get(f"/api/v1/packages/{again['uuid']}").json()
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 4)


def test_a_program_writes_what_its_token_lets_and_no_more(cast: Cast) -> None:
    make_user(cast.loan)
    staff = importers.get("staff.ministry_list").permission.code
    actor: Any = actor_of(cast.loan)
    codes, until = ["sheets.import:record", staff], NOW + timedelta(days=9)
    _token, secret = create_token(
        actor=actor, name="SIS", permissions=codes, expires_at=until, now=NOW
    )
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    before = Student.objects.unscoped(because=WHY).count()
    uuid = brought(program, Roster(cast.school_a.code).content(), mode="GOOD").json()["uuid"]
    assert run_jobs() == ["PARTIAL"]
    told = program.get(f"/api/v1/packages/{uuid}").json()
    assert [(one["kind"], one["new"]) for one in told["kinds"]] == [("staff", 1)]
    assert Student.objects.unscoped(because=WHY).count() == before
    faults = program.get(f"/api/v1/packages/{uuid}/faults").json()["items"]
    assert {one["code"] for one in faults} == {"sheets.package_out_of_reach"}


def test_a_package_of_more_than_the_worker_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    roster = Roster(cast.school_a.code)
    for row in roster.rows["users"]:
        row |= {"username": "nobody keeps it", "preferredGivenName": "nor this"}
    path = Path(roster.written(tmp_path / "r.zip"))
    lines = [line for rows in read_files(path).lines.values() for line in rows]
    assert not [line for line in lines if "nobody keeps it" in line.cells]
    cells = sum(len(line.cells) for line in lines)
    monkeypatch.setattr(reading, "MOST_CELLS", cells)
    read_files(path)
    monkeypatch.setattr(reading, "MOST_CELLS", cells - 1)
    with pytest.raises(PackageTooLarge):
        read_files(path)


def test_a_pupil_for_whom_thousands_answer_takes_no_hour(cast: Cast, tmp_path: Path) -> None:
    roster = Roster(cast.school_a.code)
    pupil, parent = roster.row("users", "s1"), roster.row("users", "p1")
    grown = [{**parent, "sourcedId": f"g{n}", "agentSourcedIds": "s1"} for n in range(6000)]
    orgs = [{**roster.rows["orgs"][0], "sourcedId": f"x{n}", "type": "local"} for n in range(6000)]
    roster.rows["users"], roster.rows["orgs"] = [*grown, pupil], [*roster.rows["orgs"], *orgs]
    path = Path(roster.written(tmp_path / "r.zip"))
    started = process_time()
    open_package(actor_of(cast.loan), path, cast.school_a.pk, None)
    assert process_time() - started < 3


def test_faults_of_a_package_are_kept_with_their_cells(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    roster = Roster(cast.school_a.code)
    roster.rows["demographics"][1]["birthDate"] = "2015-02-31"
    uuid = brought(client, roster.content(), mode="ALL").json()["uuid"]
    assert run_jobs() == ["PARTIAL"]
    told = client.get(f"/api/v1/packages/{uuid}").json()
    assert (told["refused"], told["written"], told["lists"]) == (1, False, [])
    (fault,) = client.get(f"/api/v1/packages/{uuid}/faults").json()["items"]
    assert (fault["file"], fault["column"], fault["value"]) == (
        "demographics.csv", "birthDate", "2015-02-31")  # fmt: skip
    good = {"takes_good_rows": True}
    client.post(f"/api/v1/packages/{uuid}/apply", good, content_type="application/json")
    assert run_jobs() == ["PARTIAL"]
    told = client.get(f"/api/v1/packages/{uuid}").json()
    assert (told["new"], told["refused"], told["written"]) == (3, 1, True)
    client.sign_in(cast.hung)
    assert client.get(f"/api/v1/packages/{uuid}").status_code == 404


def test_what_is_no_package_is_told_where_it_was_brought(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        target.writestr("a.txt", "?")
    uuid = brought(client, content.getvalue()).json()["uuid"]
    assert run_jobs() == ["FAILED"]
    told = client.get(f"/api/v1/packages/{uuid}").json()
    assert (told["state"], "manifest.csv" in told["problem"]) == ("STOPPED", True)
    assert brought(client, b"PK").status_code == 422
    school = {"school": cast.school_b.code}
    assert brought(client, content.getvalue(), **school).status_code == 404


def test_each_row_of_a_package_is_compared_once(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[int] = []

    def looked(**given: Any) -> Any:
        compared.append(len(given["rows"]))
        return look_over(**given)

    monkeypatch.setattr(straight, "look_over", looked)
    mine = Roster(cast.school_a.code).written(tmp_path / "a.zip")
    assert counts(load("oneroster", mine)) == (4, 0, 0, 0)
    assert compared == [1, 1, 2]

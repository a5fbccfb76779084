"""Lists by the command line and by REST: the same actions, the same refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cast import Cast, Client, actor_of
from tests.factories import TODAY
from tests.sheets.loading import WHY, run_jobs, uploaded

from khuevan.kernel.errors import NotFound
from khuevan.platform.access.api import operator_actor
from khuevan.platform.sheets.commands import NoSuchFile
from khuevan.platform.sheets.errors import ColumnsMissing, NoHeader
from khuevan.platform.sheets.models import SheetImport
from khuevan.registry.students.api import Student
from khuevan.registry.students.imports.tests.lists import a_pupil, csv, some_pupils, xlsx
from khuevan.ui.commands import CommandNotAllowed, invoke

API = "/api/v1/imports/"
FAULTY = {"Ngày sinh": "31/02/2015"}


def pupils_of(cast: Cast) -> int:
    return Student.objects.unscoped(because=WHY).filter(enrollments__school=cast.school_a).count()


def saved(folder: Path, rows: list[dict[str, str]]) -> str:
    path = folder / "list.xlsx"
    path.write_bytes(xlsx(rows).read())
    return str(path)


# --- the command line


def run(cast: Cast, *words: str, actor: Any = None) -> Any:
    operator = operator_actor(on=TODAY, login="tests")
    return invoke("import", actor or operator, ["students", *words])


def test_the_operator_loads_a_list_and_loads_it_again(cast: Cast, tmp_path: Path) -> None:
    before = pupils_of(cast)
    words = (saved(tmp_path, some_pupils(3)), "--school", cast.school_a.code)
    answer = run(cast, *words)
    assert (answer.exit_code, answer.data["written"]) == (0, True)
    assert pupils_of(cast) == before + 3
    again = run(cast, *words)
    assert (again.exit_code, again.data["written"]) == (0, False)
    assert again.data["lists"] == [
        {"sheet": "K6", "rows": 3, "new": 0, "changed": 0, "unchanged": 3, "refused": 0}
    ]


def test_check_writes_nothing_and_says_what_would_be(cast: Cast, tmp_path: Path) -> None:
    before = pupils_of(cast)
    words = (saved(tmp_path, some_pupils(3)), "--school", cast.school_a.code, "--check")
    answer = run(cast, *words)
    assert answer.exit_code == 0
    assert "K6: Thêm mới 3" in str(answer.text)
    assert pupils_of(cast) == before
    assert not SheetImport.objects.unscoped(because=WHY).exists()


def test_faults_refuse_the_whole_list_unless_the_good_rows_are_wanted(
    cast: Cast, tmp_path: Path
) -> None:
    before = pupils_of(cast)
    rows = [*some_pupils(2), a_pupil(**FAULTY)]
    words = (saved(tmp_path, rows), "--school", cast.school_a.code)
    answer = run(cast, *words)
    assert (answer.exit_code, pupils_of(cast)) == (2, before)
    assert "Dòng 8, cột D: 31/02/2015 không có trong lịch." in str(answer.text)
    assert json.loads(answer.as_json())["faults"][0]["column_name"] == "Ngày sinh"
    answer = run(cast, *words, "--good-rows")
    assert (answer.exit_code, pupils_of(cast)) == (0, before + 2)


def test_what_cannot_be_loaded_is_refused(cast: Cast, tmp_path: Path) -> None:
    school = ("--school", cast.school_a.code)
    with pytest.raises(NoSuchFile):
        run(cast, str(tmp_path / "none.xlsx"), *school)
    other = tmp_path / "other.csv"
    other.write_text("a;b\n1;2\n")
    with pytest.raises(NoHeader):
        run(cast, str(other), *school)
    row = a_pupil()
    row["Sinh vào"] = row.pop("Ngày sinh")
    other.write_bytes(csv([row]).read())
    with pytest.raises(ColumnsMissing):
        run(cast, str(other), *school)
    with pytest.raises(NotFound):
        run(cast, saved(tmp_path, some_pupils(1)), "--school", "99999999")
    operator = operator_actor(on=TODAY, login="tests")
    with pytest.raises(NotFound):
        invoke("import", operator, ["teachers", str(other), *school])


def test_the_command_line_has_the_same_walls(cast: Cast, tmp_path: Path) -> None:
    path = saved(tmp_path, some_pupils(1))
    with pytest.raises(NotFound):
        run(cast, path, "--school", cast.school_b.code, actor=actor_of(cast.loan))
    with pytest.raises(CommandNotAllowed):
        run(cast, path, "--school", cast.school_a.code, actor=actor_of(cast.lan))


def test_a_list_and_its_file_are_kept_only_when_it_was_written(cast: Cast, tmp_path: Path) -> None:
    run(cast, saved(tmp_path, some_pupils(1)), "--school", cast.school_a.code)
    assert SheetImport.objects.unscoped(because=WHY).get().owner_id is None


# --- REST


def test_a_program_uploads_reads_and_confirms(cast: Cast, client: Client) -> None:
    before = pupils_of(cast)
    clerk = client.sign_in(cast.loan)
    given = {"school": cast.school_a.code, "file": csv([*some_pupils(2), a_pupil(**FAULTY)])}
    response = clerk.post(API + "students", given)
    assert response.status_code == 201, response.content
    (document,) = response.json()
    assert (document["state"], document["new"], document["refused"]) == ("CHECKED", 2, 1)
    own = API + document["uuid"]
    faults = clerk.get(own + "/faults").json()
    assert [(one["row"], one["column_name"]) for one in faults["items"]][:1] == [(4, "Ngày sinh")]
    refused = post(clerk, own + "/confirm", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "sheets.faults_left")
    ordered = post(clerk, own + "/confirm", {"takes_good_rows": True})
    assert (ordered.status_code, ordered.json()["state"]) == (202, "APPLYING")
    run_jobs()
    assert clerk.get(own).json()["state"] == "DONE"
    assert pupils_of(cast) == before + 2


def test_a_wrong_file_is_a_problem_document(cast: Cast, client: Client) -> None:
    clerk = client.sign_in(cast.loan)
    given = {"school": cast.school_a.code, "file": csv([])}
    response = clerk.post(API + "students", given)
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"


def test_moved_records_are_told_and_compared_anew(cast: Cast, client: Client) -> None:
    clerk = client.sign_in(cast.loan)
    first, second = (uploaded(cast, csv(some_pupils(2))) for _time in range(2))
    post(clerk, f"{API}{first.uuid}/confirm", {})
    run_jobs()
    response = post(clerk, f"{API}{second.uuid}/confirm", {})
    assert (response.status_code, response.json()["code"]) == (409, "sheets.records_moved")
    assert clerk.get(f"{API}{second.uuid}").json()["unchanged"] == 2


@pytest.mark.parametrize("who", ["lan", "mai", "binh", "huong"])
def test_others_find_nothing(cast: Cast, client: Client, who: str) -> None:
    found = uploaded(cast, csv(some_pupils(1)))
    other = client.sign_in(getattr(cast, who))
    assert other.get(f"{API}{found.uuid}").status_code == 404
    assert other.get(f"{API}{found.uuid}/faults").status_code == 404
    assert post(other, f"{API}{found.uuid}/confirm", {}).status_code == 404
    given = {"school": cast.school_a.code, "file": csv(some_pupils(1))}
    assert other.post(API + "students", given).status_code == 404


def test_nobody_is_asked_to_sign_in(cast: Cast, client: Client) -> None:
    found = uploaded(cast, csv(some_pupils(1)))
    assert client.get(f"{API}{found.uuid}").status_code == 401


def post(client: Client, address: str, body: dict[str, Any]) -> Any:
    return client.post(address, json.dumps(body), content_type="application/json")

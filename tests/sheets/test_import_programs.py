"""Lists by the command line and by REST: the same actions, the same refusals."""

from __future__ import annotations

import json
import zipfile
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.utils.translation import override
from tests.cast import Cast, Client, actor_of
from tests.factories import TODAY
from tests.sheets.loading import WHY, fail_at_second, run_jobs, uploaded

from khuevan.kernel.errors import NotFound
from khuevan.platform.access.api import operator_actor
from khuevan.platform.organizations.api import names_on
from khuevan.platform.sheets.actions import upload
from khuevan.platform.sheets.actions.upload import LIMITS
from khuevan.platform.sheets.api import SheetToWrite, write_workbook
from khuevan.platform.sheets.commands import KindUnknown
from khuevan.platform.sheets.errors import NoColumn, NoHeader, TooManyRows
from khuevan.platform.sheets.many import LIMITS as RUN_LIMITS
from khuevan.platform.sheets.models import SheetImport
from khuevan.platform.sheets.sources import WORKBOOK_PART, NoFiles, NoSuchFile, sources_in
from khuevan.platform.sheets.whose import NamesNoSchool
from khuevan.registry.students.api import Student
from khuevan.registry.students.imports.tests.lists import a_pupil, csv, some_pupils, xlsx
from khuevan.ui.commands import CommandNotAllowed, SchoolUnknown, invoke

API = "/api/v1/imports/"
FAULTY = {"Ngày sinh": "31/02/2015"}


def pupils_of(cast: Cast) -> int:
    return Student.objects.unscoped(because=WHY).filter(enrollments__school=cast.school_a).count()


def saved(folder: Path, rows: list[dict[str, str]]) -> str:
    path = folder / "list.xlsx"
    path.write_bytes(xlsx(rows).read())
    return str(path)


# --- the command line


def counts_of(answer: Any) -> dict[str, int]:
    return {name: answer.data[name] for name in ("new", "changed", "unchanged", "refused")}


def run(cast: Cast, *words: str, actor: Any = None) -> Any:
    operator = operator_actor(on=TODAY, login="tests")
    return invoke("import", actor or operator, ["students", *words])


def test_the_operator_loads_a_list_and_loads_it_again(cast: Cast, tmp_path: Path) -> None:
    before = pupils_of(cast)
    words = (saved(tmp_path, some_pupils(3)), "--school", cast.school_a.code)
    answer = run(cast, *words)
    assert (answer.exit_code, answer.data["files_written"]) == (0, 1)
    assert pupils_of(cast) == before + 3
    again = run(cast, *words)
    assert (again.exit_code, again.data["files_written"]) == (0, 0)
    assert counts_of(again) == {"new": 0, "changed": 0, "unchanged": 3, "refused": 0}


def test_check_writes_nothing_and_says_what_would_be(cast: Cast, tmp_path: Path) -> None:
    before = pupils_of(cast)
    words = (saved(tmp_path, some_pupils(3)), "--school", cast.school_a.code, "--check")
    answer = run(cast, *words)
    assert answer.exit_code == 0
    assert "list.xlsx · K6: Thêm mới 3" in str(answer.text)
    assert pupils_of(cast) == before
    assert not SheetImport.objects.unscoped(because=WHY).exists()


def test_faults_refuse_the_whole_list_unless_the_good_rows_are_wanted(
    cast: Cast, tmp_path: Path
) -> None:
    before = pupils_of(cast)
    rows = [*some_pupils(2), a_pupil(**FAULTY)]
    words = (saved(tmp_path, rows), "--school", cast.school_a.code)
    answer = run(cast, *words)
    assert (answer.exit_code, pupils_of(cast)) == (0, before)
    assert "Dòng 8, cột D: 31/02/2015 không có trong lịch." in str(answer.text)
    fault = json.loads(answer.as_json())["errors"][0]
    named = {"file": "list.xlsx", "sheet": "K6", "row": 8, "column": "Ngày sinh"}
    assert named.items() <= fault.items()
    assert (fault["value"], fault["reason"][:22]) == ("31/02/2015", "31/02/2015 không có tr")
    answer = run(cast, *words, "--accept", "good")
    assert (answer.exit_code, pupils_of(cast)) == (0, before + 2)
    assert counts_of(answer) == {"new": 2, "changed": 0, "unchanged": 0, "refused": 1}


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
    with pytest.raises(NoColumn):
        run(cast, str(other), *school)
    with pytest.raises(SchoolUnknown, match="99999999"):
        run(cast, saved(tmp_path, some_pupils(1)), "--school", "99999999")
    operator = operator_actor(on=TODAY, login="tests")
    with pytest.raises(KindUnknown, match="students"):
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


def test_a_folder_goes_in_but_for_its_bad_files(cast: Cast, tmp_path: Path) -> None:
    folder, before = tmp_path / "lists", pupils_of(cast)
    (folder / "a" / cast.school_a.code).mkdir(parents=True)
    (folder / "a" / cast.school_a.code / "list.xlsx").write_bytes(xlsx(some_pupils(2)).read())
    (folder / f"{cast.school_a.code}-them.csv").write_bytes(csv(some_pupils(3)[2:]).read())
    (folder / "~$list.xlsx").write_bytes(b"a lock of a spreadsheet program")
    (folder / f"{cast.school_a.code}.xlsx").write_bytes(b"PK\x03\x04 broken")
    (folder / "nobody.csv").write_bytes(csv(some_pupils(1)).read())
    answer = run(cast, str(folder))
    assert (answer.exit_code, pupils_of(cast)) == (0, before + 3)
    assert (answer.data["files"], answer.data["files_written"]) == (4, 2)
    refused = {one["file"]: one["code"] for one in answer.data["errors"]}
    assert refused.keys() == {f"{cast.school_a.code}.xlsx", "nobody.csv"}
    assert refused["nobody.csv"] == "sheets.names_no_school"
    again = run(cast, str(folder))
    assert counts_of(again) == {"new": 0, "changed": 0, "unchanged": 3, "refused": 0}


@pytest.mark.parametrize("where", ["reading", "writing"])
def test_a_fault_of_the_program_ends_one_file_and_not_the_run(
    where: str, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pupils_of(cast)
    for part in range(3):
        rows = some_pupils(6)[part * 2 :][:2]
        (tmp_path / f"{cast.school_a.code}-{part}.csv").write_bytes(csv(rows).read())
    fail_at_second(monkeypatch, where)
    answer = run(cast, str(tmp_path))
    monkeypatch.undo()
    assert (answer.exit_code, pupils_of(cast)) == (0, before + 4)
    assert (answer.data["new"], answer.data["files_written"]) == (4, 2)
    (told,) = answer.data["errors"]
    assert (told["file"], told["code"]) == (f"{cast.school_a.code}-1.csv", "sheets.program_fault")
    assert "Mã lỗi: " in told["reason"]
    assert told["reason"] in str(answer.text)
    again = run(cast, str(tmp_path))
    assert counts_of(again) == {"new": 2, "changed": 0, "unchanged": 4, "refused": 0}


def test_a_file_of_many_schools_is_as_long_as_their_lists_together(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "MOST_ROWS", 4)
    rows, path = some_pupils(6, ["6A"]), tmp_path / "huyen.xlsx"
    sheets = [
        SheetToWrite(school.code, list(rows[0]), [list(row.values()) for row in part])
        for school, part in ((cast.school_a, rows[:3]), (cast.school_b, rows[3:]))
    ]
    with path.open("wb") as file:
        write_workbook(file, sheets)
    assert counts_of(run(cast, str(path))) == {"new": 6, "changed": 0, "unchanged": 0, "refused": 0}
    with pytest.raises(TooManyRows, match="6"):
        run(cast, saved(tmp_path, rows), "--school", cast.school_a.code)
    assert RUN_LIMITS.rows >= 50_000


def test_a_command_says_how_it_names_a_school(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "nobody.csv"
    path.write_bytes(csv(some_pupils(1)).read())
    with pytest.raises(NamesNoSchool, match="--school"):
        run(cast, str(path))
    (tmp_path / f"{cast.school_a.code}.csv").write_bytes(csv(some_pupils(1)).read())
    answer = run(cast, str(tmp_path))
    assert "--school" not in answer.data["errors"][0]["reason"]
    assert "--school" in str(answer.text)


def test_a_zip_goes_in_as_a_folder_does(cast: Cast, tmp_path: Path) -> None:
    before, archive = pupils_of(cast), tmp_path / "lists.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(f"{cast.school_a.code}/list.xlsx", xlsx(some_pupils(2)).read())
        package.writestr("__MACOSX/list.xlsx", b"")
        package.writestr(f"{cast.school_a.code}/huge.csv", b"a;b\n" * (LIMITS.file // 4 + 1))
    answer = run(cast, str(archive))
    assert pupils_of(cast) == before + 2
    assert [one["code"] for one in answer.data["errors"]] == ["sheets.file_too_large"]
    with zipfile.ZipFile(archive, "w"):
        pass
    with pytest.raises(NoFiles):
        run(cast, str(archive))


def test_two_files_of_one_name_in_a_zip_are_two(tmp_path: Path) -> None:
    archive = tmp_path / "lists.zip"
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("list.csv", b"one")
        for content in (b"other", b""):
            with pytest.warns(UserWarning, match="Duplicate"):
                package.writestr("list.csv", content)
        package.writestr(WORKBOOK_PART, b"")
    read = []
    for source in sources_in(archive, is_archive=True):
        with source.opened(most_bytes=9) as file:
            read.append((source.name, file.read()))
    assert read == [
        (WORKBOOK_PART, b""), ("list.csv", b"one"), ("list.csv", b"other"), ("list.csv", b"")
    ]  # fmt: skip


def test_no_room_for_an_unpacked_file_is_no_missing_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "lists.zip"
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("list.csv", b"a")
    (source,) = sources_in(archive)

    def full(*_: object) -> None:
        raise OSError(ENOSPC, "no space left")

    monkeypatch.setattr("khuevan.platform.sheets.sources.shutil.copyfileobj", full)
    with pytest.raises(OSError, match="no space left"), source.opened(most_bytes=9):
        pass


def test_a_fault_while_a_file_is_open_is_not_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"a")
    (source,) = sources_in(path)
    full = OSError(ENOSPC, "no space left")
    with pytest.raises(OSError, match="no space left"), source.opened(most_bytes=9):
        raise full


def test_the_title_rows_name_the_school(cast: Cast, tmp_path: Path) -> None:
    before, path = pupils_of(cast), tmp_path / "list.csv"
    name = names_on([cast.school_a.pk], TODAY)[cast.school_a.pk]
    path.write_bytes(f"{name.upper()};;\n".encode() + csv(some_pupils(2)).read())
    assert run(cast, str(path)).exit_code == 0
    assert pupils_of(cast) == before + 2


def test_a_file_that_names_two_schools_goes_to_neither(cast: Cast, tmp_path: Path) -> None:
    folder, before = tmp_path / "lists", pupils_of(cast)
    folder.mkdir()
    own, other = names_on([cast.school_a.pk, cast.school_b.pk], TODAY).values()
    titled = f"UBND XÃ;;\n{own.upper()};;\n".encode() + csv(some_pupils(1)).read()
    files = {
        f"{cast.school_a.code}.csv": titled,
        f"{cast.school_b.code}.csv": titled,
        "99999999.csv": titled,
        "DS_20260905.csv": titled,
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    answer = run(cast, str(folder))
    assert {one["file"]: one["code"] for one in answer.data["errors"]} == {
        f"{cast.school_b.code}.csv": "sheets.names_another_school",
        "99999999.csv": "sheets.names_unknown_school",
    }
    reason = next(one["reason"] for one in answer.data["errors"] if "another" in one["code"])
    assert cast.school_b.code in reason
    assert own in reason
    assert pupils_of(cast) == before + 1


def test_the_command_names_columns_and_schools_it_wonders_about(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    other = names_on([cast.school_b.pk], TODAY)[cast.school_b.pk]
    rows = [{**row, "Sở thích": "Bóng đá", "Ghi chú riêng": ""} for row in some_pupils(2)]
    path.write_bytes(f"{other.upper()};;\n".encode() + csv(rows).read())
    answer = run(cast, str(path), "--school", cast.school_a.code, "--check")
    told = [(one["code"], one["column"], one["row"]) for one in answer.data["warnings"]]
    assert told[:2] == [("sheets.names_school", "", 1), ("sheets.column_unread", "Sở thích", 2)]
    assert "Ghi chú riêng" not in {column for _code, column, _row in told}


def test_sheets_called_by_their_classes_need_no_class_column(cast: Cast, tmp_path: Path) -> None:
    rows = [{k: v for k, v in one.items() if k != "Lớp học"} for one in some_pupils(2)]
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name, row in zip(("6A", "6B"), rows, strict=True):
            sheet = workbook.add_worksheet(name)
            for line, cells in enumerate((list(row), list(row.values()))):
                sheet.write_row(line, 0, cells)
    answer = run(cast, str(path), "--school", cast.school_a.code)
    assert counts_of(answer) == {"new": 2, "changed": 0, "unchanged": 0, "refused": 0}
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Sheet1")
        for line, cells in enumerate((list(rows[0]), list(rows[0].values()))):
            sheet.write_row(line, 0, cells)
    with pytest.raises(NoColumn, match="Lớp"), override("vi"):
        run(cast, str(path), "--school", cast.school_a.code)


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

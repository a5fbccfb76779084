"""Files are kept whole and checked, or not at all."""

from __future__ import annotations

import errno
import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import transaction

from khuevan.platform.access.api import GrantActor, operator_actor
from khuevan.platform.files.api import (
    FileEmpty,
    FileKind,
    FileTooLarge,
    StorageFull,
    StoredFile,
    WrongFileType,
    declare_kind,
    open_content,
    store_content,
    store_upload,
    sweep_expired,
    sweep_orphans,
)
from khuevan.platform.files.tests.factories import NOW, TODAY, make_actor, make_person

pytestmark = pytest.mark.django_db

SMALL = declare_kind(FileKind("tests.small", "Small", max_bytes=1024 * 1024, keep=None))
TEXT = "Họ và tên\nPhạm Minh Anh\n".encode()


@pytest.fixture
def lan() -> GrantActor:
    return make_actor(make_person())


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def rows() -> int:
    return StoredFile.objects.unscoped(because="tests count").count()


def keep(actor: GrantActor, **changes: Any) -> StoredFile:
    wanted = {"content": TEXT, "name": "khối 6.csv", "kind": "tests.private", "now": NOW}
    return store_content(actor=actor, **{**wanted, **changes})


def test_a_file_is_kept_with_its_digest(lan: GrantActor) -> None:
    file = keep(lan)
    with open_content(file) as content:
        assert content.read() == TEXT
    assert (file.size, file.sha256) == (len(TEXT), hashlib.sha256(TEXT).hexdigest())
    assert (file.name, file.content_type) == ("khối 6.csv", "text/plain")
    assert (file.owner_id, file.person_id) == (lan.person_id, lan.person_id)
    assert file.expires_at == NOW + timedelta(days=30)


def test_the_stored_path_tells_nothing(lan: GrantActor, storage: Path) -> None:
    keep(lan)
    (path,) = stored(storage)
    assert "khối" not in str(path)
    assert path.suffix == ""


@pytest.mark.parametrize(
    ("content", "kind", "error"),
    [
        (b"", "tests.private", FileEmpty),
        (b"MZ\x90\x00 a program called list.xlsx", "tests.private", WrongFileType),
        (b"x" * (1024 * 1024 + 1), "tests.small", FileTooLarge),
    ],
)
def test_a_refused_file_leaves_nothing(
    lan: GrantActor, storage: Path, content: bytes, kind: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        keep(lan, content=content, kind=kind)
    assert (stored(storage), rows()) == ([], 0)


def test_a_size_that_lies_is_noticed_while_saving(lan: GrantActor, storage: Path) -> None:
    upload = ContentFile(b"x" * (1024 * 1024 + 1), name="a.csv")
    upload.size = 10
    with pytest.raises(FileTooLarge):
        store_upload(actor=lan, upload=upload, kind="tests.small", now=NOW)
    assert (stored(storage), rows()) == ([], 0)


def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    lan: GrantActor, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = vars(FileSystemStorage)["_save"]

    def full(self: FileSystemStorage, name: str, content: Any) -> str:
        real(self, name, ContentFile(b"half of it"))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(StorageFull):
        keep(lan)
    assert (stored(storage), rows()) == ([], 0)


def test_expired_files_go_and_the_others_stay(lan: GrantActor, storage: Path) -> None:
    keep(lan)
    kept = keep(lan, kind="tests.small")
    operator = operator_actor(on=TODAY, login="tests")
    assert sweep_expired(actor=operator, now=NOW + timedelta(days=29)) == 0
    assert sweep_expired(actor=operator, now=NOW + timedelta(days=31)) == 1
    assert [storage / kept.path] == stored(storage)
    assert rows() == 1


def test_contents_of_rolled_back_files_go_the_next_day(lan: GrantActor, storage: Path) -> None:
    kept = keep(lan)
    with transaction.atomic():
        keep(lan)
        transaction.set_rollback(True)
    assert len(stored(storage)) == 2
    assert sweep_orphans(now=NOW) == 0
    assert sweep_orphans(now=NOW + timedelta(days=1)) == 1
    assert [storage / kept.path] == stored(storage)

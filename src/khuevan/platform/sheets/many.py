"""Many files in one run: each checked and written on its own, read ahead, told one by one.

A file that is refused as a whole is told, and the others go on. The run holds two files at a time,
however many there are.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy

from khuevan.kernel.errors import DomainError
from khuevan.platform.sheets.actions.straight import Loaded, Order, load_sheets
from khuevan.platform.sheets.checking import LACKS_ZEROS, ZEROS_RESTORED, faults_of
from khuevan.platform.sheets.errors import UnitUnclear
from khuevan.platform.sheets.faults import Fault
from khuevan.platform.sheets.importers import Importer
from khuevan.platform.sheets.mishaps import refusal_for
from khuevan.platform.sheets.models import Outcome
from khuevan.platform.sheets.notices import notices_of
from khuevan.platform.sheets.reading import Limits, Reader, Workbook
from khuevan.platform.sheets.refusals import UnreadableFile
from khuevan.platform.sheets.sources import Source
from khuevan.platform.sheets.whose import NamesNoSchool, NamesTwoSchools, Schools

LIMITS = Limits(seconds=120, rows=60_000, cells=3_000_000)
"""What one file of a run may cost: nobody waits, and an office's holds a sheet for each school."""
COUNTED = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.REFUSED)
MOST_TOLD = 50
"""Faults of a list told as sentences."""
MOST_FAULTS = 200_000
"""Faults of a run kept for programs; 200 MB of them."""
MOST_NAMED = 3
"""Files named when all of them are refused."""
Progress = Callable[[int, int], None]
"""Is told how many files are done, and of how many."""


class NothingRead(DomainError):
    """No file of a folder or zip could be read as such a list."""

    code = "sheets.nothing_read"
    message = gettext_lazy("None of the %(count)d files could be read. %(told)s")
    status = 422


@dataclass(frozen=True, slots=True)
class SheetResult:
    """What came of one list."""

    name: str
    counts: Counter[str]
    faults: int
    sentences: list[str]


@dataclass(slots=True)
class FileResult:
    """What came of one file."""

    shown: str
    sheets: list[SheetResult] = field(default_factory=list)
    is_written: bool = False
    refusal: str = ""
    """Why it was refused as a whole."""
    code: str = ""
    is_unit_unclear: bool = False
    """True when it was refused because nothing says whose list it is."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is remembered of a file that is done: plain values, which another process may send."""

    result: FileResult
    faults: list[dict[str, Any]]
    lists: list[str]
    """What of it was written, by the numbers under which it can be taken back."""
    faults_left_out: int = 0

    def shortened(self, room: int) -> Told:
        """Return it with as many of its faults as there is room for; the others are counted."""
        kept = self.faults[:room]
        left_out = self.faults_left_out + len(self.faults) - len(kept)
        return replace(self, faults=kept, faults_left_out=left_out)


Keep = Callable[[int, FileResult, Sequence[Loaded]], None]
"""Takes the place of a file in the run, what came of it, and its lists."""


@dataclass(slots=True)
class Run:
    """One run over files: who loads what, and what came of it."""

    order: Order
    importer: Importer
    unit_id: int | None
    is_alone: bool = False
    """True for a single file: refused as a whole, it is the run's own refusal."""
    files: list[FileResult] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[dict[str, Any]] = field(default_factory=list)
    faults_left_out: int = 0
    lists: list[str] = field(default_factory=list)
    """What was written, by the numbers under which it can be taken back."""
    is_stopped: bool = False
    around: Callable[[], AbstractContextManager[None]] = nullcontext
    """What each file is loaded inside of, with the keeping of what came of it."""
    keep: Keep | None = None
    """Takes what came of each file; without it the run itself remembers everything."""
    _schools: Schools | None = None

    @property
    def written(self) -> int:
        """Return how many files were written."""
        return sum(one.is_written for one in self.files)

    @property
    def refused(self) -> list[FileResult]:
        """Return the files that were refused as a whole."""
        return [one for one in self.files if one.refusal]

    def load_all(self, sources: Iterable[Source], *, progress: Callable[[int], None]) -> None:
        """Load file after file until all are done, or the run is stopped.

        `progress` is told how many are done, after each.

        :raises DomainError: where a single file is refused as a whole
        """
        with (
            calm_collector(),
            closing(Reader(LIMITS)) as reader,
            closing(read_ahead(reader, sources)) as files,
        ):
            for place, begun in enumerate(files):
                with self.around():
                    self._load_one(place, begun)
                progress(place + 1)
                if self.is_stopped:
                    break

    def require_some_read(self) -> None:
        """Refuse the run when every file of it was refused as a whole.

        :raises NothingRead:
        """
        if self.files and len(self.refused) == len(self.files):
            told = "; ".join(f"{one.shown}: {one.refusal}" for one in self.files[:MOST_NAMED])
            raise NothingRead(count=len(self.files), told=told)

    def _load_one(self, place: int, begun: Begun) -> None:
        """Load a file and keep what came of it, in one transaction: both, or the refusal alone."""
        shown = begun.source.shown
        try:
            with transaction.atomic():
                result, loaded = self._written(FileResult(shown), begun)
                self._tell(place, begun.source, result, loaded)
        except Exception as fault:  # noqa: BLE001  (one file's fault does not end the run)
            if self.is_alone:
                raise
            refusal = refusal_for(fault)
            result = FileResult(
                shown,
                refusal=str(refusal),
                code=refusal.code,
                is_unit_unclear=isinstance(refusal, UnitUnclear),
            )
            self._tell(place, begun.source, result, ())

    def _written(self, result: FileResult, begun: Begun) -> tuple[FileResult, list[Loaded]]:
        workbook = begun.workbook
        with transaction.atomic():
            loaded = self._load(self._parts(begun.source, workbook), begun.upload)
            result.is_written = any(one.is_written for one in loaded)
            transaction.set_rollback(not result.is_written)
        return result, loaded

    def _tell(
        self, place: int, source: Source, result: FileResult, loaded: Sequence[Loaded]
    ) -> None:
        if self.keep is not None:
            self.keep(place, result, loaded)
        else:
            self.add(self.told(source, result, loaded))

    def told(self, source: Source, result: FileResult, loaded: Sequence[Loaded]) -> Told:
        """Sum up what came of a file."""
        faults = [_refused(source, result)] if result.refusal else []
        faults += self._sum(source, result, loaded)
        return Told(result, faults, [uuid for one in loaded for uuid in one.uuids])

    def add(self, told: Told) -> None:
        """Remember a file that is done."""
        self.files.append(told.result)
        for sheet in told.result.sheets:
            self.counts.update(sheet.counts)
        kept = told.shortened(MOST_FAULTS - len(self.faults))
        self.faults += kept.faults
        self.faults_left_out += kept.faults_left_out
        self.lists += kept.lists

    def _load(self, parts: Mapping[int, Workbook], upload: File[bytes]) -> list[Loaded]:
        """Load the lists of a file, of one school or of several: all schools of it, or none."""
        order = self.order
        if len(parts) > 1 and not (order.is_check or order.takes_good_rows):
            tried = self._each(replace(order, is_check=True), parts, upload)
            if any(one.count(Outcome.REFUSED) for one in tried):
                return tried
        return self._each(order, parts, upload)

    def _each(
        self, order: Order, parts: Mapping[int, Workbook], upload: File[bytes]
    ) -> list[Loaded]:
        loaded = []
        for unit_id, workbook in parts.items():
            upload.seek(0)
            loaded.append(load_sheets(order, unit_id=unit_id, workbook=workbook, upload=upload))
        return loaded

    def _parts(self, source: Source, workbook: Workbook) -> Mapping[int, Workbook]:
        """Return what of a file is of which school; most are of one."""
        actor = self.order.actor
        if self.unit_id is not None:
            return {self.unit_id: workbook}
        if self.importer.whose is not None:
            now = self.order.now
            pk = self.importer.whose(actor=actor, name=source.name, workbook=workbook, now=now)
            return {pk: workbook}
        if self._schools is None:
            self._schools = Schools(actor, self.importer, actor.today)
        try:
            return {self._schools.named_by(source.name, workbook): workbook}
        except (NamesTwoSchools, NamesNoSchool):
            if parts := self._schools.by_sheet(workbook):
                return parts
            raise

    def _sum(
        self, source: Source, result: FileResult, loaded: Sequence[Loaded]
    ) -> Iterator[dict[str, Any]]:
        """Sum up the lists of a file in its result, and yield their faults."""
        for one in (one for part in loaded for one in part.lists):
            faults = [*notices_of(one.sheet_import), *faults_of(one.rows)]
            counted = (*COUNTED, LACKS_ZEROS, ZEROS_RESTORED)
            counts = Counter({str(kind): one.sheet_import.count(kind) for kind in counted})
            sentences = [fault.sentence for fault in faults[:MOST_TOLD]]
            name = one.sheet_import.sheet_name
            result.sheets.append(SheetResult(name, counts, len(faults), sentences))
            yield from (_fault_of(source, fault) for fault in faults)


class Begun:
    """A file that is open and being read."""

    def __init__(self, source: Source, reader: Reader) -> None:
        self.source = source
        self._reader = reader
        self._open = ExitStack()
        self._refusal: Exception | None = None
        self._workbook: Workbook | None = None
        try:
            opened = source.opened(most_bytes=LIMITS.file)
            self.upload: File[bytes] = self._open.enter_context(opened)
            reader.begin(Path(str(getattr(self.upload.file, "name", ""))))
        except Exception as refusal:  # noqa: BLE001  (told when the file's turn comes)
            self._refusal = refusal

    def wait(self) -> None:
        """Wait until the file is read; why it can't be is told when it is asked for."""
        if self._refusal is None:
            try:
                self._workbook = self._reader.finish()
            except Exception as refusal:  # noqa: BLE001  (told when it is asked for)
                self._refusal = refusal

    @property
    def workbook(self) -> Workbook:
        """Return the file as it was read.

        :raises DomainError: a subclass for each way a file is refused as a whole
        :raises Exception: when the program itself failed at it
        """
        if self._workbook is None:
            raise self._refusal or UnreadableFile
        return self._workbook

    def close(self) -> None:
        """Close the file."""
        self._open.close()


def read_ahead(reader: Reader, sources: Iterable[Source]) -> Generator[Begun]:
    """Yield files that were read; while one is written the next one is being read."""
    left = iter(sources)
    waiting = _begin(left, reader)
    try:
        while waiting is not None:
            with closing(waiting) as begun:
                begun.wait()
                waiting = _begin(left, reader)
                yield begun
    finally:
        if waiting is not None:
            waiting.close()


def _begin(left: Iterator[Source], reader: Reader) -> Begun | None:
    source = next(left, None)
    return None if source is None else Begun(source, reader)


@contextmanager
def calm_collector() -> Iterator[None]:
    """Keep the collector of cycles from going through all that is loaded, again and again."""
    standing = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*standing)
        gc.unfreeze()


def _fault_of(source: Source, fault: Fault) -> dict[str, Any]:
    return _fault(
        source,
        sheet=fault.sheet,
        row=fault.row,
        column=fault.column_name,
        value=fault.value,
        reason=" ".join(filter(None, (fault.reason, fault.hint))),
        severity=str(fault.severity),
        code=fault.code,
        cell=f"{fault.column_letter}{fault.row}" if fault.column_letter else "",
    )


def _refused(source: Source, result: FileResult) -> dict[str, Any]:
    return _fault(source, reason=result.refusal, code=result.code)


def _fault(source: Source, **known: Any) -> dict[str, Any]:
    """Return one fault for programs; of a file refused as a whole only file and reason are told."""
    empty = {"sheet": "", "row": None, "column": "", "value": "", "severity": "ERROR", "cell": ""}
    return {"file": source.shown, **empty, **known}

"""Files of a run loaded by several processes at once, where the machine has the cores.

Each process has a connection and a reading process of its own, and asks for one file after the
other. What crossed another file, and what a process did not tell of because it was killed, the
first process loads alone after the others: a run comes to the same end with one process or four.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait

from django.conf import settings
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from khuevan.kernel.processes import follow_parent
from khuevan.platform.sheets.actions.straight import Loaded
from khuevan.platform.sheets.many import MOST_FAULTS, FileResult, Progress, Run, Told
from khuevan.platform.sheets.mishaps import CROSSED
from khuevan.platform.sheets.sources import Source

LEAST_FILES = 4
"""Files for each process under which it is not worth its start."""


def load_files(run: Run, sources: Sequence[Source], *, progress: Progress) -> None:
    """Load the files of a run: side by side where none touches the records of another.

    :raises DomainError: where a single file is refused as a whole
    """
    workers = _workers(run, len(sources))
    if workers < 2:
        run.load_all(sources, progress=lambda done: progress(done, len(sources)))
        return
    told = _side_by_side(run, sources, workers, progress)
    rest = [place for place in range(len(sources)) if place not in told]
    if not run.is_stopped:
        told |= _alone(run, sources, rest, progress)
    for place in sorted(told):
        run.add(told[place])


def _workers(run: Run, files: int) -> int:
    if run.order.is_check or run.importer.stands_alone:
        return min(settings.LIST_WORKERS, files // LEAST_FILES)
    return 1


def _side_by_side(
    run: Run, sources: Sequence[Source], workers: int, progress: Progress
) -> dict[int, Told]:
    """Return what the processes told of, by the file's place; without what crossed."""
    told: dict[int, Told] = {}
    left = iter(range(len(sources)))
    room = MOST_FAULTS
    with _team(run, sources, workers) as pipes:
        while pipes:
            for pipe in wait(pipes):
                assert isinstance(pipe, Connection)  # noqa: S101 - for the type checker
                try:
                    news = pipe.recv()
                    if news is None:
                        pipe.send(None if run.is_stopped else next(left, None))
                        continue
                except (EOFError, ConnectionError):  # it is done, or it was killed
                    pipes.remove(pipe)
                    continue
                place, one = news
                if one.result.code not in CROSSED:
                    told[place] = one.shortened(room)
                    room -= len(told[place].faults)
                    progress(len(told), len(sources))
    return told


def _alone(
    run: Run, sources: Sequence[Source], places: Sequence[int], progress: Progress
) -> dict[int, Told]:
    """Load files one after the other in this process, and return what came of each."""
    told: dict[int, Told] = {}
    done = len(sources) - len(places)
    with _kept_in(run, sources, places, told):
        run.load_all(
            (sources[place] for place in places),
            progress=lambda more: progress(done + more, len(sources)),
        )
    return told


@contextmanager
def _kept_in(
    run: Run, sources: Sequence[Source], places: Sequence[int], told: dict[int, Told]
) -> Iterator[None]:
    """Keep what comes of files by their places among all; `places` may still grow."""

    def keep(number: int, result: FileResult, loaded: Sequence[Loaded]) -> None:
        place = places[number]
        told[place] = run.told(sources[place], result, loaded)

    run.keep = keep
    try:
        yield
    finally:
        run.keep = None


@contextmanager
def _team(run: Run, sources: Sequence[Source], workers: int) -> Iterator[list[Connection]]:
    """Start the processes and give a pipe to each; end with them, and end them after a fault."""
    _let_go()
    context = multiprocessing.get_context("fork")
    pipes: list[Connection] = []
    team = []
    try:
        for _number in range(workers):
            ours, theirs = context.Pipe()
            pipes.append(ours)
            one = context.Process(
                target=_work, args=(run, sources, theirs, tuple(pipes), os.getpid())
            )
            one.start()
            team.append(one)
            theirs.close()
        yield pipes
    except BaseException:
        for one in team:
            one.kill()
        raise
    finally:
        for one in team:
            one.join()


def _work(
    run: Run,
    sources: Sequence[Source],
    pipe: Connection,
    others: Sequence[Connection],
    parent: int,
) -> None:
    """Load the files that the first process gives, until it gives no more or is gone."""
    follow_parent(parent, signal.SIGKILL)  # nothing is written that nobody hears of
    for one in others:
        one.close()
    places: list[int] = []
    told: dict[int, Told] = {}

    def given() -> Iterator[Source]:
        while True:
            pipe.send(None)
            place = pipe.recv()
            if place is None:
                return
            places.append(place)
            yield sources[place]

    def tell(done: int) -> None:
        place = places[done - 1]
        pipe.send((place, told.pop(place)))

    gone = (EOFError, ConnectionError, KeyboardInterrupt)
    with suppress(*gone), _kept_in(run, sources, places, told):
        run.load_all(given(), progress=tell)
    _let_go()
    pipe.close()


def _let_go() -> None:
    """Close all connections, kept ones too: no process may speak through one of another."""
    connections.close_all()
    for one in connections.all(initialized_only=True):
        if isinstance(one, DatabaseWrapper):
            one.close_pool()

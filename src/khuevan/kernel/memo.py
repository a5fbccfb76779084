"""Answers kept for a few seconds in each process: for small tables that hardly ever change."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import update_wrapper
from threading import Lock
from typing import Generic, ParamSpec, TypeVar

from django.conf import settings

P = ParamSpec("P")
T = TypeVar("T")


class Memo(Generic[T]):
    """The newest answers by key, at most `size` of them and none older than `seconds`.

    Settings' MEMO_SECONDS is the most for all; 0, as in tests, keeps nothing.
    """

    def __init__(self, *, size: int, seconds: float) -> None:
        self.size = size
        self.seconds = seconds
        self._kept: OrderedDict[Hashable, tuple[float, T]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the answer kept under a key, else make it and keep it."""
        now = time.monotonic()
        longest = min(self.seconds, settings.MEMO_SECONDS)
        with self._lock:
            found = self._kept.get(key)
        if found is not None and now - found[0] < longest:
            return found[1]
        made = make()
        if longest > 0:
            with self._lock:
                self._kept[key] = (now, made)
                self._kept.move_to_end(key)
                while len(self._kept) > self.size:
                    self._kept.popitem(last=False)
        return made

    def clear(self) -> None:
        """Keep nothing of what was made until now."""
        with self._lock:
            self._kept.clear()


class Kept(Generic[P, T]):
    """A function whose answers are kept by its arguments; whoever writes what it reads forgets."""

    def __init__(self, function: Callable[P, T], *, size: int, seconds: float) -> None:
        self._function = function
        self._memo: Memo[T] = Memo(size=size, seconds=seconds)
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the kept answer, else ask."""
        key = (args, tuple(sorted(kwargs.items())))
        return self._memo.get(key, lambda: self._function(*args, **kwargs))

    def forget(self) -> None:
        """Ask anew from now on, in this process."""
        self._memo.clear()


def memo(*, seconds: float, size: int = 256) -> Callable[[Callable[P, T]], Kept[P, T]]:
    """Keep a function's answers by its arguments, which must be hashable; answers are not changed.

    Only for what everybody may know: the key knows no actor.
    """
    return lambda function: Kept(function, size=size, seconds=seconds)

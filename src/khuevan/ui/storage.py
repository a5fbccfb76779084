"""Static files under names that hold their own fingerprint."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """The manifest doesn't change while a process lives, so each address is worked out once."""

    def url(self, name: str, force: bool = False) -> str:  # noqa: FBT001,FBT002  (as declared)
        """Return the address of a file."""
        found: str = super().url(name, force) if force else self._known_url(name)
        return found

    @cached_property
    def _known_url(self) -> Any:
        return lru_cache(maxsize=None)(super().url)

"""How an upload is received: what is over any limit is dropped while it arrives."""

from __future__ import annotations

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from khuevan.platform.files.kinds import DEFAULT_LIMIT, kinds


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Receives a file on disk up to the largest kind's limit and lets go of the rest.

    The whole request is read, so that the browser can show the answer; the true size stays known,
    and every size check refuses the file with its sentence.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece that is within the limit."""
        if start + len(raw_data) <= largest_limit():
            self.file.write(raw_data)


def largest_limit() -> int:
    """Return the limit of the kind that allows most."""
    return max((kind.max_bytes for kind in kinds), default=DEFAULT_LIMIT)

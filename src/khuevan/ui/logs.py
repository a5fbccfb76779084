"""Structured log lines: one JSON object a line, without personal data."""

from __future__ import annotations

import json
import logging


class JsonFormatter(logging.Formatter):
    """Write a record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a JSON line."""
        return json.dumps({"level": record.levelname, "logger": record.name})

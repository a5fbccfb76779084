"""The database adapter: the server DATABASE_URL names, else one started from a wheel.

The embedded server listens on a private Unix socket only. One data folder has one server; every
command that needs it attaches, and the last one to leave stops it.
"""

from khuevan.config.postgres.connection import database_settings, open_database, tool_environment
from khuevan.config.postgres.program import DatabaseUnavailable, find_tool
from khuevan.config.postgres.server import (
    ServerHandle,
    embedded_url,
    ensure_server,
    without_server,
)

__all__ = [
    "DatabaseUnavailable",
    "ServerHandle",
    "database_settings",
    "embedded_url",
    "ensure_server",
    "find_tool",
    "open_database",
    "tool_environment",
    "without_server",
]

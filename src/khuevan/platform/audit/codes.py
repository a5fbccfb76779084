"""Audit codes: each has a sentence for people, declared by the app whose action writes it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise

from khuevan.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class AuditCode:
    """What an entry means."""

    code: str
    sentence: str | Promise = field(compare=False)


codes: Registry[AuditCode] = Registry("audit code")


def declare(code: str, sentence: str | Promise) -> str:
    """Register a code with its sentence and return the code."""
    codes.register(code, AuditCode(code, sentence))
    return code

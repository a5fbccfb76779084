"""Which body a signer's position and the sign of a number name: never another than decides."""

from __future__ import annotations

import re

from khuevan.kernel.vietnamese import fold

_COMMITTEES = frozenset(("PROVINCE", "DISTRICT", "COMMUNE"))
_BODIES: tuple[tuple[str, frozenset[str]], ...] = (
    (r"thi xa|huyen|quan", frozenset(("DISTRICT",))),
    (r"xa|phuong|dac khu|thi tran", frozenset(("COMMUNE",))),
    (r"thanh pho|tp", frozenset(("PROVINCE", "DISTRICT"))),
    (r"tinh", frozenset(("PROVINCE",))),
    (r"so", frozenset(("DEPARTMENT",))),
    (r"phong gd\w*|phong giao duc", frozenset(("DISTRICT_OFFICE",))),
)
"""The words that tell a body within a folded position, as a person writes it after the title."""
_ANY_BODY = re.compile(rf"\b(?:{'|'.join(f'({words})' for words, _kinds in _BODIES)})\b")
_SIGNS: tuple[tuple[str, frozenset[str]], ...] = (
    ("ubnd", _COMMITTEES),
    ("ctubnd", _COMMITTEES),
    ("sgd", frozenset(("DEPARTMENT",))),
    ("pgd", frozenset(("DISTRICT_OFFICE",))),
    ("hdnd", frozenset(("COUNCIL",))),
    ("bgd", frozenset(("MINISTRY",))),
)
"""How the sign of a number begins the name of its body: 412/QĐ-UBND, 15/QĐ-SGD&ĐT."""
_OF_OFFICE = {
    "PROVINCIAL_COUNCIL": "COUNCIL",
    "PROVINCE_CHAIR": "PROVINCE",
    "DEPARTMENT": "DEPARTMENT",
    "DEPARTMENT_DIRECTOR": "DEPARTMENT",
    "DISTRICT_COMMITTEE": "DISTRICT",
    "DISTRICT_CHAIR": "DISTRICT",
    "DISTRICT_OFFICE": "DISTRICT_OFFICE",
    "DISTRICT_OFFICE_HEAD": "DISTRICT_OFFICE",
    "COMMUNE_COMMITTEE": "COMMUNE",
    "COMMUNE_CHAIR": "COMMUNE",
    "PRINCIPAL": "SCHOOL",
}
_FURTHER = re.compile(r",|;|\b(?:huyen|quan|thi xa|thanh pho|tp|tinh)\b")
"""Where the name of a commune ends and that of what it lies in begins."""


def signed_by_another(number: str, office: str) -> bool:
    """Return whether the sign of a number is that of another body than an office's."""
    own = _OF_OFFICE.get(office)
    parts = re.split(r"[-./&]", fold(number))
    named = [kinds for part in parts for sign, kinds in _SIGNS if part.startswith(sign)]
    return own is not None and bool(named) and not any(own in kinds for kinds in named)


def names_another(position: str, office: str, who: str) -> bool:
    """Return whether a position says it is of another body than an office's.

    "Chủ tịch UBND xã Cẩm Bình" is of a commune, and of none with another name than in `who`.
    """
    own = _OF_OFFICE.get(office)
    told = fold(position)
    found = _ANY_BODY.search(told)
    if own is None or found is None:
        return False
    words, kinds = found.group(0), _BODIES[(found.lastindex or 1) - 1][1]
    if own not in kinds:
        return True
    return own in _COMMITTEES and _is_elsewhere(told[found.end() :], words, fold(who))


def _is_elsewhere(rest: str, word: str, who: str) -> bool:
    """Return whether what follows the kind of body is another name than the office's."""
    name = _FURTHER.split(rest)[0].strip(" .")
    return bool(name) and f"{word} " in f"{who} " and name not in who

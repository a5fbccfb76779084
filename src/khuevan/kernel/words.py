"""Finding by words: one condition for lists and search boxes, and the index that answers it."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, F, Func, Q, TextField, Value

from khuevan.kernel.vietnamese import fold

WHOLE_FROM = 3
"""From how many letters on a word with others after it is taken for whole."""


class Words(Func):
    """The words of a folded text as PostgreSQL indexes them: `GinIndex(Words("search_name"))`."""

    template = "array_to_tsvector(array_remove(string_to_array(%(expressions)s, ' '), ''))"
    output_field = SearchVectorField()
    arity = 1


class NameEnds(Func):
    """Family and given name of a folded name, which no shortening touches."""

    template = (
        "(split_part(%(expressions)s, ' ', 1) || ' ' || split_part(%(expressions)s, ' ', -1))"
    )
    output_field = TextField()
    arity = 1


class _Query(Func):
    template = "%(expressions)s::tsquery"
    output_field = TextField()


class _Matches(Func):
    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = BooleanField()


def name_has(text: str, *, field: str = "search_name") -> Q:
    """Return the condition that a folded name has these words.

    The last one, perhaps still being typed, and short ones (`ng v nam`) begin a word of the name;
    the others are whole, which the index answers in half the time.
    """
    words = fold(text).split()
    if not words:
        return Q()
    *before, last = words
    wanted = [_begun(word) if len(word) < WHOLE_FROM else _whole(word) for word in before]
    asked = _Query(Value(" & ".join((*wanted, _begun(last)))))
    return Q(_Matches(Words(F(field)), asked))


def _begun(word: str) -> str:
    return f"{_whole(word)}:*"


def _whole(word: str) -> str:
    quoted = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'"

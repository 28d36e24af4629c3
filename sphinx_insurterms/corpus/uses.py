"""What did a build use?  A record that the next program reads without Sphinx."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx_insurterms.corpus.problems import CorpusError, Origin, Problem
from sphinx_insurterms.corpus.writing import replace_file

FILE_NAME = "insurterms-uses.json"
"""Stands in the folder of the doctrees, which is not published."""

VERSION = 1
"""Of the file's form; it goes up when that changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermUse:
    """What the pages of one build have of a term."""

    term_id: str
    references: int
    """How often pages name it by ``:term:``."""

    shown: int
    """How often an ``insurterm`` shows its entry."""

    pages: int
    """How many pages do one or the other."""

    locale: str
    """Of the entry that readers are shown."""

    by_starter: bool
    """Whether it is a term of the starter corpus."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameUse:
    """A name that nobody answered but the starter corpus."""

    name: str
    """As written."""

    references: int
    pages: tuple[str, ...]
    """The first documents that hold it, by their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """What one build used; lists and generated pages, which show all, use nothing."""

    basis: str
    """Stands for all that the rest follows from, and is the same while that is."""

    locale: str
    """The language of the build, as a corpus spells it."""

    corpora: tuple[str, ...]
    """Absolute paths, which may hold ``{locale}``, and ``starter``; those that are
    there, in the order in which they answer."""

    terms: tuple[TermUse, ...]
    """By their ids."""

    starter_names: tuple[NameUse, ...]
    """By the names."""


def write_uses(folder: Path, uses: Uses) -> bool:
    """Let a folder of doctrees hold *uses*, and return whether it held others.

    :raises OSError: if it cannot be written; then it is as it was.
    """
    said = {
        "version": VERSION,
        "basis": uses.basis,
        "locale": uses.locale,
        "corpora": uses.corpora,
        "terms": {
            one.term_id: {
                "references": one.references,
                "shown": one.shown,
                "pages": one.pages,
                "locale": one.locale,
                "by_starter": one.by_starter,
            }
            for one in uses.terms
        },
        "starter_names": {
            one.name: {"references": one.references, "pages": one.pages}
            for one in uses.starter_names
        },
    }
    # In ASCII: the name of a document may hold what is no Unicode.
    content = json.dumps(said, indent=1) + "\n"
    return replace_file(Path(folder, FILE_NAME), content.encode())


def read_uses(folder: Path) -> Uses:
    """Return what the last build used whose doctrees are in *folder*.

    :raises CorpusError: if nothing says so, or nothing that can be understood.
    """
    path = Path(folder, FILE_NAME)
    try:
        return _understood(json.loads(path.read_bytes()))
    except FileNotFoundError:
        fact = "there is no record of what was used"
        way_out = "build the documentation, and name the folder of its doctrees"
    except OSError as error:
        fact = f"this cannot be read ({error.strerror})"
        way_out = (
            "let it be a file that you may read, or remove it and build the "
            "documentation again"
        )
    except _NewerError:
        fact = "a newer sphinx-insurterms wrote this"
        way_out = "use that version, or build the documentation again with this one"
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        fact = "this is no record of what was used, or a damaged one"
        way_out = "remove it, and build the documentation again"
    raise CorpusError(
        Problem(name="file", message=f"{fact}; {way_out}", origin=Origin(path=path))
    )


class _NewerError(Exception):
    """The file has a form that is not known yet."""


def _understood(said: Any) -> Uses:
    if _number(said["version"]) > VERSION:
        raise _NewerError
    if said["version"] != VERSION:
        raise ValueError
    return Uses(
        basis=_text(said["basis"]),
        locale=_text(said["locale"]),
        corpora=_texts(said["corpora"]),
        terms=tuple(
            TermUse(
                term_id=term_id,
                references=_number(one["references"]),
                shown=_number(one["shown"]),
                pages=_number(one["pages"]),
                locale=_text(one["locale"]),
                by_starter=_truth(one["by_starter"]),
            )
            for term_id, one in said["terms"].items()
        ),
        starter_names=tuple(
            NameUse(
                name=name,
                references=_number(one["references"]),
                pages=_texts(one["pages"]),
            )
            for name, one in said["starter_names"].items()
        ),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(map(_text, value))


def _number(value: Any) -> int:
    # A truth is a number, too, for Python.
    if type(value) is not int or value < 0:
        raise TypeError
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value

"""Which entries are one term?  From the files of a corpus to its terms."""

from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.corpus.model import Term
from sphinx_insurterms.corpus.names import Status
from sphinx_insurterms.corpus.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_insurterms.corpus.model import Entry


def gather(
    entries: Sequence[tuple[Path, Entry]],
    source_locale: str,
    problems: list[Problem],
    *,
    bundled: bool,
) -> dict[str, Term]:
    """Return the terms by their ids, and note what two entries both claim.

    :param entries: locale folder and entry; of two for one thing, the first counts.
    """
    by_id: dict[str, dict[str, Entry]] = {}
    first_in: dict[tuple[Path, str], Entry] = {}
    for folder, entry in entries:
        first = first_in.setdefault((folder, entry.term_id), entry)
        if first is not entry:
            fact = (
                f"'{entry.term_id}' is the id of {_path(first, entry)} too, which "
                "counts; give one of them another `id: …`, or merge them"
            )
            problems.append(Problem(name="id", message=fact, origin=entry.place("id")))
        # Of two folders for one locale, the first wins; that was told once, for both.
        by_id.setdefault(entry.term_id, {}).setdefault(entry.locale, entry)
    _complain_of_claimed_titles(by_id, problems)
    return {
        identifier: Term(
            id=identifier,
            entries=MappingProxyType(by_id[identifier]),
            source_locale=source_locale,
            bundled=bundled,
        )
        for identifier in sorted(by_id)
    }


def _path(other: Entry, entry: Entry) -> str:
    """Return the path of *other*'s file, as the folder of *entry* sees it."""
    return Path(os.path.relpath(other.origin.path, entry.origin.path.parent)).as_posix()


def _complain_of_claimed_titles(
    by_id: Mapping[str, Mapping[str, Entry]], problems: list[Problem]
) -> None:
    """Tell of names that are the title of another term in the same locale."""
    entries = [entry for locales in by_id.values() for entry in locales.values()]
    # Of two terms with one title the first id is found; see `names.py`.
    by_id_backwards = sorted(entries, key=lambda entry: entry.term_id, reverse=True)
    titles = {(e.locale, fold(e.title)): e for e in by_id_backwards}
    for entry in entries:
        for name in entry.designations:
            other = titles.get((entry.locale, fold(name.text)))
            if (
                name.status is not Status.PREFERRED
                and other is not None
                and other.term_id != entry.term_id
            ):
                fact = (
                    f"'{name.text}' is the title of '{other.term_id}' "
                    f"({_path(other, entry)}), which it will lead to; take it out here"
                )
                origin = entry.place(_key(entry, name.text), "title")
                problems.append(Problem(name="name", message=fact, origin=origin))


def _key(entry: Entry, name: str) -> str:
    """Return the key of the front matter that says *name*."""
    keys = ("abbreviation", "aliases", "deprecated", "forms")
    return next((key for key in keys if name in getattr(entry, key)), "title")

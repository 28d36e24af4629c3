"""What is a reader given, and what does it return?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.corpus.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file of a corpus, and what its corpus knows of it."""

    path: Path
    content: bytes
    locale: str
    term_id: str
    """The id that the file's name gives; an entry may say another."""

    fields: Mapping[str, str]
    """Our front matter key → the key that this corpus writes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file held, and what was wrong with it."""

    entry: Entry | None
    """None for a draft and for a file that cannot be read."""

    problems: tuple[Problem, ...] = ()

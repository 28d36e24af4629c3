"""What is a text, rendered?  Nodes, and what its author should be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils.nodes import Node

    from sphinx_insurterms.corpus.problems import WarningName


@dataclass(frozen=True, slots=True)
class Complaint:
    """What was refused in a text, before it is known where the text stands."""

    name: WarningName
    message: str
    line: int
    """Counted from 0, in the text."""


@dataclass(slots=True)
class Rendered:
    """A text as doctree, and what its author should be told."""

    children: list[Node]
    complaints: list[Complaint] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    """Ids of the terms that it links to."""

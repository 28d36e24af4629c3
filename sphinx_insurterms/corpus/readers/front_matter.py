"""What stands between the ``---`` lines, and on which line of the file?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from sphinx_insurterms.corpus.problems import CorpusError, Origin, Problem
from sphinx_insurterms.corpus.readers.keys import KEYS
from sphinx_insurterms.corpus.readers.source import strip_unprintable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sphinx_insurterms.corpus.problems import WarningName

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover - PyYAML without libyaml: slower, same answers
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_UNREADABLE = (
    *(yaml.YAMLError, ValueError, OverflowError, RecursionError),
    *(AttributeError, LookupError, TypeError),  # of a wrong `!!tag`, in PyYAML's code
)
_BOOLEAN = "tag:yaml.org,2002:bool"
_NULL = "tag:yaml.org,2002:null"
_MERGE = "tag:yaml.org,2002:merge"

_DEEPEST = 50
"""Lists and mappings in each other; libyaml's composer crashes far below Python's end."""


def split(text: str, path: Path) -> tuple[FrontMatter, str, int]:
    """Return the front matter and the body of *text*, and the body's first line.

    Blank lines before the front matter are allowed; a file may have none at all.

    :raises CorpusError: if there is front matter that cannot be read.
    """
    handler = YAMLHandler()
    content = text.lstrip()
    before = text[: len(text) - len(content)].count("\n")
    if not handler.detect(content):
        return FrontMatter(path, []), text, 1
    try:
        front, body = handler.split(content)
    except ValueError:
        fact = "the front matter that begins here has no end; write --- below it"
        origin = Origin(path=path, line=before + 1)
        raise CorpusError(Problem(name="file", message=fact, origin=origin)) from None
    body_line = text[: len(text) - len(body)].count("\n") + 1
    # The boundary's pattern eats a line's end, and blank lines that may follow it.
    lead = len(content[: content.index(front)]) if front else 0
    first = before + content[:lead].count("\n")
    return FrontMatter(path, _pairs(front, path, first)), body, body_line


_Pair = tuple[yaml.Node, yaml.Node, int]


def _pairs(front: str, path: Path, first: int) -> list[_Pair]:
    """Return key, value and line of each top-level pair of the YAML text *front*."""
    try:
        too_deep = _line_too_deep(front)
        root = None if too_deep else yaml.compose(front, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", error)
        raise _not_yaml(path, first + (mark.line if mark else 0), reason) from None
    if too_deep is not None:
        fact = (
            f"lists or mappings are too deep in each other; {_DEEPEST} may be, mend it"
        )
        raise _unreadable(path, first + too_deep + 1, fact)
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        fact = "the front matter is no mapping; write `key: value` on each line"
        raise _unreadable(path, first + root.start_mark.line + 1, fact)
    return [(key, value, first + key.start_mark.line + 1) for key, value in root.value]


def _line_too_deep(front: str) -> int | None:
    """Return the line, counted from 0, where *front* nests too deeply to be composed."""
    if sum(map(front.count, "[{-?:")) <= _DEEPEST:
        return None  # each level begins with one of these
    depth = 0
    for event in yaml.parse(front, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            return event.start_mark.line if event.start_mark else 0
    return None


def _is_tree(node: yaml.Node, seen: set[int]) -> bool:
    """Tell whether nothing below *node* was *seen* before, or is merged in.

    A few lines of YAML that repeat each other may stand for more than fits in memory.
    """
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if id(node) in seen or node.tag == _MERGE:
            return False
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
    return True


def _not_yaml(path: Path, line: int, reason: object) -> CorpusError:
    fact = f"the front matter is not YAML ({reason}); mend it"
    return _unreadable(path, line + 1, fact)


def _unreadable(path: Path, line: int, fact: str) -> CorpusError:
    origin = Origin(path=path, line=line)
    return CorpusError(Problem(name="file", message=fact, origin=origin))


class FrontMatter:
    """The keys of one file: looked up in any case, complained of at their line.

    Texts are taken as they are written, not as YAML 1.1 understands them: a term
    may be called *no*, and a date that never was must not hide the rest.
    """

    def __init__(self, path: Path, pairs: list[_Pair]) -> None:
        self._path = path
        self._values: dict[str, tuple[yaml.Node, int]] = {}
        self.problems: list[Problem] = []
        for node, value, line in pairs:
            if not isinstance(node, yaml.ScalarNode):
                fact = "this key is no text, and is left out; write `key: value`"
                self._complain_at(line, "file", fact)
                continue
            key = str(node.value).strip()
            if key.casefold() in self._values:
                fact = (
                    f"{key!r} stands here for the second time and counts; take one out"
                )
                self._complain_at(line, "file", fact)
            self._values[key.casefold()] = value, line

    def renamed(self, fields: Mapping[str, str]) -> FrontMatter:
        """Return this with a corpus's own keys under our names for them."""
        theirs = {key.casefold() for key in fields.values()}
        taken = {key: self._values[key] for key in theirs if key in self._values}
        kept = {key: value for key, value in self._values.items() if key not in taken}
        ours = {key: taken.get(other.casefold()) for key, other in fields.items()}
        self._values = kept | {key: value for key, value in ours.items() if value}
        return self

    def text(self, key: str) -> str:
        """Return the value of *key* as one text; a list is joined."""
        return ", ".join(self.texts(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the value of *key* as texts, without empty ones; note what was used."""
        if key not in self._values:
            return ()
        node, line = self._values[key]
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if any(not isinstance(item, yaml.ScalarNode) for item in items):
            fact = f"{key!r} should be a text or a list of texts; the rest is left out"
            self._complain_at(line, "file", fact)
        scalars = (item for item in items if isinstance(item, yaml.ScalarNode))
        written = (str(item.value) for item in scalars if item.tag != _NULL)
        # What the file may not hold as it is, YAML's escapes can still bring in.
        found = (strip_unprintable(text).strip() for text in written)
        return tuple(text for text in found if text)

    def line(self, key: str) -> int:
        """Return the line of *key*, counted from 1; 1 where it is not there."""
        return self._values[key][1] if key in self._values else 1

    def lines(self) -> dict[str, int]:
        """Return the line of each key that is there."""
        return {key: line for key, (_, line) in self._values.items()}

    def was_boolean(self, key: str) -> bool:
        """Tell whether YAML 1.1 takes the value of *key* for true or false."""
        return key in self._values and self._values[key][0].tag == _BOOLEAN

    def extra(self) -> dict[str, Any]:
        """Return what stands under keys that we have no use for, read as YAML.

        In the shapes that JSON has, since an index keeps it: a date is its text.
        """
        seen: set[int] = set()
        return {
            key: self._construct(key, node, line, seen)
            for key, (node, line) in self._values.items()
            if key not in KEYS
        }

    def _construct(self, key: str, node: yaml.Node, line: int, seen: set[int]) -> Any:
        if not _is_tree(node, seen):
            fact = (
                f"{key!r} repeats or merges (*, <<), and is left out; write it in full"
            )
            self._complain_at(line, "file", fact)
            return None
        loader = yaml.SafeLoader("")
        try:
            value = loader.construct_object(node, deep=True)
            return json.loads(json.dumps(value, default=str, skipkeys=True))
        except _UNREADABLE:
            fact = f"{key!r} is no date or value that there is; write it in quotes"
            self._complain_at(line, "date", fact)
            return node.value if isinstance(node, yaml.ScalarNode) else None

    def complain(
        self, name: WarningName, fact: str, *, key: str = "", line: int | None = None
    ) -> None:
        """Note a problem at *line*, or where *key* (by default *name*) stands."""
        self._complain_at(line or self.line(key or name), name, fact)

    def _complain_at(self, line: int, name: WarningName, fact: str) -> None:
        origin = Origin(path=self._path, line=line)
        problem = Problem(name=name, message=fact, origin=origin)
        if problem not in self.problems:  # a key may be asked for twice
            self.problems.append(problem)

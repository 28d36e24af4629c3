"""How is an entry kept, until somebody asks for it?  As a few lines of JSON."""

from __future__ import annotations

import json
import zlib
from dataclasses import MISSING, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sphinx_insurterms.corpus.model import Entry
from sphinx_insurterms.corpus.problems import Origin, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_MAPPINGS = ("extra", "lines")
_APART = frozenset({"path", "read_body", "said", "source_entry", "translate"})
_DEFAULTS = {
    field.name: field.default for field in fields(Entry) if field.default is not MISSING
} | dict.fromkeys(_MAPPINGS, MappingProxyType({}))
_KEPT = [field.name for field in fields(Entry) if field.name not in _APART]


def to_record(entry: Entry) -> str:
    """Return all that is to be known of *entry* but its body and the file's name."""
    kept: dict[str, Any] = {}
    for name in _KEPT:
        value = getattr(entry, name)
        if value != _DEFAULTS.get(name, MISSING):
            kept[name] = dict(value) if name in _MAPPINGS else value
    return _compact(kept)


def checksum(record: str) -> int:
    """Return what tells whether a record is still what was written."""
    return zlib.crc32(record.encode())


def from_record(record: str, path: str, read_body: Callable[..., str]) -> Entry:
    """Return the entry of a *record*, which stands in the file at *path*."""
    kept = json.loads(record)
    for name, value in kept.items():
        if isinstance(value, list):
            kept[name] = tuple(value)
        elif isinstance(value, dict):
            kept[name] = MappingProxyType(value)
    return Entry(**kept, path=path, read_body=read_body)


def problems_to_record(problems: Iterable[Problem]) -> str:
    """Return what is wrong with one file, without the file's name; empty if nothing."""
    kept = [[p.name, p.message, p.origin.line] for p in problems]
    return _compact(kept) if kept else ""


def problems_from_record(record: str, path: Path) -> list[Problem]:
    """Return what :func:`problems_to_record` was given of the file at *path*."""
    return [
        Problem(name=name, message=message, origin=Origin(path=path, line=line))
        for name, message, line in json.loads(record or "[]")
    ]


def placed_to_record(problems: Iterable[Problem], root: Path) -> str:
    """Return what is wrong with several files below *root*."""
    # Not with the letters as they are: a file's name may be no text at all.
    return json.dumps(
        [
            [p.name, p.message, str(p.origin.path.relative_to(root)), p.origin.line]
            for p in problems
        ]
    )


def placed_from_record(record: str, root: Path) -> list[Problem]:
    """Return what :func:`placed_to_record` was given."""
    return [
        Problem(name=name, message=message, origin=Origin(path=root / path, line=line))
        for name, message, path, line in json.loads(record)
    ]


def _compact(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character, by an escape in YAML
        return json.dumps(value, separators=(",", ":"))
    return text

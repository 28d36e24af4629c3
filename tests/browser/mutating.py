"""What if a behaviour were lost?  Changes of built pages, each with the check that sees it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).parent / "mutations.toml"


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """One change of script, style or markup."""

    name: str
    """What readers would suffer."""

    file: str
    """A pattern of paths below the built pages."""

    find: str
    """What stands there."""

    put: str
    """What takes its place, everywhere."""

    check: str
    """The test that turns red, and no other: ``test_keyboard.py::test_…``."""


def table() -> list[Mutation]:
    """Return all mutations."""
    rows = tomllib.loads(TABLE.read_text("utf-8"))["mutation"]
    return [Mutation(**row) for row in rows]


def named(name: str) -> Mutation:
    """Return one mutation."""
    return next(mutation for mutation in table() if mutation.name == name)


def mutate(folder: Path, mutation: Mutation) -> None:
    """Change built pages.

    :raises ValueError: if there is nothing to change: the mutation is out of date.
    """
    found = False
    for path in folder.glob(mutation.file):
        text = path.read_text("utf-8")
        if mutation.find in text:
            found = True
            path.write_text(text.replace(mutation.find, mutation.put), "utf-8")
    if not found:
        raise ValueError(f"{mutation.name}: {mutation.file} has no {mutation.find!r}")

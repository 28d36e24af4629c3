"""What if a behaviour were lost?  Changes of built pages, each with the check that sees it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("mutations.toml")


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """A change of script, style or markup, after which one behaviour is lost."""

    name: str
    """What readers would suffer."""

    check: str
    """The test that turns red, and no other: ``test_keyboard.py::test_…``."""

    changes: tuple[tuple[str, str, str], ...]
    """A pattern of paths below the built pages, what stands there, and what is put."""


def table() -> list[Mutation]:
    """Return all mutations."""
    rows = tomllib.loads(TABLE.read_text("utf-8"))["mutation"]
    return [
        Mutation(
            name=row["name"],
            check=row["check"],
            changes=tuple((file, find, put) for file, find, put in row["changes"]),
        )
        for row in rows
    ]


def named(name: str) -> Mutation:
    """Return one mutation."""
    return next(mutation for mutation in table() if mutation.name == name)


def mutate(folder: Path, mutation: Mutation) -> None:
    """Change built pages, where there is something to change."""
    for file, find, put in mutation.changes:
        for path in folder.glob(file):
            text = path.read_text("utf-8")
            path.write_text(text.replace(find, put), "utf-8")

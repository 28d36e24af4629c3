"""What does a rule mean, why does it matter, and how do wrong and right look?"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FILE = Path(__file__).with_name("rules.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What is to be known of a rule."""

    says: str
    """What it finds, in one sentence of Markdown."""

    why: str
    """Why that matters, and what to do."""

    bad: Mapping[str, str]
    """Path → content of the files of a corpus in which it finds something."""

    good: Mapping[str, str]
    """The same corpus, mended."""

    mends: bool = False
    """Whether `--fix` makes the one of the other."""

    docs: bool = False
    """Whether it needs to know what the pages of a documentation use."""

    def examples(self) -> Iterator[tuple[str, str, str]]:
        """Yield a caption, a path and a content of each file, those that differ first."""
        same = self.bad.items() & self.good.items()
        for caption, files in (("Not so", self.bad), ("But so", self.good)):
            for path, content in files.items():
                if (path, content) not in same:
                    yield caption, path, content
        for path, content in sorted(same):
            yield "Beside it", path, content


@cache
def explanations() -> Mapping[str, Explanation]:
    """Return what is to be known of each rule, by its name."""
    table = tomllib.loads(_FILE.read_text("utf-8"))
    return {name: Explanation(**row) for name, row in table.items()}

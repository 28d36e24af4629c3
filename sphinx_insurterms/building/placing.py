"""Where is a language built, and how does it get to where readers see it?"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where one language is built and published."""

    out: Path
    """Of all languages, and all that is published."""

    folder: Path
    """What is not published, and lets the next build be quick; beside the output, so
    that files can be moved there at once."""

    language: str

    @property
    def published(self) -> Path:
        """What readers see; whole, or not there."""
        return self.out / self.language

    @property
    def work(self) -> Path:
        """Where Sphinx builds, and finds what it built before."""
        return self.folder / "work" / self.language

    @property
    def doctrees(self) -> Path:
        """Where Sphinx keeps what it read."""
        return self.folder / "doctrees" / self.language

    def publish(self) -> None:
        """Let readers see what was built, all of it at once.

        :raises OSError: if it cannot be put there; then readers see what they saw.
        """
        self.out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="publish-", dir=self.folder) as beside:
            new, old = Path(beside, "new"), Path(beside, "old")
            shutil.copytree(self.work, new, symlinks=True)
            is_there = self.published.exists()
            if is_there:
                self.published.rename(old)
            try:
                new.rename(self.published)
            except BaseException:
                if is_there:
                    old.rename(self.published)
                raise


def folder_beside(out: Path) -> Path:
    """Return where work stands, unless somebody says otherwise.

    >>> folder_beside(Path("docs/_build/html")).as_posix()
    'docs/_build/.html-work'
    """
    return out.with_name(f".{out.name}-work")

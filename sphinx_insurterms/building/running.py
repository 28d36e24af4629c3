"""What does Sphinx do in one language, and how far is it?"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from sphinx_insurterms.building.languages import LANGUAGES
from sphinx_insurterms.corpus.locales import fallback_chain, parse_locale
from sphinx_insurterms.corpus.problems import CorpusError
from sphinx_insurterms.corpus.uses import read_uses

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import TextIO

    from sphinx_insurterms.building.placing import Place

_STEP = re.compile(r"^(?P<what>[^.\[]+)\.\.\. \[ *(?P<percent>\d+)%\]")
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_WARNING = re.compile(r"\b(?:WARNING|ERROR|CRITICAL|SEVERE): ")


@dataclass(frozen=True, slots=True)
class Step:
    """How far a build is."""

    what: str
    """As Sphinx calls it: ``reading sources``."""

    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What came of the build of one language."""

    language: str
    is_whole: bool
    """Whether Sphinx ended well, and readers see what it made."""

    pages: int
    """HTML files; of a format without any, all files."""

    warnings: int
    untranslated: int | None
    """Terms in use that readers see in another language; None if nothing tells."""

    seconds: float
    fault: str = ""
    """What went wrong, in a few words."""

    @classmethod
    def failed(cls, language: str, fault: str) -> Built:
        """Return what came of a build that came to nothing."""
        return cls(
            language=language,
            is_whole=False,
            pages=0,
            warnings=0,
            untranslated=None,
            seconds=0,
            fault=fault,
        )


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built, whatever the language."""

    languages: Sequence[str]
    """All that are published together."""

    options: Sequence[str]
    """For Sphinx's program, as somebody gave them."""


class Build(Protocol):
    """The build of one language, wherever that is."""

    def run(self) -> Built:
        """Build, and put what came of it where readers see it, if it is whole."""

    def stop(self) -> None:
        """End the build at once, with all that it began."""


@dataclass(kw_only=True)
class LanguageBuild:
    """The build of one language, in a process of its own."""

    docs: Path
    place: Place
    order: Order

    on_step: Callable[[str, Step], None]
    """Told of the language, and how far it is."""

    on_line: Callable[[str, str], None]
    """Told of the language, and each line on the standard error."""

    _process: subprocess.Popen[str] | None = field(default=None, init=False)
    _is_stopped: bool = field(default=False, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def run(self) -> Built:
        """Build, and put what came of it where readers see it, if it is whole."""
        began = time.monotonic()
        fault, warnings = "", 0
        try:
            code, warnings = self._build()
            if code:
                fault = "stopped" if self._is_stopped else f"Sphinx ended with {code}"
            else:
                self.place.publish()
        except OSError as error:
            fault = f"{error.filename}: {error.strerror}"
        return Built(
            language=self.place.language,
            is_whole=not fault,
            pages=0 if fault else _pages(self.place.published),
            warnings=warnings,
            untranslated=None if fault else _untranslated(self.place.doctrees),
            seconds=time.monotonic() - began,
            fault=fault,
        )

    def stop(self) -> None:
        """End the build at once, with all processes that it began."""
        with self._lock:
            self._is_stopped = True
            if self._process is not None and self._process.poll() is None:
                _kill(self._process)

    def _build(self) -> tuple[int, int]:
        """Run Sphinx; return its exit code, and how often it warned."""
        self.place.work.mkdir(parents=True, exist_ok=True)
        with self._lock:
            if self._is_stopped:
                return 1, 0
            self._process = process = subprocess.Popen(  # noqa: S603 - Sphinx
                self._command(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="backslashreplace",
                env=self._environment(),
                start_new_session=True,
            )
        warnings: list[str] = []
        arguments = (process.stderr, warnings)
        listener = threading.Thread(target=self._listen, args=arguments)
        with process:
            listener.start()
            for line in process.stdout or ():
                if step := _STEP.match(_COLOUR.sub("", line)):
                    said = Step(step["what"].strip(), int(step["percent"]))
                    self.on_step(self.place.language, said)
            listener.join()
        return process.returncode, len(warnings)

    def _command(self) -> list[str]:
        return [
            *(sys.executable, "-m", "sphinx", "--no-color"),
            *self.order.options,
            *("-d", str(self.place.doctrees), "-D", f"language={self.place.language}"),
            *(str(self.docs), str(self.place.work)),
        ]

    def _environment(self) -> dict[str, str]:
        ours = {LANGUAGES: ",".join(self.order.languages), "PYTHONIOENCODING": "utf-8"}
        return {**os.environ, **ours}

    def _listen(self, stream: TextIO, warnings: list[str]) -> None:
        for line in stream:
            text = line.rstrip("\n")
            if _WARNING.search(text):
                warnings.append(text)
            self.on_line(self.place.language, text)


def _kill(process: subprocess.Popen[str]) -> None:
    if hasattr(os, "killpg"):
        # While a thread waits for a process, all others are told that it runs, even
        # when it has just ended.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _pages(folder: Path) -> int:
    files = [path for path in folder.rglob("*") if path.is_file()]
    pages = [path for path in files if path.suffix == ".html"]
    return len(pages or files)


def _untranslated(doctrees: Path) -> int | None:
    try:
        record = read_uses(doctrees)
    except CorpusError:
        return None
    own = fallback_chain(parse_locale(record.locale) or record.locale)
    used = (one for one in record.terms if one.references + one.shown)
    return sum(one.locale not in own for one in used)

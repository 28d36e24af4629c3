"""What do the files of a corpus say?  Read one by one, or by several processes."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_insurterms.corpus.digests import digest_of
from sphinx_insurterms.corpus.generated import is_generated
from sphinx_insurterms.corpus.ids import fold, term_id
from sphinx_insurterms.corpus.names import loose_key
from sphinx_insurterms.corpus.problems import CorpusError
from sphinx_insurterms.corpus.readers import reader_of
from sphinx_insurterms.corpus.readers.source import BYTE_ORDER_MARK, Source, decode
from sphinx_insurterms.corpus.records import from_record, problems_to_record, to_record
from sphinx_insurterms.corpus.scanning import problem_of, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.corpus.problems import Problem
    from sphinx_insurterms.corpus.scanning import File

ABOUT = frozenset({"changelog", "contributing", "license", "readme", "source"})
"""What files about a corpus are called, without their ending and in any case."""

WORTH_A_PROCESS = 400
"""Files; to read so many takes as long as to start a process a few times."""

_NO_FILE = "this is a pipe or a device, and is not read; take it out"


class Name(NamedTuple):
    """One designation of an entry, as it is looked for."""

    key: str
    loose: str | None
    """Without what spelling leaves open; None where that is the key itself."""

    status: int
    text: str
    """As the author wrote it."""


class FileContent(NamedTuple):
    """What one file holds, in what is kept of it."""

    file: File
    digest: str
    """Of its bytes; empty where it could not be read."""

    is_settled: bool
    """Whether it is enough to look at the file's stamp the next time."""

    is_known: bool = False
    """Whether it holds what it held before, and the rest of this is left out."""

    term_id: str | None = None
    """None if the file holds no entry."""

    title: str = ""
    sorted_by: str = ""
    names_digest: str = ""
    """Stands for all that the entry calls its term."""

    text_digest: str = ""
    translates: str = ""
    """The text digest of what the entry is a translation of; empty if it does not say."""

    record: str = ""
    body_offset: int = 0
    names: tuple[Name, ...] = ()
    keywords: tuple[tuple[str, str], ...] = ()
    """Folded, and as the author wrote them."""

    formerly: tuple[str, ...] = ()
    """Ids that the term had before."""

    problems: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads the files of one corpus."""

    root: Path
    fields: Mapping[str, str]
    """Our front matter key → the key that this corpus writes."""

    @property
    def key(self) -> str:
        """What stands for the way in which files are read."""
        return repr(sorted(self.fields.items()))

    def read(self, file: File, known: str = "") -> FileContent:
        """Read one file.

        :param known: the digest of what it held before.
        """
        path = self.root / file.path
        now = time.time_ns()
        try:
            if file.stamp is None and not path.is_file() and path.exists():
                return _unread(file, problem_of("file", _NO_FILE, path))
            content = path.read_bytes()
        except OSError as error:
            return _unread(file, unreadable(error, path))
        digest = digest_of(content)
        is_settled = file.stamp is not None and file.stamp.is_settled(now)
        held = FileContent(file, digest, is_settled)
        if digest == known:
            return held._replace(is_known=True)
        if is_generated(content) or _is_about(file, content):
            return held
        reading = reader_of(path)(self._source(file, content))
        held = held._replace(problems=problems_to_record(reading.problems))
        entry = reading.entry
        if entry is None:
            return held
        return held._replace(
            term_id=entry.term_id,
            title=entry.title,
            sorted_by=entry.sort or entry.title,
            names_digest=entry.names_digest,
            text_digest=entry.text_digest,
            translates=entry.translates,
            record=to_record(entry),
            body_offset=reading.body_offset,
            names=tuple(_names(entry)),
            keywords=tuple((fold(keyword), keyword) for keyword in entry.keywords),
            formerly=tuple(dict.fromkeys(map(term_id, entry.formerly))),
        )

    def entry(self, file: File, record: str, body_offset: int) -> Entry:
        """Return the entry that was read from *file*; its body is read if asked for."""

        def body(content: bytes | None = None) -> str:
            return self._body(file, entry.digest, body_offset, content)

        entry = from_record(record, f"{self.root}{os.sep}{file.path}", body)
        return entry

    def _body(self, file: File, digest: str, offset: int, content: bytes | None) -> str:
        """Return the body of the entry in *file*.

        :param digest: of what the file held; where it holds something else now, the
            next build will know, and this one must go on.
        :param content: of the file, where somebody has seen that it is the same.
        """
        path = self.root / file.path
        try:
            is_same = content is not None
            if content is None:
                content = path.read_bytes()
                is_same = digest_of(content) == digest
            if is_same:
                return decode(content, path)[offset:]
        except (OSError, CorpusError):
            return ""
        entry = reader_of(path)(self._source(file, content)).entry
        return entry.body if entry else ""

    def _source(self, file: File, content: bytes) -> Source:
        return Source(
            path=self.root / file.path,
            content=content,
            locale=file.locale,
            term_id=term_id(file.name),
            fields=self.fields,
        )

    def read_all(self, files: Sequence[tuple[File, str]]) -> Iterator[FileContent]:
        """Read *files*, each with the digest of what it held before.

        In any order; in one process if they are few.
        """
        if len(files) < 2 * WORTH_A_PROCESS:
            yield from (self.read(file, known) for file, known in files)
            return
        # What starts processes takes time to import, and most builds read few files.
        from sphinx_insurterms.corpus.workers import each

        yield from each(self.read, files, len(files) // WORTH_A_PROCESS)


def _unread(file: File, problem: Problem) -> FileContent:
    return FileContent(
        file, digest="", is_settled=False, problems=problems_to_record([problem])
    )


def _is_about(file: File, content: bytes) -> bool:
    """Tell whether a file says something of the corpus, and defines nothing."""
    if "/" in file.path or Path(file.path).stem.casefold() not in ABOUT:
        return False
    return not content.removeprefix(BYTE_ORDER_MARK).lstrip().startswith(b"---")


def _names(entry: Entry) -> Iterator[Name]:
    for designation in entry.designations:
        key = fold(designation.text)
        loose = loose_key(key, entry.locale)
        if loose:  # or every name of signs alone would be found
            differs = None if loose == key else loose
            yield Name(key, differs, int(designation.status), designation.text)

"""A stamp is one line of front matter; every other byte of the file stays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_insurterms.corpus.digests import digest_of_text
from sphinx_insurterms.corpus.readers import markdown
from sphinx_insurterms.corpus.readers.source import Source
from sphinx_insurterms.corpus.stamps import UnstampableError, stamped

if TYPE_CHECKING:
    from collections.abc import Iterator

DIGEST = digest_of_text("A", "text")


def source(content: str | bytes) -> Source:
    return Source(
        path=Path("nb/premium.md"),
        content=content.encode() if isinstance(content, str) else content,
        locale="nb",
        term_id="premium",
        fields={},
    )


LINE = f"translates: {DIGEST}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\ntitle: a\n---\n\nB\n", f"---\ntitle: a\n{LINE}\n---\n\nB\n"),
        ("---\r\ntitle: a\r\n---\r\nB", f"---\r\ntitle: a\r\n{LINE}\r\n---\r\nB"),
        ("---\rtitle: a\r---\rB", f"---\rtitle: a\r{LINE}\r---\rB"),
        ("\n\n---\ntitle: a\n----\n\nB\n", f"\n\n---\ntitle: a\n{LINE}\n----\n\nB\n"),
        ("\ufeff---\ntitle: a\n---\n", f"\ufeff---\ntitle: a\n{LINE}\n---\n"),
        ("---\ntranslates: old\ntitle: a\n---\n", f"---\n{LINE}\ntitle: a\n---\n"),
        ("---\nTranslates : 'old'\ntitle: a\n---\n", f"---\n{LINE}\ntitle: a\n---\n"),
        (
            f"---\ntitle: a\n{LINE} # by me\n---\n",
            f"---\ntitle: a\n{LINE} # by me\n---\n",
        ),
        ("---\n---\nB\n\n---\n", f"---\n{LINE}\n---\nB\n\n---\n"),
        ("# a\n\nB\n\n---\n\nC", f"---\n{LINE}\n---\n# a\n\nB\n\n---\n\nC"),
        ("\ufeff# a\r\n", f"\ufeff---\r\n{LINE}\r\n---\r\n# a\r\n"),
        ("# a", f"---\n{LINE}\n---\n# a"),
    ],
)
def test_the_line_is_changed_or_put_below_all_others(before: str, after: str) -> None:
    assert stamped(source(before), DIGEST).decode() == after


@pytest.mark.parametrize(
    "content",
    [
        "---\n{title: a}\n---\n",
        "---\ntitle: a\ntranslates:\n  old\n---\n",
        "---\ntitle: a\ntranslates: >\n  old\n---\n",
        "---\n{title: a, translates: old}\n---\n",
        "---\ndraft: true\n---\n",
    ],
)
def test_what_another_line_would_break_is_refused(content: str) -> None:
    with pytest.raises(UnstampableError):
        stamped(source(content), DIGEST)


@given(
    st.binary(max_size=60)
    | st.text("ab:-#\n\r \t[]{}>|'\"\ufeff", max_size=60).map(
        lambda text: f"---\ntitle: a\n{text}\n---\n{text}".encode()
    )
)
def test_nothing_but_the_stamp_is_changed(content: bytes) -> None:
    before = source(content)
    try:
        after = stamped(before, DIGEST)
    except UnstampableError:
        return
    entry = markdown.read(source(after)).entry
    assert entry is not None
    assert entry.translates == DIGEST
    was = markdown.read(before).entry
    assert was is not None
    assert (entry.title, entry.definition, entry.aliases) == (
        was.title,
        was.definition,
        was.aliases,
    )
    if not was.translates:
        assert content in set(_without_stamp(after))


def _without_stamp(content: bytes) -> Iterator[bytes]:
    """Yield what a file may have held before it got its stamp."""
    for end in (b"\r\n", b"\n", b"\r"):
        line = LINE.encode() + end
        yield content.replace(line, b"", 1)
        yield content.replace(b"---" + end + line + b"---" + end, b"", 1)

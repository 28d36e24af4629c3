"""What goes from a corpus into a catalog, and from there into a corpus, is the same."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st

from sphinx_insurterms.corpus.readers import markdown as reader
from sphinx_insurterms.corpus.readers.source import Source
from sphinx_insurterms.corpus.texts import messages, translated_messages
from sphinx_insurterms.exchange import po
from sphinx_insurterms.exchange.entries import missing, translated
from sphinx_insurterms.exchange.markdown import entry_file

if TYPE_CHECKING:
    from sphinx_insurterms.corpus.model import Entry

SHAPES = ("{}\n", "## {}\n", "- {}\n", "1. {}\n", "> {}\n", "| {} | 7 |\n| - | - |\n")
WORDS = st.text("abæقд 0%'\"&:#*`\\{}!,.\u00a0", max_size=12).map(
    lambda text: f"w{text}z"
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Entry, Entry]:
    """Draw an entry and its translation, which has other words in the same places."""
    shapes = draw(st.lists(st.sampled_from(SHAPES), max_size=5))
    count = len(shapes) + 2
    words = [
        draw(st.lists(WORDS, min_size=count, max_size=count, unique=True))
        for _ in range(2)
    ]
    source, other = (
        entry(
            locale,
            title,
            said,
            [s.format(t) for s, t in zip(shapes, rest, strict=True)],
        )
        for locale, (title, said, *rest) in zip(("en", "nb"), words, strict=True)
    )
    return source, other


def entry(locale: str, title: str, definition: str, blocks: list[str]) -> Entry:
    front = {"title": title, "description": definition}
    return read(locale, entry_file(front, "\n".join(blocks)))


def read(locale: str, content: bytes) -> Entry:
    path = Path(locale, "claim.md")
    source = Source(
        path=path, content=content, locale=locale, term_id="claim", fields={}
    )
    found = reader.read(source).entry
    assert found is not None
    return found


def texts(one: Entry) -> list[str]:
    return [message.text for message in messages(one, body=True)]


@given(pairs())
def test_every_text_comes_back_as_it_went(pair: tuple[Entry, Entry]) -> None:
    source, other = pair
    said, lines_up = translated_messages(source, other)
    # Words may make Markdown of their own, and what is there twice is one message.
    assume(lines_up and len(set(texts(source))) == len(texts(source)))
    catalog = po.Catalog.made({}, "", fuzzy=False)
    for message in messages(source, body=True):
        catalog.fill(message, source.path, said[message.text])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "insurterms.po")
        path.write_text(str(catalog), "utf-8")
        kept = po.Catalog.read(path).texts()
    assert missing(source, kept) == (0, len(texts(source)))
    made = read("nb", translated(source, kept, fields={}))
    assert texts(made) == texts(other)
    assert made.translates == source.text_digest
    assert translated(source, kept, there=made, fields={}) == translated(
        source, kept, fields={}
    )

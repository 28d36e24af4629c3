"""What does an entry say in a language that only catalogs have it in?"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from sphinx_insurterms.corpus.blocks import is_plain
from sphinx_insurterms.corpus.digests import digest_of
from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.corpus.names import loose_key
from sphinx_insurterms.corpus.texts import message_id, translated_messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.corpus.problems import Origin


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The translations into one locale that catalogs hold."""

    locale: str
    by_id: Mapping[str, str]
    """Message → translation, whatever is wrong with it."""

    place: Callable[[str], Origin]
    """Returns where a message stands."""

    def said(self, text: str) -> str | None:
        """Return the translation of a text, if there is one."""
        return self.by_id.get(message_id(text)) if text else None

    def get(self, text: str) -> str | None:
        """Return the translation of a text, if there is one that can be shown."""
        found = self.said(text)
        return None if found is None or fault(text, found) else found

    def candidates(self, keys: Iterable[str], *, loose: bool) -> Iterator[str]:
        """Yield the messages whose translations may be names with one of *keys*."""
        index = self._loose if loose else self._exact
        for key in keys:
            yield from index.get(key, ())

    @cached_property
    def _exact(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for text, translation in self.by_id.items():
            # Which of them are names, the entry says.
            for name in {translation, *_PARENTHESES.split(translation)}:
                if key := fold(name):
                    found.setdefault(key, []).append(text)
        return found

    @cached_property
    def _loose(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, texts in self._exact.items():
            found.setdefault(loose_key(key, self.locale), []).extend(texts)
        return found


def fault(text: str, translation: str) -> str:
    """Return why a translation cannot be shown instead of *text*; empty if it can."""
    if is_plain(translation) and is_plain(text):
        return ""
    ours, theirs = _Markup.of(text), _Markup.of(translation)
    if ours.links != theirs.links:
        lost = (ours.links - theirs.links) or (theirs.links - ours.links)
        return f"its links are not those of the source ({', '.join(sorted(lost))})"
    if theirs.html - ours.html:
        return "it has raw HTML; write it in Markdown"
    if theirs.signs - ours.signs:
        signs = "".join(sorted(theirs.signs - ours.signs))
        return f"its Markdown is broken ({signs})"
    return ""


class _Markup(NamedTuple):
    """What a translation has to have in common with its source."""

    links: Counter[str]
    html: Counter[str]
    signs: set[str]
    """Of Markdown, which are left as text."""

    @classmethod
    def of(cls, text: str) -> _Markup:
        from sphinx_insurterms.corpus.parser import markdown

        (inline,) = markdown().parseInline(text)
        made = cls(Counter(), Counter(), set())
        for token in inline.children or ():
            if token.type == "link_open":
                made.links[str(token.attrs.get("href", ""))] += 1
            elif token.type == "html_inline":
                made.html[token.content] += 1
            elif token.type == "text":
                made.signs.update(_SIGNS.findall(token.content))
        return made


_PARENTHESES = re.compile(r"[()]")
_SIGNS = re.compile(r"\*\*|[*`\[\]]")


def translated(source: Entry, texts: Texts, wider: Entry | None = None) -> Entry | None:
    """Return the entry that catalogs make of *source*; None if they have nothing of it.

    :param wider: the entry of the next wider language, which says what they lack.
    """
    if not _has_some(texts, source):
        return None
    further = _said_by(wider, source) if wider else _nothing

    def translate(text: str) -> str | None:
        found = texts.get(text)
        return further(text) if found is None else found

    def said(text: str) -> str:
        # What cannot be shown is to be told of when it changes.
        return texts.said(text) or further(text) or ""

    title = translate(source.title) or source.title
    definition = source.definition and translate(source.definition)
    digest = "\0".join(
        (
            *(source.digest, wider.digest if wider else ""),
            *(said(source.title), said(source.definition)),
        )
    )
    return replace(
        source,
        locale=texts.locale,
        title=title,
        definition=definition or source.definition,
        abbreviation=source.abbreviations_as(title),
        aliases=(),
        forms=(),
        deprecated=(),
        sort=wider.sort if wider and wider.title == title else "",
        translates="",
        digest=digest_of(digest.encode()),
        source_entry=source,
        translate=translate,
        said=said,
    )


def _has_some(texts: Texts, source: Entry) -> bool:
    """Tell whether catalogs have something of an entry.

    The body is looked at for want of all else only: to read one takes long.
    """
    if any(texts.get(text) is not None for text in (source.title, source.definition)):
        return True
    return any(texts.get(block.text) is not None for block in source.blocks)


def _said_by(other: Entry, source: Entry) -> Callable[[str], str | None]:
    """Return what tells how another locale's entry translates a text of *source*."""
    if other.source_entry is not None:
        return other.translate
    said = cache(lambda: translated_messages(source, other)[0])
    return lambda text: said().get(message_id(text))


def _nothing(_text: str) -> None:
    return None

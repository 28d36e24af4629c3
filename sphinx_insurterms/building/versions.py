"""How does a page lead to itself in other languages?  The HTML, and some of it out again."""

from __future__ import annotations

import posixpath
import re
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinx_insurterms.corpus.locales import direction, language_tag, own_name

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

BUILDERS = frozenset({"html", "dirhtml", "singlehtml"})
"""Builders of Sphinx whose pages readers open in a browser, from a server."""

_MARK = "data-insurterms-language"
"""What says of a line which language it leads to."""

_LINE = re.compile(
    rf'^(?:<!-- )?(<(?:li|link) {_MARK}="(?P<locale>[^"]*)".*?)(?: -->)?$', re.MULTILINE
)


def switcher(
    label: str, own: str, languages: Sequence[str], page: str, root: str
) -> str:
    """Return the list of languages that a page is in, for the top of its text.

    A list of links and nothing else: it needs no script, and the keyboard knows it.

    :param label: what the list is, in the language of the page.
    :param own: the locale of the page.
    :param page: the address of the page in the folder of its language.
    :param root: the way from the page to that folder.
    """
    items = []
    for locale in languages:
        tag = escape(language_tag(locale))
        spoken = f'lang="{tag}" dir="{direction(locale)}"'
        name = escape(own_name(locale))
        if locale == own:
            item = f'<span aria-current="true" {spoken}>{name}</span>'
        else:
            to = escape(posixpath.join(_up(root), quote(locale), page))
            item = f'<a href="{to}" hreflang="{tag}" {spoken}>{name}</a>'
        items.append(f'<li {_MARK}="{escape(locale)}">{item}</li>\n')
    return (
        f'<nav class="insurterms-languages" aria-label="{escape(label)}"><ul>\n'
        f"{''.join(items)}</ul></nav>\n"
    )


def _up(root: str) -> str:
    return posixpath.normpath(posixpath.join(root, ".."))


def alternates(own: str, languages: Sequence[str], page: str, base: str) -> str:
    """Return the links by which search engines know a page in other languages.

    Readers of none of the languages are sent to the first.

    :param own: the locale of the page.
    :param page: the address of the page in the folder of its language.
    :param base: where the documentation is published: the folder of all languages, or
        that of the page's own.
    """
    above, _, last = base.rstrip("/").rpartition("/")
    root = above if last in {*languages, own} else base.rstrip("/")
    links = [(locale, language_tag(locale)) for locale in languages]
    # A theme may write them behind others, and each wants a line of its own.
    return "\n" + "".join(
        f'<link {_MARK}="{escape(locale)}" rel="alternate" hreflang="{escape(tag)}" '
        f'href="{escape(f"{root}/{quote(locale)}/{page}")}">\n'
        for locale, tag in [*links, (languages[0], "x-default")]
    )


def hide(content: str, languages: Collection[str]) -> str:
    r"""Return a page that leads to none of some languages, and to all others.

    Nothing is lost: what is hidden is a comment, until it is to be seen again.

    >>> line = f'<li {_MARK}="nb"><a href="../nb/x.html">Norsk</a></li>\\n'
    >>> hide(line, {"nb"}) == f"<!-- {line[:-1]} -->\\n"
    True
    >>> hide(hide(line, {"nb"}), ()) == line
    True
    """

    def seen(line: re.Match[str]) -> str:
        return (
            f"<!-- {line[1]} -->" if unescape(line["locale"]) in languages else line[1]
        )

    return _LINE.sub(seen, content)


def listed(content: str) -> tuple[str, ...]:
    """Return the languages that a page would lead to, in their order."""
    found = (unescape(line["locale"]) for line in _LINE.finditer(content))
    return tuple(dict.fromkeys(found))


def links_of(content: str) -> list[str]:
    """Return the links of a page for search engines."""
    lines = (line[1] for line in _LINE.finditer(content))
    return [line for line in lines if line.startswith("<link ")]

"""Where does a reader begin who has no language yet?

At a page above those of all languages. A script leads from there to the first of the
reader's languages that there is, unless the server has done so before; without either,
the page is a list.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinx_insurterms.building.versions import links_of
from sphinx_insurterms.corpus.locales import (
    MEANT,
    READ_INSTEAD,
    direction,
    language_tag,
    own_name,
)
from sphinx_insurterms.corpus.writing import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_STATIC = Path(__file__).parent / "static"
_OURS = "Written by `insurterms build`"
"""What says that a file is ours to write again."""


def served(languages: Sequence[str]) -> dict[str, str]:
    """Return which language is for whom: from tags in small letters to locales.

    Whoever asks for more than is here, such as ``en-US``, is one who asks for less.

    >>> served(["en", "nb", "pt_BR"])
    {'en': 'en', 'nb': 'nb', 'pt-br': 'pt_BR', 'no': 'nb', 'nn': 'nb', 'pt': 'pt_BR'}
    """
    tags = {_tag(one): one for one in languages}
    for other, meant in {**MEANT, **READ_INSTEAD}.items():
        if meant in languages:
            tags.setdefault(_tag(other), meant)
    for one in languages:
        shorter = _tag(one)
        while shorter := shorter.rpartition("-")[0]:
            tags.setdefault(shorter, one)
    return tags


def _tag(locale: str) -> str:
    return language_tag(locale).lower()


def begin(out: Path, languages: Sequence[str], servers: Sequence[str]) -> list[Path]:
    """Write the page where readers begin, and what tells servers to lead them.

    :param out: where each language has its folder; that of the first is there.
    :param servers: of :data:`SERVERS`.
    :returns: files that are somebody else's, and therefore as they were.
    :raises OSError: if one cannot be written.
    """
    start = (out / languages[0] / "index.html").read_text("utf-8", "surrogateescape")
    title = _title(out / languages[0]) or ", ".join(map(own_name, languages))
    files = {"index.html": _page(title, languages, links_of(start))}
    for server in servers:
        name, written = SERVERS[server]
        files[name] = written(languages)
    for path in _STATIC.iterdir():
        files[path.name] = path.read_text("utf-8")
    others = [out / name for name in files if _is_anothers(out / name)]
    for name, content in files.items():
        if out / name not in others:
            replace_file(out / name, content.encode())
    return others


def _is_anothers(path: Path) -> bool:
    return path.exists() and _OURS not in path.read_text("utf-8", "replace")


def _title(folder: Path) -> str:
    """Return the project's name, which its inventory says in its second line."""
    try:
        with (folder / "objects.inv").open("rb") as inventory:
            line = inventory.read(1000).split(b"\n")[1].decode("utf-8", "replace")
    except (OSError, IndexError):
        return ""
    return line.removeprefix("# Project: ")


def _page(title: str, languages: Sequence[str], links: Sequence[str]) -> str:
    serves = served(languages)
    items = []
    for locale in languages:
        tag = escape(language_tag(locale))
        tags = " ".join(escape(one) for one, meant in serves.items() if meant == locale)
        items.append(
            f'<li><a href="{escape(quote(locale))}/index.html" hreflang="{tag}" '
            f'lang="{tag}" dir="{direction(locale)}" data-serves="{tags}">'
            f"{escape(own_name(locale))}</a></li>\n"
        )
    first = languages[0]
    head = "".join(f"{link}\n" for link in links)
    return (
        "<!DOCTYPE html>\n"
        f"<!-- {_OURS} -->\n"
        f'<html lang="{escape(language_tag(first))}" dir="{direction(first)}">\n'
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        '<link rel="stylesheet" href="insurterms-start.css">\n'
        '<script src="insurterms-start.js" defer></script>\n'
        f"{head}</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n"
        f"<ul>\n{''.join(items)}</ul>\n</main>\n</body>\n</html>\n"
    )


def _apache(languages: Sequence[str]) -> str:
    rules = "".join(
        f"RewriteCond %{{HTTP:Accept-Language}} {pattern} [NC]\n"
        # Whatever folder the documentation is in.
        "RewriteCond %{REQUEST_URI} ^(.*/)\n"
        f"RewriteRule ^(index\\.html)?$ %1{quote(locale)}/ [R=302,L]\n"
        for locale, pattern in _patterns(served(languages))
    )
    return (
        f"# {_OURS}\n<IfModule mod_rewrite.c>\nRewriteEngine On\n{rules}</IfModule>\n"
    )


def _patterns(serves: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each language with what a reader's list begins with who is led there.

    The list may begin with languages that are not here. Browsers write it in order.
    """
    for locale in dict.fromkeys(serves.values()):
        own = [tag for tag, meant in serves.items() if meant == locale]
        others = [tag for tag, meant in serves.items() if meant != locale]
        # Who asks for `pt-BR` asks for more than `pt`.
        more = [
            tag for tag in others if tag.startswith(tuple(f"{one}-" for one in own))
        ]
        before, here = f"(?:{_no(others)}.)*", f"{_no(more)}{_listed(own)}"
        yield locale, f"^{before}{here}"


def _no(tags: Sequence[str]) -> str:
    return f"(?!{_listed(tags)})" if tags else ""


def _listed(tags: Sequence[str]) -> str:
    # `es-AR` is no Arabic.
    return rf"(?<![\w-])(?:{'|'.join(tags)})\b"


def _netlify(languages: Sequence[str]) -> str:
    lines = "".join(
        f"/ /{quote(locale)}/ 302! Language={tag}\n"
        for tag, locale in sorted(served(languages).items(), reverse=True)
    )
    return f"# {_OURS}\n{lines}"


SERVERS: dict[str, tuple[str, Callable[[Sequence[str]], str]]] = {
    "apache": (".htaccess", _apache),
    "netlify": ("_redirects", _netlify),
}
"""Servers that choose a language themselves: the file that they read, what writes it."""

"""What does a corpus say about itself?  ``insurterms.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.locales import parse_locale
from sphinx_insurterms.corpus.problems import Origin, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

FILE_NAME = "insurterms.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the files of a corpus cannot say; everything has a default."""

    source_locale: str = "en"
    """The locale that authors write first; files straight in the root are its own."""

    locales: tuple[str, ...] = ()
    """The locales that the corpus means to have; empty if it does not say."""

    licence: str = ""

    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Our front matter key → the key that this corpus writes."""

    link_prefixes: tuple[str, ...] = ("/",)
    """Paths under which links lead to terms."""

    categories: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """Category → locale → its name there."""


def read_manifest(root: Path) -> tuple[Manifest, list[Problem]]:
    """Read the manifest at *root*; where it is broken, the defaults hold."""
    path = root / FILE_NAME
    if not path.is_file():
        return Manifest(), []
    # It takes time to import, and many corpora have no such file.
    import tomllib

    try:
        values = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        fact = f"this cannot be read as TOML ({error}); mend it, or the defaults hold"
        origin = Origin(path=path, line=_line(error))
        return Manifest(), [Problem(name="manifest", message=fact, origin=origin)]
    manifest, mistakes = with_values(Manifest(), values)
    origin = Origin(path=path)
    return manifest, [
        Problem(name="manifest", message=mistake, origin=origin) for mistake in mistakes
    ]


def _line(error: Exception) -> int | None:
    """Return the line that *error* is about, if it says one."""
    if isinstance(error, UnicodeDecodeError):
        return error.object[: error.start].count(b"\n") + 1
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else None


def with_values(
    manifest: Manifest, values: Mapping[str, object]
) -> tuple[Manifest, list[str]]:
    """Return *manifest* changed by *values*, and what is wrong with the rest of them.

    :param values: as ``insurterms.toml`` has them, or a mapping in conf.py.
    """
    changes: dict[str, object] = {}
    mistakes: list[str] = []
    for key, value in values.items():
        if key not in _KEYS:
            known = ", ".join(_KEYS)
            mistakes.append(f"nothing is called {key!r}; there are {known}")
            continue
        form, convert = _KEYS[key]
        try:
            changes[key] = convert(value)
        except (TypeError, ValueError, AttributeError):
            mistakes.append(f"{key} is {value!r}; write {form}")
    return replace(manifest, **changes), mistakes  # type: ignore[arg-type]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _locale(value: object) -> str:
    locale = parse_locale(_text(value))
    if locale is None:
        raise ValueError
    return locale


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)):
        raise TypeError
    return tuple(map(_text, value))


def _text_map(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise TypeError
    return MappingProxyType({_text(k): _text(v) for k, v in value.items()})


_KEYS: dict[str, tuple[str, Callable[[object], object]]] = {
    "source_locale": ('a language tag, such as "en"', _locale),
    "locales": (
        'a list of language tags, such as ["en", "nb"]',
        lambda value: tuple(map(_locale, _texts(value))),
    ),
    "licence": ("a text", _text),
    "fields": ('a table, such as {description = "short"}', _text_map),
    "link_prefixes": (
        'a list of paths, such as ["/glossary/"]',
        lambda value: ("/", *_texts(value)),
    ),
    "categories": (
        'a table of names for each, such as {claims = {en = "Claims"}}',
        lambda value: MappingProxyType(
            {
                _text(category): _text_map(names)
                for category, names in value.items()  # type: ignore[attr-defined]
            }
        ),
    ),
}
"""What a manifest may say: the form to write it in, and how it is read."""

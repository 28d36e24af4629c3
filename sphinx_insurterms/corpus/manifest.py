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
    """Under which the corpus is published; empty if it does not say."""

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
        known = _BY_NAME.get(key)
        if known is None:
            names = ", ".join(_BY_NAME)
            mistakes.append(f"nothing is called {key!r}; there are {names}")
            continue
        try:
            changes[key] = known.read(value)
        except (TypeError, ValueError, AttributeError):
            example = f", such as {known.example}" if known.example else ""
            mistakes.append(f"{key} is {value!r}; write {known.form}{example}")
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


def _locales(value: object) -> tuple[str, ...]:
    return tuple(map(_locale, _texts(value)))


def _prefixes(value: object) -> tuple[str, ...]:
    return ("/", *_texts(value))


def _names_of_categories(value: object) -> Mapping[str, Mapping[str, str]]:
    if not isinstance(value, dict):
        raise TypeError
    return MappingProxyType(
        {_text(key): _text_map(names) for key, names in value.items()}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestKey:
    """One key of a manifest, declared once: reading, messages and docs loop over it."""

    name: str
    """As it is written, and as the field of :class:`Manifest` is called."""

    form: str
    """What to write, in words."""

    example: str = ""
    """The same, in TOML."""

    meaning: str
    read: Callable[[object], object]
    """Returns the value of the field.

    :raises TypeError, ValueError: if what is written makes no sense.
    """


MANIFEST_KEYS = (
    ManifestKey(
        name="source_locale",
        form="a language tag",
        example='"en"',
        meaning="The language that authors write first.",
        read=_locale,
    ),
    ManifestKey(
        name="locales",
        form="a list of language tags",
        example='["en", "nb"]',
        meaning="The languages that the corpus means to have. `insurterms check` tells "
        "what is missing in them, and `insurterms build` builds them.",
        read=_locales,
    ),
    ManifestKey(
        name="licence",
        form="a text",
        meaning="Under which licence the corpus is published. No page shows it; it is "
        "for people, and for programs that read the corpus.",
        read=_text,
    ),
    ManifestKey(
        name="fields",
        form="a table",
        example='{description = "short"}',
        meaning="Which keys of front matter have other names in this corpus: our key, and "
        "the corpus's own.",
        read=_text_map,
    ),
    ManifestKey(
        name="link_prefixes",
        form="a list of paths",
        example='["/glossary/"]',
        meaning="Paths below which links in entries lead to terms, beside `/`.",
        read=_prefixes,
    ),
    ManifestKey(
        name="categories",
        form="a table of names for each",
        example='{claims = {en = "Claims"}}',
        meaning="The categories, and what each is called in each language. "
        "`insurterms check` tells of keywords that are none of them.",
        read=_names_of_categories,
    ),
)
"""What a manifest may say. Adding a key is adding a row, and a field."""

_BY_NAME = {key.name: key for key in MANIFEST_KEYS}

"""What may a project set, and what did it set?"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

from sphinx.errors import ConfigError

from sphinx_insurterms.building.languages import LANGUAGES
from sphinx_insurterms.corpus.loading import (
    LOCALE_PLACE,
    STARTER,
    STARTER_FOLDER,
    CorpusFolder,
)
from sphinx_insurterms.corpus.locales import direction, fallback_chain, parse_locale
from sphinx_insurterms.corpus.manifest import Manifest, with_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

PREFIX = "insurterms_"
_DEFAULT_CORPORA = ("terms", STARTER)


def _corpora_mistakes(value: Any) -> list[str]:
    if not isinstance(value, (list, tuple)):
        return [f'is {value!r}; write a list of folders, such as ["terms", "starter"]']
    return [mistake for item in value for mistake in _corpus_mistakes(item)]


def _corpus_mistakes(item: Any) -> list[str]:
    if isinstance(item, (str, Path)) and str(item):
        return []
    if not isinstance(item, dict) or not isinstance(item.get("path"), (str, Path)):
        form = '{"path": a folder, "fields": …} with what its insurterms.toml would say'
        return [f"holds {item!r}; write a folder, or {form}"]
    values = {key: value for key, value in item.items() if key != "path"}
    _, mistakes = with_values(Manifest(), values)
    return [f"for {str(item['path'])!r}: {mistake}" for mistake in mistakes]


def _pages_mistakes(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    path = PurePosixPath(value) if isinstance(value, str) else None
    if path is None or path.is_absolute() or {"..", "."} & set(str(value).split("/")):
        return [f'is {value!r}; write a folder in the source folder, such as "terms"']
    return []


def _boolean_mistakes(value: Any) -> list[str]:
    # Not in a set: what is written for one may be a list.
    return [] if value in (True, False) else [f"is {value!r}; write True or False"]


def _fallback_mistakes(value: Any) -> list[str]:
    choices = ("mark", "silent")
    good = isinstance(value, str) and value in choices
    return [] if good else [f'is {value!r}; write "mark" or "silent"']


def _languages_mistakes(value: Any) -> list[str]:
    if not isinstance(value, (str, list, tuple)):
        return [f'is {value!r}; write a list of locales, such as ["en", "nb"]']
    return [
        f'holds {one!r}, which is no locale; write one such as "nb" or "pt_BR"'
        for one in _languages(value)
        if not isinstance(one, str) or parse_locale(one) is None
    ]


def _languages(value: Any) -> list[Any]:
    # On Sphinx's command line, a list is a text.
    return value.replace(",", " ").split() if isinstance(value, str) else list(value)


def languages(config: Config) -> tuple[str, ...]:
    """Return the locales that the documentation is published in, if there are several."""
    found = map(parse_locale, _languages(config.insurterms_languages))
    chosen = tuple(dict.fromkeys(filter(None, found)))
    return chosen if len(chosen) > 1 else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One config value, declared once: registration, checks and docs loop over it."""

    name: str
    """Without the prefix."""

    default: Any
    rebuild: Literal["env", "html", ""]
    """``env`` for what changes reading, ``html`` for what changes looks."""

    form: str
    """What a user may write, for the docs."""

    help: str
    mistakes: Callable[[Any], list[str]]
    """What is wrong with a value: facts that a message can say after its name."""


OPTIONS = (
    Option(
        name="corpora",
        default=list(_DEFAULT_CORPORA),
        rebuild="env",
        form="list of folders, or of mappings with `path`",
        help="Where terms come from, the first that has a term first. Folders are "
        "relative to `conf.py` and may hold `{locale}`; `starter` is the corpus that "
        "comes with the package, and answers when nobody else does. The folder `terms` "
        "is a corpus by default only where it holds `insurterms.toml`, a folder named "
        "by a language with entries in it, or an entry with a `description`.",
        mistakes=_corpora_mistakes,
    ),
    Option(
        name="pages",
        default="",
        rebuild="env",
        form="folder in the source folder, or nothing",
        help="Where a page for each term, and a glossary of all, are made.",
        mistakes=_pages_mistakes,
    ),
    Option(
        name="tooltips",
        default=True,
        rebuild="html",
        form="`True` or `False`",
        help="Whether links to terms show their definitions.",
        mistakes=_boolean_mistakes,
    ),
    Option(
        name="bilingual",
        default=False,
        rebuild="html",
        form="`True` or `False`",
        help="Whether a tooltip shows the source locale's name of the term too.",
        mistakes=_boolean_mistakes,
    ),
    Option(
        name="fallback",
        default="mark",
        rebuild="env",
        form="`mark` or `silent`",
        help="Whether a text in another language says that it is not translated yet. "
        "Its `lang` and `dir` are set in either case.",
        mistakes=_fallback_mistakes,
    ),
    Option(
        name="mark_outdated",
        default=False,
        rebuild="env",
        form="`True` or `False`",
        help="Whether a translation says that its source has changed since it was made, "
        "where its entry tells what it `translates`.",
        mistakes=_boolean_mistakes,
    ),
    Option(
        name="rtl",
        default=True,
        rebuild="html",
        form="`True` or `False`",
        help="Whether pages in Arabic, Hebrew, Persian, Urdu and other languages of "
        "that direction are laid out from right to left. Themes that set a `dir` "
        "themselves are left alone.",
        mistakes=_boolean_mistakes,
    ),
    Option(
        name="languages",
        default=[],
        rebuild="html",
        form="list of locales",
        help="The languages that the documentation is published in, the one for all "
        "other readers first, each in a folder of that name beside the others. Each page "
        "has links to itself in the others and, where `html_baseurl` is set, tells search "
        "engines of them. `insurterms build` sets it.",
        mistakes=_languages_mistakes,
    ),
)
"""Every config value. Adding one is adding a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one build was asked to do."""

    locale: str
    """Sphinx's ``language``, as the corpus spells locales."""

    corpora: tuple[CorpusFolder, ...]
    pages: str
    """The folder of generated pages, relative to the source folder; may be empty."""

    tooltips: bool
    bilingual: bool
    marks_fallback: bool
    marks_outdated: bool
    rtl: bool
    """Whether this build is laid out from right to left."""

    languages: tuple[str, ...]
    """The locales that the documentation is published in; none, if in one only."""

    @property
    def index_page(self) -> str:
        """The name of the generated glossary's document."""
        return f"{self.pages}/index"

    def page(self, term_id: str) -> str:
        """Return the name of the term's document."""
        name = "index_" if term_id == "index" else term_id
        return f"{self.pages}/{name}"

    def is_term_page(self, docname: str) -> bool:
        """Tell whether a document is the generated page of a term."""
        is_ours = bool(self.pages) and docname.startswith(f"{self.pages}/")
        return is_ours and docname != self.index_page

    def is_foreign(self, locale: str) -> bool:
        """Tell whether a text in *locale* is in another language than the build's."""
        return locale not in fallback_chain(self.locale)


def settings(config: Config, confdir: Path) -> Settings:
    """Return the settings of a build whose values :func:`check` has passed.

    :param confdir: what the corpora's folders are relative to.
    """
    locale = parse_locale(config.language) or config.language
    return Settings(
        locale=locale,
        corpora=tuple(_folder(item, confdir) for item in config.insurterms_corpora),
        pages=(config.insurterms_pages or "").strip("/"),
        tooltips=bool(config.insurterms_tooltips),
        bilingual=bool(config.insurterms_bilingual),
        marks_fallback=config.insurterms_fallback == "mark",
        marks_outdated=bool(config.insurterms_mark_outdated),
        rtl=bool(config.insurterms_rtl) and direction(locale) == "rtl",
        languages=languages(config),
    )


def _folder(item: Any, confdir: Path) -> CorpusFolder:
    if item == STARTER:
        return CorpusFolder(path=STARTER_FOLDER, bundled=True)
    values = dict(item) if isinstance(item, dict) else {"path": item}
    path = confdir / values.pop("path")
    default = item == _DEFAULT_CORPORA[0]
    return CorpusFolder(path=path, values=values, may_be_missing=default)


def register(app: Sphinx) -> None:
    """Declare the config values."""
    for option in OPTIONS:
        # `Any`, since our own check says more than Sphinx's, and says it once.
        app.add_config_value(PREFIX + option.name, option.default, option.rebuild, Any)


def learn_languages(app: Sphinx, config: Config) -> None:
    """Take the languages that ``insurterms build`` tells of, unless conf.py does."""
    told = os.environ.get(LANGUAGES)
    if told and not config.insurterms_languages:
        config.insurterms_languages = told


def check(app: Sphinx, config: Config) -> None:
    """Stop at once where a setting makes no sense, and tell of all such settings.

    :raises ConfigError: with one line for each mistake.
    """
    mistakes = [
        f"{PREFIX}{option.name} {mistake}"
        for option in OPTIONS
        for mistake in option.mistakes(config[PREFIX + option.name])
    ]
    if not mistakes:
        mistakes = list(_clashes(settings(config, Path(app.confdir)), Path(app.srcdir)))
    if mistakes:
        raise ConfigError("\n".join(["conf.py cannot be used:", *mistakes]))


def _clashes(chosen: Settings, srcdir: Path) -> Iterator[str]:
    """Yield what is wrong with settings that are each well formed."""
    pages = srcdir.resolve() / chosen.pages
    for folder in chosen.corpora:
        root = folder.path.resolve()
        if srcdir.resolve().is_relative_to(root):
            yield (
                f"{PREFIX}corpora names {str(folder.path)!r}, which holds the documents "
                "themselves; move the corpus to a folder of its own"
            )
        elif chosen.pages and root in pages.parents:
            yield (
                f"{PREFIX}pages is {chosen.pages!r}, inside the corpus "
                f"{str(folder.path)!r}, whose files are no documents; name another folder"
            )


def exclude_corpora(app: Sphinx, config: Config) -> None:
    """Keep Sphinx from reading entries below the source folder as documents.

    The patterns name folders, not files: they are part of what Sphinx compares to
    decide whether everything must be read again, and so must not change with a corpus.
    """
    srcdir = Path(app.srcdir)
    chosen = settings(config, Path(app.confdir))
    first_suffix, *_ = config.source_suffix
    patterns: list[str] = []
    for folder in chosen.corpora:
        path = Path(str(folder.path).replace(LOCALE_PLACE, "*"))
        if not folder.is_there or not path.is_relative_to(srcdir):
            continue
        pattern = path.relative_to(srcdir).as_posix()
        if pattern != chosen.pages:
            patterns.append(f"{pattern}/**")
            continue
        # Generated pages stand among the corpus's locale folders, and among entries
        # straight in its root, which have another suffix (see pages.py).
        patterns.append(f"{pattern}/*/**")
        if first_suffix != ".md":
            patterns.append(f"{pattern}/*.md")
    config.exclude_patterns = [*config.exclude_patterns, *patterns]

"""What pages use is known from what their last build recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms.checking.using import told, untranslated
from sphinx_insurterms.corpus.uses import NameUse, TermUse, Uses

if TYPE_CHECKING:
    from tests.checking.conftest import Desk


def use(term_id: str, locale: str, number: int, **more: bool) -> TermUse:
    """Return a term that pages name so often, and show in a language."""
    return TermUse(
        term_id=term_id,
        references=number,
        shown=0,
        pages=1,
        locale=locale,
        by_starter=more.get("by_starter", False),
    )


def record(locale: str, *terms: TermUse, names: tuple[NameUse, ...] = ()) -> Uses:
    """Return what a build in a language recorded."""
    return Uses(basis="", locale=locale, corpora=(), terms=terms, starter_names=names)


def test_terms_without_a_translation_come_by_the_number_of_their_uses(
    desk: Desk,
) -> None:
    for name in ("en/a", "en/b", "en/c", "nb/c", "en/d"):
        desk.entry(name)
    records = [
        record("nb_NO", use("a", "en", 1), use("b", "en", 3), use("c", "nb", 9)),
        record("ar", use("b", "en", 2), use("gone", "en", 1)),
        record("nb", use("d", "en", 5, by_starter=True)),
    ]
    found = untranslated(records, desk.layer())
    assert [(one.term_id, one.language, one.number) for one in found] == [
        ("b", "nb_NO", 3),
        ("b", "ar", 2),
        ("a", "nb_NO", 1),
    ]
    lines = [one.remark.message for one in told(records, desk.layer())]
    assert "pages in nb_NO use it 3 times" in lines[0]
    assert "pages in nb_NO use it once" in lines[2]


def test_names_that_fell_to_the_starter_corpus_are_told_with_their_pages(
    desk: Desk,
) -> None:
    desk.entry("en/a")
    names = (NameUse(name="broker", references=2, pages=("index", "buying")),)
    (found,) = told([record("en", use("a", "en", 1), names=names)], desk.layer())
    assert (found.rule, found.path) == ("used-starter", desk.root)
    assert "'broker' (index, buying)" in found.remark.message


def test_terms_that_no_page_uses_are_told(desk: Desk) -> None:
    desk.entry("en/a")
    desk.entry("nb/b")
    records = [record("en", use("a", "en", 1)), record("nb", use("b", "nb", 0))]
    (found,) = told(records, desk.layer())
    assert (found.rule, found.path.name, found.remark.line) == ("unused", "b.md", 2)
    assert list(told([], desk.layer())) == []

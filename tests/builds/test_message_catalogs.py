"""What translators write in catalogs is shown as if it stood in the corpus."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

import polib
import pytest

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from tests.builds.conftest import Build, Project

CONF = """
insurterms_pages = "glossary"
insurterms_corpora = ["terms"]
locale_dirs = ["locale"]
"""
ENGLISH = {
    "premium": (
        "premium",
        "The *price* of cover.",
        "# Premium\n\nPaid [early](/claim).\n\n## When\n\n- Yearly.\n",
    ),
    "claim": ("claim", "A request.", "| a | b |\n| - | - |\n| 1 | 2 |\n"),
    "aardvark": ("aardvark", "An animal.", ""),
}
NORWEGIAN = {
    "premium": (
        "premie",
        "Det er *prisen*.",
        "# Premie\n\nBetales [tidlig](/claim).\n\n## Når\n\n- Årlig.\n",
    ),
    "claim": ("skade", "Et krav.", "| å | b |\n| - | - |\n| en | to |\n"),
    "aardvark": ("ærfugl", "Et dyr.", ""),
}
MESSAGES = {
    "premium": "premie",
    "The *price* of cover.": "Det er *prisen*.",
    "Paid [early](/claim).": "Betales [tidlig](/claim).",
    "When": "Når",
    "Yearly.": "Årlig.",
    "claim": "skade",
    "A request.": "Et krav.",
    "a": "å",
    "b": "b",
    "1": "en",
    "2": "to",
    "aardvark": "ærfugl",
    "An animal.": "Et dyr.",
}


def catalog(project: Project, said: dict[str, str], **how: str) -> Path:
    """Write the catalog of a locale; *flags* are for every message."""
    flags, locale = how.get("flags", ""), how.get("locale", "nb")
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=utf-8", "Language": locale}
    for text, translation in said.items():
        entry = polib.POEntry(msgid=text, msgstr=translation)
        entry.flags = [flags] if flags else []
        file.append(entry)
    return project.write(f"locale/{locale}/LC_MESSAGES/insurterms.po", str(file))


def entries(
    project: Project, locale: str, said: dict[str, tuple[str, str, str]]
) -> None:
    for name, (title, definition, body) in said.items():
        project.entry(f"{locale}/{name}", title, definition, body)


@pytest.fixture(params=["rst", "md"])
def guide(project: Project, request: pytest.FixtureRequest) -> Project:
    """Write a project whose terms are in English only, in reST or in MyST."""
    entries(project, "en", ENGLISH)
    if request.param == "rst":
        project.conf(CONF)
        project.start(
            "A :term:`premium`, and a :term:`claim`.\n\n.. toctree::\n\n"
            "   glossary/index\n   list\n"
        )
        project.write(
            "list.rst", "List\n====\n\n.. insurterm:: claim\n   :body:\n   :no-index:\n"
        )
    else:
        project.conf(f'{CONF}extensions.append("myst_parser")\n')
        (project.docs / "index.rst").unlink(missing_ok=True)
        project.write(
            "index.md",
            "# Start\n\nA {term}`premium`, and a {term}`claim`.\n\n"
            "```{toctree}\nglossary/index\nlist\n```\n",
        )
        project.write(
            "list.md", "# List\n\n```{insurterm} claim\n:body:\n:no-index:\n```\n"
        )
    return project


PAGES = ("index", "list", *(f"glossary/{n}" for n in ("index", *ENGLISH)), "genindex")


def pages(built: Build) -> dict[str, str]:
    """Return what readers see, without what says when pages were made."""
    return {name: re.sub(r"\?v=\w+", "", built.text(f"{name}.html")) for name in PAGES}


WAYS = ("entries", "mixture", "catalog")


def translate(project: Project, way: str, *, lacking: Collection[str] = ()) -> None:
    """Say it in Norwegian: by entries only, by a catalog only, or by both.

    :param lacking: messages that the catalog does not have; the entries are whole.
    """
    shutil.rmtree(project.docs / "terms/nb", ignore_errors=True)
    shutil.rmtree(project.docs / "locale", ignore_errors=True)
    by_entry = {"entries": NORWEGIAN.keys(), "mixture": {"claim"}, "catalog": set()}
    entries(project, "nb", {name: NORWEGIAN[name] for name in by_entry[way]})
    if way != "entries":
        said = {text: MESSAGES[text] for text in MESSAGES if text not in lacking}
        catalog(project, said)


@pytest.mark.parametrize("builder", ["html", "latex", "gettext", "epub", "text"])
def test_entries_a_catalog_and_both_give_the_same_files(
    guide: Project, builder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    found = []
    for way in WAYS:
        translate(guide, way)
        built = guide.build(builder, language="nb", out=way)
        assert built.warnings == []
        # The copies of the entries are what differs; an archive has the hour of its files.
        left = re.compile("_sources/|.*[.]epub")
        files = built.files().items()
        found.append({name: text for name, text in files if not left.match(name)})
    assert found[0].keys() == found[1].keys() == found[2].keys()
    for name, content in found[0].items():
        assert {one[name] == content for one in found} == {True}, name


@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_them_is_in_another_language(guide: Project, way: str) -> None:
    translate(guide, way)
    built = guide.build(language="nb")
    for name in ENGLISH:
        assert not built.all(f"glossary/{name}", "[role=main] [lang]")
    # … z æ ø å; the English name begins with A.
    listed = [term.text[0] for term in built.all("glossary/index", "dt")]
    assert listed == ["p", "s", "æ"]
    letters = [
        letter.text for letter in built.all("glossary/index", ".insurterm-letter")
    ]
    assert letters == ["P", "S", "Æ"]
    assert "Årlig." in built.body("glossary/premium")
    assert built.one("index", "#insurterm-tip-premium em").text == "prisen"


@pytest.mark.parametrize("builder", ["latex", "text", "gettext", "epub"])
def test_other_formats_have_them_too(guide: Project, builder: str) -> None:
    catalog(guide, MESSAGES)
    built = guide.build(builder, language="nb")
    assert built.warnings == []
    text = "".join(
        path.read_text("utf-8", "replace")
        for path in built.out.rglob("*")
        if path.suffix in {".tex", ".txt", ".xhtml", ".pot"}
    )
    if builder == "gettext":
        assert 'msgid "The *price* of cover."' in text
        assert "prisen" not in text
    else:
        assert "Årlig." in text


def test_a_translated_title_is_a_name(guide: Project) -> None:
    catalog(guide, MESSAGES)
    first = next(guide.docs.glob("index.*"))
    role = ":term:" if first.suffix == ".rst" else "{term}"
    text = first.read_text("utf-8").replace(
        "A ", f"{role}`premiene`, {role}`skaden`, A ", 1
    )
    first.write_text(text, "utf-8")
    built = guide.build(language="nb")
    assert built.warnings == []
    links = [(a.text, a["href"]) for a in built.all("index", "a.insurterm")]
    assert links[:2] == [
        ("premiene", "glossary/premium.html#term-premium"),
        ("skaden", "glossary/claim.html#term-claim"),
    ]
    names = {name for name, _ in _inventory(built)}
    assert {"premie", "skade", "premium"} <= names


def _inventory(built: Build) -> list[tuple[str, str]]:
    found = built.app.env.get_domain("std").get_objects()
    return [(item[0], item[2]) for item in found if item[2] == "term"]


# block by block


def test_what_is_missing_is_shown_in_the_source_language_and_says_so(
    guide: Project,
) -> None:
    missing = ("The *price* of cover.", "Yearly.")
    catalog(guide, {k: v for k, v in MESSAGES.items() if k not in missing})
    built = guide.build(language="nb")
    assert built.warnings == []
    words = built.word("Not fully translated yet")
    for docname, selector in (
        ("glossary/premium", "section#term-premium"),
        ("index", "#insurterm-tip-premium"),
    ):
        place = built.one(docname, selector)
        assert place.get_text().count(words) == 1
    page = built.one("glossary/premium", "section#term-premium")
    assert [str(bdi) for bdi in page.select("bdi")] == [
        '<bdi dir="ltr" lang="en">The <em>price</em> of cover.</bdi>',
        '<bdi dir="ltr" lang="en">Yearly.</bdi>',
    ]
    assert [h.get_text() for h in page.select("h1, h2")] == ["premie¶", "Når¶"]
    tip = built.one("index", "#insurterm-tip-premium")
    assert "lang" not in tip.attrs
    assert 'lang="en"' in str(tip.select_one("p:nth-of-type(2) bdi"))
    item = built.one("glossary/index", ".insurterm-glossary")
    assert item.get_text().count(words) == 1
    assert built.word("Not translated yet") not in built.text("glossary/premium.html")


def test_a_title_without_a_translation_stays_with_its_language(guide: Project) -> None:
    catalog(guide, {k: v for k, v in MESSAGES.items() if k != "premium"})
    built = guide.build(language="nb")
    name = built.one("glossary/premium", "h1 bdi")
    assert str(name) == '<bdi lang="en">premium</bdi>'
    assert "prisen" in built.body("glossary/premium")


def test_a_term_of_which_nothing_is_translated_is_the_source_as_ever(
    guide: Project,
) -> None:
    catalog(guide, {"claim": "skade", "A request.": "Et krav."})
    built = guide.build(language="nb")
    assert len(built.all("glossary/premium", "div[lang=en][dir=ltr]")) == 2
    assert built.one("index", "#insurterm-tip-premium")["lang"] == "en"


@pytest.mark.parametrize("allowed", [False, True])
def test_fuzzy_translations_follow_sphinx(guide: Project, allowed: bool) -> None:
    catalog(guide, MESSAGES, flags="fuzzy")
    built = guide.build(language="nb", gettext_allow_fuzzy_translations=allowed)
    assert ("premie" in built.body("glossary/premium")) is allowed


@pytest.mark.parametrize(
    ("build", "corpus", "name"), [("pt_BR", "pt", "pt_BR"), ("nb_NO", "sv", "nb")]
)
def test_the_nearest_language_has_it_first(
    guide: Project, build: str, corpus: str, name: str
) -> None:
    guide.entry(f"{corpus}/claim", "wider", "Wider.")
    catalog(guide, {"claim": "nearer", "A request.": "Nearer."}, locale=name)
    built = guide.build(language=build)
    assert built.warnings == []
    assert built.one("index", "#insurterm-tip-claim strong").text == "nearer"


def test_an_entry_of_a_nearer_language_goes_before_a_catalog(guide: Project) -> None:
    guide.entry("pt_BR/claim", "sinistro", "Um pedido.")
    catalog(guide, {"claim": "pedido", "A request.": "Um."}, locale="pt")
    built = guide.build(language="pt_BR")
    assert built.warnings == []
    assert built.one("index", "#insurterm-tip-claim strong").text == "sinistro"


# what changes


def test_a_changed_catalog_changes_just_the_pages_that_show_or_name_the_term(
    guide: Project,
) -> None:
    catalog(guide, MESSAGES)
    guide.build(language="nb")
    assert guide.build(language="nb").written() == []
    catalog(guide, {**MESSAGES, "An animal.": "En fugl."})
    built = guide.build(language="nb")
    assert set(built.read()) == {"glossary/aardvark", "glossary/index"}
    # Sphinx writes a page's parents with it, as they may show its title.
    written = {name for name in built.written() if "LC_MESSAGES" not in name}
    assert written == {"glossary/aardvark", "glossary/index", "index"}
    assert "En fugl." in built.body("glossary/aardvark")
    catalog(guide, {**MESSAGES, "An animal.": "En fugl.", "2": "tre"})
    built = guide.build(language="nb")
    # Which show the body; the list of all does not.
    assert set(built.read()) == {"glossary/claim", "list"}
    assert "glossary/premium" not in built.written()
    assert "tre" in built.body("list")
    catalog(guide, {**MESSAGES, "The *price* of cover.": "*Pris*."})
    built = guide.build(language="nb")
    assert "glossary/premium" in built.read()
    # It names the term, in a tooltip; what is read of it is not so any more.
    assert "index" in built.written()
    assert "Pris" in built.one("index", "#insurterm-tip-premium em").text
    expected = pages(built)
    assert pages(guide.build(language="nb", fresh=True)) == expected


def test_catalogs_that_are_taken_away_are_forgotten(guide: Project) -> None:
    path = catalog(guide, MESSAGES)
    guide.build(language="nb")
    path.unlink()
    path.with_suffix(".mo").unlink(missing_ok=True)
    assert "premie" not in guide.build(language="nb").body("glossary/premium")


def test_two_processes_write_the_same(guide: Project) -> None:
    catalog(guide, MESSAGES)
    alone = guide.build(language="nb", out="one")
    both = guide.build(language="nb", out="two", parallel=2)
    assert both.warnings == alone.warnings == []
    assert pages(both) == pages(alone)


@pytest.mark.parametrize("newer", [".po", ".mo"])
def test_a_catalog_is_read_as_text_where_that_is_newer(
    guide: Project, newer: str
) -> None:
    path = catalog(guide, {"claim": "compiled", "A request.": "Et krav."})
    polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    catalog(guide, {"claim": "text", "A request.": "Et krav."})
    older = ".mo" if newer == ".po" else ".po"
    os.utime(path.with_suffix(older), (1, 1))
    built = guide.build(language="nb", gettext_auto_build=False)
    shown = {".po": "text", ".mo": "compiled"}[newer]
    assert built.one("index", "#insurterm-tip-claim strong").text == shown


def test_the_first_folder_that_says_something_counts(guide: Project) -> None:
    catalog(guide, {"claim": "first", "A request.": "Et krav."})
    path = guide.docs / "locale/nb/LC_MESSAGES/insurterms.po"
    second = guide.write("more/nb/LC_MESSAGES/insurterms.po", path.read_bytes())
    text = second.read_text("utf-8").replace("first", "second")
    second.write_text(text + '\nmsgid "premium"\nmsgstr "premie"\n', "utf-8")
    built = guide.build(language="nb", locale_dirs=["locale", "more"])
    labels = {t.text for t in built.all("index", ".insurterm-tip strong")}
    assert labels == {"first", "premie"}


# translation progress


DONE = {
    "premium": ["premie¶", "Det er prisen.", "Betales tidlig.", "Når¶", "Årlig."],
    "claim": ["skade¶", "Et krav.", "å", "b", "en", "to"],
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("lacking", [set(), {"Yearly.", "When", "2"}])
def test_progress_counts_the_blocks_of_entries(
    guide: Project, way: str, lacking: set[str]
) -> None:
    translate(guide, way, lacking=lacking)
    built = guide.build(language="nb", translation_progress_classes=True)
    # The entries lack nothing, whatever the catalog does.
    left = {"entries": [], "mixture": ["premium"], "catalog": ["premium", "claim"]}
    words = {"premium": ["When¶", "Yearly."], "claim": ["2"]}
    for name, done in DONE.items():
        lacks = words[name] if lacking and name in left[way] else []
        found = {
            kind: [tag.get_text() for tag in built.all(f"glossary/{name}", f".{kind}")]
            for kind in ("translated", "untranslated")
        }
        assert found == {
            "translated": done[: len(done) - len(lacks)],
            "untranslated": lacks,
        }


@pytest.mark.parametrize("way", WAYS)
def test_a_list_of_the_terms_in_use_shows_progress_too(
    project: Project, way: str
) -> None:
    project.conf('insurterms_corpora = ["terms"]\nlocale_dirs = ["locale"]\n')
    entries(project, "en", ENGLISH)
    translate(project, way, lacking=["A request.", "The *price* of cover."])
    project.start(
        ":term:`claim` :term:`premium`\n\n.. insurterm-glossary::\n   :used:\n"
    )
    built = project.build(language="nb", translation_progress_classes="untranslated")
    assert not built.all("index", ".translated")
    left = {"entries": [], "mixture": ["The price of cover."]}
    expected = left.get(way, ["The price of cover.", "A request."])
    assert [tag.get_text() for tag in built.all("index", ".untranslated")] == expected
    assert not project.build(language="nb", fresh=True).all("index", ".untranslated")


def test_in_the_source_language_there_is_nothing_to_count(guide: Project) -> None:
    built = guide.build(translation_progress_classes=True)
    assert not built.all("glossary/premium", ".translated, .untranslated")


PAGE = """
Done: |translation progress|.

.. insurterm:: premium
   :body:

.. insurterm:: claim
   :body:
"""


@pytest.mark.parametrize(
    ("way", "lacking", "told"),
    [
        # Of eleven blocks, six of them in the entry that the mixture has.
        *((way, (), "100.00%") for way in WAYS),
        ("mixture", MESSAGES, "54.55%"),
        ("catalog", MESSAGES, "0.00%"),
        ("mixture", ("Yearly.",), "90.91%"),
        ("catalog", ("Yearly.", "2", "claim"), "72.73%"),
    ],
)
def test_a_page_can_tell_how_far_translators_are(
    project: Project, way: str, lacking: Collection[str], told: str
) -> None:
    project.conf('insurterms_corpora = ["terms"]\nlocale_dirs = ["locale"]\n')
    entries(project, "en", ENGLISH)
    project.start(PAGE)
    translate(project, way, lacking=lacking)
    built = project.build(language="nb")
    assert f"Done: {told}." in built.body("index")


def test_progress_counts_what_falls_back_as_missing(guide: Project) -> None:
    built = guide.build(language="nb", translation_progress_classes=True)
    assert not built.all("glossary/premium", ".translated")
    assert len(built.all("glossary/premium", ".untranslated")) == 5


# what is wrong


@pytest.mark.parametrize(
    ("text", "translation", "fact"),
    [
        ("Paid [early](/claim).", "Betales tidlig.", "its links are not those"),
        (
            "Paid [early](/claim).",
            "Betales [tidlig](/skade).",
            "its links are not those",
        ),
        (
            "Paid [early](/claim).",
            "Betales [tidlig](/claim.",
            "its links are not those",
        ),
        ("The *price* of cover.", "Det er *prisen.", "its Markdown is broken (*)"),
        ("The *price* of cover.", "<b>Prisen</b>", "it has raw HTML"),
        ("Yearly.", "<script>x</script>", "it has raw HTML"),
    ],
)
def test_a_bad_translation_is_told_and_the_source_shown(
    guide: Project, text: str, translation: str, fact: str
) -> None:
    path = catalog(guide, {**MESSAGES, text: translation})
    line = _line(path, text)
    built = guide.build(language="nb")
    (warning,) = built.warnings
    assert f"insurterms.po:{line}: WARNING: " in warning
    assert fact in warning
    assert "[insurterms.catalog]" in warning
    page = built.text("glossary/premium.html")
    assert "<script>x" not in page
    assert len(built.all("glossary/premium", "section bdi[lang=en]")) == 1
    assert "premie" in page
    suppressed = guide.build(
        language="nb", fresh=True, suppress_warnings=["insurterms.catalog"]
    )
    assert suppressed.warnings == []


def _line(path: Path, text: str) -> int:
    entry = polib.pofile(str(path)).find(text)
    assert entry is not None
    return entry.linenum or 0


def test_one_that_only_a_tooltip_would_show_is_told_too(guide: Project) -> None:
    guide.conf(
        CONF.replace('insurterms_pages = "glossary"', "")
        + "extensions += ['myst_parser']\n"
    )
    first = next(guide.docs.glob("index.*"))
    role = ":term:`premium`" if first.suffix == ".rst" else "{term}`premium`"
    head = "Start\n=====\n\n" if first.suffix == ".rst" else "# Start\n\n"
    first.write_text(f"{head}{role}\n", "utf-8")
    for path in guide.docs.glob("list.*"):
        path.unlink()
    catalog(guide, {**MESSAGES, "The *price* of cover.": "<b>"})
    (warning,) = guide.build(language="nb").warnings
    assert "it has raw HTML" in warning


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("premium", "<b>"),
        ("A request.", "<b>"),
        ("The *price* of cover.", "Annen *pris*."),
        ("2", "**to"),
    ],
)
def test_what_turns_bad_is_told_though_no_reader_sees_it(
    guide: Project, text: str, bad: str
) -> None:
    entries(guide, "nb", {"premium": NORWEGIAN["premium"]})
    lacking = {key: value for key, value in MESSAGES.items() if key != text}
    catalog(guide, lacking)
    assert guide.build(language="nb").warnings == []
    path = catalog(guide, {**lacking, text: bad})
    (warning,) = guide.build(language="nb").warnings
    assert f"insurterms.po:{_line(path, text)}: WARNING: " in warning


def test_an_entry_that_says_something_else_is_shown_and_told_of(guide: Project) -> None:
    guide.entry("nb/claim", "skade", "Et annet krav.")
    path = catalog(guide, MESSAGES)
    built = guide.build(language="nb")
    (warning,) = built.warnings
    assert f"insurterms.po:{_line(path, 'A request.')}: WARNING: " in warning
    assert "the entry 'claim' in nb says something else" in warning
    assert "[insurterms.shadowed]" in warning
    assert "Et annet krav." in built.body("list")


@pytest.mark.parametrize(
    ("name", "content", "fact"),
    [
        (
            "insurterms.po",
            b'msgid "claim"\nmsgstr "skade"\nnonsense\n',
            ":3: WARNING: this is no line of a catalog",
        ),
        (
            "insurterms.po",
            b"\x00\x01\x02\xfe\xff",
            ":1: WARNING: this is not UTF-8",
        ),
        (
            "insurterms.mo",
            b"\x00\x01\x02\xfe\xff",
            ":: WARNING: this is no compiled catalog",
        ),
    ],
)
@pytest.mark.parametrize("compiles", [True, False])
def test_a_broken_catalog_is_told_and_the_source_shown(
    guide: Project, name: str, content: bytes, fact: str, compiles: bool
) -> None:
    guide.write(f"locale/nb/LC_MESSAGES/{name}", content)
    entries(guide, "nb", {"premium": NORWEGIAN["premium"]})
    built = guide.build(language="nb", gettext_auto_build=compiles)
    (warning,) = [line for line in built.warnings if "[insurterms" in line]
    assert f"{name}{fact}" in warning
    assert "[insurterms.catalog]" in warning
    # Sphinx may have found the same when it compiled it.
    assert len(built.warnings) <= 1 + compiles
    assert "A request." in built.body("glossary/claim")
    assert "Det er prisen" in built.body("glossary/premium")


def test_what_is_compiled_only_is_told_of_without_a_line(guide: Project) -> None:
    path = catalog(guide, {**MESSAGES, "Yearly.": "<b>"})
    polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    path.unlink()
    (warning,) = guide.build(language="nb").warnings
    assert "insurterms.mo:: WARNING: the translation of 'Yearly.'" in warning


def test_an_empty_translation_is_none(guide: Project) -> None:
    catalog(guide, {**MESSAGES, "Yearly.": ""})
    built = guide.build(language="nb")
    assert built.warnings == []
    assert built.one("glossary/premium", "section bdi[lang=en]").text == "Yearly."

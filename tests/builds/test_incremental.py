"""A build that writes only what changed leaves what a clean build would."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.errors import ExtensionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builds.conftest import Build, Project

MODES = {
    "entries": "",
    "a list": ".. insurterm-glossary::\n   :body:\n",
    "a list of what is used": ".. insurterm-glossary::\n   :used:\n   :body:\n",
    "pages": "",
}
"""What the page `extra` holds; other pages are the same in all modes."""

PREMIUM = "See [risk](/risk).\n\n## Why\n\nSo.\n"
LINKED = PREMIUM.replace("risk", "claim")


def _write(project: Project, mode: str) -> None:
    project.conf(
        'insurterms_corpora = ["terms"]\n'
        + ('insurterms_pages = "terms"\n' if mode == "pages" else ""),
        base=(
            'project = "Claims guide"\nversion = release = "1"\ncopyright = "us"\n'
            'extensions = ["sphinx_insurterms", "myst_parser"]\n'
        ),
    )
    project.entry("en/premium", "Premium", "What you pay.", PREMIUM)
    project.entry("en/deductible", "Deductible", "Your part.", "Not [it](/premium).\n")
    project.entry("en/claim", "Claim", "A demand.", related="premium")
    project.entry("en/risk", "Risk", "What may happen.")
    project.entry("nb/premium", "Premie", "Det du betaler.")
    project.write(
        "names.rst", "Names\n=====\n\nA :term:`premium` is :term:`paid <risk>`."
    )
    project.write("shown.md", "# Shown\n\n```{insurterm} premium\n:body:\n```\n")
    project.write("unknown.md", "# Unknown\n\nNo {term}`nonsuch`.\n")
    project.write("own.md", "# Own\n\nA {term}`bond`, and a {term}`deductible`.\n")
    project.write("plain.rst", "Plain\n=====\n\nNothing of ours.\n")
    project.write("words.rst", OWN.format("A **bond**."))
    project.write("extra.rst", f"Extra\n=====\n\n{MODES[mode]}")
    documents = ["names", "shown", "unknown", "own", "plain", "words", "extra"]
    if mode == "pages":
        documents.append("terms/index")
    project.start(".. toctree::\n\n   " + "\n   ".join(documents))


OWN = "Words\n=====\n\n.. glossary::\n\n   bond\n      {}\n"


LIST, USED, WITH_PAGES = "a list", "a list of what is used", "pages"


def _remove(*names: str) -> Callable[[Project], None]:
    def change(project: Project) -> None:
        for name in names:
            (project.docs / "terms" / f"{name}.md").unlink()

    return change


def _entry(
    name: str, title: str, description: str, body: str = "", **keys: str
) -> Callable[[Project], object]:
    return lambda project: project.entry(name, title, description, body, **keys)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A change, and what follows from it."""

    what: str
    change: Callable[[Project], object]
    read: str = ""
    """Documents that are read again in all modes."""

    written: str = ""
    """Documents that are only written again, in all modes."""

    more: dict[str, tuple[str, str]]
    """Mode → what else is read, and what else is only written, there."""

    told: tuple[str, ...] = ()
    """What is warned of, in all modes."""


# Sphinx itself writes a page again when one below it in a toctree is written: that is
# why `index` is nearly everywhere.
STEPS = (
    Step(what="nothing", change=lambda _: None, more={}),
    Step(
        what="a definition",
        change=_entry("en/premium", "Premium", "A price.", PREMIUM),
        read="shown",
        written="index names",
        more={
            LIST: ("extra", ""),
            USED: ("", "extra"),
            WITH_PAGES: ("terms/index terms/premium", "terms/claim terms/deductible"),
        },
    ),
    Step(
        what="a link",
        change=_entry("en/premium", "Premium", "A price.", LINKED),
        read="shown",
        written="index names",
        more={
            LIST: ("extra", ""),
            USED: ("", "extra"),
            WITH_PAGES: ("terms/index terms/premium", "terms/claim terms/deductible"),
        },
    ),
    Step(
        what="a term that is only linked to",
        change=_entry("en/claim", "Claim", "A request.", related="premium"),
        written="index shown",
        more={
            LIST: ("extra", ""),
            USED: ("", "extra"),
            WITH_PAGES: ("terms/claim terms/index", "terms/premium"),
        },
    ),
    Step(
        what="a title, which moves the term to the front of the list",
        change=_entry("en/premium", "Agio", "A price.", LINKED),
        read="shown",
        written="index names",
        more={
            LIST: ("extra", ""),
            USED: ("", "extra"),
            # `claim` says it under "See also"; the others are, or were, its neighbours.
            WITH_PAGES: (
                "terms/claim terms/index terms/premium",
                "terms/deductible terms/risk",
            ),
        },
    ),
    Step(
        what="an alias that a page writes",
        change=_entry("en/premium", "Agio", "A price.", LINKED, aliases="nonsuch"),
        read="shown",
        written="index names unknown",
        more={
            LIST: ("extra", ""),
            USED: ("", "extra"),
            WITH_PAGES: ("terms/index terms/premium", "terms/claim terms/deductible"),
        },
    ),
    Step(
        what="no such alias any more",
        change=_entry("en/premium", "Agio", "A price.", LINKED),
        read="shown",
        written="index names unknown",
        more={
            LIST: ("extra", ""),
            USED: ("", "extra"),
            WITH_PAGES: ("terms/index terms/premium", "terms/claim terms/deductible"),
        },
        told=("docs/unknown.md:3: WARNING: term not in glossary: 'nonsuch'",),
    ),
    Step(
        what="a new term, whose name was unknown",
        change=_entry("en/nonsuch", "Nonsuch", "There is one."),
        written="index unknown",
        more={
            LIST: ("extra", ""),
            USED: ("", "extra"),
            WITH_PAGES: ("terms/index terms/nonsuch", "terms/deductible terms/risk"),
        },
    ),
    Step(
        what="the new term gone",
        change=_remove("en/nonsuch"),
        written="index unknown",
        more={
            LIST: ("extra", ""),
            USED: ("", "extra"),
            WITH_PAGES: ("terms/index", "terms/deductible terms/risk"),
        },
        told=("docs/unknown.md:3: WARNING: term not in glossary: 'nonsuch'",),
    ),
    Step(
        what="markup in the own glossary",
        change=lambda project: project.write("words.rst", OWN.format("A *bond*.")),
        read="words",
        written="index own",
        more={},
    ),
    Step(
        what="a definition in a language that is not built",
        change=_entry("nb/premium", "Premie", "En pris."),
        more={},
    ),
    Step(
        what="a name in that language, which the inventory lists",
        change=_entry("nb/premium", "Premie", "En pris.", aliases="bidrag"),
        written="index",
        read="shown",
        more={
            LIST: ("extra", ""),
            USED: ("", "extra"),
            WITH_PAGES: ("terms/index terms/premium", ""),
        },
    ),
    Step(
        what="a term gone",
        change=_remove("en/premium", "nb/premium"),
        read="shown",
        written="index names",
        more={
            LIST: ("extra", ""),
            USED: ("", "extra"),
            WITH_PAGES: ("terms/claim terms/deductible terms/index", ""),
        },
        told=(
            "docs/names.rst:4: WARNING: term not in glossary: 'premium'",
            "docs/shown.md:3: WARNING: no term is called 'premium'",
        ),
    ),
    Step(
        what="the term back",
        change=_entry("en/premium", "Premium", "A price.", LINKED),
        read="shown",
        written="index names",
        more={
            LIST: ("extra", ""),
            USED: ("", "extra"),
            WITH_PAGES: (
                "terms/claim terms/deductible terms/index terms/premium",
                "terms/risk",
            ),
        },
    ),
)


def _clean(project: Project, builder: str = "html") -> Build:
    # Not one folder for all builders: Sphinx remembers checksums by file name.
    out = f"clean-{builder}"
    for folder in ("out", "doctrees"):
        shutil.rmtree(project.root / folder / out, ignore_errors=True)
    return project.build(builder, out=out)


def _differences(built: Build, clean: Build) -> list[str]:
    """Return the files that are not those of a clean build, nor Sphinx's doing."""
    files, expected = built.files(), clean.files()
    different = {
        name
        for name in files.keys() | expected.keys()
        if files.get(name) != expected.get(name)
    }
    # What a removed document left in the output folder, Sphinx never takes away.
    different -= {
        n for n in different - expected.keys() if _is_of_no_document(n, clean)
    }
    if _search(files["searchindex.js"]) == _search(expected["searchindex.js"]):
        different.discard("searchindex.js")
    return sorted(different)


def _is_of_no_document(name: str, clean: Build) -> bool:
    docname = name.removeprefix("_sources/").partition(".")[0]
    return docname not in clean.app.env.found_docs


def _search(file: bytes) -> dict[str, Any]:
    """Return the search index, without what Sphinx itself does not keep up to date.

    It forgets the index entries (``indexentries``) of the pages that a build does not
    write, also where there is no extension; and the words that were on no page but a
    removed one stay, with no page. The terms are in ``objects``, which are complete.
    """
    text = re.fullmatch(r"Search\.setIndex\((.*)\)", file.decode(), re.DOTALL)
    assert text is not None
    index: dict[str, Any] = json.loads(text[1])
    index["indexentries"] = {}
    for words in ("terms", "titleterms"):
        pages = {k: v if isinstance(v, list) else [v] for k, v in index[words].items()}
        index[words] = {word: where for word, where in pages.items() if where}
    return index


@pytest.mark.parametrize("mode", MODES)
def test_a_change_touches_the_pages_that_show_or_name_it_and_equals_a_clean_build(
    project: Project, mode: str
) -> None:
    _write(project, mode)
    project.build(out="kept")
    for step in STEPS:
        step.change(project)
        built = project.build(out="kept")
        read, written = step.more.get(mode, ("", ""))
        expected = {*step.read.split(), *read.split()}
        assert set(built.read()) == expected, step.what
        expected |= {*step.written.split(), *written.split()}
        assert set(built.written()) == expected, step.what
        clean = _clean(project)
        assert _differences(built, clean) == [], step.what
        assert set(built.warnings) <= set(clean.warnings), step.what
        for message in step.told:
            assert any(message in line for line in built.warnings), step.what


def test_terms_that_are_gone_are_told_of_at_the_links_to_them(project: Project) -> None:
    _write(project, "pages")
    project.build(out="kept")
    _remove("en/premium", "nb/premium")(project)
    told = project.build(out="kept").warnings
    assert [line.partition(":")[0] for line in told if "[insurterms.link]" in line] == [
        "docs/terms/en/claim.md",
        "docs/terms/en/deductible.md",
    ]


def test_an_entry_shown_in_another_language_is_kept_up_to_date(
    project: Project,
) -> None:
    _write(project, "entries")
    project.write(
        "extra.rst", "Extra\n=====\n\n.. insurterm:: premium\n   :locale: nb\n"
    )
    project.build(out="kept")
    project.entry("nb/premium", "Premie", "En pris.")
    built = project.build(out="kept")
    assert built.read() == ["extra"]
    assert "En pris." in built.text("extra.html")
    assert _differences(built, _clean(project)) == []


def test_a_term_joins_the_list_of_its_category(project: Project) -> None:
    _write(project, "entries")
    listing = ".. insurterm-glossary::\n   :keywords: money\n"
    project.write("extra.rst", f"Extra\n=====\n\n{listing}")
    project.entry("en/risk", "Risk", "What may happen.", keywords="money")
    project.build(out="kept")
    project.entry("en/claim", "Claim", "A demand.", keywords="money")
    built = project.build(out="kept")
    assert built.read() == ["extra"]
    assert _differences(built, _clean(project)) == []
    # What is in no category is nothing to this list.
    project.entry("en/deductible", "Deductible", "Another part.")
    assert project.build(out="kept").read() == []


def test_a_name_that_becomes_ambiguous_is_told_of(project: Project) -> None:
    _write(project, "entries")
    project.write("extra.rst", "Extra\n=====\n\n.. insurterm:: charge\n")
    project.entry("en/claim", "Claim", "A demand.", aliases="charge")
    project.build(out="kept")
    project.entry("en/risk", "Risk", "What may happen.", aliases="charge")
    built = project.build(out="kept")
    assert built.read() == ["extra"]
    assert any("'charge' may be 'claim', 'risk'" in line for line in built.warnings)
    assert _differences(built, _clean(project)) == []


def test_a_page_is_of_its_term_whoever_else_has_the_name(project: Project) -> None:
    _write(project, "pages")
    corpora = 'insurterms_corpora = ["terms", "more"]\ninsurterms_pages = "terms"\n'
    project.conf(corpora)
    project.write("index.rst", "Start\n=====\n")
    for page in project.docs.glob("*.md"):
        page.unlink()
    project.entry("en/risk", "Risk", "What may happen.", aliases="cover")
    cover = "---\ntitle: Cover\ndescription: {}\n---\n"
    project.write("more/en/cover.md", cover.format("What we promise."))
    project.build(out="kept")
    project.write("more/en/cover.md", cover.format("What is promised."))
    built = project.build(out="kept")
    assert built.read() == ["terms/cover", "terms/index"]
    assert _differences(built, _clean(project)) == []


def test_links_move_when_the_page_that_showed_a_term_is_gone(project: Project) -> None:
    _write(project, "entries")
    page = project.write("risks.rst", ":orphan:\n\nX\n=\n\n.. insurterm:: risk\n")
    built = project.build(out="kept")
    assert ("risks.html#term-risk", "paid") in built.links("names")
    page.unlink()
    built = project.build(out="kept")
    assert ("#insurterm-tip-risk", "paid") in built.links("names")
    assert _differences(built, _clean(project)) == []


def test_a_name_in_any_is_kept_up_to_date(project: Project) -> None:
    _write(project, "entries")
    project.write("plain.rst", "Plain\n=====\n\nA :any:`deductible`.\n")
    project.build(out="kept")
    project.entry("en/deductible", "Deductible", "Another part.")
    built = project.build(out="kept")
    assert "Another part." in built.text("plain.html")
    assert _differences(built, _clean(project)) == []


def test_the_general_index_keeps_up_with_a_list_of_what_is_used(
    project: Project,
) -> None:
    _write(project, "a list of what is used")
    assert "extra.html#term-claim" not in project.build(out="kept").text(
        "genindex.html"
    )
    project.write("plain.rst", "Plain\n=====\n\nA :term:`claim`.\n")
    built = project.build(out="kept")
    assert "extra.html#term-claim" in built.text("genindex.html")
    assert built.read() == ["plain"]
    project.write("plain.rst", "Plain\n=====\n\nNo more.\n")
    assert "term-claim" not in project.build(out="kept").text("genindex.html")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("first", ["html", "dirhtml"])
def test_builders_that_share_doctrees_show_the_same_after_a_change(
    project: Project, mode: str, first: str
) -> None:
    _write(project, mode)
    builders = (first, {"html": "dirhtml", "dirhtml": "html"}[first])
    for builder in builders:
        project.build(builder, doctrees="shared", out=builder)
    project.entry("en/premium", "Premium", "The second price.", PREMIUM)
    for builder in builders:
        built = project.build(builder, doctrees="shared", out=builder)
        clean = _clean(project, builder)
        assert _differences(built, clean) == [], builder
        assert "The second price." in "".join(
            path.read_text("utf-8") for path in built.out.rglob("*.html")
        )


KILLER = """
def setup(app):
    app.connect("html-page-context", stop)

def stop(app, pagename, *_):
    if pagename == "names" and (app.srcdir / "stop").exists():
        raise {error}("no more power")
"""


def _build_half(project: Project, error: type[BaseException]) -> None:
    """Build until one page is to be written, and let *error* happen there."""
    stop = project.write("stop", "")
    raised = ExtensionError if issubclass(error, Exception) else error
    with pytest.raises(raised, match="no more power"):
        project.build(out="kept")
    stop.unlink()


# After an error Sphinx throws away what it read; after Ctrl+C (and SIGKILL) it does not.
@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
@pytest.mark.parametrize("mode", MODES)
def test_the_next_build_makes_good_what_a_killed_one_left(
    project: Project, mode: str, error: type[BaseException]
) -> None:
    _write(project, mode)
    conf = (project.docs / "conf.py").read_text("utf-8")
    project.write("conf.py", conf + KILLER.format(error=error.__name__))
    project.build(out="kept")
    project.entry("en/premium", "Premium", "The second price.", PREMIUM)
    _build_half(project, error)
    built = project.build(out="kept")
    assert (built.read() == []) is (error is KeyboardInterrupt)
    assert "The second price." in built.text("shown.html")
    assert _differences(built, _clean(project)) == []


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_first_build_that_was_killed_is_made_good_too(
    project: Project, error: type[BaseException]
) -> None:
    _write(project, "pages")
    conf = (project.docs / "conf.py").read_text("utf-8")
    project.write("conf.py", conf + KILLER.format(error=error.__name__))
    _build_half(project, error)
    assert _differences(project.build(out="kept"), _clean(project)) == []

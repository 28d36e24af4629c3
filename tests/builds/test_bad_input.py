"""Nothing in a corpus ends a build, and every complaint has a place and a way out."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from bs4 import Tag

    from tests.builds.conftest import Build, Project

FILES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("data").joinpath("bad_input.toml").read_text("utf-8")
)["files"]
ONLY_OURS = 'insurterms_corpora = ["terms"]\n'

each_file = pytest.mark.parametrize(
    "file", FILES, ids=[file["is"].replace(" ", "-") for file in FILES]
)


@pytest.fixture(scope="module")
def built(shared_project: Project) -> Build:
    """Build all the bad files at once, with good ones among them."""
    project = shared_project
    # What is shown is compared with the files, and so must have their quotes.
    project.conf(ONLY_OURS + 'insurterms_pages = "pages"\nsmartquotes = False\n')
    project.entry("en/good_one", "good one", "Is well.", "Goes on.\n")
    project.entry("nb/good_one", "god", "Har det bra.", "Fortsetter.\n")
    for file in FILES:
        text = file["text"].removeprefix("\n")
        coding = file.get("encoding", "utf-8")
        project.write(f"terms/{file['path']}", text.encode(coding))
    for place in ("secret.txt", "terms/secret.txt", "../secret.txt"):
        project.write(place, "The secret is out")
    project.start("The :term:`good one`.\n\n.. toctree::\n\n   pages/index")
    return project.build()


def complaints(built: Build, path: str) -> list[str]:
    """Return what the log says of a file or folder of the corpus."""
    start = f"docs/terms/{path}:"
    return [line for line in built.warnings if line.startswith(start)]


@each_file
def test_a_complaint_has_a_place_a_fact_a_way_out_and_a_name(
    built: Build, file: dict[str, Any]
) -> None:
    path = file.get("complains_of", file["path"])
    expected = file.get("complaints", [])
    found = complaints(built, path)
    assert len(found) == len(expected), found
    for line, complaint in zip(found, expected, strict=True):
        place = complaint["line"] or ""
        assert line.startswith(f"docs/terms/{path}:{place}: WARNING: ")
        assert [said for said in complaint["says"] if said not in line] == []
        assert f"[insurterms.{complaint['name']}]" in line


@each_file
def test_what_can_be_read_is_shown_and_nothing_else(
    built: Build, file: dict[str, Any]
) -> None:
    texts = [" ".join(page.get_text().split()) for page in pages(built)]
    everything = " ".join(texts)
    assert [text for text in file.get("shows", []) if text not in everything] == []
    assert [text for text in file.get("hides", []) if text in everything] == []


def pages(built: Build) -> list[Tag]:
    """Return the bodies of the terms' pages, and of the list of them."""
    names = sorted(path.stem for path in (built.out / "pages").iterdir())
    return [built.one(f"pages/{name}", "[role=main]") for name in names]


def test_nothing_else_is_complained_of(built: Build) -> None:
    expected = sum(len(file.get("complaints", [])) for file in FILES)
    assert len(built.warnings) == expected


def test_the_rest_of_the_build_is_unharmed(built: Build) -> None:
    link = built.one("index", "section p a.insurterm")
    page = built.follow("index", link)
    assert [p.text for p in page.select("p")] == ["Is well.", "Goes on."]
    assert built.dead_links() == []


def test_no_text_of_a_corpus_becomes_an_element_or_runs(built: Build) -> None:
    for body in pages(built):
        assert not body.select("script, img, b, [onerror], #block-raw, #inline-raw")
        # The headings' own links are made by the theme.
        links = {str(a["href"]) for a in body.select("a[href]:not(.headerlink)")}
        schemes = {href.partition(":")[0].casefold() for href in links if ":" in href}
        assert schemes <= {"https"}


def test_nothing_of_a_corpus_is_published_but_what_is_shown(built: Build) -> None:
    for path in built.out.rglob("*"):
        assert not path.is_file() or b"The secret is out" not in path.read_bytes()
        assert path.resolve().is_relative_to(built.out)
    assert (built.out / "pages/x.html").is_file()
    assert not (built.out.parent / "x.html").exists()


def test_complaints_are_silenced_by_their_names(project: Project) -> None:
    project.conf(ONLY_OURS)
    for file in FILES:
        text = file["text"].removeprefix("\n")
        coding = file.get("encoding", "utf-8")
        project.write(f"terms/{file['path']}", text.encode(coding))
    project.entry("en/good_one", "good one", "Is well.")
    project.start(".. insurterm-glossary::\n   :body:")
    names = {c["name"] for file in FILES for c in file.get("complaints", [])}
    quiet = [f"insurterms.{name}" for name in sorted(names)]
    assert project.build(suppress_warnings=quiet).warnings == []


def test_a_definition_of_5000_characters_is_shown_and_told_of(project: Project) -> None:
    project.conf(ONLY_OURS)
    project.entry("en/long", "long", "word " * 999 + "end.")
    project.start("A :term:`long` one.\n\n.. insurterm:: long")
    built = project.build()
    (warning,) = built.warnings
    assert warning.startswith("docs/terms/en/long.md:3: WARNING: ")
    assert "the definition has 4999 characters; keep it below 1000" in warning
    assert "[insurterms.definition]" in warning
    assert built.one("index", ".insurterm-definition").text.endswith("word end.")
    assert built.one("index", "[role=tooltip]").text.strip().endswith("word end.")


def test_a_link_on_disk_that_leaves_the_corpus_is_not_followed(
    project: Project,
) -> None:
    project.conf(ONLY_OURS)
    project.entry("en/good", "good", "Is well.")
    outside = project.root / "outside"
    outside.mkdir()
    secret = outside / "secret.md"
    secret.write_text("---\ntitle: secret\ndescription: Is out.\n---\n", "utf-8")
    terms = project.docs / "terms"
    (terms / "en/leaves.md").symlink_to(secret)
    (terms / "en/away").symlink_to(outside)
    (terms / "nb").symlink_to(outside)
    # A link from one place of a corpus to another is as good as a file.
    (terms / "en/again.md").symlink_to(terms / "en/good.md")
    project.start(".. insurterm-glossary::")
    built = project.build()
    assert [line.partition(" ")[0] for line in built.warnings] == [
        "docs/terms/en/away::",
        "docs/terms/en/leaves.md::",
        "docs/terms/nb::",
    ]
    for line in built.warnings:
        assert "leads out of the corpus, and is not followed" in line
        assert "copy what it is for" in line
        assert "[insurterms.file]" in line
    ids = [dt["id"] for dt in built.all("index", "dl.glossary > dt")]
    assert ids == ["term-again", "term-good"]


def test_a_corpus_that_is_not_there_is_told_and_the_others_serve(
    project: Project,
) -> None:
    project.conf('insurterms_corpora = ["gone", "terms", "starter"]\n')
    project.entry("en/good", "good", "Is well.")
    project.start(":term:`good` and :term:`premium`")
    built = project.build()
    (warning,) = built.warnings
    assert warning.startswith("docs/gone:: WARNING: there is no such folder")
    assert "create it, or take it out" in warning
    assert "[insurterms.corpus]" in warning
    assert len(built.all("index", "a.insurterm")) == 2


def test_the_default_folder_may_be_missing(project: Project) -> None:
    project.start(":term:`premium`")
    assert project.build().warnings == []


def test_a_corpus_without_entries_is_told_and_the_others_serve(
    project: Project,
) -> None:
    project.conf('insurterms_corpora = ["empty", "starter"]\n')
    project.write("empty/en/_TEMPLATE.md", "---\ntitle: template\n---\n")
    project.write("empty/README.txt", "Soon.")
    project.start(":term:`premium`")
    built = project.build()
    (warning,) = built.warnings
    assert warning.startswith("docs/empty:: WARNING: this corpus has no entries")
    assert "empty/en/<id>.md" in warning
    assert "[insurterms.corpus]" in warning
    assert built.one("index", "a.insurterm")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("source_locale = ", ["TOML", "mend"]),
        ("sauce = 1\n", ["nothing is called 'sauce'", "source_locale"]),
        ("source_locale = 'docs'\n", ["source_locale is 'docs'", "language tag"]),
        ("locales = 'en'\n", ["locales is 'en'", "a list of language tags"]),
        ("fields = []\n", ["fields is []", "a table"]),
        ("link_prefixes = [1]\n", ["link_prefixes is [1]", "a list of paths"]),
        ("categories = 3\n", ["categories is 3", "a table of names"]),
        ("licence = 3\n", ["licence is 3", "a text"]),
    ],
)
def test_a_broken_manifest_is_told_and_the_defaults_hold(
    project: Project, text: str, says: list[str]
) -> None:
    project.entry("en/good", "good", "Is well.")
    project.write("terms/insurterms.toml", text)
    project.start(":term:`good`")
    built = project.build()
    (warning,) = built.warnings
    assert warning.startswith("docs/terms/insurterms.toml:")
    assert [said for said in says if said not in warning] == []
    assert "[insurterms.manifest]" in warning
    assert "Is well." in built.one("index", "[role=tooltip]").text


DEEP = [
    "**a **" * 200 + "x" + "** b**" * 200,
    "**a " * 200 + "x" + " b**" * 200,
    "[" + "*a **b " * 200 + "x" + " b** a*" * 200 + "](/good)",
    "**a *" * 200
    + "["
    + "*a **b " * 50
    + "x"
    + " b** a*" * 50
    + "](/good)"
    + "* b**" * 200,
    "![a" * 200 + "](/x)" * 200,
    ">" * 10_000 + " a",
    "[" * 10_000 + "a",
    "- " * 1000 + "a",
    "> - " * 9
    + "*a **b " * 50
    + "["
    + "_a __b " * 50
    + "x"
    + " b__ a_" * 50
    + "](/good)",
]


def test_no_depth_of_markup_ends_a_build(project: Project) -> None:
    project.conf(ONLY_OURS + 'insurterms_pages = "pages"\n')
    project.entry("en/good", "good", "Is well.")
    for number, text in enumerate(DEEP):
        project.entry(f"en/deep{number}", f"deep {number}", f"'{text[:900]}'", text)
    project.start(
        ".. insurterm-glossary::\n   :body:\n\n.. toctree::\n\n   pages/index"
    )
    built = project.build()
    assert {line.rpartition("[")[2] for line in built.warnings} <= {
        "insurterms.markup]"
    }
    for number in range(len(DEEP)):
        title = built.one(f"pages/deep{number}", "[role=main] h1").text
        assert title.startswith(f"deep {number}")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_among_the_entries_is_told_and_hangs_nothing(project: Project) -> None:
    project.conf(ONLY_OURS)
    project.entry("en/good", "good", "Is well.")
    os.mkfifo(project.docs / "terms/en/pipe.md")
    project.start(":term:`good`")
    built = project.build()
    (warning,) = built.warnings
    assert warning.startswith("docs/terms/en/pipe.md:: WARNING: this is a pipe")
    assert "take it out" in warning
    assert "[insurterms.file]" in warning
    assert built.one("index", "a.insurterm")

"""Each term has a page, made of a small document that the project is given."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from sphinx.errors import ConfigError

from sphinx_insurterms import pages
from sphinx_insurterms.corpus.generated import MARK_LINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builds.conftest import Build, Project

PAGES = 'insurterms_pages = "pages"\n'
ONLY_OURS = 'insurterms_corpora = ["terms"]\n'


@pytest.fixture
def terms(project: Project) -> Project:
    """Return a project with pages for two terms of its own, in two languages."""
    project.conf(PAGES + ONLY_OURS)
    project.entry("en/fee", "fee", "A price.", "Long text.")
    project.entry("nb/fee", "gebyr", "En pris.", "Lang tekst.")
    project.entry("en/rate", "rate", "A part.")
    project.start(":term:`fee`\n\n.. toctree::\n\n   pages/index")
    return project


def names(folder: Path) -> list[str]:
    """Return the names of what is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def titles(built: Build, folder: str = "pages") -> dict[str, str]:
    """Return the title of each page in the output folder of generated pages."""
    stems = [path.stem for path in sorted((built.out / folder).glob("*.html"))]
    return {
        stem: built.one(f"{folder}/{stem}", "[role=main] h1").text.removesuffix("¶")
        for stem in stems
    }


# what is written, and what is not


def test_each_term_has_a_document_with_a_mark(terms: Project) -> None:
    built = terms.build()
    assert built.warnings == []
    pages = terms.docs / "pages"
    assert names(pages) == [".gitignore", "fee.rst", "index.rst", "rate.rst"]
    for path in pages.iterdir():
        assert MARK_LINE in path.read_text("utf-8")
    assert ":orphan:" not in (pages / "fee.rst").read_text("utf-8")
    assert titles(built) == {"fee": "fee", "index": "Glossary", "rate": "rate"}


def test_the_documents_are_the_same_in_every_language(terms: Project) -> None:
    terms.build()
    pages = terms.docs / "pages"
    before = {path.name: path.stat().st_mtime_ns for path in pages.iterdir()}
    for path in pages.iterdir():
        os.utime(path, ns=(1, 1))
    for language in ("nb", "ar", "en"):
        built = terms.build(language=language)
        assert built.warnings == []
        assert {path.name: path.stat().st_mtime_ns for path in pages.iterdir()} == (
            dict.fromkeys(before, 1)
        )
    built = terms.build(language="nb")
    assert titles(built) == {
        "fee": "gebyr",
        "index": built.word("Glossary"),
        "rate": "rate",
    }


def test_only_a_document_that_changes_is_written_again(terms: Project) -> None:
    terms.build()
    pages = terms.docs / "pages"
    for path in pages.iterdir():
        os.utime(path, ns=(1, 1))
    (pages / "fee.rst").write_text(
        f".. {MARK_LINE}\n\n.. insurterm-page:: old-form\n", "utf-8"
    )
    (pages / "rate.rst").unlink()
    terms.build()
    unchanged = [path.name for path in pages.iterdir() if path.stat().st_mtime_ns == 1]
    assert sorted(unchanged) == [".gitignore", "index.rst"]
    assert "old-form" not in (pages / "fee.rst").read_text("utf-8")


def test_documents_are_for_all_who_may_build(terms: Project) -> None:
    terms.build()
    assert {
        path.stat().st_mode & 0o777 for path in (terms.docs / "pages").iterdir()
    } == {0o644}


def test_git_ignores_just_the_generated_documents(terms: Project) -> None:
    terms.write("pages/notes.rst", ":orphan:\n\nNotes\n=====\n")
    terms.build()
    _, *lines = (terms.docs / "pages/.gitignore").read_text("utf-8").splitlines()
    assert lines == ["/.gitignore", "/fee.rst", "/index.rst", "/rate.rst"]


def test_a_file_of_the_users_is_never_overwritten(terms: Project) -> None:
    own = "My own page on fees\n===================\n"
    terms.write("pages/fee.rst", own)
    terms.start(":term:`fee`\n\n.. toctree::\n\n   pages/index\n   pages/fee")
    built = terms.build()
    (warning,) = built.warnings
    assert warning.startswith("docs/pages/fee.rst:: WARNING: this file is not ours")
    assert "the page 'pages/fee' is not made" in warning
    assert "rename it, or show the term in it with `insurterm`" in warning
    assert "[insurterms.pages]" in warning
    assert (terms.docs / "pages/fee.rst").read_text("utf-8") == own
    assert titles(built)["fee"] == "My own page on fees"
    # The list of terms is the next best place.
    link = built.one("index", "section > p > a.insurterm")
    assert link["href"] == "pages/index.html#term-fee"
    assert built.dead_links() == []
    ignored = (terms.docs / "pages/.gitignore").read_text("utf-8")
    assert "fee.rst" not in ignored


def test_what_the_user_told_git_stays(terms: Project) -> None:
    ignored = terms.write("pages/.gitignore", "drafts/\n")
    assert terms.build().warnings == []
    assert ignored.read_text("utf-8") == "drafts/\n"


def test_a_page_of_the_users_may_show_the_term_itself(terms: Project) -> None:
    terms.conf(PAGES + ONLY_OURS + 'suppress_warnings = ["insurterms.pages"]\n')
    terms.write("pages/fee.rst", "Fees\n====\n\n.. insurterm:: fee\n   :body:\n")
    built = terms.build()
    assert built.warnings == []
    assert "Long text." in built.body("pages/fee")
    assert built.dead_links() == []


def test_a_term_called_index_has_a_page_beside_the_glossarys(terms: Project) -> None:
    terms.entry("en/index", "index", "A list.")
    built = terms.build()
    assert built.warnings == []
    assert titles(built) == {
        "fee": "fee",
        "index": "Glossary",
        "index_": "index",
        "rate": "rate",
    }


# what is cleaned up


def test_the_document_of_a_term_that_is_gone_is_removed(terms: Project) -> None:
    terms.write("pages/notes.rst", ":orphan:\n\nNotes\n=====\n")
    terms.build()
    (terms.docs / "terms/en/rate.md").unlink()
    built = terms.build()
    assert built.warnings == []
    assert names(terms.docs / "pages") == [
        ".gitignore",
        "fee.rst",
        "index.rst",
        "notes.rst",
    ]
    assert "rate" not in built.text("pages/index.html")


@pytest.mark.parametrize("now", ["words", ""])
def test_the_documents_move_with_the_setting(terms: Project, now: str) -> None:
    terms.build()
    terms.conf(f"insurterms_pages = {now!r}\n{ONLY_OURS}")
    terms.start(f":term:`fee`\n\n.. toctree::\n\n   {now}/index" if now else "")
    built = terms.build()
    assert built.warnings == []
    assert not (terms.docs / "pages").exists()
    if now:
        expected = [".gitignore", "fee.rst", "index.rst", "rate.rst"]
        assert names(terms.docs / now) == expected


def test_a_folder_with_more_than_our_documents_stays(terms: Project) -> None:
    notes = terms.write("pages/notes.rst", ":orphan:\n\nNotes\n=====\n")
    terms.build()
    terms.conf(ONLY_OURS)
    terms.start(":term:`fee`")
    assert terms.build().warnings == []
    assert list((terms.docs / "pages").iterdir()) == [notes]


def test_documents_that_are_left_over_end_no_build(terms: Project) -> None:
    terms.build()
    (terms.docs / "terms/en/rate.md").unlink()
    terms.conf(ONLY_OURS)
    terms.start(":term:`fee`")
    # Another environment does not know what the first one wrote.
    built = terms.build(out="other")
    lines = {line.partition(":")[0]: line for line in built.warnings}
    assert sorted(lines) == [
        "docs/pages/fee.rst",
        "docs/pages/index.rst",
        "docs/pages/rate.rst",
    ]
    for line in built.warnings:
        assert "left over" in line
        assert "delete it" in line
        assert "[insurterms.pages]" in line


# what cannot be done


@pytest.mark.parametrize("rival", ["pages.rst", "pages.md"])
def test_two_documents_are_never_written_to_one_file(
    terms: Project, rival: str
) -> None:
    terms.conf(PAGES + ONLY_OURS + 'extensions.append("myst_parser")\n')
    terms.write(rival, "Pages\n=====\n")
    terms.start(".. toctree::\n\n   pages\n   pages/index")
    assert terms.build("html").warnings == []
    with pytest.raises(ConfigError) as caught:
        terms.build("dirhtml")
    assert rival in str(caught.value)
    assert "rename one of them" in str(caught.value)


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes all folders read-only, also to root, whom no mode stops."""
    make = Path.mkdir

    def refuse(*_: object, **where: object) -> None:
        raise PermissionError(13, "Permission denied", str(where["dir"]))

    def refuse_new(self: Path, **options: bool) -> None:
        if self.parent.name == "docs" and not self.is_dir():
            refuse(dir=self)
        make(self, **options)

    def forbid() -> None:
        monkeypatch.setattr(tempfile, "mkstemp", refuse)
        monkeypatch.setattr(Path, "mkdir", refuse_new)

    return forbid


@pytest.mark.parametrize("folder_exists", [False, True])
def test_a_source_folder_that_cannot_be_written_is_told_with_the_ways_out(
    terms: Project, read_only: Callable[[], None], *, folder_exists: bool
) -> None:
    if folder_exists:
        (terms.docs / "pages").mkdir()
    read_only()
    with pytest.raises(ConfigError) as caught:
        terms.build()
    message = str(caught.value)
    assert "insurterms_pages is 'pages'" in message
    assert str(terms.docs / "pages") in message
    assert "Permission denied" in message
    assert "make the source folder writable" in message
    assert "build from a copy" in message
    assert "take insurterms_pages out" in message


def test_a_source_folder_need_not_be_writable_when_nothing_changes(
    terms: Project, read_only: Callable[[], None]
) -> None:
    terms.build()
    read_only()
    built = terms.build(language="nb")
    assert built.warnings == []
    assert titles(built)["fee"] == "gebyr"


def test_nothing_is_left_behind_when_writing_fails(
    terms: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if Path(target).name == "rate.rst":
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ConfigError, match="No space left"):
        terms.build()
    monkeypatch.undo()
    assert not [name for name in names(terms.docs / "pages") if "rate" in name]
    assert not list((terms.docs / "pages").glob(".insurterms-*"))
    assert terms.build().warnings == []


# several builds, and several ways to write


def test_three_languages_are_built_from_one_folder_at_once(terms: Project) -> None:
    for number in range(12):
        terms.entry(f"en/term-{number}", f"term {number}", "English.")
        terms.entry(f"nb/term-{number}", f"begrep {number}", "Norsk.")
        terms.entry(f"ar/term-{number}", f"كلمة {number}", "عربي.")
    here = Path(__file__).parents[2]
    programs = {
        language: subprocess.Popen(  # noqa: S603 - our own interpreter
            [
                *(
                    sys.executable,
                    "-m",
                    "sphinx",
                    "-q",
                    "-W",
                    "-D",
                    f"language={language}",
                ),
                *(terms.docs, terms.root / "at-once" / language),
            ],
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(here)},
        )
        for language in ("en", "nb", "ar")
    }
    said = {language: run.communicate()[1] for language, run in programs.items()}
    assert said == {"en": b"", "nb": b"", "ar": b""}
    assert [run.returncode for run in programs.values()] == [0, 0, 0]
    for language in programs:
        alone = terms.build(language=language, nitpicky=False)
        at_once = terms.root / "at-once" / language
        for name in ("pages/term-3.html", "pages/index.html", "index.html"):
            assert (at_once / name).read_bytes() == (alone.out / name).read_bytes()
    assert not list((terms.docs / "pages").glob(".insurterms-*"))


def test_a_project_in_myst_gets_documents_in_myst(terms: Project) -> None:
    terms.conf(
        PAGES + ONLY_OURS + 'extensions.insert(0, "myst_parser")\n'
        'source_suffix = {".md": "markdown"}\n'
    )
    (terms.docs / "index.rst").unlink()
    terms.write(
        "index.md", "# Start\n\n{term}`fee`\n\n```{toctree}\npages/index\n```\n"
    )
    built = terms.build()
    assert built.warnings == []
    assert names(terms.docs / "pages") == [
        ".gitignore",
        "fee.md",
        "index.md",
        "rate.md",
    ]
    assert titles(built) == {"fee": "fee", "index": "Glossary", "rate": "rate"}
    assert "A price." in built.body("pages/fee")


@pytest.mark.parametrize(
    ("suffixes", "expected"),
    [
        ('{".rst": "restructuredtext", ".md": "markdown"}', ".rst"),
        ('{".md": "markdown", ".rst": "restructuredtext"}', ".md"),
        ('{".txt": "restructuredtext"}', ".txt"),
    ],
)
def test_documents_have_the_projects_first_suffix(
    terms: Project, suffixes: str, expected: str
) -> None:
    terms.conf(
        PAGES
        + ONLY_OURS
        + f'extensions.insert(0, "myst_parser")\nsource_suffix = {suffixes}\n'
    )
    (terms.docs / "index.rst").unlink()
    suffix = ".md" if expected == ".md" else expected
    start = "# Start\n" if expected == ".md" else "Start\n=====\n"
    terms.write(f"index{suffix}", start)
    assert terms.build().warnings == []
    assert names(terms.docs / "pages")[1:] == [
        f"{name}{expected}" for name in ("fee", "index", "rate")
    ]


# the corpus and its pages in one folder, which is where both are by default


def test_corpus_and_pages_may_share_the_folder(project: Project) -> None:
    project.conf('insurterms_pages = "terms"\n' + ONLY_OURS)
    project.entry("en/fee", "fee", "A price.")
    project.entry("nb/fee", "gebyr", "En pris.")
    project.start(":term:`fee`\n\n.. toctree::\n\n   terms/index")
    for _ in range(2):
        for language, title in (("en", "fee"), ("nb", "gebyr")):
            built = project.build(language=language)
            assert built.warnings == []
            assert titles(built, "terms")["fee"] == title
    assert names(project.docs / "terms") == [
        ".gitignore",
        "en",
        "fee.rst",
        "index.rst",
        "nb",
    ]
    assert not (project.root / "out/html-en/terms/en").exists()
    (project.docs / "terms/en/fee.md").unlink()
    (project.docs / "terms/nb/fee.md").unlink()
    project.entry("en/rate", "rate", "A part.")
    project.start(".. toctree::\n\n   terms/index")
    again = project.build()
    assert again.warnings == []
    assert names(project.docs / "terms") == [
        ".gitignore",
        "en",
        "index.rst",
        "nb",
        "rate.rst",
    ]


def test_pages_of_the_starter_corpus_may_stand_where_a_corpus_would(
    project: Project,
) -> None:
    project.conf('insurterms_pages = "terms"\n')
    project.start(".. toctree::\n\n   terms/index")
    for language in ("en", "nb"):
        # The second build finds the folder, in which nobody meant to keep a corpus.
        assert project.build(language=language).warnings == []


def test_in_myst_too_corpus_and_pages_may_share_the_folder(project: Project) -> None:
    project.conf(
        'insurterms_pages = "terms"\n'
        + ONLY_OURS
        + 'extensions.insert(0, "myst_parser")\n'
        'source_suffix = {".md": "markdown"}\n'
    )
    (project.docs / "index.rst").unlink()
    project.write(
        "index.md", "# Start\n\n{term}`fee`\n\n```{toctree}\nterms/index\n```\n"
    )
    project.entry("en/fee", "fee", "A price.")
    project.entry("nb/fee", "gebyr", "En pris.")
    for _ in range(2):
        for language, title in (("en", "fee"), ("nb", "gebyr")):
            built = project.build(language=language)
            assert built.warnings == []
            assert titles(built, "terms")["fee"] == title


def test_entries_straight_in_the_folder_are_no_documents(project: Project) -> None:
    project.conf(
        'insurterms_pages = "terms"\n'
        + ONLY_OURS
        + 'extensions.append("myst_parser")\n'
    )
    project.entry("fee", "fee", "A price.")
    project.start(":term:`fee`\n\n.. toctree::\n\n   terms/index")
    for _ in range(2):
        built = project.build()
        assert built.warnings == []
        assert titles(built, "terms") == {"fee": "fee", "index": "Glossary"}


def test_entries_that_look_like_our_documents_are_told(project: Project) -> None:
    project.conf(
        'insurterms_pages = "terms"\n'
        + ONLY_OURS
        + 'extensions.insert(0, "myst_parser")\n'
        'source_suffix = {".md": "markdown"}\n'
    )
    project.entry("fee", "fee", "A price.")
    with pytest.raises(
        ConfigError, match=re.escape("entries such as fee.md")
    ) as caught:
        project.build()
    assert "name another folder" in str(caught.value)


# where the text of a page is


@pytest.mark.parametrize("language", ["en", "nb"])
def test_show_source_leads_to_the_text_of_the_readers_entry(
    terms: Project, language: str
) -> None:
    built = terms.build(language=language)
    link = built.one("pages/fee", "a[href*='_sources/']")
    shown = (built.out / "pages" / str(link["href"])).resolve()
    assert shown.is_relative_to(built.out / "_sources")
    entry = terms.docs / "terms" / language / "fee.md"
    assert shown.read_bytes() == entry.read_bytes()
    # A term without a Norwegian entry has an English page, and so an English source.
    link = built.one("pages/rate", "a[href*='_sources/']")
    shown = (built.out / "pages" / str(link["href"])).resolve()
    assert shown.read_bytes() == (terms.docs / "terms/en/rate.md").read_bytes()


def test_show_source_of_other_pages_is_as_ever(terms: Project) -> None:
    built = terms.build()
    for docname in ("index", "pages/index"):
        link = built.one(docname, "a[href*='_sources/']")
        shown = (built.out / docname).parent / str(link["href"])
        assert shown.read_bytes() == (terms.docs / f"{docname}.rst").read_bytes()


def test_show_source_follows_the_entry_when_it_changes(terms: Project) -> None:
    terms.build()
    terms.entry("en/fee", "fee", "Another price.")
    built = terms.build()
    link = built.one("pages/fee", "a[href*='_sources/']")
    assert "Another price." in (built.out / "pages" / str(link["href"])).read_text(
        "utf-8"
    )


def test_sources_need_not_be_shown(terms: Project) -> None:
    built = terms.build(html_copy_source=False)
    assert built.warnings == []
    assert not built.all("pages/fee", "a[href*='_sources/']")
    assert not list((built.out / "_sources").rglob("*.*"))


def test_edit_this_page_leads_to_the_readers_entry(terms: Project) -> None:
    terms.conf(
        PAGES + 'html_theme = "furo"\nhtml_theme_options = {"source_branch": "main", '
        '"source_repository": "https://github.com/a/b/", "source_directory": "docs/"}\n'
    )
    for language in ("en", "nb"):
        built = terms.build(language=language)
        for selector in (".edit-this-page a", ".view-this-page a"):
            link = built.one("pages/fee", selector)
            path = posixpath.normpath(urlsplit(str(link["href"])).path)
            assert path.endswith(f"/main/docs/terms/{language}/fee.md")
            assert not built.all(
                "pages/premium", selector
            )  # it is not in their project
        assert built.one("index", ".edit-this-page a")["href"] == (
            "https://github.com/a/b/edit/main/docs/index.rst"
        )


@pytest.mark.parametrize("name", ["about.rst", "note.txt", "hipaa.rst"])
def test_a_file_that_speaks_of_generated_pages_is_not_one(
    project: Project, name: str
) -> None:
    project.conf('insurterms_pages = "glossary"\n')
    text = "Hello\n=====\n\nThe pages here are generated by sphinx-insurterms.\n"
    path = project.write(f"glossary/{name}", text)
    project.build()
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("suffixes", [[".rst"], [".md", ".rst"]])
def test_a_generated_page_that_somebody_wrote_into_is_theirs(
    project: Project, suffixes: list[str]
) -> None:
    kinds = {".rst": "restructuredtext", ".md": "markdown"}
    source_suffix = {suffix: kinds[suffix] for suffix in suffixes}
    project.conf(
        'insurterms_pages = "glossary"\n'
        'extensions = ["myst_parser", "sphinx_insurterms"]\n'
        f"source_suffix = {source_suffix}\n"
    )
    assert project.build().warnings == []
    page = project.docs / "glossary" / f"hipaa{suffixes[0]}"
    page.write_text(page.read_text("utf-8") + "\nOur lawyers add this.\n", "utf-8")
    built = project.build()
    assert "Our lawyers add this." in page.read_text("utf-8")
    assert [f"hipaa{suffixes[0]}" in line for line in built.warnings] == [True]


def test_a_page_that_another_build_removed_meanwhile_was_ours(tmp_path: Path) -> None:
    assert pages._is_generated(tmp_path / "gone.rst")


def test_a_folder_that_is_gone_already_needs_no_cleaning(project: Project) -> None:
    project.conf('insurterms_pages = "before"\n')
    project.build(out="one")
    shutil.rmtree(project.docs / "before")
    project.conf('insurterms_pages = "after"\n')
    assert project.build(out="one").warnings == []
    assert (project.docs / "after" / "index.rst").is_file()

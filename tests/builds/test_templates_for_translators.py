"""``sphinx-build -b gettext`` writes a template of the entries that readers may see."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

BODY = """\
# premium

It is *paid*
each [year](/claim).

## When

- On time.

| a | b |
| - | - |
| 1 | 2 |
"""


@pytest.fixture
def terms(project: Project) -> Project:
    """Write a corpus of three terms, two of which the start page names."""
    project.conf('insurterms_corpora = ["terms"]\n')
    project.entry("en/premium", "premium", "The price, 10 % of all.", BODY)
    project.entry("nb/premium", "premie", "Prisen.", "Den betales.")
    project.entry("en/claim", "claim", "A request.", "Why.")
    project.entry("en/rare", "rare", "Never shown.", "Nor this.")
    project.start(":term:`premium` and :term:`claim`")
    return project


def template(built: Build) -> dict[str, list[tuple[str, int]]]:
    """Return the messages of our template, and where each stands."""
    path = built.out / "insurterms.pot"
    catalog = read_po(io.BytesIO(path.read_bytes()))
    return {str(m.id): [(f, n or 0) for f, n in m.locations] for m in catalog if m.id}


def test_it_has_what_tooltips_say_of_the_terms_that_pages_name(terms: Project) -> None:
    built = terms.build("gettext")
    assert built.warnings == []
    assert template(built) == {
        "claim": [("terms/en/claim.md", 2)],
        "A request.": [("terms/en/claim.md", 3)],
        "premium": [("terms/en/premium.md", 2)],
        "The price, 10 % of all.": [("terms/en/premium.md", 3)],
    }


def test_it_has_every_block_of_the_bodies_that_are_printed(terms: Project) -> None:
    terms.start(".. insurterm:: premium\n   :body:\n")
    found = template(terms.build("gettext"))
    lines = {text: line for text, ((_, line),) in found.items()}
    assert lines == {
        "premium": 2,
        "The price, 10 % of all.": 3,
        "It is *paid* each [year](/claim).": 8,
        "When": 11,
        "On time.": 13,
        "a": 15,
        "b": 15,
        "1": 17,
        "2": 17,
        # Its tooltip says so, as the body links to it.
        "claim": 2,
        "A request.": 3,
    }


@pytest.mark.parametrize(
    ("start", "bodies"),
    [
        (".. insurterm-glossary::", False),
        (".. insurterm-glossary::\n   :body:", True),
        (".. insurterm-glossary::\n   :used:\n   :body:\n\n:term:`claim`", True),
        ("A :term:`claim`.", False),
        ("A :any:`claim`.", False),
        (".. insurterm:: claim\n   :locale: nb\n   :body:", True),
    ],
)
def test_a_body_is_there_where_it_is_printed(
    terms: Project, start: str, bodies: bool
) -> None:
    terms.start(start)
    found = template(terms.build("gettext"))
    assert "claim" in found
    assert ("Why." in found) is bodies
    assert ("Never shown." in found) is ("glossary" in start and ":used:" not in start)


def test_terms_that_others_name_under_see_also_are_there(terms: Project) -> None:
    terms.entry("en/claim", "claim", "A request.", related="[rare]")
    assert "rare" not in template(terms.build("gettext"))
    terms.start(".. insurterm:: claim")
    assert "rare" in template(terms.build("gettext"))


def test_each_message_is_flagged_as_markdown_and_as_nothing_else(
    terms: Project,
) -> None:
    head, *flags = re.findall("^#, (.*)$", text_of(terms), re.MULTILINE)
    assert head == "fuzzy"
    # Not as what Babel takes for a placeholder, in "10 % of".
    assert set(flags) == {"md-text"}


def text_of(terms: Project) -> str:
    return terms.build("gettext").text("insurterms.pot")


def test_a_translated_build_offers_the_same(terms: Project) -> None:
    assert template(terms.build("gettext", language="nb")) == template(
        terms.build("gettext")
    )


@pytest.mark.parametrize("compact", [False, True])
def test_no_other_template_has_a_text_of_an_entry_and_no_generated_page_has_one(
    terms: Project, compact: bool
) -> None:
    terms.conf('insurterms_corpora = ["terms"]\ninsurterms_pages = "glossary"\n')
    page = "Own\n===\n\n:term:`claim`\n\n.. insurterm:: premium\n   :body:\n"
    terms.write("own/page.rst", page)
    code = "```\ncode\n```\n\n![picture](x.png)\n"
    terms.entry("en/premium", "premium", "The price, 10 % of all.", BODY + code)
    terms.start(".. toctree::\n\n   glossary/index\n   own/page\n")
    built = terms.build(
        "gettext",
        gettext_compact=compact,
        gettext_additional_targets=["index", "literal-block", "raw", "image"],
        suppress_warnings=["insurterms.markup"],
    )
    assert built.warnings == []
    own = "own.pot" if compact else "own/page.pot"
    names = sorted(
        p.relative_to(built.out).as_posix() for p in built.out.rglob("*.pot")
    )
    assert names == ["index.pot", "insurterms.pot", own]
    assert "Nor this." in template(built)
    others = read_po(io.BytesIO((built.out / own).read_bytes()))
    assert [m.id for m in others if m.id] == ["Own", ":term:`claim`"]


def test_a_page_of_the_projects_own_beside_generated_ones_keeps_its_template(
    terms: Project,
) -> None:
    terms.conf('insurterms_corpora = ["terms"]\ninsurterms_pages = "glossary"\n')
    terms.write("glossary/about.rst", "About\n=====\n")
    terms.start(".. toctree::\n\n   glossary/index\n   glossary/about\n")
    built = terms.build("gettext")
    assert 'msgid "About"' in built.text("glossary.pot")


def test_a_template_that_says_the_same_is_left_alone(
    terms: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    path = terms.build("gettext").out / "insurterms.pot"
    assert "2001-09-09 01:46+0000" in path.read_text("utf-8")
    before = path.stat()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    terms.build("gettext")
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    terms.entry("en/claim", "claim", "A demand.")
    terms.build("gettext")
    text = path.read_text("utf-8")
    assert "A demand." in text
    assert "2017-07-14" in text


def test_places_can_be_left_out(terms: Project) -> None:
    built = terms.build("gettext", gettext_location=False)
    assert "#:" not in built.text("insurterms.pot")


def test_a_project_without_terms_gets_no_template(project: Project) -> None:
    project.start("Nothing.")
    assert not (project.build("gettext").out / "insurterms.pot").exists()


def test_a_template_of_the_projects_own_is_not_written_over(terms: Project) -> None:
    terms.write("insurterms.rst", "Ours\n====\n")
    terms.start(":term:`claim`\n\n.. toctree::\n\n   insurterms\n")
    built = terms.build("gettext")
    (warning,) = built.warnings
    assert "give the document or folder 'insurterms' another name" in warning
    assert "[insurterms.catalog]" in warning
    assert list(template(built)) == ["Ours"]


def test_sphinx_intl_takes_it_from_there(terms: Project) -> None:
    built = terms.build("gettext")
    folder = terms.root / "locale"
    for _ in range(2):  # the second time, nothing is new
        _run("sphinx-intl", "update", "-p", built.out, "-d", folder, "-l", "nb")
    with (folder / "nb/LC_MESSAGES/insurterms.po").open("rb") as file:
        catalog = read_po(file)
    assert {str(m.id) for m in catalog if m.id} == template(built).keys()
    assert all("md-text" in message.flags for message in catalog if message.id)


AT_THE_END = """
from pathlib import Path

def look(app, exception):
    print("found", *sorted(path.name for path in Path(app.outdir).glob("*.pot")))

def setup(app):
    app.connect("build-finished", look, priority=0)
"""


def test_those_who_take_templates_up_at_the_end_of_the_build_find_it(
    terms: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    conf = (terms.docs / "conf.py").read_text("utf-8")
    terms.write("conf.py", conf + AT_THE_END)
    terms.build("gettext")
    assert "found index.pot insurterms.pot" in capsys.readouterr().out


def test_what_translators_return_becomes_entries_that_the_next_build_shows(
    terms: Project,
) -> None:
    (terms.docs / "terms/nb/premium.md").unlink()
    terms.start(".. insurterm-glossary::\n   :body:\n")
    built = terms.build("gettext")
    folder = terms.root / "locale"
    _run("sphinx-intl", "update", "-p", built.out, "-d", folder, "-l", "nb")
    path = folder / "nb/LC_MESSAGES/insurterms.po"
    with path.open("rb") as file:
        catalog = read_po(file)
    for message in catalog:
        if message.id:
            # A translator keeps the links, and writes the rest in another language.
            message.string = re.sub(r"\b[A-Za-z]+(?!\))\b", "ord", str(message.id))
    with path.open("wb") as file:
        write_po(file, catalog)
    how = ("--format", "po", "--locale", "nb")
    done = _run("insurterms", "import", *how, folder, terms.docs / "terms")
    assert done.endswith("3 written\n")
    page = terms.build(language="nb")
    assert page.warnings == []
    assert {term.text for term in page.all("index", "dt")} == {"ord¶"}
    assert not page.all("index", "[role=main] [lang]")
    # Lists, tables and links are where they are in English.
    shapes = [
        [tag.name for tag in build.one("index", ".insurterm-glossary").select("dd *")]
        for build in (page, terms.build())
    ]
    assert sorted(shapes[0]) == sorted(shapes[1])


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext's tools are not there")
def test_gettext_compiles_what_is_filled_and_a_build_shows_it(terms: Project) -> None:
    body = BODY.replace("premium", "premie").replace("It is *paid*", "Den *betales*")
    terms.entry("nb/premium", "premie", "Prisen, 10 % av alt.", body)
    terms.start(".. insurterm-glossary::\n   :body:\n")
    built = terms.build("gettext")
    folder = terms.docs / "locales"
    update = ("sphinx-intl", "update", "-p", built.out, "-d", folder, "-l", "nb")
    _run(*update)
    how = ("--format", "po", "--locale", "nb")
    path = folder / "nb/LC_MESSAGES/insurterms.po"
    before = path.read_text("utf-8")
    done = _run("insurterms", "export", *how, terms.docs / "terms", folder)
    assert done == f"{path}: 9 messages filled\n"
    # Nothing is written in another way: who looks at the change sees what was filled.
    removed = set(before.splitlines()) - set(path.read_text("utf-8").splitlines())
    assert removed <= {'msgstr ""'}
    filled = path.read_text("utf-8")
    _run(*update)
    assert path.read_text("utf-8") == filled
    _run("insurterms", "export", *how, terms.docs / "terms", terms.root / "alone")
    alone = terms.root / "alone/nb/LC_MESSAGES/insurterms.po"
    _run("msgfmt", "--check", "-o", alone.with_suffix(".mo"), alone)
    shutil.rmtree(terms.docs / "terms/nb")
    # Without --check: sphinx-intl, by Babel, takes "10 % of" for a format of Python's.
    _run("msgfmt", "-o", path.with_suffix(".mo"), path)
    path.unlink()
    shown = terms.build(language="nb", locale_dirs=["locales"])
    assert shown.warnings == []
    assert "Prisen, 10 % av alt." in shown.body("index")


def _run(tool: str, *arguments: object) -> str:
    """Run a program as a translator does, and return what it printed."""
    beside = Path(sys.executable).with_name(tool)
    command = [str(beside) if beside.exists() else tool, *map(str, arguments)]
    done = subprocess.run(  # noqa: S603 - the tools that translators use
        command, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout

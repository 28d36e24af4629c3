"""A setting that makes no sense ends a build at once, with all mistakes listed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.errors import ConfigError

from sphinx_insurterms.config import OPTIONS

if TYPE_CHECKING:
    from tests.builds.conftest import Project

MISTAKES: dict[str, list[tuple[Any, str]]] = {
    "corpora": [
        ("terms", "write a list of folders"),
        (None, "write a list of folders"),
        ({"path": "terms"}, "write a list of folders"),
        ([1], "write a folder"),
        ([""], "write a folder"),
        ([{"fields": {}}], "write a folder"),
        ([{"path": 3}], "write a folder"),
        ([{"path": "terms", "felds": {}}], "nothing is called 'felds'"),
        ([{"path": "terms", "fields": 1}], "fields is 1; write a table"),
        (
            [{"path": "t", "source_locale": "docs"}],
            "source_locale is 'docs'; write a l",
        ),
    ],
    "pages": [
        (3, "write a folder in the source folder"),
        (True, "write a folder in the source folder"),
        (["terms"], "write a folder in the source folder"),
        ("/terms", "write a folder in the source folder"),
        ("../terms", "write a folder in the source folder"),
        ("a/./b", "write a folder in the source folder"),
    ],
    "tooltips": [("yes", "write True or False"), (None, "write True or False")],
    "bilingual": [("no", "write True or False"), ([], "write True or False")],
    "fallback": [
        ("loud", 'write "mark" or "silent"'),
        (True, 'write "mark" or "silent"'),
    ],
    "mark_outdated": [("yes", "write True or False"), ({}, "write True or False")],
    "rtl": [("ar", "write True or False"), ({}, "write True or False")],
    "languages": [
        (5, 'write a list of locales, such as ["en", "nb"]'),
        (["en", "mars"], 'write one such as "nb" or "pt_BR"'),
        ("en,mars", "'mars', which is no locale"),
        (["en", 5], "5, which is no locale"),
    ],
}
"""Option → wrong values, and the form to write that is told."""


def test_every_setting_has_wrong_values_here() -> None:
    assert MISTAKES.keys() == {option.name for option in OPTIONS}


@pytest.mark.parametrize(
    ("name", "value", "form"),
    [(name, *case) for name, cases in MISTAKES.items() for case in cases],
)
def test_a_wrong_value_is_told_with_the_form_to_write(
    project: Project, name: str, value: Any, form: str
) -> None:
    project.conf(f"insurterms_{name} = {value!r}\n")
    with pytest.raises(ConfigError) as caught:
        project.build()
    (line,) = str(caught.value).splitlines()[1:]
    assert line.startswith(f"insurterms_{name} ")
    assert form in line


def test_all_mistakes_are_told_in_one_message(project: Project) -> None:
    wrong = {name: cases[0][0] for name, cases in MISTAKES.items()}
    project.conf("".join(f"insurterms_{k} = {v!r}\n" for k, v in wrong.items()))
    with pytest.raises(ConfigError) as caught:
        project.build()
    first, *lines = str(caught.value).splitlines()
    assert "conf.py" in first
    assert [line.partition(" ")[0] for line in lines] == [
        f"insurterms_{option.name}" for option in OPTIONS
    ]
    assert not project.docs.joinpath("terms").exists()


@pytest.mark.parametrize(
    "setting",
    [
        "insurterms_corpora = ['terms']",
        "insurterms_corpora = ('terms', 'starter')",
        "insurterms_corpora = []",
        "from pathlib import Path; insurterms_corpora = [Path('terms')]",
        "insurterms_corpora = [{'path': 'terms', 'fields': {'description': 'short'}}]",
        "insurterms_corpora = ['terms/{locale}']",
        "insurterms_pages = ''",
        "insurterms_pages = None",
        "insurterms_pages = 'a/b/'",
        "insurterms_tooltips = 0",
        "insurterms_fallback = 'silent'",
    ],
)
def test_right_values_are_taken_without_a_word(project: Project, setting: str) -> None:
    project.conf(f"{setting}\n")
    project.entry("en/fee", "fee", "A price.", short="A price.")
    project.start("No terms.")
    assert project.build().warnings == []


@pytest.mark.parametrize(
    ("name", "value", "tips"),
    [("tooltips", "0", 0), ("tooltips", "1", 1), ("corpora", "terms,starter", 1)],
)
def test_settings_may_be_given_on_the_command_line(
    project: Project, name: str, value: str, tips: int
) -> None:
    project.start("The :term:`premium`.\n\n.. insurterm:: premium")
    overrides: dict[str, Any] = {f"insurterms_{name}": value}
    built = project.build(**overrides)
    assert built.warnings == []
    assert len(built.all("index", "#insurterm-tip-premium")) == tips


def test_a_corpus_that_holds_the_documents_themselves_is_refused(
    project: Project,
) -> None:
    project.conf('insurterms_corpora = [".", "starter"]\n')
    with pytest.raises(ConfigError, match="holds the documents themselves") as caught:
        project.build()
    assert "move the corpus to a folder of its own" in str(caught.value)


def test_pages_inside_a_corpus_are_refused(project: Project) -> None:
    project.conf('insurterms_pages = "terms/pages"\n')
    project.entry("en/fee", "fee", "A price.")
    with pytest.raises(ConfigError, match="inside the corpus") as caught:
        project.build()
    assert "name another folder" in str(caught.value)


def test_pages_need_a_markup_that_can_be_written(project: Project) -> None:
    project.conf(
        'insurterms_pages = "pages"\nsource_suffix = {".txt": "plain"}\n'
        "def setup(app):\n"
        "    import docutils.parsers.rst\n"
        "    from sphinx.parsers import Parser\n"
        "    class Plain(Parser):\n"
        "        supported = ('plain',)\n"
        "        def parse(self, text, document):\n"
        "            pass\n"
        "    app.add_source_parser(Plain)\n"
    )
    with pytest.raises(ConfigError, match="reStructuredText or MyST") as caught:
        project.build()
    assert "add one, or take insurterms_pages out" in str(caught.value)


def test_a_corpus_of_another_project_is_read_by_its_own_rules(
    project: Project,
) -> None:
    project.conf(
        'insurterms_corpora = [{"path": "../vendor/{locale}/glossary", '
        '"fields": {"title": "Term", "description": "short", "aliases": "aka"}, '
        '"source_locale": "nb", "link_prefixes": ["/ordliste/"]}]\n'
    )
    entry = "---\nTerm: {}\nshort: {}\naka: {}\n---\n\n[x](/ordliste/rate)\n"
    for name, *words in (
        ("nb/glossary/fee.md", "gebyr", "Norsk.", "avgift"),
        ("nb/glossary/rate.md", "sats", "Norsk.", "takst"),
        ("en/glossary/fee.md", "fee", "English.", "charge"),
    ):
        project.write(f"../vendor/{name}", entry.format(*words))
    project.start(":term:`charge`, :term:`takst`\n\n.. insurterm:: gebyr\n   :body:")
    built = project.build()
    assert built.warnings == []
    tips = [tip.text.split() for tip in built.all("index", "[role=tooltip]")]
    assert tips[0] == ["fee", "English."]
    assert tips[1][:2] == ["sats", "Norsk."]
    assert Path(built.app.srcdir).joinpath("../vendor/en").is_dir()

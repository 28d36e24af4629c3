"""Our own few words are translated, and the compiled catalogs are what is compiled."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import sphinx_insurterms

PACKAGE = Path(sphinx_insurterms.__file__).parent
CATALOGS = sorted((PACKAGE / "locale").glob("*/LC_MESSAGES/*.po"))


def _words() -> set[str]:
    found = extract_from_dir(PACKAGE, [("**.py", "python")], strip_comment_tags=False)
    return {str(message) for _file, _line, message, _comments, _context in found}


def test_the_template_holds_the_words_of_the_code() -> None:
    with (PACKAGE / "locale" / "sphinx_insurterms.pot").open("rb") as file:
        template = {str(message.id) for message in read_po(file) if message.id}
    assert template == _words()


def test_readers_of_these_languages_have_our_words() -> None:
    languages = "ar da de es fr it ja nb nl pl pt_BR sv uk zh_CN"
    assert [path.parts[-3] for path in CATALOGS] == languages.split()


WHOLE = {"ar", "nb"}
"""Those of the starter corpus; elsewhere, no translation is better than a wrong one."""


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
def test_every_word_is_there_to_be_translated(path: Path) -> None:
    with path.open("rb") as file:
        words = {str(m.id): m.string for m in read_po(file) if m.id}
    assert words.keys() == _words()
    assert path.parts[-3] not in WHOLE or all(words.values())


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
def test_compiled_catalogs_are_up_to_date(path: Path) -> None:
    with path.open("rb") as source, path.with_suffix(".mo").open("rb") as compiled:
        expected = {str(m.id): m.string for m in read_po(source) if m.id and m.string}
        found = {str(m.id): m.string for m in read_mo(compiled) if m.id}
    assert found == expected


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
def test_no_translation_loses_a_placeholder(path: Path) -> None:
    with path.open("rb") as file:
        messages = [m for m in read_po(file) if m.id and m.string]
    assert [m.id for m in messages if _parts(m.id) != _parts(m.string)] == []


def test_a_lost_placeholder_is_noticed() -> None:
    assert _parts("%(count)d of {total}") == ["%(count)d", "{total}"]
    assert _parts("%d av {total}") != _parts("%(count)d of {total}")


def _parts(text: object) -> list[str]:
    """Return the placeholders of a message, in any order."""
    return sorted(re.findall(r"%(?:\(\w+\))?[a-z%]|\{\w*\}", str(text)))

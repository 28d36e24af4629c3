from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_insurterms.corpus.manifest import MANIFEST_KEYS, Manifest, with_values

if TYPE_CHECKING:
    from tests.corpus.conftest import Shelf

CASES = tomllib.loads(
    Path(__file__).with_name("data").joinpath("manifest.toml").read_text("utf-8")
)
WRONG = [(key, value) for key, values in CASES["wrong"].items() for value in values]

EVERYTHING = """\
source_locale = "nb-NO"
locales = ["nb_NO", "en", "Arabic"]
licence = "CC BY 4.0"
link_prefixes = ["/glossary/", "/ordliste/"]

[fields]
description = "short_description"
aliases = "aka"

[categories.claims]
en = "Claims"
nb = "Skade"
"""


def test_a_corpus_says_what_its_files_cannot(shelf: Shelf) -> None:
    shelf.write("insurterms.toml", EVERYTHING)
    shelf.entries("nb/skade", "premie")
    loaded = shelf.load()
    assert loaded.problems == []
    assert loaded.layer.manifest == Manifest(
        source_locale="nb_NO",
        locales=("nb_NO", "en", "ar"),
        licence="CC BY 4.0",
        fields={"description": "short_description", "aliases": "aka"},
        link_prefixes=("/", "/glossary/", "/ordliste/"),
        categories={"claims": {"en": "Claims", "nb": "Skade"}},
    )
    assert loaded.titles == {"nb/skade": "skade", "nb_NO/premie": "premie"}


def test_a_corpus_need_not_say_anything(shelf: Shelf) -> None:
    shelf.entries("en/premium")
    assert shelf.load().layer.manifest == Manifest(
        source_locale="en", locales=(), licence="", link_prefixes=("/",)
    )
    assert shelf.load().problems == []


def test_conf_may_say_it_for_a_corpus_that_is_not_ours(shelf: Shelf) -> None:
    shelf.write("insurterms.toml", 'licence = "MIT"\nsource_locale = "en"\n')
    shelf.write("nb/premie.md", "---\nnavn: premie\nkort: Det du betaler.\n---\n")
    loaded = shelf.load(
        values={
            "source_locale": "nb",
            "fields": {"title": "navn", "description": "kort"},
            "link_prefixes": ("/ord/",),
        }
    )
    assert loaded.problems == []
    assert loaded.layer.manifest.licence == "MIT"
    assert loaded.layer.manifest.source_locale == "nb"
    assert loaded.layer.manifest.link_prefixes == ("/", "/ord/")
    assert loaded.layer.terms["premie"].source.definition == "Det du betaler."


@pytest.mark.parametrize(("key", "value"), WRONG)
def test_a_wrong_value_is_told_with_the_form_to_write(key: str, value: Any) -> None:
    manifest, mistakes = with_values(
        Manifest(), {key: value, "licence": "MIT"} | {key: value}
    )
    (mistake,) = mistakes
    assert mistake.startswith(f"{key} is {value!r}; write ")
    assert CASES["forms"][key] in mistake
    expected = Manifest() if key == "licence" else Manifest(licence="MIT")
    assert manifest == expected  # the rest holds


def test_every_key_has_wrong_values_here() -> None:
    assert set(CASES["wrong"]) == set(CASES["forms"]) == set(Manifest.__slots__)


def test_every_key_is_in_the_reference_with_an_example_that_is_right() -> None:
    assert [key.name for key in MANIFEST_KEYS] == list(Manifest.__slots__)
    for key in MANIFEST_KEYS:
        values = tomllib.loads(f"{key.name} = {key.example}" if key.example else "")
        assert with_values(Manifest(), values)[1] == []


def test_an_unknown_key_is_told_with_those_that_there_are(shelf: Shelf) -> None:
    shelf.write("insurterms.toml", 'license = "MIT"\nlocales = ["en"]\n')
    shelf.entries("en/premium")
    loaded = shelf.load()
    (problem,) = loaded.problems
    assert loaded.complaints == [("manifest", "insurterms.toml")]
    assert "'license'" in problem.message
    for key in Manifest.__slots__:
        assert key in problem.message
    assert loaded.layer.manifest.locales == ("en",)


def test_all_mistakes_of_a_manifest_are_told_at_once(shelf: Shelf) -> None:
    shelf.write("insurterms.toml", "licence = 1\nlocales = 2\nsource = 3\n")
    shelf.entries("en/premium")
    loaded = shelf.load(values={"licence": 4})
    assert loaded.complaints == [("manifest", "insurterms.toml")] * 3 + [
        ("manifest", ".")
    ]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'locales = ["en"\nlicence = "MIT"\n', "insurterms.toml:2"),
        (b'licence = "MIT"\n\nfields\n', "insurterms.toml:3"),
        (b'licence = "a"\nlicence = "b"\n', "insurterms.toml:2"),
        (b"licence = \n", "insurterms.toml:1"),
        (b'\nlicence = "bl\xe5"\n', "insurterms.toml:2"),
        (b"licence = " + b"9" * 5000, "insurterms.toml"),
        (b"licence = " + b"[" * 5000, "insurterms.toml"),
        (b'licence = """', "insurterms.toml"),
    ],
)
def test_a_broken_manifest_is_told_with_its_place_and_the_corpus_goes_on(
    shelf: Shelf, content: bytes, place: str
) -> None:
    shelf.write("insurterms.toml", content)
    shelf.entries("en/premium")
    loaded = shelf.load()
    assert loaded.complaints == [("manifest", place)]
    assert "TOML" in loaded.problems[0].message
    assert "mend it" in loaded.problems[0].message
    assert loaded.layer.manifest == Manifest()
    assert loaded.ids == ["premium"]


def test_a_manifest_from_windows_is_read(shelf: Shelf) -> None:
    content = "\ufeff" + EVERYTHING.replace("\n", "\r\n")
    shelf.write("insurterms.toml", content.encode())
    shelf.entries("nb/premie")
    loaded = shelf.load()
    assert loaded.problems == []
    assert loaded.layer.manifest.licence == "CC BY 4.0"


def test_a_manifest_that_cannot_be_opened_is_told(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.write("insurterms.toml", 'licence = "MIT"')
    shelf.entries("en/premium")

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    loaded = shelf.load()
    assert loaded.complaints == [("manifest", "insurterms.toml")]
    assert "Permission denied" in loaded.problems[0].message
    assert loaded.ids == ["premium"]

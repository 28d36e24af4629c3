"""Texts go from a corpus to translators and back; on the way nothing is lost."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from sphinx_insurterms.exchange import po

if TYPE_CHECKING:
    from click.testing import Result

    from tests.cli.conftest import Corpus, Run

ENGLISH = """\
---
title: premium
description: The *price*, 10 % of all.
keywords: pricing
abbreviation: PRM
related: [claim]
source: Law
jurisdiction: NO
effective: 2019-11-29
status: superseded
---

# Premium

See the [claim](/claim).

- On
  time.
"""
NORWEGIAN = """\
---
title: premie
description: Prisen, 10 % av alt.
aliases: [pris]
forms: [premien]
keywords: prising
abbreviation: PR
deprecated: [avgift]
sort: aaa
owner: fag
---

# Premie

Se [skaden](/claim).

- I tide.
"""


@pytest.fixture
def translated(corpus: Corpus) -> Corpus:
    """Write two terms in English, and one of them in Norwegian."""
    corpus.write("en/premium.md", ENGLISH)
    corpus.write("nb/premium.md", NORWEGIAN)
    corpus.entry("en/claim", "claim")
    return corpus


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder for catalogs that is not there yet."""
    return tmp_path / "locale"


class Catalog:
    """A catalog on disk."""

    def __init__(self, folder: Path, locale: str = "nb") -> None:
        self.path = folder / locale / "LC_MESSAGES/insurterms.po"

    def write(self, *pairs: tuple[str, str], before: str = "") -> None:
        """Write messages and their translations, each below the lines *before*."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
        texts = [f'\n{before}msgid "{one}"\nmsgstr "{other}"\n' for one, other in pairs]
        self.path.write_text(head + "".join(texts), "utf-8")

    def texts(self) -> dict[str, str]:
        """Return message → translation, fuzzy or not."""
        catalog = read_po(io.BytesIO(self.path.read_bytes()))
        return {str(m.id): str(m.string) for m in catalog if m.id}


def export(run: Run, corpus: Corpus, folder: Path, locale: str = "nb") -> Result:
    return run("export", "--format", "po", "--locale", locale, corpus.root, folder)


def import_(
    run: Run, corpus: Corpus, folder: Path, *options: str, locale: str = "nb"
) -> Result:
    command = ("import", "--format", "po", "--locale", locale, *options)
    return run(*command, folder, corpus.root)


# out


def test_what_the_corpus_says_is_filled_in(
    translated: Corpus, folder: Path, run: Run
) -> None:
    before = {path: path.read_bytes() for path in translated.root.rglob("*.md")}
    done = export(run, translated, folder)
    catalog = Catalog(folder)
    assert (done.exit_code, done.stdout) == (0, f"{catalog.path}: 4 messages filled\n")
    assert catalog.texts() == {
        "premium": "premie",
        "The *price*, 10 % of all.": "Prisen, 10 % av alt.",
        "See the [claim](/claim).": "Se [skaden](/claim).",
        "On time.": "I tide.",
    }
    text = catalog.path.read_text("utf-8")
    assert '#: terms/en/premium.md:2\n#, md-text\nmsgid "premium"\n' in text
    assert "python-format" not in text
    assert {path: path.read_bytes() for path in translated.root.rglob("*.md")} == before


def test_a_second_time_nothing_changes(
    translated: Corpus, folder: Path, run: Run
) -> None:
    export(run, translated, folder)
    path = Catalog(folder).path
    before = path.stat().st_mtime_ns
    assert export(run, translated, folder).stdout == f"{path}: 0 messages filled\n"
    assert path.stat().st_mtime_ns == before


def test_what_a_catalog_has_stays(translated: Corpus, folder: Path, run: Run) -> None:
    catalog = Catalog(folder)
    catalog.write(
        ("premium", "forsikringspremie"),
        ("On time.", ""),
        ("Elsewhere", "Annetsteds"),
        before="# Ask Kari.\n#, fuzzy\n",
    )
    with catalog.path.open("a", encoding="utf-8") as file:
        file.write('\n#, fuzzy\n#| msgid "Once"\nmsgid "Now"\nmsgstr "En gang"\n')
        file.write('\n#~ msgid "Old"\n#~ msgstr "Gammel"\n')
    assert export(run, translated, folder).stdout.endswith(": 3 messages filled\n")
    texts = catalog.texts()
    assert texts["premium"] == "forsikringspremie"
    assert texts["On time."] == "I tide."
    assert texts["Elsewhere"] == "Annetsteds"
    text = catalog.path.read_text("utf-8")
    assert text.count("# Ask Kari.") == 3
    assert '#, fuzzy\nmsgid "premium"' in text
    assert '#~ msgid "Old"' in text
    assert '#| msgid "Once"' in text


def test_bodies_that_do_not_line_up_are_named_and_left_out(
    translated: Corpus, folder: Path, run: Run
) -> None:
    translated.write("nb/premium.md", NORWEGIAN + "- Alltid.\n")
    done = export(run, translated, folder)
    assert done.stdout.startswith("premium: the bodies do not line up; ")
    assert Catalog(folder).texts().keys() == {"premium", "The *price*, 10 % of all."}


def test_a_corpus_without_the_language_is_told_of(
    translated: Corpus, folder: Path, run: Run
) -> None:
    done = export(run, translated, folder, "nb_NO")
    assert done.stdout.startswith("the corpus has no nb_NO, only en, nb\n")
    assert "the corpus has no" not in export(run, translated, folder).stdout


def test_the_starter_corpus_can_be_taken_out_but_not_written_to(
    tmp_path: Path, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    how = ("--format", "po", "--locale", "nb")
    assert run("export", *how, "starter", folder).exit_code == 0
    assert Catalog(folder).texts()["premium"] == "premie"
    for command in (("import", *how, folder, "starter"), ("stamp", "starter")):
        done = run(*command)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "there is no folder 'starter'" in done.stderr
    # A folder of that name is the one that is meant.
    (tmp_path / "starter").mkdir()
    assert "has no entries" in run("export", *how, "starter", folder).stderr


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_what_is_no_translation_is_not_filled_in(
    translated: Corpus, folder: Path, run: Run, locale: str
) -> None:
    translated.entry("ar/alone", "وحيد")
    done = export(run, translated, folder, locale)
    assert done.exit_code == 0
    assert done.stdout.endswith(": 0 messages filled\n")


def test_terms_without_a_source_have_no_messages(
    corpus: Corpus, folder: Path, run: Run
) -> None:
    corpus.entry("nb/alone", "alene")
    corpus.entry("sv/alone", "ensam")
    assert export(run, corpus, folder, "sv").stdout.endswith(": 0 messages filled\n")
    Catalog(folder, "da").write(("alene", "alene"), ("Text.", "Tekst."))
    done = import_(run, corpus, folder, locale="da")
    assert done.stdout == f"{folder}: nothing to write\n"


# in


def test_out_and_in_again_is_the_same_text(
    translated: Corpus, folder: Path, run: Run
) -> None:
    export(run, translated, folder)
    path = translated.root / "nb/premium.md"
    path.unlink()
    done = import_(run, translated, folder)
    assert (done.exit_code, done.stdout) == (0, "nb/premium.md: written\n1 written\n")
    text = path.read_text("utf-8")
    stamp = re.search("translates: [0-9a-f]{24}\n", text)
    assert stamp
    assert text == (
        "---\ntitle: premie\ndescription: Prisen, 10 % av alt.\n"
        "keywords:\n- pricing\nabbreviation:\n- PRM\nrelated:\n- claim\n"
        "source: Law\njurisdiction:\n- 'NO'\neffective: '2019-11-29'\n"
        f"status: superseded\n{stamp[0]}---\n\n"
        "# premie\n\nSe [skaden](/claim).\n\n- I tide.\n"
    )
    Catalog(folder).path.unlink()
    export(run, translated, folder)
    assert Catalog(folder).texts()["On time."] == "I tide."
    assert run("stamp", translated.root).stdout == "1 up to date\n"


def test_an_abbreviation_that_is_no_initials_any_more_stays_one(
    corpus: Corpus, folder: Path, run: Run
) -> None:
    corpus.entry("en/bonus", "no-claims bonus (NCB)")
    Catalog(folder).write(
        ("no-claims bonus (NCB)", "skadefri bonus (NCB)"), ("Text.", "Tekst.")
    )
    import_(run, corpus, folder)
    text = (corpus.root / "nb/bonus.md").read_text("utf-8")
    assert "abbreviation:\n- NCB\n" in text


def test_importing_again_touches_no_file(
    translated: Corpus, folder: Path, run: Run
) -> None:
    Catalog(folder).write(("claim", "skade"), ("Text.", "Tekst."))
    import_(run, translated, folder)
    before = {path: path.stat() for path in translated.root.rglob("*.md")}
    assert import_(run, translated, folder).stdout == "1 there already\n"
    done = import_(run, translated, folder, "--overwrite")
    assert done.stdout == "1 as they were\n"
    assert {path: path.stat() for path in translated.root.rglob("*.md")} == before


def test_an_entry_that_is_there_is_not_overwritten(
    translated: Corpus, folder: Path, run: Run
) -> None:
    export(run, translated, folder)
    done = import_(run, translated, folder)
    assert (done.exit_code, done.stdout) == (0, "1 there already\n")
    assert (translated.root / "nb/premium.md").read_text("utf-8") == NORWEGIAN


def test_unless_it_is_asked_for_and_then_keeps_what_no_message_says(
    translated: Corpus, folder: Path, run: Run
) -> None:
    export(run, translated, folder)
    path = translated.root / "nb/premium.md"
    path.rename(path.with_name("Premium.md"))
    assert import_(run, translated, folder, "--overwrite").stdout == (
        "nb/Premium.md: written\n1 written\n"
    )
    text = path.with_name("Premium.md").read_text("utf-8")
    for kept in (
        "aliases:\n- pris\n",
        "forms:\n- premien\n",
        "keywords:\n- prising\n",
        "abbreviation:\n- PR\n",
        "deprecated:\n- avgift\n",
        "sort: aaa",
        "owner: fag",
    ):
        assert kept in text
    done = import_(run, translated, folder, "--overwrite")
    assert (done.exit_code, done.stdout) == (0, "1 as they were\n")
    assert not path.exists()


def test_what_is_not_translated_in_whole_is_left(
    translated: Corpus, folder: Path, run: Run
) -> None:
    (translated.root / "nb/premium.md").unlink()
    Catalog(folder).write(("premium", "premie"), ("On time.", "I tide."))
    done = import_(run, translated, folder)
    assert (done.exit_code, done.stdout) == (
        0,
        "premium: 2 of 4 texts are not translated\n1 not translated in whole\n",
    )
    Catalog(folder).write(("Elsewhere", "Annetsteds"), ("premium", ""))
    done = import_(run, translated, folder)
    assert done.stdout == f"{folder}: nothing to write\n"
    assert not (translated.root / "nb/premium.md").exists()


def test_an_entry_that_is_there_stays_whatever_its_catalog_lacks(
    translated: Corpus, folder: Path, run: Run
) -> None:
    Catalog(folder).write(("premium", "premie"))
    done = import_(run, translated, folder)
    assert (done.exit_code, done.stdout) == (0, "1 there already\n")


def test_fuzzy_and_obsolete_translations_do_not_count(
    translated: Corpus, folder: Path, run: Run
) -> None:
    Catalog(folder).write(("claim", "skade"), ("Text.", "Tekst."), before="#, fuzzy\n")
    assert import_(run, translated, folder).stdout.endswith("nothing to write\n")
    catalog = Catalog(folder)
    catalog.write(("claim", "skade"))
    with catalog.path.open("a", encoding="utf-8") as file:
        file.write('\n#~ msgid "Text."\n#~ msgstr "Tekst."\n')
    assert import_(run, translated, folder).stdout == (
        "claim: 1 of 2 texts are not translated\n1 not translated in whole\n"
    )
    catalog.write(("claim", "skade"), ("Text.", "Tekst."))
    catalog.path.write_bytes(b"\xef\xbb\xbf" + catalog.path.read_bytes())
    assert import_(run, translated, folder).stdout.endswith("1 written\n")


def test_a_definition_that_is_the_bodys_first_paragraph_stays_there(
    translated: Corpus, folder: Path, run: Run
) -> None:
    Catalog(folder).write(("claim", "skade"), ("Text.", "Tekst."))
    import_(run, translated, folder)
    text = (translated.root / "nb/claim.md").read_text("utf-8")
    assert "description" not in text
    assert text.endswith("---\n\nTekst.\n")


def test_a_translation_that_does_not_fit_is_named(
    translated: Corpus, folder: Path, run: Run
) -> None:
    Catalog(folder).write(("claim", "skade"), ("Text.", "- Tekst."))
    done = import_(run, translated, folder)
    assert (done.exit_code, done.stdout) == (1, "1 not written\n")
    assert done.stderr.startswith("nb/claim.md: ")
    assert not (translated.root / "nb/claim.md").exists()


def test_a_file_that_cannot_be_written_is_named(
    translated: Corpus, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Catalog(folder).write(("claim", "skade"), ("Text.", "Tekst."))

    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", fail)
    done = import_(run, translated, folder)
    assert (done.exit_code, done.stderr) == (1, "nb/claim.md: Permission denied\n")


@pytest.mark.parametrize(
    ("source", "corpus_path", "target"),
    [
        ("en/claim.md", "", "pt-BR/claim.md"),
        ("en/a/claim/index.md", "", "pt-BR/a/claim/index.md"),
        ("claim.md", "", "pt-BR/claim.md"),
        ("English/claim.md", "", "pt-BR/claim.md"),
        ("en/docs/claim.md", "{locale}/docs", "pt-BR/docs/claim.md"),
    ],
)
def test_a_new_entry_stands_where_its_source_does(
    corpus: Corpus, folder: Path, run: Run, source: str, corpus_path: str, target: str
) -> None:
    corpus.write(source, "---\ntitle: claim\n---\n\nText.\n")
    Catalog(folder, "pt_BR").write(("claim", "sinistro"), ("Text.", "Texto."))
    command = ("import", "--format", "po", "--locale", "pt-BR")
    done = run(*command, folder, corpus.root / corpus_path)
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "1 written")
    text = (corpus.root / target).read_text("utf-8")
    assert "title: sinistro" in text
    assert "\nid:" not in text


def test_a_folder_that_is_there_is_used_and_an_id_of_its_own_is_kept(
    corpus: Corpus, folder: Path, run: Run
) -> None:
    corpus.write("en/c1.md", "---\nid: claim\ntitle: claim\n---\n\nText.\n")
    corpus.entry("Norwegian/other", "annet")
    Catalog(folder).write(("claim", "skade"), ("Text.", "Tekst."))
    import_(run, corpus, folder)
    text = (corpus.root / "Norwegian/c1.md").read_text("utf-8")
    assert "title: skade\nid: claim\n" in text


def test_a_source_straight_in_the_root_gets_its_translation_in_a_folder(
    corpus: Corpus, folder: Path, run: Run
) -> None:
    corpus.entry("claim", "claim")
    corpus.entry("en/other", "other")
    Catalog(folder).write(("claim", "skade"), ("Text.", "Tekst."))
    assert import_(run, corpus, folder).stdout.startswith("nb/claim.md: written\n")


def test_keys_are_written_as_the_corpus_calls_them(
    corpus: Corpus, folder: Path, run: Run
) -> None:
    corpus.write("insurterms.toml", '[fields]\ndescription = "short"\n')
    corpus.write("en/claim.md", "---\ntitle: claim\nshort: A request.\n---\n")
    Catalog(folder).write(("claim", "skade"), ("A request.", "Et krav."))
    import_(run, corpus, folder)
    assert "short: Et krav." in (corpus.root / "nb/claim.md").read_text("utf-8")


def test_a_source_language_is_not_imported(
    translated: Corpus, folder: Path, run: Run
) -> None:
    Catalog(folder, "en").write(("claim", "claims"), ("Text.", "Texts."))
    done = import_(run, translated, folder, "--overwrite", locale="en")
    assert done.stdout == f"{folder}: nothing to write\n"


# what cannot be read


@pytest.mark.parametrize("command", ["export", "import"])
@pytest.mark.parametrize(
    ("content", "fact"),
    [
        (
            b'msgid "a"\nmsgstr "b"\nnonsense here\n',
            ".po:3: this is no line of a catalog",
        ),
        (b'msgid ""\nmsgstr "\xff"\n', ".po:2: this is not UTF-8"),
        (b"\x00\x01\x02\xfe\xff" * 9, ".po:1: this is not UTF-8"),
        (b"\x00\x01\x02" * 9, ".po:1: this is no line of a catalog"),
    ],
)
def test_a_broken_catalog_is_named_and_left(
    translated: Corpus, folder: Path, run: Run, command: str, content: bytes, fact: str
) -> None:
    path = Catalog(folder).path
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    how = export if command == "export" else import_
    done = how(run, translated, folder)
    assert done.exit_code == 1
    assert fact in done.stderr
    assert path.read_bytes() == content


def test_a_catalog_that_is_not_there_cannot_be_imported(
    translated: Corpus, folder: Path, run: Run
) -> None:
    done = import_(run, translated, folder)
    assert done.exit_code == 1
    path = Catalog(folder).path
    assert done.stderr == f"Error: {path}: No such file or directory\n"


def test_a_catalog_that_cannot_be_read_or_written_is_named(
    translated: Corpus, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    expected = f"Error: {Catalog(folder).path}: Permission denied\n"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", fail)
        done = export(run, translated, folder)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", expected)
    export(run, translated, folder)
    monkeypatch.setattr(po.Catalog, "read", fail)
    for how in (export, import_):
        done = how(run, translated, folder)
        assert (done.exit_code, done.stdout, done.stderr) == (1, "", expected)


@pytest.mark.parametrize("command", ["export", "import"])
@pytest.mark.parametrize(
    ("where", "fact"),
    [
        ({"corpus": "elsewhere"}, "there is no folder 'elsewhere'"),
        ({"corpus": "terms/en/claim.md"}, "'terms/en/claim.md' is a file"),
        ({"catalogs": "terms/en/claim.md"}, "'terms/en/claim.md' is a file"),
        ({"corpus": "empty"}, "this corpus has no entries"),
    ],
)
def test_what_is_no_folder_stops_it_at_once(
    translated: Corpus,
    run: Run,
    command: str,
    where: dict[str, str],
    fact: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(translated.root.parent)
    Path("empty").mkdir()
    places = [where.get("corpus", "terms"), where.get("catalogs", "locale")]
    if command == "import":
        places.reverse()
    done = run(command, "--format", "po", "--locale", "nb", *places)
    assert (done.exit_code, done.stdout) == (2, "")
    assert fact in done.stderr
    assert not Path("locale").exists()


def test_a_file_where_a_folder_of_the_catalog_is_to_be_is_named(
    translated: Corpus, folder: Path, run: Run
) -> None:
    folder.mkdir()
    (folder / "nb").touch()
    for how in (export, import_):
        done = how(run, translated, folder)
        assert done.exit_code == 1
        assert done.stderr.startswith(f"Error: {Catalog(folder).path}: ")


@pytest.mark.parametrize(
    ("arguments", "fact"),
    [
        (["--format", "po"], "a catalog is in one language; give one --locale"),
        (["--locale", "nb"], "Missing option '--format'"),
        (
            ["--format", "doc", "--locale", "nb"],
            "'doc' is not one of 'tbx', 'skos', 'csv', 'po'",
        ),
        (["--format", "po", "--locale", "images"], "'images' is no locale"),
    ],
)
def test_language_and_format_must_be_said(
    translated: Corpus, folder: Path, run: Run, arguments: list[str], fact: str
) -> None:
    done = run("export", *arguments, translated.root, folder)
    assert done.exit_code == 2
    assert fact in done.stderr
    assert not folder.exists()

"""``insurterms new`` begins an entry where it belongs, and never touches another file."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sphinx_insurterms.cli import main
from sphinx_insurterms.corpus.loading import CorpusFolder, load
from sphinx_insurterms.exchange.beginnings import id_of_title
from tests.cli.conftest import INTERRUPTIBLE, Corpus

if TYPE_CHECKING:
    from click.testing import Result

    from sphinx_insurterms.corpus.layers import Layer
    from tests.cli.conftest import Run

DEFINED = ("--definition", "The price.")
TO_NORWEGIAN = ("--from", "en", "--locale", "nb")
NEXT_DEFINE = (
    "next: write the definition there, and take out the line that says draft\n"
)
NEXT_TRANSLATE = (
    "next: translate what is there, and take out the line that says draft\n"
)


@pytest.fixture
def terms(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """Write a corpus with two terms, in the folder where commands look for one."""
    monkeypatch.chdir(corpus.root.parent)
    corpus.entry("en/premium", "premium", "keywords: pricing\n")
    corpus.entry("en/claim", "claim")
    corpus.entry("nb/claim", "skade")
    return corpus


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands believe that somebody is there to be asked."""
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)


def files(corpus: Corpus) -> dict[str, bytes]:
    return {
        path.relative_to(corpus.root).as_posix(): path.read_bytes()
        for path in corpus.root.rglob("*")
        if path.is_file()
    }


def layer(root: Path) -> Layer:
    found, problems = load(CorpusFolder(path=root))
    assert problems == []
    return found


def publish(path: Path) -> None:
    """Take out the line that makes a file a draft."""
    text, count = re.subn(r"(?m)^(status: )?draft.*\n", "", path.read_text("utf-8"))
    assert count == 1
    path.write_text(text, "utf-8")


def assert_refused(
    done: Result, corpus: Corpus, before: dict[str, bytes], *facts: str, code: int = 1
) -> None:
    """Assert that a command told these facts and left the corpus as it was."""
    assert (done.exit_code, done.stdout) == (code, "")
    assert "Traceback" not in done.stderr
    for fact in facts:
        assert fact in done.stderr
    assert files(corpus) == before


# a new term


def test_an_entry_is_written_where_its_id_says(terms: Corpus, run: Run) -> None:
    done = run("new", "Waiting  period", *DEFINED)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        "terms/en/waiting-period.md: written\n"
        "next: write below the front matter what else there is to say\n"
    )
    entry = layer(terms.root).terms["waiting-period"].source
    assert (entry.title, entry.definition) == ("Waiting period", "The price.")


def test_without_a_definition_it_is_a_draft(terms: Corpus, run: Run) -> None:
    done = run("new", "excess")
    assert done.stdout == f"terms/en/excess.md: written\n{NEXT_DEFINE}"
    assert "excess" not in layer(terms.root).terms
    publish(terms.root / "en/excess.md")
    assert layer(terms.root).terms["excess"].source.definition == ""


def test_an_abbreviation_stays_in_the_title_and_out_of_the_id(
    terms: Corpus, run: Run
) -> None:
    run("new", "No-claims bonus (NCB)", *DEFINED)
    entry = layer(terms.root).terms["no-claims-bonus"].source
    assert [name.text for name in entry.designations] == [
        "No-claims bonus (NCB)",
        "NCB",
        "No-claims bonus",
    ]


def test_an_id_may_be_given(terms: Corpus, run: Run) -> None:
    run("new", "No-claims bonus", "--id", "Bonus_Claims", *DEFINED)
    assert layer(terms.root).terms["bonus-claims"].source.title == "No-claims bonus"


def test_in_another_language_the_id_has_to_be_given(terms: Corpus, run: Run) -> None:
    before = files(terms)
    done = run("new", "karenstid", "--locale", "Norwegian")
    fact = "'karenstid' is in nb, and ids are not made of translations; give one by"
    assert_refused(done, terms, before, fact, code=2)
    done = run("new", "karenstid", "--locale", "nb", "--id", "waiting-period", *DEFINED)
    assert done.exit_code == 0
    entry = layer(terms.root).terms["waiting-period"].entries["nb"]
    assert (entry.title, entry.translates) == ("karenstid", "")


def test_who_writes_a_name_of_a_term_again_is_shown_the_way(
    terms: Corpus, run: Run
) -> None:
    before = files(terms)
    done = run("new", "Premium", "--locale", "nb")
    assert_refused(
        done,
        terms,
        before,
        "terms/en/premium.md: 'Premium' is a name of 'premium', which has no entry in "
        "nb; translate it with --from en, or give the id of another term by --id",
    )
    done = run("new", "skade", "--locale", "nb")
    assert_refused(done, terms, before, "terms/nb/claim.md: ", "choose another name")


def test_an_entry_in_a_language_of_its_own_may_get_a_source(
    terms: Corpus, run: Run
) -> None:
    terms.entry("nb/basic-amount", "grunnbeløp")
    assert run("new", "Basic amount", *DEFINED).exit_code == 0
    assert set(layer(terms.root).terms["basic-amount"].entries) == {"en", "nb"}


@pytest.mark.parametrize(
    ("more", "title", "fact"),
    [
        ("", "Premium", "terms/en/premium.md: this is the entry of 'premium' in en; "),
        ("", "PREMIUM!", "this is the entry of 'premium' in en; change it there"),
        ("id: price\n", "premium", "this is the entry of 'premium' in en"),
        ("aliases: [cost]\n", "Cost", "this is the entry of 'Cost' in en"),
        ("forms: [costs]\n", "costs", "this is the entry of 'costs' in en"),
        ("aliases: [Final Cost]\n", "Final Cost (FC)", "this is the entry of 'Final"),
        (
            "formerly: cost\n",
            "Cost",
            "'cost' was the id of 'premium', and leads there; ",
        ),
    ],
)
def test_a_term_that_is_there_is_not_written_again(
    terms: Corpus, run: Run, more: str, title: str, fact: str
) -> None:
    terms.entry("en/premium", "premium", more)
    before = files(terms)
    done = run("new", title, *DEFINED)
    assert_refused(done, terms, before, "terms/en/premium.md: ", fact)


def test_two_terms_may_be_abbreviated_alike_but_not_called_alike(
    terms: Corpus, run: Run
) -> None:
    terms.entry("en/actual-cash-value", "Actual cash value (ACV)")
    assert run("new", "Annual contract value (ACV)", *DEFINED).exit_code == 0
    terms.entry("en/hipaa", "HIPAA")
    title = "Health Insurance Portability and Accountability Act (HIPAA)"
    done = run("new", title, *DEFINED)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "terms/en/hipaa.md: this is the entry of 'HIPAA' in en" in done.stderr


def test_a_name_in_another_language_is_free(terms: Corpus, run: Run) -> None:
    assert run("new", "skade", *DEFINED).exit_code == 0  # English, if you like


def test_a_former_id_may_be_an_id_again(terms: Corpus, run: Run) -> None:
    terms.entry("en/premium", "premium", "formerly: cost\n")
    terms.entry("nb/cost", "kostnad")
    assert run("new", "Cost", *DEFINED).exit_code == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("en/excess.md", "---\ntitle: excess\nstatus: draft\n---\n"),
        ("en/Excess.md", "---\ntitle: excess\nstatus: draft\n---\n"),
        ("en/a/excess/index.md", "---\ntitle: excess\nstatus: draft\n---\n"),
        ("excess.md", "---\ntitle: excess\nstatus: draft\n---\n"),
        ("en/excess.md", ""),
        ("en/excess.md", b"\xff\xfe"),
        ("en/excess.md", "---\nno end\n"),
    ],
)
def test_a_file_that_is_no_entry_yet_stays_as_it_is(
    terms: Corpus, run: Run, name: str, content: str | bytes
) -> None:
    terms.write(name, content)
    before = files(terms)
    done = run("new", "excess", *DEFINED)
    fact = f"Error: terms/{name}: this is there already, and stays as it is; "
    assert_refused(done, terms, before, fact)


def test_nor_is_what_only_has_the_name_of_a_file_touched(
    terms: Corpus, run: Run
) -> None:
    (terms.root / "en/excess.md").mkdir()
    (terms.root / "en/loss.md").symlink_to(terms.root / "nowhere.md")
    for name in ("excess", "loss"):
        done = run("new", name, *DEFINED)
        assert (done.exit_code, done.stdout) == (1, "")
        assert f"terms/en/{name}.md: this is there already" in done.stderr
    assert (terms.root / "en/excess.md").is_dir()
    assert not (terms.root / "nowhere.md").exists()


@pytest.mark.parametrize(
    ("arguments", "fact"),
    [
        ([""], "'' has neither letter nor digit"),
        (["?!"], "'?!' has neither letter nor digit"),
        (["None"], "'None' is what templates leave"),
        (["a\udcff"], "'a\\udcff' holds bytes that are no UTF-8"),
        (["a" * 201], "has 201 bytes, and no more than 200 fit"),
        (["a", "--id", "b" * 201], "has 201 bytes, and no more than 200 fit"),
        (["a", "--id", "b/c"], "'b/c' is no id; write a name"),
        (["a", "--id", "?"], "'?' is no id; write a name"),
        (["a", "--definition", "a" * 1001], "has 1001 characters; keep it below"),
        (["a", "--locale", "images"], "'images' is no locale"),
        (["a", "--from", "images"], "'images' is no locale"),
        (["a", "--title", "b"], "--title goes with --from"),
        (["claim", "--from", "nb", "--id", "b"], "id and categories are the source's"),
        (["claim", "--from", "nb", "--category", "b"], "categories are the source's"),
        (["claim", "--from", "en"], "--from is en too; say by --locale what to"),
        (
            ["claims", "--from", "sv"],
            "'claim' has no entry in sv; choose one of en, nb",
        ),
        (["clam", *TO_NORWEGIAN], "no term is called 'clam'; did you mean claim?"),
        (["xyz", *TO_NORWEGIAN], "no term is called 'xyz'; give its id"),
        ([], "Missing argument 'TERM'"),
    ],
)
def test_senseless_arguments_stop_it_at_once(
    terms: Corpus, run: Run, arguments: list[str], fact: str
) -> None:
    before = files(terms)
    assert_refused(run("new", *arguments), terms, before, fact, code=2)


@pytest.mark.parametrize("definition", ["", " ", "none"])
def test_a_definition_that_says_nothing_is_none(
    terms: Corpus, run: Run, definition: str
) -> None:
    done = run("new", "excess", "--definition", definition)
    assert done.stdout.endswith(NEXT_DEFINE)


# where


def test_the_folder_that_holds_a_manifest_is_the_corpus(
    terms: Corpus, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms.write("insurterms.toml", "")
    monkeypatch.chdir(terms.root)
    assert run("new", "excess", *DEFINED).stdout.startswith("en/excess.md: written\n")


def test_a_file_is_shown_from_where_the_user_is(
    terms: Corpus, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(terms.root / "nb")
    done = run("new", "excess", "--corpus", "..")
    assert done.stdout.startswith("../en/excess.md: written\n")
    done = run("new", "loss", "--corpus", terms.root)
    assert done.stdout.startswith("../en/loss.md: written\n")


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("terms", "terms/en/excess.md"),
        ("docs", "docs/en/excess.md"),
        ("docs/{locale}/terms", "docs/en/terms/excess.md"),
    ],
)
def test_the_first_entry_of_a_corpus_makes_its_folders(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_there: bool,
    path: str,
    place: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    if is_there:
        Path(path.partition("/")[0]).mkdir()
    where = [] if path == "terms" else ["--corpus", path]
    done = run("new", "excess", *DEFINED, *where)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{place}: written\n")
    assert "excess" in layer(tmp_path / path).terms


@pytest.mark.parametrize(
    ("path", "fact"),
    [
        ("a/b", "there is no folder 'a' for it; make that first"),
        ("a/b/{locale}", "there is no folder 'a' for it; make that first"),
        ("terms/en/claim.md", "'terms/en/claim.md' is a file; name a folder"),
        ("starter", "'starter' comes with the package, for all; name a folder of your"),
        ("terms/en/claim.md/a", "there is no folder 'terms/en/claim.md' for it"),
    ],
)
def test_a_corpus_that_cannot_be_there_is_not_begun(
    terms: Corpus, run: Run, path: str, fact: str
) -> None:
    before = files(terms)
    done = run("new", "excess", "--corpus", path)
    assert_refused(done, terms, before, fact, code=2)
    assert not Path("a").exists()
    assert not Path("starter").exists()


@pytest.mark.parametrize(
    ("there", "corpus_path", "locale", "place"),
    [
        ("English/a.md", "", "en", "English/cold-call.md"),
        ("Norwegian/a.md", "", "nb", "Norwegian/cold-call.md"),
        ("no/a.md", "", "nb", "no/cold-call.md"),
        ("en/docs/a.md", "{locale}/docs", "pt_BR", "pt-BR/docs/cold-call.md"),
        ("a.md", "", "en", "cold-call.md"),
        ("a.md", "", "nb", "nb/cold-call.md"),
        ("nb/a.md", "", "en", "en/cold-call.md"),
        ("en/a.md", "", "en", "en/cold-call.md"),
        ("en/a_b.md", "", "en", "en/cold_call.md"),
        ("en/a_b.md", "", "nb", "nb/cold-call.md"),
        ("en/a b.md", "", "en", "en/cold call.md"),
        ("en/_a_b.md", "", "en", "en/cold-call.md"),
    ],
)
def test_a_file_stands_and_is_spelled_as_its_neighbours(
    corpus: Corpus, run: Run, there: str, corpus_path: str, locale: str, place: str
) -> None:
    corpus.entry(there.removesuffix(".md"), "a")
    command = ("new", "Cold Call", "--id", "cold-call", "--locale", locale, *DEFINED)
    run(*command, "--corpus", corpus.root / corpus_path)
    assert set(files(corpus)) == {there, place}
    assert "cold-call" in layer(corpus.root / corpus_path).terms


def test_most_neighbours_decide_how_it_is_spelled(corpus: Corpus, run: Run) -> None:
    for name in ("a-b", "c_d", "e_f", "g"):
        corpus.entry(f"en/{name}", name)
    run("new", "Cold Call", "--corpus", corpus.root)
    assert "en/cold_call.md" in files(corpus)


def test_the_manifest_says_which_language_is_the_source_and_how_keys_are_called(
    corpus: Corpus, run: Run
) -> None:
    corpus.write(
        "insurterms.toml",
        'source_locale = "nb"\n\n[fields]\ndescription = "short"\n',
    )
    run("new", "Forsikringssum", *DEFINED, "--corpus", corpus.root)
    text = (corpus.root / "nb/forsikringssum.md").read_text("utf-8")
    assert text == "---\ntitle: Forsikringssum\nshort: The price.\n---\n"


@pytest.mark.parametrize(
    ("content", "fact"),
    [
        ("a =\n", "insurterms.toml:1: this cannot be read as TOML"),
        ("source_locale = 7", "insurterms.toml: source_locale is 7; write"),
    ],
)
def test_nothing_is_written_by_a_manifest_that_cannot_be_read(
    terms: Corpus, run: Run, content: str, fact: str
) -> None:
    terms.write("insurterms.toml", content)
    before = files(terms)
    assert_refused(run("new", "excess"), terms, before, fact)


def test_nothing_is_written_outside_the_corpus(
    terms: Corpus, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (terms.root / "sv").symlink_to(tmp_path / "elsewhere")
    before = files(terms)
    done = run("new", "premium", "--from", "en", "--locale", "sv")
    assert_refused(done, terms, before, "terms/sv: this leads out of the corpus; ")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_file_where_the_folder_of_a_locale_is_to_be_is_named(
    terms: Corpus, run: Run
) -> None:
    terms.write("sv", "")
    before = files(terms)
    done = run("new", "premium", "--from", "en", "--locale", "sv")
    assert_refused(done, terms, before, "Error: terms/sv: this is there already")


def test_a_folder_that_may_not_be_read_or_written_is_named(
    terms: Corpus, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    before = files(terms)
    expected = "Error: terms/en/excess.md: Permission denied\n"
    for step in ("mkdir", "open", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(Path, step, fail)
            done = run("new", "excess")
        assert_refused(done, terms, before, expected)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "is_dir", fail)
        done = run("new", "excess")
    assert_refused(done, terms, before, "Error: terms: Permission denied\n")


# categories


def test_categories_are_written_as_the_corpus_spells_them(
    terms: Corpus, run: Run
) -> None:
    run("new", "excess", "--category", "Pricing, own", "--category", "OWN", *DEFINED)
    found = layer(terms.root).terms["excess"].source.keywords
    assert found == ("pricing", "own", "OWN")


def test_a_manifest_lists_them_and_their_names(terms: Corpus, run: Run) -> None:
    terms.write("insurterms.toml", '[categories.claims]\nnb = "Skade og oppgjør"\n')
    before = files(terms)
    done = run("new", "excess", "--category", "own")
    fact = "'own' is no category of the corpus; there are claims, pricing"
    assert_refused(done, terms, before, "--category", fact, code=2)
    run("new", "excess", "--category", "skade og oppgjør, pricing,", *DEFINED)
    found = layer(terms.root).terms["excess"].source.keywords
    assert found == ("claims", "pricing")


# a translation


def test_a_translation_begins_as_its_source(terms: Corpus, run: Run) -> None:
    source = terms.write(
        "en/premium.md",
        """\
        ---
        title: premium
        description: The price.
        keywords: pricing
        ---

        # Premium

        - See the [claim](/claim).
        """,
    )
    before = source.read_bytes()
    done = run("new", "Premiums", *TO_NORWEGIAN, "--title", "premie")
    assert (done.exit_code, done.stdout, done.stderr) == (
        0,
        f"terms/nb/premium.md: written\n{NEXT_TRANSLATE}",
        "",
    )
    assert "nb" not in layer(terms.root).terms["premium"].entries
    publish(terms.root / "nb/premium.md")
    term = layer(terms.root).terms["premium"]
    entry = term.entries["nb"]
    assert (entry.title, entry.definition) == ("premie", "The price.")
    assert entry.keywords == ("pricing",)
    assert entry.body.strip() == "# premie\n\n- See the [claim](/claim)."
    assert entry.translates == term.source.text_digest
    assert source.read_bytes() == before


def test_without_a_title_the_sources_stands_in(terms: Corpus, run: Run) -> None:
    run("new", "premium", *TO_NORWEGIAN, "--definition", "Prisen.")
    publish(terms.root / "nb/premium.md")
    entry = layer(terms.root).terms["premium"].entries["nb"]
    assert (entry.title, entry.definition) == ("premium", "Prisen.")


@pytest.mark.parametrize(
    ("source", "more", "target", "identifier"),
    [
        ("en/premium.md", "", "nb/premium.md", ""),
        (
            "en/Insurance_Premium.md",
            "id: premium\n",
            "nb/Insurance_Premium.md",
            "premium",
        ),
        ("en/a/premium/index.md", "", "nb/a/premium/index.md", ""),
        ("premium.md", "", "nb/premium.md", ""),
    ],
)
def test_it_stands_where_its_source_does(
    corpus: Corpus, run: Run, source: str, more: str, target: str, identifier: str
) -> None:
    corpus.entry(source.removesuffix(".md"), "premium", more)
    run("new", "premium", *TO_NORWEGIAN, "--corpus", corpus.root)
    text = files(corpus)[target].decode()
    assert re.findall(r"(?m)^id: (.*)$", text) == ([identifier] if identifier else [])
    publish(corpus.root / target)
    assert set(layer(corpus.root).terms["premium"].entries) == {"en", "nb"}


def test_a_translation_of_a_translation_is_as_old_as_that(
    terms: Corpus, run: Run
) -> None:
    terms.entry("no/premium", "premie", "translates: abc\n")
    run("new", "premie", "--from", "nb", "--locale", "sv")
    text = (terms.root / "sv/premium.md").read_text("utf-8")
    assert "title: premie\n" in text
    assert "translates: abc\n" in text


def test_a_source_translates_nothing(terms: Corpus, run: Run) -> None:
    terms.entry("nb/basic-amount", "grunnbeløp", "translates: abc\n")
    assert run("new", "basic-amount", "--from", "nb").exit_code == 0
    text = (terms.root / "en/basic-amount.md").read_text("utf-8")
    assert "title: grunnbeløp\n" in text
    assert "translates" not in text


def test_a_translation_that_is_there_stays(terms: Corpus, run: Run) -> None:
    before = files(terms)
    done = run("new", "claim", *TO_NORWEGIAN)
    assert_refused(
        done, terms, before, "terms/nb/claim.md: this is the entry of 'claim'"
    )


def test_so_does_one_that_is_only_begun(terms: Corpus, run: Run) -> None:
    run("new", "premium", *TO_NORWEGIAN)
    before = files(terms)
    done = run("new", "premium", *TO_NORWEGIAN)
    assert_refused(done, terms, before, "terms/nb/premium.md: this is there already")


def test_a_title_of_another_term_is_refused(terms: Corpus, run: Run) -> None:
    before = files(terms)
    done = run("new", "premium", *TO_NORWEGIAN, "--title", "Skade")
    assert_refused(
        done, terms, before, "terms/nb/claim.md: this is the entry of 'Skade'"
    )


def test_a_name_of_two_terms_is_no_answer(terms: Corpus, run: Run) -> None:
    for name in ("claim", "premium"):
        terms.entry(f"en/{name}", name, "aliases: [case]\n")
    before = files(terms)
    done = run("new", "case", "--from", "en", "--locale", "sv")
    fact = "'case' is a name of several terms; choose one of claim, premium"
    assert_refused(done, terms, before, fact, code=2)


# on a terminal


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_it_asks_for_what_is_missing(terms: Corpus, run: Run) -> None:
    done = run("new", "excess", typed="What you pay.\nPRICING\n")
    assert done.exit_code == 0
    assert done.stdout.startswith(
        "Definition, in one or two sentences (Enter: write it later): What you pay.\n"
        "Category, of pricing (Enter: none): PRICING\n"
        "terms/en/excess.md: written\n"
    )
    entry = layer(terms.root).terms["excess"].source
    assert (entry.definition, entry.keywords) == ("What you pay.", ("pricing",))


@pytest.mark.usefixtures("terminal")
def test_enter_skips_a_question(terms: Corpus, run: Run) -> None:
    done = run("new", "excess", typed="\n\n")
    assert done.stdout.endswith(f"terms/en/excess.md: written\n{NEXT_DEFINE}")
    assert b"keywords" not in files(terms)["en/excess.md"]


@pytest.mark.usefixtures("terminal")
def test_what_is_said_is_not_asked(terms: Corpus, run: Run) -> None:
    done = run("new", "excess", *DEFINED, "--category", "pricing")
    assert done.stdout.startswith("terms/en/excess.md: written\n")
    done = run("new", "premium", *TO_NORWEGIAN, "--title", "premie")
    assert done.stdout.startswith("terms/nb/premium.md: written\n")


@pytest.mark.usefixtures("terminal")
def test_nor_are_categories_where_there_are_none(corpus: Corpus, run: Run) -> None:
    done = run("new", "excess", *DEFINED, "--corpus", corpus.root)
    assert done.exit_code == 0


@pytest.mark.usefixtures("terminal")
def test_an_answer_that_will_not_do_is_asked_for_again(terms: Corpus, run: Run) -> None:
    names = "".join(f"[categories.c{n:02}]\n" for n in range(30))
    terms.write("insurterms.toml", names)
    done = run("new", "excess", typed=f"{'a' * 1001}\nWhat.\nown\nc07\n")
    assert "Error: the definition has 1001 characters; keep it below" in done.stdout
    assert "Category, of c00, c01, " in done.stdout
    assert ", c19, … (Enter: none): own\n" in done.stdout
    assert "Error: 'own' is no category of the corpus; there are c00" in done.stdout
    entry = layer(terms.root).terms["excess"].source
    assert (entry.definition, entry.keywords) == ("What.", ("c07",))


@pytest.mark.usefixtures("terminal")
def test_the_id_of_a_term_without_a_source_is_asked_for(
    terms: Corpus, run: Run
) -> None:
    typed = "\nwaiting period\n\n\n"
    done = run("new", "karenstid", "--locale", "nb", typed=typed)
    assert "Id, of the name in en: \nError: '' is no id; write a name" in done.stdout
    assert "terms/nb/waiting-period.md: written\n" in done.stdout


@pytest.mark.usefixtures("terminal")
def test_the_title_of_a_translation_is_asked_for(terms: Corpus, run: Run) -> None:
    done = run("new", "premium", *TO_NORWEGIAN, typed="?\n premie\n")
    assert done.stdout.startswith("Title in nb (Enter: premium, for now): ?\nError: ")
    assert b"title: premie\n" in files(terms)["nb/premium.md"]
    done = run("new", "premium", "--from", "en", "--locale", "sv", typed="\n")
    assert b"title: premium\n" in files(terms)["sv/premium.md"]


@pytest.mark.usefixtures("terminal")
def test_nobody_is_asked_for_what_will_not_be_written(terms: Corpus, run: Run) -> None:
    before = files(terms)
    assert_refused(run("new", "premium"), terms, before, "this is the entry of")
    done = run("new", "claim", *TO_NORWEGIAN)
    assert_refused(done, terms, before, "this is the entry of")
    terms.entry("en/The_Excess", "excess", "id: excess\n")
    terms.entry("nb/The_Excess", "egenandel", "status: draft\n")
    before = files(terms)
    done = run("new", "excess", *TO_NORWEGIAN)
    assert_refused(done, terms, before, "terms/nb/The_Excess.md: this is there already")


@pytest.mark.usefixtures("terminal")
def test_who_goes_away_at_a_question_has_written_nothing(
    terms: Corpus, run: Run
) -> None:
    before = files(terms)
    done = run("new", "excess", "--locale", "sv", "--id", "excess", typed="What.\n")
    assert (done.exit_code, files(terms)) == (1, before)
    assert "Aborted!" in done.stderr
    assert not (terms.root / "sv").exists()


@pytest.mark.parametrize("other", ["<stdin>", "<stdout>"])
def test_a_pipe_on_either_side_is_no_terminal(
    terms: Corpus, run: Run, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    monkeypatch.setattr(
        "click.testing._NamedTextIOWrapper.isatty", lambda self: self.name == other
    )
    done = run("new", "excess")
    assert done.stdout == f"terms/en/excess.md: written\n{NEXT_DEFINE}"


def test_an_interrupted_question_leaves_nothing(corpus: Corpus) -> None:
    ours, theirs = pty.openpty()
    program = f"{INTERRUPTIBLE}from sphinx_insurterms.cli import main; main()"
    command = [sys.executable, "-c", program, "new", "excess", "--corpus"]
    with subprocess.Popen(  # noqa: S603 - ourselves
        [*command, str(corpus.root)], stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        while b"later): " not in shown:
            shown += os.read(ours, 1024)
        while b"Aborted!" not in shown:
            # A signal just before the program begins to wait is noticed after that.
            process.send_signal(signal.SIGINT)
            if select.select([ours], [], [], 2)[0]:
                shown += os.read(ours, 1024)
    os.close(ours)
    assert process.returncode == 1
    assert b"Traceback" not in shown
    assert not list(corpus.root.iterdir())


# whatever a term is called


def visible(text: str) -> str:
    seen = "".join(char for char in text if char.isprintable() and char != " ")
    return unicodedata.normalize("NFC", seen)


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(ANY | st.text("aB1 _-./#%&;:'\"[]{}()*?|>!,~`\u200b\u0301\r\n", max_size=30))
def test_what_is_written_is_read_as_it_was_said(title: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder, "terms"))
        command = ["new", "--corpus", str(corpus.root), "--", title]
        done = CliRunner().invoke(main, command)
        if done.exit_code:
            assert (done.exit_code, done.stdout, files(corpus)) == (2, "", {})
            return
        assert len(files(corpus)) == 1
        (name,) = files(corpus)
        publish(corpus.root / name)
        terms = layer(corpus.root).terms
        (identifier,) = terms
        assert name == f"en/{identifier}.md"
        found = terms[identifier].source
        assert identifier == id_of_title(found.title)
        assert visible(found.title) == visible(title)
        again = CliRunner().invoke(main, [*command[:-1], found.title])
        assert again.exit_code == 1
        assert f"this is the entry of {identifier!r} in en" in again.stderr

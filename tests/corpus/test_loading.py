from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.corpus.generated import MARK_LINE
from sphinx_insurterms.corpus.layers import Corpus
from sphinx_insurterms.corpus.loading import CorpusFolder
from sphinx_insurterms.corpus.problems import Origin, Problem

if TYPE_CHECKING:
    from tests.corpus.conftest import Shelf


@pytest.mark.parametrize(
    ("folder", "locale"),
    [
        ("en", "en"),
        ("nb_NO", "nb_NO"),
        ("pt-br", "pt_BR"),
        ("zh-hant-tw", "zh_Hant_TW"),
        ("no", "nb"),
        ("Norwegian", "nb"),
        ("norsk bokmål", "nb"),
        ("norsk_bokma\u030al", "nb"),
        ("Arabic", "ar"),
        ("العربية", "ar"),
    ],
)
def test_a_locale_folder_has_a_tag_or_a_languages_name(
    shelf: Shelf, folder: str, locale: str
) -> None:
    shelf.entries(f"{folder}/premium", f"{folder}/motor/deep/cover")
    loaded = shelf.load()
    assert loaded.problems == []
    assert loaded.titles == {f"{locale}/premium": "premium", f"{locale}/cover": "cover"}


def test_files_straight_in_the_corpus_belong_to_the_source_locale(shelf: Shelf) -> None:
    shelf.entries("premium", "nb/premium")
    assert set(shelf.load().titles) == {"en/premium", "nb/premium"}
    loaded = shelf.load(values={"source_locale": "ar"})
    assert set(loaded.titles) == {"ar/premium", "nb/premium"}
    assert loaded.problems == []
    assert loaded.layer.terms["premium"].source.locale == "ar"


def test_an_id_is_made_of_the_file_name(shelf: Shelf) -> None:
    shelf.entries("en/Liability_Insurance", "en/Far Reaching", "nb/liability-insurance")
    shelf.write("en/D&O.MD", "---\ntitle: D&O\n---\n")
    shelf.write("en/own.md", "---\ntitle: own\nid: Own_Name\n---\n")
    assert shelf.load().ids == ["do", "far-reaching", "liability-insurance", "own-name"]


def test_an_index_file_has_the_name_of_its_folder(shelf: Shelf) -> None:
    shelf.entries("en/hipaa/index")
    shelf.write("en/net_premium/Index.md", "---\ndescription: x\n---\n")
    shelf.write("en/index.md", "---\ndescription: x\n---\n")
    loaded = shelf.load()
    assert loaded.titles == {
        "en/hipaa": "index",
        "en/net-premium": "net premium",
        "en/index": "index",
    }


@pytest.mark.parametrize(
    "name",
    [
        "en/_index.md",
        "en/_TEMPLATE.md",
        "en/.hidden.md",
        "en/_drafts/x.md",
        "en/.git/x.md",
        "_draft/x.md",
        ".cache/en/x.md",
        "_x.md",
        "en/x.txt",
        "en/x",
        "en/x.md.bak",
        "en/x.markdown",
        "images/x.png",
    ],
)
def test_other_files_are_no_entries(shelf: Shelf, name: str) -> None:
    shelf.entries("en/premium")
    shelf.write(name, "---\ntitle: x\n---\n")
    loaded = shelf.load()
    assert loaded.ids == ["premium"]
    assert loaded.problems == []


# where the locale stands


@pytest.mark.parametrize(
    ("place", "file", "stray"),
    [
        ("{locale}", "nb/{name}.md", "{name}.md"),
        ("{locale}/docs/glossary", "nb/docs/glossary/{name}.md", "nb/docs/{name}.md"),
        ("content/{locale}/terms", "content/nb/terms/{name}.md", "nb/terms/{name}.md"),
        ("docs.{locale}/terms", "docs.nb/terms/{name}.md", "nb/terms/{name}.md"),
        ("l10n-{locale}.d", "l10n-nb.d/{name}.md", "l10n-xx.d/{name}.md"),
        ("{locale}/terms-{locale}", "nb/terms-nb/{name}.md", "nb/terms-en/{name}.md"),
    ],
)
def test_a_path_may_say_where_the_locale_stands(
    shelf: Shelf, place: str, file: str, stray: str
) -> None:
    shelf.entries(file.format(name="premium").removesuffix(".md"))
    shelf.entries(file.format(name="deep/cover").removesuffix(".md"))
    shelf.entries(stray.format(name="stray").removesuffix(".md"))
    (shelf.root / place.format(locale="ar")).parent.mkdir(parents=True, exist_ok=True)
    loaded = shelf.load(place)
    assert loaded.problems == []
    assert loaded.titles == {"nb/premium": "premium", "nb/cover": "cover"}


def test_the_manifest_lies_above_the_locales(tmp_path: Path) -> None:
    assert CorpusFolder(path=tmp_path / "a" / "{locale}" / "b").root == tmp_path / "a"
    assert CorpusFolder(path=tmp_path / "a" / "x-{locale}").root == tmp_path / "a"
    assert CorpusFolder(path=tmp_path / "a").root == tmp_path / "a"


def test_two_folders_for_one_locale_are_merged_and_the_one_with_its_tag_wins(
    shelf: Shelf,
) -> None:
    shelf.entries("no/premie", "no/plain", "Norwegian/named", "Norwegian/premie")
    shelf.write("nb/premie.md", "---\ntitle: bokmål\n---\n")
    loaded = shelf.load()
    assert loaded.titles == {
        "nb/premie": "bokmål",
        "nb/plain": "plain",
        "nb/named": "named",
    }
    assert loaded.complaints == [("locale", "Norwegian"), ("locale", "no")]
    for problem in loaded.problems:
        assert "both nb" in problem.message
        assert "'nb' wins" in problem.message
        assert "move all files into one" in problem.message


def test_two_folders_for_one_locale_are_told_apart_deep_in_a_path_too(
    shelf: Shelf,
) -> None:
    shelf.entries("no/docs/premie", "nb/docs/premie")
    loaded = shelf.load("{locale}/docs")
    assert loaded.complaints == [("locale", "no/docs")]
    assert "'nb/docs' wins" in loaded.problems[0].message


def test_a_folder_that_is_no_locale_is_told_if_it_holds_entries(shelf: Shelf) -> None:
    shelf.entries("en/premium", "motor/deep/cover", "images/x")
    shelf.write("images/x.md").unlink()
    loaded = shelf.load()
    assert loaded.ids == ["premium"]
    assert loaded.complaints == [("locale", "motor")]
    message = loaded.problems[0].message
    assert "'motor' is no locale" in message
    assert "language tag" in message


# what is not there, or cannot be read


def test_a_missing_folder_is_told_unless_it_is_the_default_one(shelf: Shelf) -> None:
    loaded = shelf.load("nowhere")
    assert loaded.complaints == [("corpus", ".")]
    assert "no such folder" in loaded.problems[0].message
    assert "create it" in loaded.problems[0].message
    assert loaded.ids == []
    assert shelf.load("nowhere", may_be_missing=True).problems == []


def test_a_file_is_no_corpus(shelf: Shelf) -> None:
    shelf.write("terms.md", "x")
    assert shelf.load("terms.md").complaints == [("corpus", ".")]


@pytest.mark.parametrize(
    ("place", "first"),
    [("", "terms/nb/<id>.md"), ("{locale}/docs", "terms/nb/docs/<id>.md")],
)
def test_a_corpus_without_entries_is_told(shelf: Shelf, place: str, first: str) -> None:
    shelf.write("insurterms.toml", 'source_locale = "nb"')
    shelf.write("nb/docs/_index.md", "x")
    loaded = shelf.load(place)
    assert loaded.complaints == [("corpus", ".")]
    assert "no entries" in loaded.problems[0].message
    assert first in loaded.problems[0].message


def test_an_entry_that_cannot_be_read_harms_no_other(shelf: Shelf) -> None:
    shelf.entries("en/a", "en/c", "nb/b")
    shelf.write("en/b.md", "---\ntitle: [\n---\n")
    loaded = shelf.load()
    assert loaded.ids == ["a", "b", "c"]
    assert list(loaded.layer.terms["b"].entries) == ["nb"]
    assert loaded.complaints == [("file", "en/b.md:3")]


def test_a_file_that_cannot_be_opened_is_told(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.entries("en/a", "en/b")
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "a.md":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    loaded = shelf.load()
    assert loaded.ids == ["b"]
    assert loaded.complaints == [("file", "en/a.md")]
    assert "Permission denied" in loaded.problems[0].message
    assert "mend" in loaded.problems[0].message


@pytest.mark.parametrize(("place", "told"), [("", [".", "en"]), ("{locale}", ["."])])
def test_a_folder_that_cannot_be_opened_is_told(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, place: str, told: list[str]
) -> None:
    shelf.entries("en/a", "b")
    shelf.close("en", monkeypatch)
    loaded = shelf.load()
    assert ("file", "en") in loaded.complaints
    assert loaded.ids == ["b"]

    def refuse_all(path: Path) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse_all)
    loaded = shelf.load(place)
    assert ("file", ".") in loaded.complaints
    assert "Permission denied" in loaded.problems[0].message


def test_a_folder_may_be_called_what_a_file_is(shelf: Shelf) -> None:
    shelf.entries("en/premium.md/index", "en/cover.md/other")
    loaded = shelf.load()
    assert loaded.problems == []
    assert loaded.ids == ["other", "premium"]


def test_generated_pages_are_no_entries(shelf: Shelf) -> None:
    shelf.entries("en/premium")
    page = f"---\norphan: true\n---\n% {MARK_LINE}\n\n```{{insurterm-page}} x\n```\n"
    shelf.write("page.md", page)
    shelf.write("nb/page.md", f".. {MARK_LINE}\n\n.. insurterm-pages::\n")
    shelf.write("nb/list.md", f"# {MARK_LINE}\n")
    loaded = shelf.load()
    assert loaded.ids == ["premium"]
    assert loaded.problems == []


def test_the_default_folder_may_hold_nothing_but_generated_pages(shelf: Shelf) -> None:
    shelf.write("index.rst", f".. {MARK_LINE}\n")
    shelf.write(".gitignore", f"# {MARK_LINE}\n/index.rst\n")
    shelf.write("en/page.md", f"% {MARK_LINE}\n\n```{{insurterm-page}} x\n```\n")
    assert shelf.load(may_be_missing=True).problems == []
    assert shelf.load().complaints == [("corpus", ".")]


def test_reading_a_corpus_writes_nothing(shelf: Shelf) -> None:
    shelf.entries("en/premium", "nb/premium")
    before = {path: path.stat().st_mtime_ns for path in shelf.root.rglob("*")}
    shelf.load()
    assert {p: p.stat().st_mtime_ns for p in shelf.root.rglob("*")} == before


# links of the file system


@pytest.fixture
def outside(shelf: Shelf) -> Path:
    """Make a folder with an entry, beside the corpus."""
    path = shelf.root.parent / "outside"
    path.mkdir()
    (path / "secret.md").write_text("---\ntitle: secret\n---\n", "utf-8")
    shelf.entries("en/premium")
    return path


@pytest.mark.parametrize(
    ("link", "target", "place"),
    [
        ("en/secret.md", "outside/secret.md", ""),
        ("secret.md", "outside/secret.md", ""),
        ("en/deep", "outside", ""),
        ("nb", "outside", ""),
        ("Norwegian", "outside", ""),
        ("nb", "outside", "{locale}"),
        ("nb/docs", "outside", "{locale}/docs"),
    ],
)
def test_a_link_that_leaves_the_corpus_is_not_followed_and_told(
    shelf: Shelf, outside: Path, link: str, target: str, place: str
) -> None:
    shelf.entries("en/docs/premium")
    path = shelf.root / link
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(outside.parent / target)
    loaded = shelf.load(place)
    assert loaded.ids == ["premium"]
    assert loaded.complaints[0] == ("file", link)
    message = loaded.problems[0].message
    assert "out of the corpus" in message
    assert "not followed" in message
    assert "copy" in message


def test_a_link_to_elsewhere_that_is_no_locale_is_left_alone(
    shelf: Shelf, outside: Path
) -> None:
    (shelf.root / "motor").symlink_to(outside)
    assert shelf.load().problems == []


def test_a_link_inside_the_corpus_is_an_entry(shelf: Shelf) -> None:
    shelf.entries("en/premium", "nb/premium")
    (shelf.root / "nb" / "contribution.md").symlink_to(shelf.root / "en" / "premium.md")
    loaded = shelf.load()
    assert loaded.problems == []
    assert loaded.titles["nb/contribution"] == "premium"


def test_a_folder_link_inside_the_corpus_is_told_as_what_it_is(shelf: Shelf) -> None:
    shelf.entries("en/motor/cover")
    (shelf.root / "en" / "car").symlink_to(shelf.root / "en" / "motor")
    (shelf.root / "en" / "loop").symlink_to(shelf.root / "en")
    loaded = shelf.load()
    assert loaded.ids == ["cover"]
    assert loaded.complaints == [("file", "en/car"), ("file", "en/loop")]
    for problem in loaded.problems:
        assert "not followed" in problem.message
        assert "out of the corpus" not in problem.message


def test_the_corpus_itself_may_be_a_link(shelf: Shelf) -> None:
    shelf.entries("en/premium")
    link = shelf.root.parent / "link"
    link.symlink_to(shelf.root)
    loaded = shelf.load("../link")
    assert loaded.problems == []
    assert loaded.ids == ["premium"]


def test_a_link_to_itself_or_to_nothing_is_told(shelf: Shelf) -> None:
    shelf.entries("en/premium")
    for name in ("loop", "gone"):
        (shelf.root / "en" / f"{name}.md").symlink_to(shelf.root / "en" / f"{name}.md")
    gone = shelf.root / "en" / "gone.md"
    gone.unlink()
    gone.symlink_to(shelf.root / "en" / "nowhere.md")
    (shelf.root / "nb").symlink_to(shelf.root / "nb")
    loaded = shelf.load()
    assert loaded.ids == ["premium"]
    assert loaded.complaints == [("file", "en/gone.md"), ("file", "en/loop.md")]


# two files, one thing


def test_of_two_files_with_one_id_the_first_counts_and_the_other_is_told(
    shelf: Shelf,
) -> None:
    shelf.entries(
        "en/chaos-engineering", "en/chaos_engineering", "nb/chaos_engineering"
    )
    shelf.write(
        "en/other.md", "---\ntitle: other\n# its id\nid: Chaos Engineering\n---\n"
    )
    loaded = shelf.load()
    assert loaded.titles == {
        "en/chaos-engineering": "chaos-engineering",
        "nb/chaos-engineering": "chaos_engineering",
    }
    assert loaded.complaints == [
        ("id", "en/chaos_engineering.md"),
        ("id", "en/other.md:4"),
    ]
    for problem in loaded.problems:
        assert (
            "'chaos-engineering' is the id of chaos-engineering.md too"
            in problem.message
        )
        assert "`id: …`" in problem.message


def test_a_file_beside_the_folder_of_the_source_locale_is_told_too(
    shelf: Shelf,
) -> None:
    shelf.entries("en/premium", "premium", "cover")
    loaded = shelf.load()
    assert loaded.ids == ["cover", "premium"]
    assert loaded.complaints == [("id", "premium.md")]
    assert "en/premium.md" in loaded.problems[0].message


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("aliases", "[x, EXCESS]"),
        ("deprecated", "Excess"),
        ("forms", "excess"),
        ("abbreviation", "excess"),
    ],
)
def test_a_name_that_is_another_terms_title_is_told(
    shelf: Shelf, key: str, value: str
) -> None:
    shelf.entries("en/excess", "nb/excess")
    shelf.write("en/deductible.md", f"---\ntitle: deductible\n{key}: {value}\n---\n")
    loaded = shelf.load()
    assert loaded.complaints == [("name", "en/deductible.md:3")]
    message = loaded.problems[0].message
    assert "is the title of 'excess' (excess.md)" in message
    assert "take it out" in message
    assert loaded.ids == ["deductible", "excess"]


def test_the_complaint_names_the_term_that_the_name_leads_to(shelf: Shelf) -> None:
    shelf.write("en/1.md", "---\ntitle: excess\nid: b\n---\n")
    shelf.write("en/2.md", "---\ntitle: excess\nid: a\n---\n")
    shelf.write("en/3.md", "---\ntitle: deductible\naliases: excess\nid: 0\n---\n")
    loaded = shelf.load()
    (problem,) = loaded.problems
    assert "is the title of 'a' (2.md), which it will lead to" in problem.message
    found = Corpus([loaded.layer]).find("excess", "en")
    assert found is not None
    assert found.term_id == "a"


def test_an_abbreviation_in_a_title_may_be_anothers_title(shelf: Shelf) -> None:
    shelf.entries("en/HMO")
    shelf.write(
        "en/plan.md", "---\ntitle: Health Maintenance Organization (HMO)\n---\n"
    )
    assert shelf.load().complaints == [("name", "en/plan.md:2")]


def test_a_title_in_another_language_is_nobodys_concern(shelf: Shelf) -> None:
    shelf.entries("nb/gift")
    shelf.write("en/present.md", "---\ntitle: present\naliases: gift\n---\n")
    shelf.write("en/same.md", "---\ntitle: same\naliases: Same\n---\n")
    assert shelf.load().problems == []


def test_two_terms_may_share_a_title(shelf: Shelf) -> None:
    shelf.write("en/a.md", "---\ntitle: cover\n---\n")
    shelf.write("en/b.md", "---\ntitle: Cover\n---\n")
    assert shelf.load().problems == []
    assert shelf.corpus().find("cover", "en") is not None


# complaints


def test_a_complaint_has_a_place_a_fact_a_way_out_and_a_name() -> None:
    origin = Origin(path=Path("nb/premium.md"), line=3)
    problem = Problem(name="link", message="it is; do", origin=origin)
    assert str(problem) == "nb/premium.md:3: it is; do [insurterms.link]"
    assert str(Origin(path=Path("nb"))) == "nb"
    assert origin.at(2) == Origin(path=Path("nb/premium.md"), line=5)
    assert Origin(path=Path("nb")).at(2).line == 3


def test_a_bundled_corpus_says_so(shelf: Shelf) -> None:
    shelf.entries("en/premium")
    layer = shelf.load(bundled=True).layer
    assert layer.bundled
    assert layer.terms["premium"].bundled
    assert shelf.load("nowhere", bundled=True).layer.bundled

"""Each build leaves a record of what its pages use, which equals a clean build's."""

from __future__ import annotations

import pickle
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.errors import ExtensionError

from sphinx_insurterms import usage
from sphinx_insurterms.answers import Answers
from sphinx_insurterms.corpus.uses import FILE_NAME, Uses, read_uses
from sphinx_insurterms.domain import InsurtermDomain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx_insurterms.answers import Answer
    from sphinx_insurterms.corpus.uses import TermUse
    from tests.builds.conftest import Build, Project

BUILDERS = ("html", "latex", "gettext", "text", "epub")


def uses(built: Build) -> Uses:
    return read_uses(built.app.doctreedir)


def terms(built: Build) -> dict[str, TermUse]:
    return {one.term_id: one for one in uses(built).terms}


def counts(built: Build) -> dict[str, tuple[int, int, int]]:
    """Return id → references, entries shown, and pages, of each term that is used."""
    return {x.term_id: (x.references, x.shown, x.pages) for x in uses(built).terms}


def of_starter(built: Build) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return name → references and pages, of the names that fell to the starter."""
    return {x.name: (x.references, x.pages) for x in uses(built).starter_names}


def record(built: Build) -> Path:
    return built.app.doctreedir / FILE_NAME


def written(built: Build) -> tuple[int, int]:
    """Return what is another number when the record was written again."""
    found = record(built).stat()
    return found.st_ino, found.st_mtime_ns


def clean(project: Project, **how: Any) -> Uses:
    """Return what a build uses that knows nothing of those before it."""
    return uses(project.build(doctrees="clean", out="clean", fresh=True, **how))


@pytest.fixture
def guide(project: Project) -> Project:
    """Write pages that name and show terms, of an own corpus and of the starter's."""
    project.conf('insurterms_pages = "glossary"\nexclude_patterns = ["locales"]\n')
    project.entry("en/premium", "premium", "What you pay.", "See [it](/claim).")
    project.entry("nb/premium", "premie", "Det du betaler.")
    project.entry("en/claim", "claim", "A request.")
    project.entry("en/bond", "bond", "A promise.")
    project.start(
        "A :term:`premium`, two :term:`premiums` and :term:`what you pay <premium>`.\n"
        "\n.. insurterm:: claim\n\nA :term:`risk`.\n\n.. insurterm-glossary::\n\n"
        ".. toctree::\n\n   glossary/index\n   more\n   words"
    )
    project.write(
        "more.rst",
        "More\n====\n\nA :term:`Premium`, a :term:`risk`, a :term:`wordsmith`.\n\n"
        ".. insurterm-glossary::\n   :used:\n",
    )
    project.write(
        "words.rst",
        "Words\n=====\n\n.. glossary::\n\n   wordsmith\n      Of words.\n",
    )
    return project


GUIDE = {"claim": (0, 1, 1), "premium": (4, 0, 2), "risk": (2, 0, 2)}


# what counts


def test_each_reference_counts_and_each_page_once(guide: Project) -> None:
    assert counts(guide.build()) == GUIDE


def test_each_insurterm_that_shows_an_entry_counts(project: Project) -> None:
    project.entry("en/premium", "premium", "What you pay.")
    project.start(
        ".. insurterm:: premium\n\n"
        ".. insurterm:: premium\n   :no-index:\n\n"
        ".. insurterm:: Premiums\n   :no-index:\n\n"
        ".. insurterm:: nonsuch\n"
    )
    assert counts(project.build()) == {"premium": (0, 3, 1)}


def test_lists_and_generated_pages_use_nothing(project: Project) -> None:
    project.conf('insurterms_pages = "glossary"\n')
    project.entry("en/premium", "premium", "Not a [claim](/claim).", related="claim")
    project.entry("en/claim", "claim", "A request.")
    project.start(
        "A :term:`risk`.\n\n"
        ".. insurterm-glossary::\n\n.. insurterm-glossary::\n   :used:\n\n"
        ".. toctree::\n\n   glossary/index"
    )
    assert counts(project.build()) == {"risk": (1, 0, 1)}


def test_what_others_answer_or_nobody_is_no_use(project: Project) -> None:
    other = project.beside("other")
    other.start(".. glossary::\n\n   coverage\n   bond\n      Theirs.\n")
    inventory = str(other.build(extensions=[]).out / "objects.inv")
    project.conf(
        'extensions.append("sphinx.ext.intersphinx")\n'
        f'intersphinx_mapping = {{"other": ("https://other.example", {inventory!r})}}\n'
    )
    project.entry("en/premium", "premium", "What you pay.")
    project.entry("en/bond", "bond", "A promise.")
    project.start(
        ":term:`premium`, :term:`deductible`, :term:`coverage`, :term:`nonsuch`,\n"
        ":external:term:`bond`, :any:`premium`, :doc:`index`\n\n"
        ".. glossary::\n\n   premium\n      Ours.\n\n   deductible\n      Ours too.\n"
    )
    assert uses(project.build()).terms == ()


def test_a_substitution_counts_where_it_stands_for_a_reference(
    project: Project,
) -> None:
    project.conf('rst_prolog = ".. |p| replace:: :term:`premium`\\n"\n')
    project.start("A |p| and a |p|.\n\n.. toctree::\n\n   b\n   c")
    project.write("b.rst", "B\n=\n\nNothing.\n")
    project.write("c.rst", "C\n=\n\nA :term:`premium`.\n")
    assert counts(project.build()) == {"premium": (3, 0, 2)}


# what is said of terms, names and corpora


def test_names_that_only_the_starter_knows_are_listed_with_their_first_pages(
    project: Project,
) -> None:
    project.entry("en/premium", "premium", "What you pay.")
    names = [f"page-{number}" for number in range(7)]
    for name in names:
        text = ":term:`risk` :term:`risk` :term:`premium`"
        project.write(f"{name}.rst", f"{name}\n======\n\n{text}\n")
    project.start(":term:`hipaa`\n\n.. toctree::\n\n   " + "\n   ".join(names))
    built = project.build()
    assert of_starter(built) == {
        "hipaa": (1, ("index",)),
        "risk": (14, ("page-0", "page-1", "page-2", "page-3", "page-4")),
    }
    by_starter = {name: one.by_starter for name, one in terms(built).items()}
    assert by_starter == {"hipaa": True, "premium": False, "risk": True}


def test_the_locale_is_that_of_the_entry_that_readers_are_shown(
    guide: Project,
) -> None:
    guide.conf('locale_dirs = ["locales"]\n')
    guide.write(
        "locales/nb/LC_MESSAGES/insurterms.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "bond"\nmsgstr "obligasjon"\n',
    )
    guide.start(
        ":term:`premium` :term:`bond` :term:`risk`\n\n.. insurterm:: claim\n"
        "   :locale: en\n"
    )
    built = guide.build(language="nb_NO", nitpicky=False)
    assert uses(built).locale == "nb_NO"
    locales = {name: one.locale for name, one in terms(built).items()}
    assert locales == {"bond": "nb", "claim": "en", "premium": "nb", "risk": "nb"}


def test_corpora_are_named_by_their_folders_in_the_order_in_which_they_answer(
    project: Project,
) -> None:
    project.write("../more/en/premium.md", "---\ntitle: premium\n---\n\nOne.\n")
    project.write("i18n/en/docs/claim.md", "---\ntitle: claim\n---\n\nOne.\n")
    project.conf(
        'insurterms_corpora = ["terms", {"path": "../more"}, "starter", '
        '"i18n/{locale}/docs"]\n'
    )
    assert uses(project.build()).corpora == (
        str(project.root / "more"),
        "starter",
        str(project.docs / "i18n" / "{locale}" / "docs"),
    )


def test_translated_pages_use_what_their_messages_name(project: Project) -> None:
    project.conf('locale_dirs = ["locales"]\n')
    project.start("A :term:`premium` is a :term:`premium`.\n\nNot a :term:`risk`.")
    project.write(
        "locales/nb/LC_MESSAGES/index.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "A :term:`premium` is a :term:`premium`."\n'
        'msgstr "En :term:`premie` er en :term:`pris <premium>`."\n',
    )
    built = project.build(language="nb")
    assert counts(built) == {"premium": (2, 0, 1), "risk": (1, 0, 1)}
    names = {name: number for name, (number, _) in of_starter(built).items()}
    assert names == {"premie": 1, "premium": 1, "risk": 1}


# the same everywhere


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_leaves_the_same_record(guide: Project, builder: str) -> None:
    found = uses(guide.build(builder))
    assert found == clean(guide, builder="dummy")
    assert found.terms


def test_builders_that_share_doctrees_leave_one_record_as_it_is(
    guide: Project,
) -> None:
    built = guide.build(doctrees="shared")
    before = written(built)
    # Sphinx lets nobody share with gettext.
    for builder in (one for one in BUILDERS if one != "gettext"):
        built = guide.build(builder, doctrees="shared")
        assert written(built) == before, builder
    assert counts(built) == GUIDE


def test_several_processes_leave_the_record_that_one_does(guide: Project) -> None:
    for number in range(12):
        guide.write(f"page-{number:02}.rst", ":orphan:\n\nA\n=\n\n:term:`r <risk>`\n")
    guide.write("page-05.rst", ":orphan:\n\nB\n=\n\n.. insurterm:: bond\n")
    one, two = guide.build(out="one"), guide.build(out="two", parallel=2)
    assert record(two).read_bytes() == record(one).read_bytes()
    assert counts(two)["bond"] == (0, 1, 1)
    assert counts(two)["risk"] == (13, 0, 13)


# after a change


def _remove(name: str) -> Callable[[Project], None]:
    def change(project: Project) -> None:
        (project.docs / name).unlink()

    return change


CHANGES: dict[str, Callable[[Project], object]] = {
    "nothing": lambda _: None,
    "a page is gone": _remove("more.rst"),
    "the only page that shows a term is plain": lambda project: project.start("No."),
    "a page names a term once more": lambda project: project.write(
        "more.rst", "More\n====\n\n:term:`premium` :term:`premium` :term:`premium`\n"
    ),
    "a page is new": lambda project: project.write(
        "new.rst", ":orphan:\n\nNew\n===\n\n:term:`bond`\n"
    ),
    "the own corpus defines what only the starter did": lambda project: project.entry(
        "en/risk", "risk", "What may happen."
    ),
    "a term is gone": _remove("terms/en/claim.md"),
    "a term has another name": lambda project: project.entry(
        "en/premium", "price", "What you pay."
    ),
    "an entry is new in the language": lambda project: project.entry(
        "nb/claim", "krav", "Det du ber om."
    ),
    "a translation is gone": _remove("terms/nb/premium.md"),
    "the own glossary defines a term": lambda project: project.write(
        "words.rst", "Words\n=====\n\n.. glossary::\n\n   risk\n      Ours.\n"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_record_is_that_of_a_clean_build(
    guide: Project, change: str
) -> None:
    how: dict[str, Any] = {"builder": "text", "language": "nb", "nitpicky": False}
    before = uses(guide.build(**how))
    CHANGES[change](guide)
    after = uses(guide.build(**how))
    assert after == clean(guide, **how)
    changed = (after.terms, after.starter_names) != (before.terms, before.starter_names)
    assert changed is (change != "nothing")


def test_what_another_project_begins_to_define_is_no_use_any_more(
    guide: Project,
) -> None:
    other = guide.beside("other")
    other.start(".. glossary::\n\n   risk\n      Theirs.\n")
    inventory = str(other.build(extensions=[]).out / "objects.inv")
    mapping = f'{{"other": ("https://other.example", {inventory!r})}}'
    conf = (
        'insurterms_pages = "glossary"\nextensions.append("sphinx.ext.intersphinx")\n'
    )
    guide.conf(conf)
    assert "risk" in counts(guide.build())
    guide.conf(f"{conf}intersphinx_mapping = {mapping}\n")
    assert "risk" not in counts(guide.build())


def test_what_pages_name_is_kept_in_the_same_bytes_by_every_build(
    guide: Project,
) -> None:
    kept = []
    for text in ("A :term:`risk`, a :term:`bond`.", "A :term:`bond`, a :term:`risk`."):
        guide.start(text)
        ours = guide.build("dummy", fresh=True).app.env.domaindata["insurterms"]
        kept.append(pickle.dumps(ours["pages"]["index"]))
    assert kept[0] == kept[1]


# at no cost, and no risk


def test_where_nothing_changed_nobody_is_asked_and_nothing_written(
    guide: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A list of the terms in use asks what these are.
    guide.write("more.rst", "More\n====\n\nA :term:`bond`, a :term:`risk`.\n")
    before = written(guide.build("text"))
    asked: list[str] = []

    def note(_: Answers, written: str) -> None:
        asked.append(written)

    monkeypatch.setattr(Answers, "_own", note)
    built = guide.build("text")
    assert asked == []
    assert written(built) == before


def test_each_name_is_asked_for_once_however_many_pages_have_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        project.write(f"{number}.rst", ":orphan:\n\nA\n=\n\n:term:`r <risk>`\n")
    asked: Counter[str] = Counter()
    meant = InsurtermDomain.meant

    def count(ours: InsurtermDomain, written: str) -> Answer | None:
        asked[written] += 1
        return meant(ours, written)

    monkeypatch.setattr(InsurtermDomain, "meant", count)
    assert counts(project.build("dummy")) == {"risk": (9, 0, 9)}
    assert asked == {"risk": 1}


def test_a_build_that_failed_leaves_the_record_of_the_one_before(
    guide: Project,
) -> None:
    before = record(guide.build("dummy")).read_bytes()
    guide.start("No term.")
    conf = (guide.docs / "conf.py").read_text("utf-8")
    guide.write(
        "conf.py",
        f"{conf}\n\ndef setup(app):\n"
        "    def fail(app, env):\n"
        "        raise RuntimeError\n"
        '    app.connect("env-updated", fail)\n',
    )
    with pytest.raises(ExtensionError):
        guide.build("dummy")
    assert (guide.root / "doctrees/dummy-en" / FILE_NAME).read_bytes() == before


def test_a_damaged_record_is_replaced(guide: Project) -> None:
    path = record(guide.build())
    whole = path.read_bytes()
    path.write_bytes(whole[:40])
    assert record(guide.build()).read_bytes() == whole


def test_a_folder_that_cannot_be_written_to_loses_the_record_only(
    guide: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(usage, "write_uses", refuse)
    built = guide.build()
    assert built.warnings == []
    assert "build succeeded" in built.status
    assert not record(built).exists()

"""What an index does where it ends: many terms, few means, and bad luck."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.corpus import index as index_module
from sphinx_insurterms.corpus import opening, terms, workers
from sphinx_insurterms.corpus import storage as storage_module
from sphinx_insurterms.corpus.layers import Corpus
from sphinx_insurterms.corpus.records import checksum, from_record, to_record
from sphinx_insurterms.corpus.storage import DamagedError, ReplacedError, Storage

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_insurterms.corpus.storage import Storage as StorageType
    from tests.corpus.conftest import MakeCorpus, MakeEntry, Shelf


def test_terms_that_were_let_go_are_read_again(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "_AT_HAND", 3)
    monkeypatch.setattr(terms, "_AT_HAND", 2)
    monkeypatch.setattr("sphinx_insurterms.corpus.layers.MOST_AT_ONCE", 2)
    names = [f"term-{number}" for number in range(7)]
    shelf.entries(*(f"en/{name}" for name in names))
    corpus = shelf.corpus()
    assert [term.id for term in corpus.each(names)] == names
    assert [corpus.terms[name].source.title for name in names] == names
    assert [term.source.title for term in corpus.each(names[::-1])] == names[::-1]


def test_the_entries_straight_in_a_folder_are_known(shelf: Shelf) -> None:
    shelf.entries("en/premium", "en/deep/cover", "root-entry")
    index = shelf.load().layer.index
    assert index is not None
    assert index.has_entry_in(shelf.root / "en", ".md") == "en/premium.md"
    assert index.has_entry_in(shelf.root, ".md") == "root-entry.md"
    assert index.has_entry_in(shelf.root / "en" / "deep", ".rst") is None
    assert index.has_entry_in(shelf.root / "nb", ".md") is None
    assert index.has_entry_in(shelf.root.parent / "other", ".md") is None


def test_categories_are_those_of_the_source_entries(
    make_corpus: MakeCorpus, make_entry: MakeEntry
) -> None:
    corpus = make_corpus(
        [
            make_entry("en/premium", keywords="Pricing, money"),
            make_entry("nb/premium", keywords="claims"),
            make_entry("en/claim", keywords="Claims"),
        ],
        [make_entry("en/premium", keywords="Claims")],
    )
    assert corpus.in_categories(["claims"]) == {"claim"}
    assert corpus.in_categories(["PRICING", "claims"]) == {"claim", "premium"}
    assert corpus.in_categories(["none"]) == set()
    assert corpus.categories["pricing"] == "Pricing"


def test_only_terms_that_a_layer_owns_are_listed(
    make_corpus: MakeCorpus, make_entry: MakeEntry
) -> None:
    corpus = make_corpus(
        [make_entry("en/premium", title="own")],
        [make_entry("en/premium", title="hidden"), make_entry("en/claim")],
    )
    found = list(corpus.summaries("en"))
    assert [(one.term_id, one.title) for one in found] == [
        ("premium", "own"),
        ("claim", "claim"),
    ]
    assert found == [corpus.terms[one.term_id].summary("en") for one in found]
    assert [one.term_id for one in corpus.summaries("en", ["claim", "gone"])] == [
        "claim"
    ]
    assert [row[3] for row in corpus.designations(["premium", "claim"])] == [
        "own",
        "claim",
    ]
    assert corpus.nearest("hiddne", "en") == []
    assert corpus.target_of("gone", "/claim") is None
    assert corpus.target_of("premium", "/claim") == "claim"


def test_a_corpus_without_layers_stands_for_itself() -> None:
    assert Corpus().content != ""
    assert list(Corpus().each([])) == []


def test_a_disk_that_keeps_nothing_whole_is_done_without(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.entries("en/premium")
    fill = opening._fill

    def refuse(storage: StorageType, refill: object) -> None:
        if storage.path is not None:
            raise DamagedError
        fill(storage, refill)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "_fill", refuse)
    loaded = shelf.load()
    assert loaded.ids == ["premium"]
    assert "does not keep it whole" in loaded.layer.kept_in_memory


def test_what_is_true_of_all_is_known_after_harm_too(shelf: Shelf) -> None:
    shelf.entries("en/premium")
    shelf.load()
    shelf.entries("nb/premium")
    index = shelf.load().layer.index
    assert index is not None
    assert index._storage.path is not None
    del index.__dict__["state"]
    index._storage.close()
    index._storage.path.write_bytes(b"Dear diary" * 9000)
    assert index.state.locales == ("en", "nb")


def test_memory_is_discarded_like_a_file() -> None:
    storage = Storage(None)
    storage.see()
    storage.discard()
    storage.discard()


def test_a_record_that_is_none_means_that_the_file_is_damaged(tmp_path: Path) -> None:
    def refill(_storage: StorageType) -> None:
        raise ValueError("no JSON")

    with pytest.raises(DamagedError, match="no JSON"):
        opening._fill(Storage(tmp_path / "x.sqlite"), refill)


def test_another_file_in_the_place_of_ours_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    storage = Storage(path)
    storage.see()
    path.rename(tmp_path / "kept.sqlite")
    sqlite3.connect(path).close()
    path.write_bytes(b"")
    storage._process = 0  # as if this were a fork
    with pytest.raises(ReplacedError):
        storage.rows("SELECT 1")
    assert path.exists()


def test_a_fork_opens_the_file_again_and_sees_the_same(shelf: Shelf) -> None:
    shelf.entries("en/premium")
    index = shelf.load().layer.index
    assert index is not None
    before = index._storage._connection
    index._storage._process = 0  # as if this were a fork
    assert index.ids() == ["premium"]
    assert index._storage._connection is not before


def test_a_file_that_two_processes_begin_is_laid_out_once(tmp_path: Path) -> None:
    one, other = Storage(tmp_path / "x.sqlite"), Storage(tmp_path / "x.sqlite")
    one.see()
    connection = other._connect()
    other._lay_out(connection)
    assert connection.execute("SELECT count(*) FROM state").fetchone() == (0,)
    one.close()
    one.close()


def test_a_reader_whose_asker_is_gone_ends_in_peace() -> None:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    spare, other = multiprocessing.Pipe(duplex=False)
    ours.close()
    try:
        workers._send(lambda _file, _known: None, [(None, "")], theirs, spare)
    finally:
        gc.unfreeze()
        theirs.close()
        other.close()


def test_a_reader_sends_what_it_finds() -> None:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    spare, other = multiprocessing.Pipe(duplex=False)
    try:
        workers._send(lambda _file, known: known, [(None, "a")], theirs, spare)
        assert ours.recv() == ["a"]
    finally:
        gc.unfreeze()
        for end in (ours, theirs, other):
            end.close()


def test_all_cores_count_where_the_system_does_not_say_which_are_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert workers.cores() == 1


def test_half_a_character_in_what_nobody_reads_does_no_harm(shelf: Shelf) -> None:
    # libyaml refuses what PyYAML's own reader lets through.
    path = shelf.write("en/premium.md", "---\ntitle: premium\n---\n")
    entry = shelf.load().layer.terms["premium"].source
    object.__setattr__(entry, "extra", {"x": "\ud800"})
    record = to_record(entry)
    assert checksum(record)
    assert from_record(record, str(path), str).extra == {"x": "\ud800"}


def test_a_root_that_cannot_be_looked_into_is_told_once(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.entries("premium")

    def refuse(path: object) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    loaded = shelf.load()
    assert loaded.complaints.count(("file", ".")) == 1


def test_an_alias_of_signs_alone_finds_nothing(
    make_corpus: MakeCorpus, make_entry: MakeEntry
) -> None:
    corpus = make_corpus([make_entry("ar/x", title="قسط", aliases="َُِ")])
    assert corpus.find("ََ", "ar") is None


def test_a_connection_that_a_process_inherits_is_not_its_own_to_close() -> None:
    connection = sqlite3.connect(":memory:")
    storage_module._close(connection, os.getpid() + 1)
    assert connection.execute("SELECT 1").fetchone() == (1,)
    storage_module._close(connection, os.getpid())
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")

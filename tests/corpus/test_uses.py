"""What a build used can be read where nobody starts Sphinx, or is told to be missing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_insurterms.corpus import uses
from sphinx_insurterms.corpus.problems import CorpusError
from sphinx_insurterms.corpus.uses import (
    FILE_NAME,
    NameUse,
    TermUse,
    Uses,
    read_uses,
    write_uses,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

USES = Uses(
    basis="0f",
    locale="nb",
    corpora=("/home/me/terms", "starter"),
    terms=(
        TermUse(
            term_id="grunnbeløp",
            references=3,
            shown=1,
            pages=2,
            locale="nb",
            by_starter=False,
        ),
        TermUse(
            term_id="risk",
            references=1,
            shown=0,
            pages=1,
            locale="nb",
            by_starter=True,
        ),
    ),
    starter_names=(NameUse(name="risiko", references=1, pages=("a/b",)),),
)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    assert write_uses(tmp_path, USES)
    assert read_uses(tmp_path) == USES


def test_a_build_that_used_nothing_says_so(tmp_path: Path) -> None:
    nothing = Uses(basis="", locale="en", corpora=(), terms=(), starter_names=())
    write_uses(tmp_path, nothing)
    assert read_uses(tmp_path) == nothing


def test_the_same_uses_leave_the_file_alone(tmp_path: Path) -> None:
    write_uses(tmp_path, USES)
    before = (tmp_path / FILE_NAME).stat()
    assert not write_uses(tmp_path, USES)
    assert (tmp_path / FILE_NAME).stat().st_mtime_ns == before.st_mtime_ns


def test_documents_whose_names_are_no_unicode_are_kept_too(tmp_path: Path) -> None:
    name = NameUse(name="risk", references=1, pages=("caf\udce9",))
    odd = Uses(basis="", locale="en", corpora=(), terms=(), starter_names=(name,))
    write_uses(tmp_path, odd)
    assert read_uses(tmp_path) == odd


def complaint(folder: Path) -> str:
    with pytest.raises(CorpusError) as raised:
        read_uses(folder)
    problem = raised.value.problem
    assert problem.name == "file"
    assert problem.origin.path == folder / FILE_NAME
    return problem.message


def test_where_no_build_was_the_way_to_make_one_is_told(tmp_path: Path) -> None:
    assert complaint(tmp_path) == (
        "there is no record of what was used; build the documentation, and name the "
        "folder of its doctrees"
    )
    assert "build the documentation" in complaint(tmp_path / "nowhere")


def test_what_cannot_be_opened_is_told_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    said = complaint(tmp_path)
    assert said.startswith("this cannot be read (")
    assert said.endswith(
        "); let it be a file that you may read, or remove it and build the "
        "documentation again"
    )


def test_the_record_of_a_newer_version_is_not_guessed_at(tmp_path: Path) -> None:
    write_uses(tmp_path, USES)
    said = json.loads((tmp_path / FILE_NAME).read_text("utf-8"))
    newer = {"version": uses.VERSION + 1, "uses": said}
    (tmp_path / FILE_NAME).write_text(json.dumps(newer), "utf-8")
    assert complaint(tmp_path) == (
        "a newer sphinx-insurterms wrote this; use that version, or build the "
        "documentation again with this one"
    )


def changed(*keys: str | int, to: Any) -> Callable[[Any], Any]:
    """Return what sets the value at a path of keys."""

    def change(said: Any) -> Any:
        place = said
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = to
        return said

    return change


def without(key: str) -> Callable[[Any], Any]:
    return lambda said: {name: said[name] for name in said if name != key}


HARM: dict[str, Callable[[Any], Any]] = {
    "a list": lambda said: [said],
    "a text": lambda _: "uses",
    "nothing": lambda _: {},
    **{f"without {name}": without(name) for name in ("version", "basis", "terms")},
    **{f"without {name}": without(name) for name in ("locale", "corpora")},
    "without starter names": without("starter_names"),
    "no number of a version": changed("version", to="1"),
    "a truth for a version": changed("version", to=True),
    "a version that never was": changed("version", to=0),
    "no text for a basis": changed("basis", to=None),
    "a number for a locale": changed("locale", to=1),
    "a text for corpora": changed("corpora", to="/home"),
    "a number for a corpus": changed("corpora", 0, to=1),
    "a text for terms": changed("terms", to="premium"),
    "a list for terms": changed("terms", to=["risk"]),
    "a number for a term": changed("terms", "risk", to=1),
    "a term without anything": changed("terms", "risk", to={}),
    "a text for a number": changed("terms", "risk", "references", to="1"),
    "a truth for a number": changed("terms", "risk", "shown", to=True),
    "a number below none": changed("terms", "risk", "pages", to=-1),
    "a broken number": changed("terms", "risk", "pages", to=1.5),
    "no locale of a term": changed("terms", "risk", "locale", to=[]),
    "a number for a truth": changed("terms", "risk", "by_starter", to=1),
    "a list for names": changed("starter_names", to=[]),
    "no number for a name": changed("starter_names", "risiko", "references", to=None),
    "a text for pages": changed("starter_names", "risiko", "pages", to="a"),
}


@pytest.mark.parametrize("harm", HARM)
def test_a_record_of_another_shape_is_no_record(tmp_path: Path, harm: str) -> None:
    write_uses(tmp_path, USES)
    path = tmp_path / FILE_NAME
    said = HARM[harm](json.loads(path.read_text("utf-8")))
    path.write_text(json.dumps(said), "utf-8")
    assert complaint(tmp_path) == NO_RECORD


NO_RECORD = (
    "this is no record of what was used, or a damaged one; remove it, and build the "
    "documentation again"
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"insurterms",
        b"[" * 100_000,
        b'{"version": 1' + b"0" * 5000 + b"}",
    ],
)
def test_what_is_no_json_is_no_record(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert complaint(tmp_path) == NO_RECORD


def test_a_file_that_was_cut_off_anywhere_is_no_record(tmp_path: Path) -> None:
    write_uses(tmp_path, USES)
    path = tmp_path / FILE_NAME
    whole = path.read_bytes().rstrip()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert complaint(tmp_path) == NO_RECORD

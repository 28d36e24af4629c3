"""A corpus as TBX-Basic, and back; and TBX from elsewhere."""

from __future__ import annotations

import io
import os
import socket
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from lxml import etree

from sphinx_insurterms.exchange.chosen import Chosen
from sphinx_insurterms.exchange.held import (
    FormError,
    Held,
    Lost,
    Unread,
    held_of,
)
from sphinx_insurterms.exchange.tbx import reading, writing
from tests.exchange.entries import (
    NAMED,
    all_held,
    concepts,
    each_corpus,
    entry_of,
    layer_at,
    layer_of,
    names_of,
)

if TYPE_CHECKING:
    from sphinx_insurterms.corpus.layers import Layer
    from sphinx_insurterms.exchange.chosen import Concept

DATA = Path(__file__).parent / "data"
SCHEMA = Path(os.environ.get("TBX_RNG", DATA / "tbx-basic-dca.rng"))
"""Ours, or that of the dialect's maintainers, where somebody has it."""

LOST = (*writing.NOT_HELD, "extra")
TBX = '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">'


def written(found: Chosen | list[Concept]) -> bytes:
    out = io.BytesIO()
    ids = found.ids if isinstance(found, Chosen) else {one for one, _ in found}
    writing.write(found, ids, "en", out)
    return out.getvalue()


def read(content: str | bytes, locale: str = "en") -> list[Held | Lost | Unread]:
    data = content.encode() if isinstance(content, str) else content
    return list(reading.read(io.BytesIO(data), locale))


def concept(inside: str, identifier: str = 'id="c1"') -> str:
    text = f"<conceptEntry {identifier}>{inside}</conceptEntry>"
    return f"{TBX}<text><body>{text}</body></text></tbx>"


def language(inside: str, locale: str = "en") -> str:
    return f'<langSec xml:lang="{locale}">{inside}</langSec>'


def term(text: str, *notes: tuple[str, str]) -> str:
    said = "".join(f'<termNote type="{kind}">{is_}</termNote>' for kind, is_ in notes)
    return f"<termSec><term>{text}</term>{said}</termSec>"


def status(name: str) -> tuple[str, str]:
    return "administrativeStatus", f"{name}Term-admn-sts"


def first(content: str) -> Held:
    (held,) = read(content)
    assert isinstance(held, Held), held
    return held


# there and back


@each_corpus
def test_a_corpus_is_valid_tbx_and_comes_in_equal(path: Path, tmp_path: Path) -> None:
    layer = layer_at(path)
    content = written(Chosen(layer))
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    assert schema.validate(etree.fromstring(content)), schema.error_log
    assert same(layer_of(read(content), tmp_path / "new")) == same(layer)


def same(layer: Layer) -> list[object]:
    return list(all_held(layer, LOST, by_names=True))


@given(concepts(whole=False))
def test_whatever_tbx_can_hold_of_an_entry_comes_back(found: list[Concept]) -> None:
    content = written(found)
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    assert schema.validate(etree.fromstring(content)), schema.error_log
    entries = [entry for _, entries in found for entry in entries.values()]
    for entry, held in zip(entries, read(content), strict=True):
        assert isinstance(held, Held)
        expected = held_of(entry)
        for key in set(held.values) - {*NAMED, "description"}:
            assert held.values[key] == expected.values[key], key
        assert (held.term_id, held.locale) == (entry.term_id, entry.locale)
        assert held.body == expected.body or not (expected.body or "").strip()
        assert names_of(entry_of(held)) == names_of(entry)
        assert entry_of(held).definition == entry.definition


def test_a_source_is_kept_without_a_definition_too(tmp_path: Path) -> None:
    values = {"title": "x", "source": "Act 5"}
    held = Held(term_id="x", locale="en", values=values)
    content = written(Chosen(layer_of([held], tmp_path)))
    assert b'<admin type="source">Act 5</admin>' in content
    assert first(content.decode()).values["source"] == "Act 5"


def test_what_differs_between_languages_stands_with_each(tmp_path: Path) -> None:
    values: dict[str, dict[str, str | tuple[str, ...]]] = {
        "en": {"title": "fee", "keywords": ("cost",), "status": "superseded"},
        "nb": {"title": "gebyr", "keywords": ("kostnad",)},
    }
    held = [
        Held(term_id="fee", locale=locale, values=said)
        for locale, said in values.items()
    ]
    content = written(Chosen(layer_of(held, tmp_path)))
    assert b'<descrip type="subjectField" xml:lang="nb">kostnad</descrip>' in content
    assert content.count(b">supersededTerm-admn-sts<") == 1
    (fee, gebyr) = read(content)
    assert isinstance(fee, Held)
    assert isinstance(gebyr, Held)
    assert fee.values["keywords"] == ("cost",)
    assert gebyr.values["keywords"] == ("kostnad",)
    assert fee.values["status"] == "superseded"


# XML from elsewhere

ELSEWHERE = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body>
  <termEntry id="c5">
    <descrip type="subjectField">cover</descrip>
    <langSet xml:lang="en-GB"><ntig><termGrp>
      <term>excess</term><termNote type="termType">fullForm</termNote>
    </termGrp></ntig></langSet>
    <langSet xml:lang="nb"><tig><term>egenandel</term></tig></langSet>
  </termEntry>
</body></text></martif>"""


def test_the_second_edition_of_tbx_is_read_too() -> None:
    english, norwegian = read(ELSEWHERE)
    assert isinstance(english, Held)
    assert isinstance(norwegian, Held)
    assert (english.term_id, english.locale) == ("c5", "en_GB")
    assert english.values["keywords"] == norwegian.values["keywords"] == ("cover",)
    assert norwegian.values["title"] == "egenandel"


def test_data_categories_may_be_tags() -> None:
    content = concept(
        '<min:subjectField xmlns:min="m">cover</min:subjectField>'
        + language(
            '<descripGrp><basic:definition xmlns:basic="b">What.</basic:definition>'
            '<basic:source xmlns:basic="b">Law</basic:source></descripGrp>'
            '<termSec><term>fee</term><min:administrativeStatus xmlns:min="m">'
            "preferredTerm-admn-sts</min:administrativeStatus></termSec>"
        )
    )
    values = first(content).values
    assert values["keywords"] == ("cover",)
    assert (values["description"], values["source"]) == ("What.", "Law")


def test_a_name_is_what_its_status_and_its_type_say() -> None:
    values = first(
        concept(
            language(
                term("old", status("deprecated"))
                + term("older", status("superseded"))
                + term("XS", status("admitted"), ("termType", "acronym"))
                + term("way", status("admitted"))
                + term("excess", status("preferred"), ("geographicalUsage", "UK"))
            )
        )
    ).values
    assert values["title"] == "excess"
    assert values["deprecated"] == ("old", "older")
    assert values["abbreviation"] == ("XS",)
    assert values["aliases"] == ("way",)
    assert (values["jurisdiction"], values["status"]) == (("UK",), "approved")


def test_without_a_preferred_name_the_first_that_may_be_used_is_the_title() -> None:
    names = term("old", status("deprecated")) + term("new") + term("other")
    values = first(concept(language(names))).values
    assert (values["title"], values["aliases"]) == ("new", ("other",))
    assert (
        first(concept(language(term("old", status("deprecated"))))).values["title"]
        == "old"
    )


def test_an_id_is_the_concepts_or_made_of_the_name_in_the_source_language() -> None:
    inside = language(term("egenandel"), "nb") + language(term("Waiting period"))
    assert {one.term_id for one in read(concept(inside)) if isinstance(one, Held)} == {
        "c1"
    }
    found = read(concept(inside, identifier=""))
    assert {one.term_id for one in found if isinstance(one, Held)} == {"waiting-period"}
    found = read(concept(inside, identifier=""), "nb")
    assert {one.term_id for one in found if isinstance(one, Held)} == {"egenandel"}


def test_what_is_said_of_a_concept_counts_for_each_language_that_says_nothing() -> None:
    said = '<descrip type="definition">What.</descrip><admin type="source">Law</admin>'
    own = '<descrip type="definition">Own.</descrip>'
    inside = said + language(own + term("a")) + language(term("b"), "nb")
    english, norwegian = read(concept(inside))
    assert isinstance(english, Held)
    assert isinstance(norwegian, Held)
    assert (english.values["description"], english.values["source"]) == ("Own.", "Law")
    assert norwegian.values["description"] == "What."


def test_notes_are_the_body_whatever_the_xml_around_them_is_indented_by() -> None:
    notes = "<note>\n      One\n      and.\n    </note><note>- Two</note><note> </note>"
    assert first(concept(language(notes + term("a")))).body == "One\nand.\n\n- Two"


def test_references_lead_to_ids() -> None:
    inside = (
        '<ref type="crossReference" target="_401k">see</ref>'
        '<ref type="relatedConcept">Fee_X</ref>'
    )
    held = first(concept(inside + language(term("a"))))
    assert held.values["related"] == ("401k", "fee-x")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (concept(language(term("a"), "xx-y-z")), "line 1: 'xx-y-z' is no locale"),
        (concept(language(term(" "))), "line 1: 'c1' has no term in en"),
        (concept(""), "line 1: this concept has no language section, and no names"),
        (concept(language(term("?")), 'id="_"'), "line 1: there is neither an id nor"),
    ],
)
def test_what_makes_no_entry_is_told_of(content: str, told: str) -> None:
    (unread,) = read(content)
    assert isinstance(unread, Unread)
    assert str(unread).startswith(told)


BOMB = """<!DOCTYPE tbx [<!ENTITY a "aaaaaaaaaa">{}]><tbx>&z;</tbx>""".format(
    "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghz", strict=True)
    )
)
LOCAL = '<!DOCTYPE tbx [<!ENTITY x SYSTEM "{}">]><tbx><a>&x;</a></tbx>'


@pytest.mark.parametrize("content", [BOMB, LOCAL.format("secret")])
def test_xml_that_declares_entities_is_refused(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret").write_text("hidden", "utf-8")
    with pytest.raises(FormError, match="declares entities of its own"):
        read(content)


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE tbx [<!ENTITY % x SYSTEM "{}"> %x;]><tbx/>',
        '<!DOCTYPE tbx [<!ENTITY x SYSTEM "{}">]><tbx>&x;</tbx>',
        '<!DOCTYPE tbx SYSTEM "{}"><tbx/>',
        '<tbx xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{}"/></tbx>',
    ],
)
def test_nothing_is_asked_for_in_the_network(content: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.dtd"
        with pytest.raises(FormError):
            read(content.format(address))
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_document_type_alone_is_never_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "TBXcoreStructV02.dtd").write_text("<!ENTITY", "utf-8")  # no DTD
    assert len(read(ELSEWHERE)) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "this is no XML: "),
        (b"\0\1\2" * 50, "this is no XML: "),
        (f"{TBX}<text>", "this is no XML: "),
        (f"{TBX}</tbx>", "there is no conceptEntry; this is no TBX, or an empty one"),
        ("<html/>", "there is no conceptEntry"),
    ],
)
def test_what_is_no_tbx_is_refused(content: str | bytes, told: str) -> None:
    with pytest.raises(FormError, match=f"^{told}"):
        read(content)


def test_a_comment_in_between_is_nothing() -> None:
    inside = "<!-- x -->" + language("<!-- y --><?z z?>" + term("a"))
    assert first(concept(inside)).values["title"] == "a"


def test_what_no_entry_can_hold_is_told_of_once() -> None:
    said = (
        '<descrip type="context">x</descrip><note>own</note><transacGrp>'
        '<transac type="transactionType">origination</transac></transacGrp>'
        '<min:partOfSpeech xmlns:min="m">noun</min:partOfSpeech>'
    )
    name = f"<termSec><term>a <hi type='bold'>b</hi></term>{said}</termSec>"
    english, norwegian, *lost = read(
        concept(language(name) + language(name + "<note>text</note>", "nb"))
    )
    assert isinstance(english, Held)
    assert isinstance(norwegian, Held)
    assert (english.values["title"], norwegian.body) == ("a b", "text")
    assert [str(one) for one in lost] == [
        "not taken over: context (2)",
        "not taken over: note of a concept or a term (2)",
        "not taken over: partOfSpeech (2)",
        "not taken over: transactionType (2)",
    ]


def test_memory_holds_one_concept_at_a_time() -> None:
    some = concept(language(term("a") + f"<note>{'long ' * 200}</note>"))
    head, one, tail = some.partition("<conceptEntry")
    body, end, foot = tail.partition("</conceptEntry>")

    def peak(count: int) -> int:
        content = (head + (one + body + end) * count + foot).replace(' id="c1"', "")
        stream = io.BytesIO(content.encode())
        tracemalloc.start()
        for _ in reading.read(stream, "en"):
            pass
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    assert peak(2000) < peak(20) + 500_000

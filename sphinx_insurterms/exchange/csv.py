"""How is a corpus a table?  One row for each entry, and a column for each key."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, TextIO

from sphinx_insurterms.exchange.held import (
    LISTS,
    TEXTS,
    FormError,
    Held,
    Lost,
    Unread,
    address,
    held_of,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from typing import BinaryIO

    from sphinx_insurterms.exchange.chosen import Concept

ENCODING = "utf-8-sig"
"""With the mark by which spreadsheets know UTF-8."""

_ADDRESS = ("id", "locale")
_NAMES = {"definition": "description"}
"""Columns that are called otherwise than the front matter's key, as terminologists do."""

_COLUMNS = (
    *(*_ADDRESS, "title", "definition", "keywords", "abbreviation", "aliases"),
    *("deprecated", "forms", "related", "source", "jurisdiction", "effective"),
    *("status", "sort", "formerly", "translates", "body", "extra"),
)
_KNOWN = frozenset({*_COLUMNS, *TEXTS})
_LARGEST_CELL = 10_000_000
"""Characters; the module's own limit is below the longest bodies."""

_FORMULAS = frozenset("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - spreadsheets read them too


def write(concepts: Iterable[Concept], out: BinaryIO) -> None:
    """Write a table of terms, whose lists stand one text to a line of the cell."""
    text = io.TextIOWrapper(out, ENCODING, newline="", write_through=True)
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    for _, entries in concepts:
        for entry in entries.values():
            cells = _cells(held_of(entry))
            table.writerow([neutral(cells[column]) for column in _COLUMNS])
    text.detach()


def _cells(held: Held) -> dict[str, str]:
    values = held.values
    cells = {
        "id": held.term_id,
        "locale": held.locale,
        "body": held.body or "",
        "extra": json.dumps(held.extra, ensure_ascii=False) if held.extra else "",
    }
    for column in _COLUMNS:
        if column not in cells:
            value = values[_NAMES.get(column, column)]
            cells[column] = value if isinstance(value, str) else "\n".join(value)
    return cells


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; :func:`plain` undoes it.

    >>> neutral("=1+1"), neutral("'=1"), neutral("'quoted'")
    ("'=1+1", "''=1", "'quoted'")
    """
    return f"'{cell}" if _is_formula(cell) else cell


def plain(cell: str) -> str:
    """Return what :func:`neutral` was given.

    >>> plain("'=1+1"), plain("=1+1")
    ('=1+1', '=1+1')
    """
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _is_formula(cell: str) -> bool:
    return cell.lstrip("'")[:1] in _FORMULAS


def read(stream: BinaryIO) -> Generator[Held | Lost | Unread, None, None]:
    """Yield what each row of a table holds, and the columns that we do not know.

    A column that is not there says nothing: what an entry has there is kept.

    :raises FormError: if it is no table, or has no columns that say whose rows they are.
    """
    text = io.TextIOWrapper(stream, ENCODING, newline="")
    csv.field_size_limit(_LARGEST_CELL)
    try:
        yield from _rows(text)
    except UnicodeDecodeError:
        fact = "this is not UTF-8; save the table as CSV UTF-8"
        raise FormError(fact) from None
    except csv.Error as error:
        raise FormError(f"this is no table ({error}); save it as CSV") from None
    finally:
        text.detach()  # the stream is not ours to close


def _rows(text: TextIO) -> Iterator[Held | Lost | Unread]:
    head = text.readline()
    # Where a comma stands in numbers, spreadsheets put a semicolon between cells.
    delimiter = max(",;\t", key=head.count)
    names = [
        name.strip().casefold()
        for name in next(csv.reader([head], delimiter=delimiter), [])
    ]
    if lacks := [name for name in (*_ADDRESS, "title") if name not in names]:
        fact = (
            f"the first line has no column {', '.join(lacks)}; name the columns there"
        )
        raise FormError(fact)
    if twice := {name for name in names if name in _COLUMNS and names.count(name) > 1}:
        fact = (
            f"there are several columns {', '.join(sorted(twice))}; leave one of each"
        )
        raise FormError(fact)
    for name in names:
        if name and _NAMES.get(name, name) not in _KNOWN:
            yield Lost("line 1", f"the column {name!r}")
    table = csv.reader(text, delimiter=delimiter, strict=True)
    for row in table:
        if any(cell.strip() for cell in row):
            cells = {name: plain(cell) for name, cell in zip(names, row, strict=False)}
            yield _held(cells, f"line {table.line_num + 1}")


def _held(cells: dict[str, str], place: str) -> Held | Unread:
    found = address(cells["id"], cells.get("title", ""), cells.get("locale", ""), place)
    if isinstance(found, Unread):
        return found
    if not cells.get("title", "").strip():
        return Unread(place, "there is no title; write what the term is called")
    try:
        extra = _extra(cells)
    except ValueError:
        return Unread(place, "extra is no JSON object; correct it, or leave it empty")
    values: dict[str, str | tuple[str, ...]] = {}
    for column, cell in cells.items():
        key = _NAMES.get(column, column)
        if key in TEXTS:
            values[key] = " ".join(cell.split())
        elif key in LISTS:
            values[key] = tuple(filter(None, map(str.strip, cell.splitlines())))
    body = cells["body"].replace("\r\n", "\n") if "body" in cells else None
    return Held(
        term_id=found[0],
        locale=found[1],
        values=values,
        body=body,
        extra=extra,
        place=place,
    )


def _extra(cells: dict[str, str]) -> dict[str, Any] | None:
    if "extra" not in cells:
        return None
    extra = json.loads(cells["extra"] or "{}")
    if not isinstance(extra, dict):
        raise ValueError  # noqa: TRY004 - as of what is no JSON
    return extra

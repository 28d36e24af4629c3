"""How is what can be mended mended, and shown?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sphinx_insurterms.checking.fixing import mend
from sphinx_insurterms.cli.looking import look
from sphinx_insurterms.cli.places import shown
from sphinx_insurterms.corpus.ids import term_id
from sphinx_insurterms.corpus.readers.source import Source
from sphinx_insurterms.corpus.writing import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_insurterms.checking.findings import Edit
    from sphinx_insurterms.cli.looking import Outcome, Request

_MOST_ROUNDS = 5
"""What one round mends may show what another can."""


def mend_all(request: Request, outcome: Outcome) -> Outcome:
    """Mend what can be mended, show it, and check again."""
    rounds = 0
    while rounds < _MOST_ROUNDS and _mend_round(outcome):
        outcome = look(request)
        rounds += 1
    return outcome


def _mend_round(outcome: Outcome) -> bool:
    """Write the files that can be mended; tell whether there were any."""
    by_file: dict[Path, list[tuple[str, Edit]]] = {}
    for finding in outcome.report.findings:
        if finding.remark.edit is not None:
            edits = by_file.setdefault(finding.path, [])
            edits.append((finding.rule, finding.remark.edit))
    # Not by any(), which would end with the first.
    return sum(_mend(outcome, path, edits) for path, edits in by_file.items()) > 0


def _mend(outcome: Outcome, path: Path, edits: list[tuple[str, Edit]]) -> bool:
    place = shown(path)
    try:
        mended = mend(_source(outcome, path), edits)
        if not mended.changes or not replace_file(path, mended.content):
            return False
    except OSError as error:
        click.echo(f"{place}: not mended, {error.strerror}", err=True)
        return False
    for change in mended.changes:
        click.echo(f"{place}:{change.line}: mended", err=True)
        click.echo(f"- {change.before}\n+ {change.after}", err=True)
    return True


def _source(outcome: Outcome, path: Path) -> Source:
    """Return a file as a reader is given it."""
    layer = next(one for one in outcome.layers if path.is_relative_to(one.root))
    locale = layer.index.locale_of(path) if layer.index else None
    return Source(
        path=path,
        content=path.read_bytes(),
        locale=locale or layer.manifest.source_locale,
        term_id=term_id(path.stem),
        fields=layer.manifest.fields,
    )

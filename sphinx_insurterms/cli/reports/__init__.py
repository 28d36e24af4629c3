"""In which form are findings told?  One module for each, and the table that names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms.cli.reports import github, json, sarif, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_insurterms.cli.reports.report import Report

FORMS: dict[str, Callable[[Report], str]] = {
    "text": text.written,
    "json": json.written,
    "github": github.written,
    "sarif": sarif.written,
}
"""Name of a form → what makes a report of that form."""

"""What is there to translate?  The texts of the entries that the project shows."""

from __future__ import annotations

import datetime as dt
import os
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_insurterms import domain
from sphinx_insurterms.corpus.problems import Origin, Problem
from sphinx_insurterms.corpus.texts import messages
from sphinx_insurterms.corpus.writing import replace_file
from sphinx_insurterms.exchange import po
from sphinx_insurterms.log import warn
from sphinx_insurterms.shown import terms_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_insurterms.notes import Request


def write_template(app: Sphinx) -> None:
    """Write the template into the output folder, unless it is there as it should be."""
    ours = domain.get(app.env)
    catalog = _empty(app.config)
    shown = _shown(ours)
    for term in ours.corpus.each(sorted(shown)):
        place = po.path_of(term.source, ours.corpus.layer(term.id).root)
        for message in messages(term.source, body=shown[term.id]):
            catalog.add(message, place if app.config.gettext_location else "")
    path = Path(app.outdir) / f"{po.DOMAIN}.pot"
    builder: Any = app.builder
    if po.DOMAIN in builder.catalogs:
        fact = (
            f"the project has messages of its own in {po.DOMAIN}.pot, and so its terms "
            f"have no template; give the document or folder '{po.DOMAIN}' another name"
        )
        warn([Problem(name="catalog", message=fact, origin=Origin(path=path))])
        return
    text = str(catalog)
    is_there = path.is_file() and po.is_same_template(path.read_text("utf-8"), text)
    if len(catalog) and not is_there:
        replace_file(path, text.encode())


def _shown(ours: domain.InsurtermDomain) -> Mapping[str, bool]:
    """Return the terms whose texts readers may see: id → whether with the body."""
    listed = cache(lambda request: terms_of(ours.answers, request))
    found: dict[str, bool] = defaultdict(bool, dict.fromkeys(ours.named(), False))

    def note(term_ids: list[str], request: Request) -> None:
        for term_id in term_ids:
            found[term_id] |= request.body

    for noted in ours.pages.values():
        # Links have tooltips, and "see also" prints titles.
        by_any = filter(None, map(ours.answers.any, noted.any_names))
        for term_id in (*noted.links, *(answer.term_id for answer in by_any)):
            found[term_id] |= False
        for request in noted.shown:
            note(listed(request), request)
        for request in noted.used_lists:
            note([term.id for term in ours.in_use(request)], request)
    return found


def _empty(config: Config) -> po.Catalog:
    """Return a template whose head says what those of the pages say."""
    head = {
        "Project-Id-Version": f"{config.project} {config.version}".strip(),
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": f"{_now():%Y-%m-%d %H:%M%z}",
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": config.gettext_last_translator,
        "Language-Team": config.gettext_language_team,
    }
    comment = f"The terms of {config.project}.\nCopyright (C) {config.copyright}"
    return po.Catalog.made(head, comment, fuzzy=True)


def _now() -> dt.datetime:
    """Return the time that a reproducible build says it is, or what time it is."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = dt.datetime.now(dt.UTC)
    return dt.datetime.fromtimestamp(float(epoch), dt.UTC) if epoch else now

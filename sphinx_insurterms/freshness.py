"""Which pages are stale?  Those that show what the corpus no longer says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_insurterms import domain
from sphinx_insurterms.corpus.catalog_faults import catalog_faults
from sphinx_insurterms.notes import Record, Request
from sphinx_insurterms.quotes import quotes
from sphinx_insurterms.shown import (
    digest,
    digest_of_list,
    digest_value,
    is_still_so,
    list_digest,
    relied_on,
    requested,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_insurterms.notes import PageNotes


def find_stale(
    app: Sphinx,
    env: BuildEnvironment,
    added: AbstractSet[str],
    changed: AbstractSet[str],
    removed: AbstractSet[str],
) -> list[str]:
    """Return the pages to read again: what a directive showed is not so any more."""
    ours = domain.get(env)
    before = ours.data["content"], ours.data["addresses"]
    now = ours.corpus.content, ours.corpus.addresses
    ours.has_changed = now != before
    if not ours.has_changed:
        return []
    ours.data["content"], ours.data["addresses"] = now
    # All at once, which takes less time; bodies that catalogs translate are looked at.
    at_once = ours.settings.pages and not ours.corpus.catalogs
    by_id = {
        summary.term_id: list_digest([summary])
        for summary in (requested(ours.answers, Request()) if at_once else [])
    }
    current: dict[Request, str] = {}

    def is_stale(noted: PageNotes) -> bool:
        for request, shown in noted.shown.items():
            if request not in current:
                known = by_id.get(request.term_id)
                current[request] = known or digest(ours.answers, request)
            if current[request] != shown:
                return True
        same_ids = now[1] == before[1]
        return not is_still_so(ours.answers, noted.relies_on, same_ids=same_ids)

    pages = [name for name in ours.pages if name not in removed]
    return [docname for docname in pages if is_stale(ours.pages[docname])]


def remember_what_is_read(
    app: Sphinx, env: BuildEnvironment, docnames: list[str]
) -> None:
    """Keep which pages this build reads: what was wrong with them is told then."""
    domain.get(env).read_now = list(docnames)


def warn_of_shown_entries(app: Sphinx, env: BuildEnvironment) -> None:
    """Tell what is wrong with the entries that the pages read now show.

    At the end of reading and in one process, so that each is told once, and in the
    same order, however many processes read.
    """
    ours = domain.get(env)
    read = [ours.pages[name] for name in ours.read_now if name in ours.pages]
    ours.tell(problem for noted in read for problem in noted.problems)
    if ours.corpus.catalogs:
        # What a catalog says, and nobody sees, makes no page stale.
        concerned = ours.pages.values() if ours.has_changed else read
        names = {name for noted in concerned for name in noted.names}
        named = {answer.term_id for answer in map(ours.meant, names) if answer}
        shown = {term_id for noted in concerned for term_id in noted.places}
        known = sorted(named | shown & ours.corpus.terms.keys())
        ours.tell(
            problem
            for term in ours.corpus.each(known)
            for problem in catalog_faults(ours.corpus, term, body=False)
        )


def find_unwritten(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages to write again, though nothing in them was read again.

    A page that names a term shows its label, link and tooltip, which are only known
    now. What *this output folder* holds is compared, and not what the environment
    knows: builders share environments, and builds are killed while they write.
    """
    if not app.builder.format:
        return []
    ours = domain.get(env)
    written = _read_record(app)
    seal = ours.seal()  # it is kept with the environment, too, which is saved now
    if not written.pages:  # the first build here, or all that we know is lost
        concerned = ours.pages.keys() | {name for name, _ in _neighbours(env, ours)}
        return sorted(concerned & env.found_docs)
    if written.seal == seal:
        return []
    states = _states(env)
    return sorted(
        docname
        for docname in states.keys() | written.pages.keys()
        if docname in env.found_docs
        and states.get(docname) != written.pages.get(docname)
    )


def distrust_record(app: Sphinx, builder: Builder) -> None:
    """Take away what is kept of this output folder, while its pages are written.

    A build that is killed leaves some pages as they are now and some as they were, and
    nobody knows which: the next one then writes them all.
    """
    ours = domain.get(app.env)
    ours.written_before = _read_record(app)
    if ours.written_before.seal != ours.seal():
        _record_file(app).unlink(missing_ok=True)


def remember_written(app: Sphinx, doctree: Any, docname: str) -> None:
    """Keep that a page is being written."""
    domain.get(app.env).written_now.add(docname)


def record_written(app: Sphinx, exception: Exception | None) -> None:
    """Keep what was written, when all of it was."""
    if exception is not None or not app.builder.format:
        return
    ours = domain.get(app.env)
    before = ours.written_before
    # Where nothing is to be written, older Sphinx does not begin (8.1).
    if before is None or before.seal == ours.seal():
        return
    states = _states(app.env)
    written = {name: states.get(name, "") for name in ours.written_now}
    pages = {**before.pages, **written}
    kept = {name: state for name, state in pages.items() if state and name in states}
    # Pages that are not written yet are looked for again.
    seal = ours.seal() if kept == states else ""
    text = json.dumps({"seal": seal, "pages": kept}, indent=0, sort_keys=True)
    _record_file(app).write_text(text, "utf-8")


def _record_file(app: Sphinx) -> Path:
    """Return where it is kept: beside the doctrees, so as not to be published."""
    place = f"{app.builder.name} {Path(app.outdir).resolve()}"
    name = digest_value(place)
    return Path(app.doctreedir) / f"insurterms-{name}.json"


def _read_record(app: Sphinx) -> Record:
    try:
        found = json.loads(_record_file(app).read_text("utf-8"))
        return Record(str(found["seal"]), dict(found["pages"]))
    except (OSError, ValueError, LookupError, TypeError):
        return Record()


def _states(env: BuildEnvironment) -> Mapping[str, str]:
    """Return what stands for all that a page takes from elsewhere, for each page."""
    ours = domain.get(env)
    if ours.states is None:
        ours.states = _made_states(env, ours)
    return ours.states


def _made_states(env: BuildEnvironment, ours: domain.InsurtermDomain) -> dict[str, str]:
    names: dict[str, Any] = {}
    states: dict[str, Any] = {}
    linked = _term_states(
        ours, {x for noted in ours.pages.values() for x in noted.links}
    )
    for docname, noted in ours.pages.items():
        written = *noted.names, *noted.any_names
        for name in written:
            if name not in names:
                names[name] = _name_state(ours, name)
        states[docname] = [
            [names[name] for name in written],
            # What was read again for another builder must be written again for this.
            list(noted.shown.values()),
            [linked[term_id] for term_id in noted.links],
            [_list_state(ours, request) for request in noted.used_lists],
        ]
    for docname, titles in _neighbours(env, ours):
        states.setdefault(docname, []).append(titles)
    return {docname: digest_value(state) for docname, state in states.items()}


def _name_state(ours: domain.InsurtermDomain, name: str) -> Any:
    """Return what a name leads to, and says in its tooltip."""
    if place := ours.own_glossary(name):
        definition = ours.own_definition(place)
        quoted = [title for node in definition for title in quotes(ours, node)]
        return ["own", place, [str(node) for node in definition], quoted]
    answer = ours.meant(name)
    if answer is None:
        return None
    said = answer.digest, answer.source_title
    is_marked = ours.settings.marks_outdated and answer.is_outdated
    place = ours.target(answer.term_id)
    return [
        *(answer.printed, answer.rivals, answer.term_id, answer.locale),
        *(said, is_marked, place),
    ]


def _term_states(
    ours: domain.InsurtermDomain, term_ids: Iterable[str]
) -> dict[str, Any]:
    """Return what a link to each term says, and where it leads."""
    found = ours.corpus.summaries(ours.settings.locale, sorted(term_ids))
    return {
        one.term_id: [
            one.term_id,
            one.locale,
            (one.digests[0], one.source_title),
            ours.target(one.term_id),
        ]
        for one in found
    }


def _list_state(ours: domain.InsurtermDomain, request: Request) -> Any:
    terms = ours.in_use(request)
    relied = [relied_on(ours.answers, term, request) for term in terms]
    links = {link for one in relied for link in one.targets.values() if link}
    return [
        digest_of_list(
            ours.answers,
            request,
            [term.summary(ours.settings.locale) for term in terms],
        ),
        [sorted(one.labels.items()) for one in relied],
        _term_states(ours, {*links, *(term.id for term in terms)}),
    ]


def _neighbours(env: BuildEnvironment, ours: domain.InsurtermDomain) -> Any:
    """Yield the pages beside generated ones, with the titles that they show of them."""
    folder = f"{ours.settings.pages}/"
    if folder == "/":
        return
    for docname, related in sorted(env.collect_relations().items()):
        shown = [name for name in related if name]
        if any(name.startswith(folder) for name in (docname, *shown)):
            titles = [str(env.titles[name]) for name in shown if name in env.titles]
            yield docname, [*shown, *titles]

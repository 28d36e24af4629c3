"""How does each term get a page?  By a small document that the project is given."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx import addnodes
from sphinx.errors import ConfigError
from sphinx.parsers import RSTParser

from sphinx_insurterms import domain
from sphinx_insurterms.corpus.generated import MARK_LINE, is_generated
from sphinx_insurterms.corpus.problems import Origin, Problem
from sphinx_insurterms.corpus.writing import replace_file
from sphinx_insurterms.log import warn
from sphinx_insurterms.nodes import OWN_TOCTREE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_IGNORE = ".gitignore"

_REST = f"""\
.. {MARK_LINE}

.. {{directive}}:: {{argument}}
"""

_MYST = f"""\
% {MARK_LINE}

```{{{{{{directive}}}}}} {{argument}}
```
"""

_DIRECTIVE = re.compile(
    rb"^(?:\.\. |```\{)insurterm-pages?\b.*\n(?:```)?\s*\Z", re.MULTILINE
)
"""How a document of ours ends; one that goes on was written into, and is the user's."""


def write_pages(app: Sphinx) -> None:
    """Write a document for each term, and for the glossary; remove those of the gone.

    The same in every language, and written only where they change: several languages
    are built from one source folder at once.

    :raises ConfigError: if they cannot be written, or would hide another document.
    """
    ours = domain.get(app.env)
    srcdir = Path(app.srcdir)
    pages = ours.settings.pages
    former = ours.data["folder"]
    ours.data["folder"] = pages
    try:
        if former and former != pages:
            _remove(srcdir / former)
        if pages:
            _write_all(app, srcdir / pages)
    except OSError as error:
        raise ConfigError(
            f"insurterms_pages is {pages!r}, but {error.filename or srcdir / pages} "
            f"cannot be written ({error.strerror}); make the source folder writable, "
            "build from a copy of it, or take insurterms_pages out"
        ) from error


def _form(app: Sphinx) -> tuple[str, str]:
    """Return the project's first suffix whose markup we can write, and a template."""
    for suffix, filetype in app.config.source_suffix.items():
        parser = app.registry.source_parsers.get(filetype)
        if parser is not None and issubclass(parser, RSTParser):
            return suffix, _REST
        if parser is not None and "myst" in parser.supported:
            return suffix, _MYST
    raise ConfigError(
        "insurterms_pages needs documents in reStructuredText or MyST, but "
        f"source_suffix is {app.config.source_suffix!r}; add one, or take "
        "insurterms_pages out"
    )


def _check_dirhtml(app: Sphinx, folder: Path) -> None:
    """Stop where Sphinx would write two documents to one file, silently."""
    for suffix in app.config.source_suffix:
        rival = folder.with_name(folder.name + suffix)
        if app.builder.name == "dirhtml" and rival.is_file():
            raise ConfigError(
                f"insurterms_pages makes {folder.name}/index, which dirhtml writes to "
                f"the same file as {rival.name}; rename one of them"
            )


def _check_corpus_roots(
    folder: Path, suffix: str, ours: domain.InsurtermDomain
) -> None:
    """Stop where generated pages would stand among entries, and look like some."""
    for layer in ours.corpus.layers:
        entry = layer.index and layer.index.has_entry_in(folder, suffix)
        if entry:
            raise ConfigError(
                f"insurterms_pages is {folder.name!r}, where entries such as "
                f"{Path(entry).name} stand; name another folder"
            )


def _write_all(app: Sphinx, folder: Path) -> None:
    ours = domain.get(app.env)
    suffix, template = _form(app)
    _check_dirhtml(app, folder)
    _check_corpus_roots(folder, suffix, ours)
    contents = {
        ours.settings.page(term_id): template.format(
            directive="insurterm-page", argument=term_id
        )
        for term_id in sorted(ours.corpus.terms)
    }
    contents[ours.settings.index_page] = template.format(
        directive="insurterm-pages", argument=""
    ).replace(" \n", "\n")
    folder.mkdir(parents=True, exist_ok=True)
    kept, problems = set(), []
    suffixes = _document_suffixes(app, folder, suffix)
    there = {path.name for path in folder.iterdir()}
    for docname, content in contents.items():
        stem = docname.rpartition("/")[2]
        rivals = [stem + one for one in sorted(suffixes) if stem + one in there]
        if rivals == [stem + suffix] and _holds(folder / rivals[0], content):
            kept.add(rivals[0])
            continue
        theirs = next(_foreign_files(folder, rivals), None)
        if theirs is not None:
            fact = (
                f"this file is not ours, and so the page '{docname}' is not made; "
                "rename it, or show the term in it with `insurterm`"
            )
            ours.pages_of_others.add(docname)
            problems.append(
                Problem(name="pages", message=fact, origin=Origin(path=theirs))
            )
            continue
        kept.add(stem + suffix)
        replace_file(folder / (stem + suffix), content.encode())
    warn(problems)
    _clean_up(folder, keep=kept)
    _ignore(folder, {*kept, _IGNORE})


def _document_suffixes(app: Sphinx, folder: Path, suffix: str) -> set[str]:
    """Return the suffixes that documents have in *folder*, where ours have *suffix*.

    In the folder of a corpus, other Markdown is entries (see ``exclude_corpora``).
    """
    is_corpus = any(folder == c.path for c in domain.get(app.env).settings.corpora)
    entries = {".md"} - {suffix} if is_corpus else set()
    return set(app.config.source_suffix) - entries


def _holds(path: Path, content: str) -> bool:
    """Tell whether a file is as we would write it."""
    try:
        return path.read_bytes() == content.encode()
    except OSError:  # another language's build was faster, or it is no file
        return False


def _foreign_files(folder: Path, names: Iterable[str]) -> Iterator[Path]:
    """Yield files that the user wrote under the name of one of our documents."""
    for path in (folder / name for name in names):
        if path.is_file() and not _is_generated(path):
            yield path


def _ignore(folder: Path, names: set[str]) -> None:
    """Let Git ignore *names*, unless the user has told it what to ignore there."""
    path = folder / _IGNORE
    if not path.exists() or _is_generated(path):
        lines = "".join(f"/{name}\n" for name in sorted(names))
        replace_file(path, f"# {MARK_LINE}\n{lines}".encode())


def _is_generated(path: Path) -> bool:
    """Tell whether we wrote a file, and nobody has written more into it."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:  # another language's build was faster
        return True
    is_whole = path.name == _IGNORE or _DIRECTIVE.search(content) is not None
    return is_whole and is_generated(content)


def _remove(folder: Path) -> None:
    """Remove all that was generated in *folder*, and itself if nothing is left."""
    _clean_up(folder, keep=set())
    if (folder / _IGNORE).is_file() and _is_generated(folder / _IGNORE):
        (folder / _IGNORE).unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # the user's files stand in it
        folder.rmdir()


def _clean_up(folder: Path, *, keep: set[str]) -> None:
    """Remove the documents of terms that are gone, and nothing else."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        ours = path.is_file() and not path.name.startswith(".")
        if ours and path.name not in keep and _is_generated(path):
            path.unlink(missing_ok=True)


def hide_term_pages(app: Sphinx, doctree: nodes.document) -> None:
    """Take the toctree of term pages out of the sidebars.

    Sphinx lays the whole tree out again for every page that it writes: N pages would
    cost N × N. Parents, neighbours, LaTeX and EPUB do not need it. Nor need the pages
    be among those that make the page of the toctree change, through all of which
    Sphinx looks for every page that it reads: what that page shows, we know ourselves.
    """
    for toctree in list(app.env.tocs[app.env.docname].findall(addnodes.toctree)):
        if OWN_TOCTREE in toctree:
            # It stands alone in its list: the glossary's page has no other.
            toctree.parent.replace_self([])
            theirs = domain.get(app.env).pages_of_others
            for included in set(toctree["includefiles"]) - theirs:
                app.env.files_to_rebuild.pop(included, None)


def let_tree_go(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Leave the tree of the term page that was read last to its file.

    Where one process reads, Sphinx keeps all trees in memory until they are written
    (8.1 to 9.0): a page for each of 14,000 terms takes more than a gigabyte.
    """
    ours = domain.get(env)
    kept = getattr(env, "_write_doc_doctree_cache", {})
    if ours.settings.is_term_page(ours.last_read):
        kept.pop(ours.last_read, None)
    ours.last_read = docname


def let_written_tree_go(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Forget what was read from that file, too, when the page is written."""
    if domain.get(app.env).settings.is_term_page(docname):
        getattr(app.env, "_pickled_doctree_cache", {}).pop(docname, None)

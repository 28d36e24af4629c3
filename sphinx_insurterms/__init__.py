"""Insurance terms from a multi-locale Markdown corpus, in Sphinx documentation.

:func:`setup` is the map of the extension.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect what follows to Sphinx, in the order of a build."""
    from sphinx_insurterms import (
        answering,
        catalogs,
        config,
        corpora,
        directives,
        doctrees,
        domain,
        freshness,
        messages,
        output,
        pages,
        report,
        roles,
        transforms,
        usage,
    )

    # configure
    config.register(app)
    app.connect("config-inited", config.learn_languages, priority=390)
    app.connect("config-inited", config.check, priority=400)
    app.connect("config-inited", messages.load)
    # Suffixes are known only when Sphinx's own handlers (800) have run.
    app.connect("config-inited", config.exclude_corpora, priority=900)

    # open the corpus
    app.add_domain(domain.InsurtermDomain)
    app.connect("builder-inited", corpora.load_corpus, priority=400)
    app.connect("builder-inited", pages.write_pages, priority=410)

    # read
    app.add_role_to_domain("std", "term", roles.TermRole(), override=True)
    app.add_directive("insurterm", directives.InsurtermDirective)
    app.add_directive("insurterm-glossary", directives.InsurtermGlossaryDirective)
    app.add_directive("insurterm-page", directives.TermPageDirective)
    app.add_directive("insurterm-pages", directives.IndexPageDirective)
    app.add_transform(transforms.AnchorEntries)
    app.connect("doctree-read", pages.hide_term_pages, priority=900)
    app.connect("env-purge-doc", pages.let_tree_go)

    # read again, write again
    app.connect("env-get-outdated", catalogs.read_catalogs, priority=400)
    app.connect("env-get-outdated", freshness.find_stale)
    app.connect("env-get-outdated", doctrees.find_cut_off)
    app.connect("env-before-read-docs", doctrees.mark_reading)
    app.connect("env-before-read-docs", freshness.remember_what_is_read)
    app.connect("env-updated", doctrees.unmark_reading, priority=400)
    app.connect("env-updated", freshness.warn_of_shown_entries, priority=400)
    app.connect("env-updated", freshness.find_unwritten)
    app.connect("write-started", freshness.distrust_record)
    app.connect("doctree-resolved", freshness.remember_written)
    app.connect("doctree-resolved", pages.let_written_tree_go)
    app.connect("build-finished", freshness.record_written)

    # resolve: our corpora before intersphinx (500), the bundled one after it
    app.add_post_transform(transforms.ListUsedTerms)
    app.add_post_transform(transforms.KeepBestAnchors)
    app.add_post_transform(transforms.RestoreWrittenNames)
    app.add_post_transform(transforms.AnswerNames)
    app.connect(
        "missing-reference", answering.answer_from_corpora, priority=answering.PRIORITY
    )
    app.connect("missing-reference", answering.answer_last, priority=600)
    app.add_post_transform(transforms.NoteAnswers)
    app.add_post_transform(transforms.CollectTips)

    # write
    output.register(app)
    app.connect("build-finished", report.say_what_was_used)
    app.connect("build-finished", usage.record_uses)

    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }

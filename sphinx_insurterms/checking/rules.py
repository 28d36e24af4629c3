"""What is looked for?  The table of all rules, by the names that reports give them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_insurterms.checking import (
    bodies,
    front_matter,
    links,
    terms,
    translations,
)
from sphinx_insurterms.checking.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_insurterms.checking.case import Case
    from sphinx_insurterms.checking.findings import Remark


@dataclass(frozen=True, slots=True)
class Rule:
    """A thing that is looked for; ``rules.toml`` says more of it, with examples."""

    name: str
    severity: Severity
    look: Callable[[Case], Iterator[Remark]] | None = None
    """Looks at one entry; None for what is found while files are read, or at the end."""


_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

RULES: tuple[Rule, ...] = (
    # Files
    Rule("corpus", _ERROR),
    Rule("manifest", _ERROR),
    Rule("locale", _WARNING),
    Rule("file", _ERROR),
    Rule("id", _ERROR),
    Rule("file-name", _NOTE, terms.has_an_odd_file_name),
    # Front matter
    Rule("front-matter", _WARNING),
    Rule("front-matter-form", _NOTE, front_matter.is_odd_to_others),
    Rule("date", _WARNING),
    Rule("entity", _NOTE, front_matter.has_entities),
    Rule("title", _ERROR),
    Rule("title-form", _NOTE, front_matter.has_an_odd_title),
    Rule("title-heading", _WARNING, front_matter.differs_from_heading),
    Rule("definition", _WARNING, front_matter.is_not_defined),
    Rule("definition-circular", _WARNING, front_matter.is_circular),
    Rule("definition-link", _NOTE, front_matter.holds_links),
    Rule("category", _WARNING, front_matter.has_unknown_category),
    Rule("placeholder", _ERROR, front_matter.has_placeholder),
    # Names
    Rule("name", _WARNING, terms.shares_a_name),
    Rule("name-form", _NOTE, terms.has_a_form_of_another),
    Rule("deprecated", _WARNING, terms.uses_deprecated_names),
    # Links
    Rule("link", _ERROR, links.leads_nowhere),
    Rule("link-form", _WARNING, links.is_malformed),
    Rule("link-missing", _WARNING, links.is_missing_here),
    Rule("link-refused", _WARNING, links.is_refused),
    Rule("link-retired", _WARNING, terms.leads_to_retired_terms),
    Rule("link-self", _WARNING, links.leads_to_itself),
    Rule("link-split", _NOTE, links.is_split),
    Rule("link-stop", _NOTE, links.holds_the_full_stop),
    Rule("orphan", _NOTE),
    Rule("twin", _WARNING),
    # Bodies
    Rule("html", _WARNING, bodies.has_html),
    Rule("shortcode", _WARNING, bodies.has_shortcodes),
    Rule("heading-space", _NOTE, bodies.has_unspaced_headings),
    Rule("heading-level", _NOTE, bodies.skips_levels),
    Rule("heading-twice", _NOTE, bodies.repeats_headings),
    Rule("bullet", _NOTE, bodies.has_bullets_that_are_none),
    Rule("nfc", _NOTE, bodies.is_not_composed),
    Rule("invisible", _NOTE, bodies.has_invisible_characters),
    # Translations
    Rule("missing", _WARNING, translations.is_missing),
    Rule("only", _WARNING, translations.is_only_here),
    Rule("blocks", _WARNING, translations.does_not_line_up),
    Rule("untranslated", _WARNING, translations.is_untranslated),
    Rule("outdated", _WARNING, translations.is_outdated),
    Rule("script", _WARNING, translations.is_in_another_script),
    # Use
    Rule("used-untranslated", _WARNING),
    Rule("used-starter", _NOTE),
    Rule("unused", _NOTE),
)
"""In the order in which they are listed; a name is a public one."""

BY_NAME = {rule.name: rule for rule in RULES}

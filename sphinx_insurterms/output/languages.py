"""How do readers find a page in their language?  By a list of links at its top."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_insurterms import domain
from sphinx_insurterms.building.versions import BUILDERS, alternates, switcher
from sphinx_insurterms.config import languages
from sphinx_insurterms.messages import _

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

_TEMPLATES = Path(__file__).parent.parent / "templates"
_TEMPLATE = "insurterms-page.html"


def register(app: Sphinx) -> None:
    """Offer the list's files and put it on each page, where there are languages."""
    app.connect("config-inited", add_template)
    app.connect("builder-inited", add_files)
    # Whoever else writes a page by a template of their own comes first.
    app.connect("html-page-context", add_versions, priority=900)


def add_template(app: Sphinx, config: Config) -> None:
    """Let Sphinx find our template."""
    if languages(config):
        config.templates_path = [*config.templates_path, str(_TEMPLATES)]


def _has_versions(app: Sphinx) -> bool:
    wanted = domain.get(app.env).settings.languages
    return bool(wanted) and app.builder.name in BUILDERS


def add_files(app: Sphinx) -> None:
    """Name the list's stylesheet and script on every page."""
    if _has_versions(app):
        app.add_css_file("insurterms-languages.css")
        app.add_js_file("insurterms-languages.js", loading_method="defer")


def add_versions(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> str | None:
    """Put the list of languages above a page's text, and links for search engines.

    :returns: the template that has room for it.
    """
    if not (_has_versions(app) and templatename.endswith(".html")):
        return None
    chosen = domain.get(app.env).settings
    builder: Any = app.builder
    page = builder.get_target_uri(pagename)
    if page.startswith("#"):  # one page of all documents has an anchor for each
        page = f"{pagename}{builder.out_suffix}"
    context["insurterms_switcher"] = switcher(
        _("Languages"), chosen.locale, chosen.languages, page, context["content_root"]
    )
    if base := app.config.html_baseurl:
        links = alternates(chosen.locale, chosen.languages, page, base)
        context["metatags"] = context.get("metatags", "") + links
    context["insurterms_template"] = templatename
    return _TEMPLATE

"""A warning has a name that the reference lists, and each of those is told somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from sphinx_insurterms.corpus.problems import WARNINGS, WarningName

if TYPE_CHECKING:
    from tests.builds.conftest import Project

CATALOG = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "A reduction."
msgstr "Noe [annet](/premium)."

msgid "Links to [a fee](/fee)."
msgstr "Uten lenke."
"""

PAGE = """\
:term:`rate`, :term:`two`, :term:`markup`

.. insurterm:: nothing of this name
.. insurterm:: rabatt
.. insurterm:: linked
.. insurterm:: markup
   :body:
"""


def test_one_bad_project_is_told_of_by_every_name(project: Project) -> None:
    project.conf(
        'insurterms_corpora = ["terms", "gone"]\n'
        'insurterms_pages = "pages"\n'
        'locale_dirs = ["locales"]\n'
    )
    project.write("terms/insurterms.toml", "license = 1\n")  # manifest
    project.write("terms/en/fee.md", "---\ntitle: [\n---\n")  # file
    project.entry("en/untitled", "", "A price.")  # title
    project.entry("en/long", "long", "word " * 400)  # definition
    project.entry("en/markup", "markup", "A [link](/nowhere).", "<b>x</b>\n")  # link
    project.entry("en/dated", "dated", "A price.", effective="tomorrow")  # date
    project.entry("en/first/same", "same", "A price.")
    project.entry("en/second/same", "same", "A price.")  # id
    project.entry("en/premium", "premium", "A price.", aliases="[rate, two]")
    project.entry("en/rate", "rate", "A price.")  # name
    project.entry("en/third", "third", "A price.", aliases="two")  # ambiguous
    project.entry("en/discount", "discount", "A reduction.", deprecated="rebate")
    project.entry("nb/discount", "rabatt", "En reduksjon.")  # shadowed
    project.entry("en/linked", "linked", "Links to [a fee](/fee).")  # catalog
    project.write("terms/mars/x.md", "---\ntitle: x\n---\n")  # locale
    project.write("locales/nb/LC_MESSAGES/insurterms.po", CATALOG)
    project.write("pages/premium.rst", "Mine\n====\n")  # pages
    project.start(f"{PAGE}\n:term:`rebate`\n")  # unknown, deprecated
    built = project.build(language="nb")
    told = {
        name
        for line in built.warnings
        for name in re.findall(r"\[insurterms\.(\w+)\]", line)
    }
    assert told == WARNINGS.keys(), built.warnings


def test_the_reference_lists_the_names_that_code_may_use() -> None:
    # That it uses no others is what mypy says.
    assert list(WARNINGS) == list(get_args(WarningName))

"""An audit by axe-core finds nothing that the theme alone does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.auditing import Violations, audit
from tests.browser.sites import LANGUAGES, THEMES, Site

if TYPE_CHECKING:
    from tests.browser.conftest import Open
    from tests.browser.reading import Reader


def _audit(reader: Reader) -> Violations:
    reader.page.clock.resume()
    return audit(reader.page)


def _states(reader: Reader) -> dict[str, Violations]:
    """Audit a page as it is, with an open tooltip, and without tooltips."""
    found = {"closed": _audit(reader)}
    reader.open("rate")
    found["open"] = _audit(reader)
    reader.switch.uncheck()
    found["off"] = _audit(reader)
    return found


ONE_IN_ALL_LANGUAGES = [
    *(("furo", language) for language in LANGUAGES),
    *((theme, "ar") for theme in THEMES if theme != "furo"),
]
"""Arabic, where most is turned round, in each theme."""


@pytest.mark.parametrize(("theme", "language"), ONE_IN_ALL_LANGUAGES)
def test_an_audit_finds_nothing_that_the_theme_does_not_have(
    read_served: Open, theme: str, language: str
) -> None:
    bare = _audit(read_served("index", Site(theme, language, bare=True)))
    reader = read_served("index", Site(theme, language))
    for state, found in _states(reader).items():
        new = {rule: found[rule] for rule in found.keys() - bare.keys()}
        assert new == {}, state
        ours = {
            rule: [element for element in elements if "insurterm-" in element]
            for rule, elements in found.items()
        }
        assert not any(ours.values()), (state, ours)


def test_an_audit_notices_what_is_wrong(read_served: Open) -> None:
    reader = read_served()
    reader.switch.evaluate("e => e.closest('label').replaceWith(e)")
    assert "label" in _audit(reader)

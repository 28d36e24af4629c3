"""An audit by axe-core finds nothing that the theme alone does not have."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.sites import LANGUAGES, THEMES, Site

if TYPE_CHECKING:
    from tests.browser.conftest import Open
    from tests.browser.reading import Reader

Violations = dict[str, list[str]]
"""For each rule that is broken, the elements that break it."""

AUDIT = """async () => {
  // While a tooltip fades in, its text is pale.
  document.getAnimations().forEach((animation) => animation.cancel());
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  const elements = (rule) => rule.nodes.map((node) => node.html.slice(0, 200));
  return Object.fromEntries(violations.map((rule) => [rule.id, elements(rule)]));
}"""


@pytest.fixture(scope="session")
def axe() -> str:
    """Return axe-core's script."""
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        pytest.skip("no axe-core here; `tox run -e browser` has it")
    return Path(spec.origin).with_name("axe.min.js").read_text("utf-8")


def _audit(reader: Reader, axe: str) -> Violations:
    reader.page.clock.resume()
    if not reader.page.evaluate("'axe' in window"):
        reader.page.evaluate(f"() => {{ {axe} }}")
    found: Violations = reader.page.evaluate(AUDIT)
    return found


def _states(reader: Reader, axe: str) -> dict[str, Violations]:
    """Audit a page as it is, with an open tooltip, and without tooltips."""
    found = {"closed": _audit(reader, axe)}
    reader.open("rate")
    found["open"] = _audit(reader, axe)
    reader.switch.uncheck()
    found["off"] = _audit(reader, axe)
    return found


ONE_IN_ALL_LANGUAGES = [
    *(("furo", language) for language in LANGUAGES),
    *((theme, "ar") for theme in THEMES if theme != "furo"),
]
"""Arabic, where most is turned round, in each theme."""


@pytest.mark.parametrize(("theme", "language"), ONE_IN_ALL_LANGUAGES)
def test_an_audit_finds_nothing_that_the_theme_does_not_have(
    read_served: Open, axe: str, theme: str, language: str
) -> None:
    bare = _audit(read_served("index", Site(theme, language, bare=True)), axe)
    reader = read_served("index", Site(theme, language))
    for state, found in _states(reader, axe).items():
        new = {rule: found[rule] for rule in found.keys() - bare.keys()}
        assert new == {}, state
        ours = {
            rule: [element for element in elements if "insurterm-" in element]
            for rule, elements in found.items()
        }
        assert not any(ours.values()), (state, ours)


def test_an_audit_notices_what_is_wrong(read_served: Open, axe: str) -> None:
    reader = read_served()
    reader.switch.evaluate("e => e.closest('label').replaceWith(e)")
    assert "label" in _audit(reader, axe)

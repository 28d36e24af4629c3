"""What does axe-core find wrong with a page?"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

Violations = dict[str, list[str]]
"""For each rule that is broken, the elements that break it."""

_AUDIT = """async () => {
  // While a tooltip fades in, its text is pale.
  document.getAnimations().forEach((animation) => animation.cancel());
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  const elements = (rule) => rule.nodes.map((node) => node.html.slice(0, 200));
  return Object.fromEntries(violations.map((rule) => [rule.id, elements(rule)]));
}"""


def audit(page: Page) -> Violations:
    """Audit a page as it is now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"() => {{ {_script()} }}")
    found: Violations = page.evaluate(_AUDIT)
    return found


def _script() -> str:
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        pytest.skip("no axe-core here; `tox run -e browser` has it")
    return Path(spec.origin).with_name("axe.min.js").read_text("utf-8")

"""What readers copy is what they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.conftest import Open


def test_who_copies_a_sentence_copies_no_definition(read_served: Open) -> None:
    reader = read_served(permissions=["clipboard-read", "clipboard-write"])
    reader.open("deductible")
    paragraph = reader.page.locator("p:has(.insurterm)").first
    paragraph.click(click_count=3, position={"x": 30, "y": 10})
    reader.page.keyboard.press("Control+c")
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert " ".join(copied.split()) == (
        "The insurer pays the indemnity, less the deductible. Nothing is paid before the "
        "premium is, and the premium falls due in May."
    )


def test_who_copies_the_page_copies_no_definition(read_served: Open) -> None:
    reader = read_served(permissions=["clipboard-read", "clipboard-write"])
    reader.page.keyboard.press("Control+a")
    reader.page.keyboard.press("Control+c")
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert "falls due in May" in copied
    assert "The agreed part" not in copied

"""What does a reader do, and see?  Words for it, over a page in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Locator, Page

PREFIX = "insurterm-tip-"

_VISIBLE = """tips => tips.filter(tip => tip.checkVisibility()).map(tip => tip.id)"""

_RUNS = Path(__file__).with_name("measuring.js").read_text("utf-8")


@dataclass(frozen=True)
class Box:
    """Where something is in the window, in CSS pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def is_inside(self, other: Box) -> bool:
        """Tell whether nothing of this lies outside the other."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom

    def overlaps(self, other: Box) -> bool:
        """Tell whether some of this lies in the other."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


class Reader:
    """Somebody who reads a page.  Time passes when :meth:`wait` says so."""

    def __init__(self, page: Page) -> None:
        """Watch a page for mistakes of our script."""
        self.page = page
        self.mistakes: list[str] = []
        page.on("pageerror", lambda error: self.mistakes.append(error.stack or ""))

    def go(self, address: str) -> None:
        """Open a page, and stop the clock."""
        self.page.clock.install(time=0)
        self.page.goto(address)
        self.page.clock.pause_at(60_000)

    # What there is

    def link(self, term: str, *, nth: int = 0) -> Locator:
        """Return a link to a term."""
        return self.page.locator(f'a[aria-describedby="{PREFIX}{term}"]').nth(nth)

    def tip(self, term: str) -> Locator:
        """Return the tooltip of a term."""
        return self.page.locator(f'[id="{PREFIX}{term}"]')

    @property
    def switch(self) -> Locator:
        """The box that turns tooltips off and on."""
        return self.page.locator(".insurterm-switch input")

    # What a reader sees

    def sees(self) -> list[str]:
        """Return the terms whose definitions are to be seen."""
        found = self.page.locator(".insurterm-tip").evaluate_all(_VISIBLE)
        return [name.removeprefix(PREFIX) for name in found]

    def box(self, what: Locator) -> Box:
        """Return where something is in the window."""
        box: Mapping[str, float] = what.evaluate(
            "e => e.getBoundingClientRect().toJSON()"
        )
        return Box(box["left"], box["top"], box["right"], box["bottom"])

    def window(self) -> Box:
        """Return the window, without scroll bars."""
        width, height = self.page.evaluate(
            "[document.documentElement.clientWidth, document.documentElement.clientHeight]"
        )
        return Box(0, 0, width, height)

    def measure(self, name: str, what: Locator) -> Any:
        """Run a function of measuring.js on something."""
        return what.evaluate(f"(element) => {{ {_RUNS}; return {name}(element); }}")

    def style(self, what: Locator, name: str) -> str:
        """Return a computed property."""
        return str(what.evaluate("(e, name) => getComputedStyle(e)[name]", name))

    # What a reader does

    def wait(self, milliseconds: int) -> None:
        """Let time pass."""
        self.page.clock.run_for(milliseconds)

    def soon(self, seen: Callable[[], bool]) -> bool:
        """Tell whether something is seen before long: pages take their time to scroll."""
        for _ in range(100):
            if seen():
                return True
            self.page.wait_for_timeout(50)
        return False

    def find(self, what: Locator) -> None:
        """Scroll to something, at once: themes like to take their time."""
        what.evaluate("e => e.scrollIntoView({block: 'center', behavior: 'instant'})")

    def point(self, what: Locator) -> None:
        """Move the pointer onto something."""
        self.find(what)
        self.page.mouse.move(*self.box(what).middle)

    def point_away(self) -> None:
        """Move the pointer to where no term is."""
        self.page.mouse.move(*self.box(self.page.locator("h1").last).middle)

    def hover(self, term: str, *, nth: int = 0) -> None:
        """Point at a term for as long as it may take."""
        self.point(self.link(term, nth=nth))
        self.wait(3000)

    def tab_to(self, term: str) -> None:
        """Press Tab until a link has the focus."""
        for _ in range(100):
            self.page.keyboard.press("Tab")
            if self.has_focus(term):
                return
        raise AssertionError(f"Tab never came to {term}")

    def enter(self) -> list[str]:
        """Press Enter, and return what is seen then."""
        self.page.keyboard.press("Enter")
        return self.sees()

    def has_focus(self, term: str) -> bool:
        """Tell whether a link has the focus."""
        return bool(self.link(term).evaluate("e => e === document.activeElement"))

    def open(self, term: str, *, nth: int = 0) -> None:
        """Open a tooltip in one way or the other: how is the matter of other tests."""
        link = self.link(term, nth=nth)
        self.find(link)
        link.evaluate("e => { e.blur(); e.focus({preventScroll: true}); }")
        if self.sees() != [term]:
            # By events and no mouse, which cannot get at every place.
            enter = (
                "e => e.dispatchEvent(new PointerEvent('pointerover', {bubbles: true}))"
            )
            self.page.locator("body").evaluate(enter)
            link.evaluate(enter)
            self.wait(3000)
        assert self.sees() == [term]

    def tap(self, what: Locator) -> None:
        """Tap something with a finger."""
        self.find(what)
        self.page.touchscreen.tap(*self.box(what).middle)

    def put(self, what: Locator, left: float, top: float) -> None:
        """Place something in the window, wherever the theme had it."""
        what.evaluate(
            "(e, [left, top]) => Object.assign(e.style, {position: 'fixed',"
            "left: `${left}px`, top: `${top}px`, whiteSpace: 'nowrap', zIndex: 9})",
            [left, top],
        )

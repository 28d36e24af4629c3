"""How do tooltips look in an EPUB?  As pop-up footnotes, which readers know."""

from __future__ import annotations

NOTE = {"epub:type": "footnote", "role": "doc-footnote"}
"""What makes an element a note: EPUB readers show it where it is referred to."""


def note_reference(note_id: str) -> dict[str, str]:
    """Return the attributes of a link that shows a note instead of leaving the page."""
    return {"href": f"#{note_id}", "epub:type": "noteref", "role": "doc-noteref"}

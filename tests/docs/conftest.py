"""Our documentation, as its readers get it and as its users follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that at the end no core waits for another."""
    items.sort(key=lambda item: "snippets" not in item.path.parts)

"""What every test may use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# Machines that run tests are shared and slow at times; a law holds at any speed.
settings.register_profile("default", deadline=None, max_examples=60)
settings.load_profile("default")


TESTS = Path(__file__).parent
FOLDERS = ("browser", "docs")
"""All that is in them takes minutes."""

ENVIRONMENTS = {
    "browser": "browser",
    "docs": "docs-test",
    "formats": "formats",
    "pdf": "pdf",
}
"""Marker of tests that take minutes, or need other programs → where tox runs them."""


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what takes minutes, unless it is asked for."""
    asked = config.option.markexpr.split()
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in FOLDERS:
            item.add_marker(folder)
        for name in ENVIRONMENTS.keys() & {mark.name for mark in item.iter_markers()}:
            if name not in asked:
                reason = f"takes minutes: tox run -e {ENVIRONMENTS[name]}"
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the indexes of the tests' corpora out of the user's own cache folder."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("platformdirs.user_cache_dir", lambda *_, **__: str(folder))
        yield


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the indexes of one test apart, in a folder that is not there yet."""
    folder = tmp_path / "cache"
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: str(folder))
    return folder

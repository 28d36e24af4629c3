"""The catalogs of our documentation follow its pages, and lose no translation."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import polib

if TYPE_CHECKING:
    import pytest

SCRIPT = Path(__file__).parents[2] / "docs/update_catalogs.py"


def test_what_is_new_is_empty_and_what_changed_is_fuzzy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location("update_catalogs", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "DOCS", tmp_path)
    path = tmp_path / "locale/nb/LC_MESSAGES/how-to/x.po"

    def update(*texts: str) -> dict[str, tuple[str, bool]]:
        template = polib.POFile()
        template.extend(polib.POEntry(msgid=text) for text in texts)
        script.update(path, template, "nb")
        return {e.msgid: (e.msgstr, e.fuzzy) for e in polib.pofile(str(path))}

    assert update("The price of it.", "Gone.") == {
        "The price of it.": ("", False),
        "Gone.": ("", False),
    }
    catalog = polib.pofile(str(path))
    catalog[0].msgstr = "Prisen."
    catalog.save()
    same = update("New words altogether.", "The price of it.")
    assert same["The price of it."] == ("Prisen.", False)
    changed = update("New words altogether.", "The price of that.")
    assert changed == {
        "New words altogether.": ("", False),
        "The price of that.": ("Prisen.", True),
    }
    assert 'The page "how-to/x"' in path.read_text("utf-8")
